"""What was said by a form that could not be taken, in the words that stood on its page. Asks no database.

A browser sends the values of choices (`new`), and a reader chose their labels ("New to BPO"). Where the form was read
before it met its fault, it knows both; else the class of the form that stands nearest to the view does, and on the HR
desk the model. A form that makes choices only when it is made says in `later_choices` those that are always the same:
{name: choices}, or {"level_": choices} for numbered fields. The key of a row is nobody's to read: it is "as you chose".
"""

import re
from datetime import date
from functools import cache, lru_cache
from itertools import takewhile

from django import forms
from django.apps import apps
from django.core.exceptions import FieldDoesNotExist
from django.db import DatabaseError
from django.utils.choices import flatten_choices

from careers.lib.days import day_in_words
from careers.lib.texts import is_key

YES, NO, AS_CHOSEN = "Yes", "No", "as you chose"
SWITCHED_ON, SWITCHED_OFF = {"on", "yes"}, {"false", "0"}
KEY = re.compile(r"([a-z]+-)+[0-9]{1,18}")  # "role-12": the key of a row, and of what kind
LONGEST_NAME = 100  # of a field; none of ours is near it
DESK = re.compile(r"admin:careers_([a-z]+)_(add|change|changelist)")
OF_ROW = re.compile(r"(\w+)-\d+-(\w+)")
NUMBERED = re.compile(r"([a-z]+_)[0-9]{1,18}")


def words_of_field(request, name, values):
    """(its label or None, [text]): `values` as a reader knows them; several choices are one text."""
    form = getattr(request.POST, "form", None)
    field = form.fields.get(name) if form else None
    if field is None:
        field, form = known_field(request.resolver_match, name), None
    given = [value for value in values if value.strip()]
    if not given:
        return label_of(field), values
    if isinstance(field, forms.ModelChoiceField):
        return label_of(field), [chosen_rows(form, name)]
    if isinstance(field, forms.ChoiceField):
        labels = {str(key): str(label) for key, label in flatten_choices(field.choices)}
        return label_of(field), [", ".join(dict.fromkeys(labels.get(value) or plain(value) for value in given))]
    return label_of(field), [in_words(field, value) for value in values]


def label_of(field):
    return str(field.label).removesuffix(" (optional)") if field and field.label else None


def in_words(field, value):
    if isinstance(field, forms.BooleanField):
        return NO if value.lower() in SWITCHED_OFF else YES
    if isinstance(field, forms.DateField):
        return day_of(value)
    return value if field else plain(value)


def day_of(text):
    """As it was written, if that is not how browsers send a day."""
    try:
        return day_in_words(date.fromisoformat(text))
    except ValueError:
        return text


def plain(value):
    """Say a value that nobody has typed."""
    if value in SWITCHED_ON:
        return YES
    return AS_CHOSEN if is_key(value) or KEY.fullmatch(value) else value


def chosen_rows(form, name):
    """Name the row that a form has read already; no database is asked for it."""
    row = getattr(form, "cleaned_data", {}).get(name)
    try:
        return form.fields[name].label_from_instance(row) if hasattr(row, "pk") else AS_CHOSEN
    except DatabaseError:  # its name needs another row
        return AS_CHOSEN


def known_field(match, name):
    """The field of that name on the page whose form was sent, as far as it is known without making the form."""
    if match is None or len(name) > LONGEST_NAME:
        return None
    desk = DESK.fullmatch(match.view_name)
    return field_of_desk(desk[1], name) if desk else field_near(match.func.__module__, name)


@lru_cache(maxsize=1000)
def field_near(module, name):
    """Of the form that stands nearest in the folders; names that are made up take no room for long."""
    number = NUMBERED.fullmatch(name)
    package = module.partition(".")[0]
    ours = [form for form in every_form() if form.__module__.partition(".")[0] == package]
    for form in sorted(ours, key=lambda form: distance(module, form)):
        later, field = getattr(form, "later_choices", {}), getattr(form, "base_fields", {}).get(name)
        choices = later.get(name, later.get(number[1]) if number else None)
        if choices is not None:
            return forms.ChoiceField(choices=choices, label=field.label if field else "")
        if field:
            return field
    return None


def distance(module, form):
    """To sort by: the more folders the two share, and the fewer there are besides, the nearer is the form."""
    here, there = module.split("."), form.__module__.split(".")
    shared = len(list(takewhile(lambda pair: pair[0] == pair[1], zip(here, there, strict=False))))
    return -shared, len(there), form.__qualname__


@cache
def every_form(form=forms.BaseForm):
    """All that are loaded, as all are once the first request was answered."""
    return {form}.union(*[every_form(one) for one in form.__subclasses__()])


def field_of_desk(model_name, name):
    """As the model's own form has it, or that of the rows that stand in it."""
    try:
        model = apps.get_model("careers", model_name)
        if row := OF_ROW.fullmatch(name):
            rows = {relation.get_accessor_name(): relation.related_model for relation in model._meta.related_objects}
            model, name = rows.get(row[1], model), row[2]
        field = model._meta.get_field(name)
    except (LookupError, FieldDoesNotExist):
        return None
    found = field.formfield() if hasattr(field, "formfield") else None
    if found:
        found.label = ""
    return found
