"""A column for the code of a currency."""

from django.core.validators import RegexValidator

from careers.fields.models.texts import LineField
from careers.lib.texts import plain_line

THREE_LETTERS = "Write the three letters of the currency: USD, PHP, INR."


class CurrencyField(LineField):
    """Three capital letters, as ISO 4217 has them; small ones are made capitals."""

    default_validators = [RegexValidator("^[A-Z]{3}\\Z", THREE_LETTERS, code="currency")]

    @staticmethod
    def plain(text):
        return plain_line(text).upper()
