"""Whole numbers as a column of PostgreSQL holds them. One of SQLite holds any, so a model would refuse it on one of the
two databases alone, and on the other say so with an error.
"""

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db.backends.base.operations import BaseDatabaseOperations
from django.db.models import IntegerField

RANGES = BaseDatabaseOperations.integer_field_ranges
ENDS = MinValueValidator, MaxValueValidator


class Within:
    """Refuse numbers outside of a range, with a sentence."""

    def __init__(self, least, most):
        self.least, self.most = least, most

    def __call__(self, number):
        if not self.least <= number <= self.most:
            raise ValidationError(f"Write a whole number from {self.least:,} to {self.most:,}.", code="range")


def hold_to_ranges(models):
    """Give each whole number of these models, wherever it is cleaned, its `range_of`. No migration knows of it."""
    for model in models:
        for column in model._meta.concrete_fields:
            if isinstance(column, IntegerField):
                others = [one for one in own_validators(column) if not isinstance(one, ENDS)]
                column.validators = [*others, Within(*range_of(column))]


def range_of(column):
    """(least, most) that the column of PostgreSQL holds, or that the model says where that is less."""
    least, most = RANGES[column.get_internal_type()]
    own = own_validators(column)
    least = max([least, *(one.limit_value for one in own if isinstance(one, MinValueValidator))])
    most = min([most, *(one.limit_value for one in own if isinstance(one, MaxValueValidator))])
    return least, most


def own_validators(column):
    """Those of its model, without the database's."""
    return [*column.default_validators, *column._validators]


def is_within(column, value):
    """Whether the column can hold it, where it is one of whole numbers."""
    if value is None or not isinstance(column, IntegerField):
        return True
    least, most = RANGES[column.get_internal_type()]
    return least <= value <= most
