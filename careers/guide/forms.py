"""Roles as choices of a form."""

from careers.guide.models.choices import Level


def role_choices(roles, *, chosen=None, value="{pk}"):
    """Roles by level, as groups of choices. One that was `chosen` and is not among them is the last."""
    groups = [
        (level.label, [(value.format(pk=role.pk, slug=role.slug), role.title) for role in roles if role.level == level])
        for level in Level
    ]
    groups = [(label, options) for label, options in groups if options]
    if chosen and chosen.pk not in {role.pk for role in roles}:
        groups.append(("Not published", [(value.format(pk=chosen.pk), chosen.option_label)]))
    return groups
