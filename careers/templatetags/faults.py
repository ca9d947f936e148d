"""What is wrong in a form, as a list that can be counted: the one source for our pages and those of the HR desk."""

from typing import NamedTuple

from django import template

register = template.Library()


class Fault(NamedTuple):
    where: str  # the field in words; empty where it is about the whole form
    href: str  # to the field; empty where there is none to go to
    text: str


@register.filter
def faults(form):
    """Of one form: what is about all of it, then field by field as they stand. Where there is no form, nothing."""
    if not form:
        return []
    return [*(Fault("", "", text) for text in form.non_field_errors()), *field_faults(form)]


@register.simple_tag
def desk_faults(form, formsets):
    """Of a form of the HR desk with the rows under it; `formsets` are Django's `inline_admin_formsets`."""
    return [*faults(form), *(fault for inline in formsets for fault in inline_faults(inline))]


def inline_faults(inline):
    name = str(inline.opts.verbose_name_plural).capitalize()
    group = f"#{inline.formset.prefix}-group"
    found = [Fault(name, group, text) for text in inline.formset.non_form_errors()]
    for number, row in enumerate(inline.formset.forms, start=1):
        if inline.formset.can_delete and inline.formset._should_delete_form(row):
            continue
        where = f"{name}, row {number}"
        found += [Fault(where, f"#{row.prefix}", text) for text in row.non_field_errors()]
        found += field_faults(row, f"{where}, ")
    return found


def field_faults(form, before=""):
    return [
        Fault(f"{before}{field.label}", "" if field.is_hidden else f"#{field.id_for_label or field.auto_id}", text)
        for field in form
        for text in field.errors
    ]
