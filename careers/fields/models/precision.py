"""How well a day is known."""

from django.db import models

from careers.lib.about import Precision


class PrecisionField(models.CharField):
    """How well the day beside it is known: it is the first day of what the person said (see `lib.about`)."""

    def __init__(self, **kwargs):
        choices = [(one.value, one.value.capitalize()) for one in Precision]
        super().__init__(**{"max_length": 5, "choices": choices, "default": Precision.DAY.value, **kwargs})
