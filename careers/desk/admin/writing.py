"""Where the browser checks spelling, and how long a text may get, said before it is too long."""

from django.db import models

from careers.fields.models.texts import LineField, TextField
from careers.lib.words import counted

LANGUAGE = "en"
LONGEST_CODE = 20  # characters; a line that may have no more is a code, and no prose
NO_PROSE = {"search_words", "further_sources", "source_name"}  # terms with slips on purpose, names and addresses


NEEDED = "Fill this in: a draft needs it, too."


def is_prose(db_field):
    if db_field.name in NO_PROSE:
        return False
    if isinstance(db_field, LineField):
        return db_field.max_length > LONGEST_CODE
    return isinstance(db_field, TextField)


def written_as(field, db_field):
    """`field` of a form, with the browser's spell check on for prose and off for codes, names and addresses, and in
    our words what cannot be left empty.
    """
    if field is None:
        return field
    field.error_messages["required"] = NEEDED
    if not isinstance(db_field, LineField | TextField | models.SlugField | models.URLField):
        return field
    if is_prose(db_field):
        field.widget.attrs |= {"spellcheck": "true", "lang": LANGUAGE}
    else:
        field.widget.attrs |= {"spellcheck": "false", "autocapitalize": "none"}
    if isinstance(db_field, LineField):
        field.help_text = " ".join(filter(None, [str(field.help_text), longest_in_words(db_field.max_length)]))
    return field


def longest_in_words(number):
    return f"At most {counted(number, 'character')}."
