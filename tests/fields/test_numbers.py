"""A whole number that a column of PostgreSQL cannot hold is refused with a sentence, on SQLite as well."""

import pytest
from django.apps import apps
from django.core.exceptions import ValidationError
from django.db.models import IntegerField

from careers.desk.services.drafts import head_of
from careers.desk.sheets.services.checks import row_faults
from careers.guide.models.certifications import Certification
from careers.guide.models.roles import Role
from tests.desk.forms import opened, send, url_of
from tests.desk.staff import client_of
from tests.factories import make_certification, make_role

SMALL, WHOLE, BIG = 2**15 - 1, 2**31 - 1, 2**63 - 1
BIGGEST = {  # of PostgreSQL's columns
    "SmallIntegerField": SMALL,
    "PositiveSmallIntegerField": SMALL,
    "IntegerField": WHOLE,
    "PositiveIntegerField": WHOLE,
    "BigIntegerField": BIG,
    "PositiveBigIntegerField": BIG,
    "BigAutoField": BIG,
}
FAR_TOO_MUCH = 10**30  # what SQLite itself cannot hold either


def numbers():
    for model in apps.get_app_config("careers").get_models(include_auto_created=True):
        yield from (column for column in model._meta.concrete_fields if isinstance(column, IntegerField))


def sentences(column, number):
    try:
        column.run_validators(number)
    except ValidationError as error:
        return error.messages
    return []


def test_each_column_of_whole_numbers_takes_what_it_can_hold_and_says_one_sentence_to_the_rest():
    columns = [*numbers()]
    assert len(columns) > 60
    for column in columns:
        most = BIGGEST[column.get_internal_type()]
        least = 0 if "Positive" in column.get_internal_type() else -most - 1
        for number in (most + 1, FAR_TOO_MUCH, least - 1):
            [sentence] = sentences(column, number)
            assert sentence.startswith("Write a whole number from "), str(column)
        is_tighter = any(type(one).__name__ == "MaxValueValidator" for one in column._validators)
        assert is_tighter or sentences(column, most) == sentences(column, least) == [], str(column)


@pytest.mark.parametrize("number", ["99999999999", str(FAR_TOO_MUCH)])
def test_the_desk_refuses_it_in_a_page_and_in_a_row_and_an_autosave_leaves_it_out(number, db):
    publisher, exam = client_of("Publisher"), make_certification(steps=[("Read", None)])
    form = opened(publisher, exam)
    wrong = {"position": number, "steps-0-position": number}
    answer = send(publisher, exam, form, **wrong, summary="New.")
    assert answer.status_code == 200
    assert answer.text.count("Write a whole number from 0 to 32,767.</a>") == 2
    typed = form | wrong | {"summary": "Typed.", "autosave": "1", "typing": "a" * 32, "sequence": "1"}
    answer = publisher.post(url_of(exam), typed)
    assert answer.status_code == 200, answer.text
    content = head_of(exam).content
    assert content["fields"]["summary"] == "Typed."
    assert content["fields"]["position"] == exam.position
    assert [row["fields"]["position"] for row in content["rows"]["steps"]] == [exam.steps.get().position]


def test_a_sheet_refuses_it_in_a_page_and_in_a_row(db):
    said = ["Write a whole number from 0 to 32,767."]
    values = {"title": "Read", "position": 99999999999}
    assert row_faults(Certification, "steps", values, skip=set())["position"] == said
    role: Role = make_role()
    role.position = 99999999999
    with pytest.raises(ValidationError) as error:
        role.clean_fields()
    assert error.value.message_dict == {"position": said}
