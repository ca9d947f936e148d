"""A form that is half filled: what of it a column can hold is written, the rest is named and left as it was.

What is missing or contradicts itself is asked for when somebody saves. Call all of it inside `laid_over`.
"""

from django.db import DataError, IntegrityError, transaction
from django.forms.models import construct_instance
from django.forms.utils import ErrorDict

from careers.fields.models.numbers import is_within

REFUSED = (IntegrityError, DataError)


def write_form(model_admin, request, page):
    """Write what was typed into the rows of `page`; return the names of what could not be, as the form has them."""
    form = model_admin.get_form(request, page, change=True)(request.POST, instance=page)
    formsets, inlines = model_admin._create_formsets(request, page, change=True)
    left = write_page(page, form)
    for formset, inline in zip(formsets, inlines, strict=True):
        if f"{formset.prefix}-TOTAL_FORMS" not in request.POST:  # its rows stand as the form was opened
            continue
        left += write_rows(formset, str(inline.verbose_name_plural).capitalize())
    return left


def write_page(page, form):
    before, left = values_of_row(page), read(page, form)
    wanted = {name: value for name, value in values_of_row(page).items() if value != before[name]}
    if not saves(page):
        put(page, before)
        left += [label_of(form, page, name) for name in written_one_by_one(page, wanted, before)]
    form._save_m2m()
    return list(dict.fromkeys(left))


def read(row, form):
    """Put into `row` what the form can make of what was typed. Returns the names of the rest."""
    for field in form.fields.values():
        field.required = False
    form._errors, form.cleaned_data = ErrorDict(), {}
    form._clean_fields()
    before = values_of_row(row)
    construct_instance(form, row, form._meta.fields, form._meta.exclude)
    after = values_of_row(row)
    lost = [name for name, value in after.items() if value != before[name] and not may_hold(row, name, value)]
    put(row, {name: before[name] for name in lost})
    return [*(str(form.fields[name].label) for name in form._errors), *(label_of(form, row, name) for name in lost)]


def may_hold(row, name, value):
    column = row._meta.get_field(name)
    return (value is not None or column.null) and (value != "" or not column.unique) and is_within(column, value)


def values_of_row(row):
    return {field.attname: getattr(row, field.attname) for field in row._meta.concrete_fields if not field.primary_key}


def put(row, values):
    for name, value in values.items():
        setattr(row, name, value)


def label_of(form, row, attname):
    name = row._meta.get_field(attname).name
    return str(form.fields[name].label) if name in form.fields else name


def saves(row, **options):
    try:
        with transaction.atomic():
            row.save(**options)
    except REFUSED:
        return False
    return True


def written_one_by_one(row, wanted, before):
    """Write what the database takes; two values that are only right together are both taken. Returns what is left."""
    left = dict(wanted)
    for _ in range(2):
        for name, value in list(left.items()):
            setattr(row, name, value)
            if saves(row):
                del left[name]
            else:
                setattr(row, name, before[name])
    return list(left)


def write_rows(formset, title):
    """Rows that change make room first, so that two may exchange what no two rows share."""
    left = []
    if not formset.management_form.is_valid():
        return [title]
    rows = [(number, form) for number, form in enumerate(formset.forms, start=1) if form.has_changed()]
    keys = [form.instance.pk for _, form in rows if form.instance.pk]
    before = formset.model._base_manager.in_bulk(keys)
    formset.model._base_manager.filter(pk__in=keys).delete()
    for number, form in rows:
        row, old = form.instance, before.get(form.instance.pk)
        lost = read(row, form)
        if formset.can_delete and formset._should_delete_form(form):
            continue
        is_whole = not any(
            value is None and not may_hold(row, name, value) for name, value in values_of_row(row).items()
        )
        if not is_whole or "id" in form._errors or not saves(row, force_insert=True):
            lost = lost or ["the whole row"]
            if old:
                old.save(force_insert=True)
        left += [f"{title}, row {number}: {name}" for name in lost]
    return left
