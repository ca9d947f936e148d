"""A field of a form takes the same time for each of its characters, whichever they are, and nothing for the rest."""

import sys
import time
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from careers.fields.forms import BREAKS, LineField, SharedLineField, TextField
from careers.lib.texts import is_blank, is_unseen

MOST = 800_000  # characters, of the 2.5 MB that a form may have
FIELDS = [
    LineField(max_length=80),
    TextField(max_length=2000),
    SharedLineField(max_length=80, no_email="No address."),
]


@pytest.mark.parametrize("character", ["a", " ", "@", "\x01", "\u200b", "\u0344", "\ufdfa", "\u202e", "\r\n", "a @ b "])
@pytest.mark.parametrize("field", FIELDS, ids=lambda field: type(field).__name__)
def test_millions_of_one_character_are_soon_refused(field, character):
    begun = time.process_time()
    with pytest.raises(ValidationError):
        field.clean(character * (MOST // len(character)))
    assert time.process_time() - begun < 0.3


def test_breaks_are_the_characters_that_unicode_says():
    every = [chr(number) for number in range(sys.maxunicode + 1)]
    named = [char for char in every if unicodedata.category(char) in ("Cc", "Cs", "Zl", "Zp")]
    assert BREAKS.findall("".join(every)) == named


@pytest.mark.parametrize("text", ["", "\u200b" * 9, "\u200b" * 9 + "a", "a" + "\u200b" * 9])
def test_blank_is_what_has_no_character_to_see(text):
    assert is_blank(text) == all(is_unseen(char) for char in text)
