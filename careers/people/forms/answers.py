"""The steps of a profile that ask for single answers. A form takes the profile and gives `answers`, {field: value}
of what was changed."""

from crispy_forms.layout import Field, Layout
from django import forms

from careers.fields.forms import NumberField, OneOf, SharedLineField, step_helper
from careers.guide.forms import role_choices
from careers.guide.selectors.role_facets import role_facets
from careers.lib.texts import is_key
from careers.people.forms.looking import LooksForm, words_sent
from careers.people.models.profiles import Education, Situation
from careers.search.forms import look_for, roles_to_choose

IN_ROLE = "role-"  # then the role's key


class RolesForm(LooksForm):
    """A form with a list of roles."""

    def choose_roles(self, button, *keys):
        """`RoleChoice`s; those of `keys`, which may be None, are among them. `button` is the one to press."""
        to_choose = roles_to_choose(words=words_sent(self.data), chosen=keys)
        if to_choose.is_searched:
            field = look_for(button, has_missed=to_choose.has_missed)
            self.look_by(field, has_missed=to_choose.has_missed)
        return to_choose.roles


class AboutForm(RolesForm):
    later_choices = {"now": Situation.choices}
    display_name = SharedLineField(
        label="What should we call you?",
        help_text="It heads a page you share, and stands on your CV. A first name is enough.",
        no_email="Leave out your e-mail address: this name stands on pages you share.",
        max_length=80,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "given-name"}),
    )
    years_of_experience = NumberField(
        label="Years of work so far", help_text="All jobs together, in whole years.", least=0, most=60, required=False
    )
    education = OneOf(
        label="The highest you have finished",
        help_text="What you finished, not what you began.",
        choices=Education.choices,
    )

    def __init__(self, *args, profile, **kwargs):
        super().__init__(*args, stored=self.kept(profile), **kwargs)
        came = [value.removeprefix(IN_ROLE) for value in self.sent("now") if value.startswith(IN_ROLE)]
        keys = [int(key) for key in came if is_key(key)]
        roles = self.choose_roles("Save and go on", profile.current_role_id, *keys)
        self.fields["now"] = OneOf(
            label="Where are you now?",
            help_text="Your own role, or the one nearest to it.",
            choices=[
                (Situation.NEW.value, Situation.NEW.label),
                (Situation.ELSEWHERE.value, Situation.ELSEWHERE.label),
                *role_choices(roles, chosen=profile.current_role, value=IN_ROLE + "{pk}"),
            ],
        )
        self.order_fields(["display_name", "now", "years_of_experience", "education"])
        self.helper = step_helper()
        self.helper.layout = Layout(
            "display_name",
            *self.looked_for,
            "now",
            Field("years_of_experience", template="careers/people/profile/_years.html"),
            "education",
        )

    @staticmethod
    def kept(profile):
        now = f"{IN_ROLE}{profile.current_role_id}" if profile.current_role_id else profile.situation
        names = ("display_name", "years_of_experience", "education")
        return {"now": now, **{name: getattr(profile, name) for name in names}}

    @property
    def answers(self):
        answers = dict(self.changed)
        if "now" in answers:
            now = answers.pop("now")
            role = int(now.removeprefix(IN_ROLE)) if now.startswith(IN_ROLE) else None
            answers |= {"situation": Situation.IN_ROLE if role else now, "current_role_id": role}
        return answers


class TargetForm(RolesForm):
    later_choices = {"target_role": []}

    def __init__(self, *args, profile, wanted="", **kwargs):
        """`wanted` is the address of a role that stands chosen until they save: they came from its page."""
        super().__init__(*args, stored={"target_role": profile.target_role_id or ""}, **kwargs)
        keys = self.keys_sent("target_role")
        came_from = role_facets().places.by_slug.get(wanted)
        roles = self.choose_roles("Save and see your profile", profile.target_role_id, came_from, *keys)
        self.initial["target_role"] = came_from or self.initial["target_role"]
        self.fields["target_role"] = OneOf(
            label="Which role do you want to reach?",
            help_text="It may be far up the line. You can change it at any time.",
            choices=role_choices(roles, chosen=profile.target_role),
            blank="No target yet",
        )
        self.helper = step_helper()
        self.helper.layout = Layout(*self.looked_for, "target_role")

    @property
    def answers(self):
        if "target_role" not in self.changed:
            return {}
        return {"target_role_id": int(self.changed["target_role"] or 0) or None}
