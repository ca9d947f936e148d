"""What the file about a person says of a column is read off the model."""

import pytest
from django.db import models as fields

from careers import models
from careers.personal_data.selectors.parts import COUNT, Column, kind_of, maybe, part, several


def kind(model, name):
    return kind_of(model, model._meta.get_field(name))


@pytest.mark.parametrize(
    ("model", "name", "ends"),
    [
        (models.Profile, "years_of_experience", (0, 60)),  # a validator
        (models.Evidence, "proficiency", (1, 5)),  # choices
        (models.StudyEntry, "minutes", (1, 1440)),  # a constraint of the database
        (models.EvidenceFile, "size", (1, 5_000_000)),
        (models.CalendarEvent, "sequence", (0, 2**31 - 1)),  # what the narrowest database holds
        (models.Reminder, "offset", (-(2**15), 2**15 - 1)),
    ],
)
def test_a_number_has_the_narrowest_bounds_that_the_model_says(model, name, ends):
    assert (kind(model, name)["minimum"], kind(model, name)["maximum"]) == ends


def test_what_may_be_null_says_so_and_choices_say_the_empty_one():
    assert kind(models.PlanStep, "due_on") == {"type": ["string", "null"], "format": "date"}
    assert kind(models.Profile, "education")["enum"] == ["", *models.Education.values]
    assert "" not in kind(models.Language, "level")["enum"]
    assert kind(models.Profile, "shifts")["items"]["enum"] == models.Shift.values


def test_a_column_of_a_new_kind_waits_until_somebody_says_what_it_is():
    field = fields.DurationField()
    field.set_attributes_from_name("lasted")
    with pytest.raises(TypeError, match="Say in KINDS"):
        kind_of(models.Profile, field)


def test_values_and_schema_are_of_one_declaration():
    language = part(models.Language, "One.", {"name": "Its name.", "how_well": Column("level", "Its level.")})
    spoken = several(language, "Those spoken.", lambda rows: rows)
    assert spoken.read([models.Language(name="Hindi", level="C1")]) == [{"name": "Hindi", "how_well": "C1"}]
    assert spoken.kind["items"]["required"] == list(spoken.kind["items"]["properties"]) == ["name", "how_well"]


def test_null_is_beside_a_reference():
    assert maybe({"$ref": "#"}) == {"anyOf": [{"type": "null"}, {"$ref": "#"}]}
    assert maybe(COUNT)["type"] == ["integer", "null"]
