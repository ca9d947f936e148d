"""Columns for what people write. However a row is written, its texts are stored as `lib.texts` has them.

Every free text of a model is a `LineField` or a `TextField` of this file. Forms that are made from a model get its
rules with it. Codes, choices and tokens, which nobody writes, are Django's own fields.
"""

from collections.abc import Callable
from contextlib import suppress

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from careers.lib.texts import is_blank, plain_line, plain_text, without_hidden

BLANK = "There is nothing to see in this. Write it with letters, numbers or signs."


def validate_visible(text):
    """Refuse a text of which every character is invisible, with a sentence."""
    if text and is_blank(text):
        raise ValidationError(BLANK, code="invisible")


class ReadsAlike:
    """For a field of a form: what reads the same as before has not changed, however the browser sends it."""

    def has_changed(self, initial, data):
        with suppress(ValidationError):  # what is stored is compared as it is, where the field would refuse it now
            initial = self.to_python(initial)
        return super().has_changed(initial, data)


class PlainLine(ReadsAlike, forms.CharField):
    """One line of text."""

    default_validators = [validate_visible]
    plain = staticmethod(plain_line)

    def prepare_value(self, value):
        """A control of one line would run two lines together."""
        return self.plain(value) if isinstance(value, str) else value

    def to_python(self, value):
        return self.plain(super().to_python(value) or "")


class PlainURL(ReadsAlike, forms.URLField):
    """An address, which this field may write in another way than it was stored."""


class PlainText(PlainLine):
    """Many lines, with breaks of one character each."""

    widget = forms.Textarea
    plain = staticmethod(plain_text)


class Plain:
    """For a column: its text is stored plain. In migrations it is the column of Django that it is built on.

    Where its model `IS_FOR_READERS`, what nobody sees in it goes as well: everybody reads there what stands there.
    """

    plain: Callable[[str], str]
    default_validators = [validate_visible]

    def contribute_to_class(self, cls, name, **options):
        super().contribute_to_class(cls, name, **options)
        if getattr(cls, "IS_FOR_READERS", False):
            plain = type(self).plain
            self.plain = lambda text: plain(without_hidden(text))

    def clean(self, value, model_instance):
        return super().clean(self.plain(value) if isinstance(value, str) else value, model_instance)

    def get_db_prep_save(self, value, connection):
        """Return it plain. `save`, `update`, `bulk_create` and the loading of fixtures all come here."""
        return super().get_db_prep_save(self.plain(value) if isinstance(value, str) else value, connection)

    def formfield(self, **kwargs):
        return super().formfield(**{"form_class": self.form_class, **kwargs})

    def deconstruct(self):
        name, _, args, kwargs = super().deconstruct()
        return name, f"django.db.models.{self.stored_as.__name__}", args, kwargs


class LineField(Plain, models.CharField):
    stored_as = models.CharField
    form_class = PlainLine
    plain = staticmethod(plain_line)


class TextField(Plain, models.TextField):
    stored_as = models.TextField
    form_class = PlainText
    plain = staticmethod(plain_text)
