"""Whoever writes a text, and wherever: it is kept plain, and has something that a reader can see."""

import inspect
import pkgutil
from importlib import import_module

import pytest
from allauth.mfa.models import Authenticator
from django import forms
from django.apps import apps
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db import connection, models
from django.urls import reverse

import careers
from careers.accounts.forms.second_factors import AddPasskeyForm, RenamePasskeyForm
from careers.cv.forms import EmailField, PhoneField
from careers.desk.services.drafts import head_of
from careers.desk.sheets.rules.values import read_value
from careers.desk.sheets.selectors.columns import page_columns, row_columns
from careers.fields.models.texts import BLANK, Plain, PlainLine
from careers.guide.models.publishing import GuideModel, HangingRow
from careers.guide.models.role_rows import AlternateTitle
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.selectors.snapshots import hanging_rows, plain_value
from careers.people.forms.working_life import WorkingLifeForm
from careers.plans.exams.forms import HttpsField
from careers.plans.forms import HoursField
from careers.reminders.forms import OffsetsField
from careers.saved.models import SavedGroup
from tests.desk.forms import save
from tests.factories import make_profile, make_role, make_skill
from tests.lib.test_texts import INVISIBLE, VISIBLE

# Written by the portal alone, or taken apart before it is kept. Whoever adds a column says here why it is none of ours.
NOT_WRITTEN = {
    "calendarevent.digest",  # made from what a date says
    "calendarevent.uid",  # made from the key of a date
    "calendarfeed.token",
    "callscore.call",  # the key of a call of ours
    "cardstate.key",  # letters and hyphens, made of a question
    "writtenanswer.message",  # the key of a message of ours
    "count",  # the hash of a key, and a number
    "evidencefile.digest",
    "loadedrow.key",
    "loadedrow.model",
    "occupation.code",  # checked by its pattern
    "occupationtitle.short_text",
    "occupationtitle.title_text",
    "removal.kind",
    "remindermail.last_error",
    "searchentry",  # made from texts of the guide
    "searchindex.code",
    "invitation.token_hash",
    "searchmiss.filters",
    "searchmiss.words",  # cleaned, and never edited
    "session",
    "share.token",
    "submission",  # a digest of a form, and the portal's own answer to it
    "change",  # the name of a table's model, from a trigger
    "certificationplan.exam_zone",  # from a list
    "profile.time_zone",
    "user.password",
}
# Fields of forms that take nothing but numbers, a link, an address or a secret.
READ_MORE_STRICTLY = (
    PhoneField,
    EmailField,
    HoursField,
    OffsetsField,
    HttpsField,
    forms.EmailField,
    forms.SlugField,
    forms.URLField,
    forms.JSONField,
)


def texts():
    for model in apps.get_app_config("careers").get_models():
        for column in model._meta.concrete_fields:
            names = {model._meta.model_name, f"{model._meta.model_name}.{column.attname}"}
            is_free = not isinstance(column, models.URLField) and not column.choices and not names & NOT_WRITTEN
            if is_free and isinstance(column, models.CharField | models.TextField):
                yield column


def is_checked_itself(column):
    return isinstance(column, models.SlugField | models.URLField | models.EmailField)


def test_every_text_that_somebody_writes_is_kept_plain():
    others = [str(column) for column in texts() if not isinstance(column, Plain) and not is_checked_itself(column)]
    assert others == [], "take a field of careers.fields.models.texts"


def takes(column, text):
    """Whether anything is kept of it."""
    try:
        return column.clean(text, None) != ""
    except ValidationError:
        return False


@pytest.mark.parametrize("text", INVISIBLE.values(), ids=INVISIBLE)
def test_no_text_of_a_model_is_made_of_what_nobody_can_see(text):
    assert [str(column) for column in texts() if takes(column, text[:3])] == []


def test_scripts_and_emoji_are_kept_as_they_are():
    for column in texts():
        if isinstance(column, Plain) and (column.max_length or 99) >= 10:
            assert [column.clean(text, None) for text in VISIBLE] == VISIBLE


def form_classes():
    """Allauth's take an address, passwords and codes, and the name of a passkey."""
    for module in pkgutil.walk_packages(careers.__path__, "careers."):
        if "forms" not in module.name.split("."):
            continue
        for _, one in inspect.getmembers(import_module(module.name), inspect.isclass):
            is_of_allauth = any(base.__module__.startswith("allauth.") for base in one.__mro__)
            if issubclass(one, forms.BaseForm) and one.__module__ == module.name and not is_of_allauth:
                yield one


def written_fields(fields):
    """Those in which a person writes a text."""
    for name, field in fields.items():
        is_hidden = field.widget.is_hidden or isinstance(field.widget, forms.PasswordInput)
        if isinstance(field, forms.CharField) and not is_hidden and not isinstance(field, READ_MORE_STRICTLY):
            yield name, field


def refuses_the_unseen(field):
    try:
        field.clean("\u2060\u3164")
    except ValidationError as error:
        return error.messages == [BLANK]
    return False


def test_every_form_of_people_takes_texts_plain_and_refuses_what_nobody_can_see(db):
    of_classes = [(one, name, field) for one in form_classes() for name, field in written_fields(one.base_fields)]
    passkey = Authenticator(type=Authenticator.Type.WEBAUTHN, data={"name": "My phone"})
    made = WorkingLifeForm(profile=make_profile()), RenamePasskeyForm(instance=passkey)
    of_rows = [(type(form), name, field) for form in made for name, field in written_fields(form.fields)]
    names = {name for _, name, _ in of_classes + of_rows}
    assert {"title", "issuer", "name", "note", "label", "display_name", "language_0", "place"} <= names
    faults = [f"{one.__name__}.{name}" for one, name, field in of_classes + of_rows if not refuses_the_unseen(field)]
    assert faults == []
    assert all("\r" not in field.clean("a\r\nb") for _, _, field in of_classes + of_rows)


def test_every_form_of_the_desk_takes_texts_plain_and_refuses_what_nobody_can_see(rf, admin_user):
    request = rf.get("/")
    request.user = admin_user
    checked = []
    for model, desk in admin.site._registry.items():
        faces = [desk.get_form(request, None)] if desk.has_add_permission(request) else []
        faces += [inline.get_formset(request, None).form for inline in desk.get_inline_instances(request)]
        for face in faces:
            for name, field in written_fields(face.base_fields):
                checked.append(name)
                assert isinstance(field, PlainLine), f"{model._meta.label} {name}"
                assert refuses_the_unseen(field), f"{model._meta.label} {name}"
    assert len(checked) > 80


def test_an_editor_reads_at_the_field_that_there_is_nothing_to_see(publisher):
    response = save(publisher, make_skill(), name="\u200b\u2060")
    assert response.context["adminform"].errors["name"] == [BLANK]


def test_a_person_reads_that_there_is_nothing_to_see(guest):
    guest.profile.saved_roles.create(role=make_role())
    response = guest.post(reverse("group-add"), {"name": "\u3164\u2800"})
    assert BLANK in response.text
    assert not SavedGroup.objects.exists()


HIDDEN = "\u202e\u2066\u2067\u2068\u2069\u200b\u200e\u200f\u061c\u2060\ufeff"
ROWS_AND_PAGES = (GuideModel, HangingRow)


def all_texts_of_the_guide():
    guide = (model for model in apps.get_app_config("careers").get_models() if issubclass(model, ROWS_AND_PAGES))
    columns = (column for model in guide for column in model._meta.concrete_fields)
    return [column for column in columns if isinstance(column, models.CharField | models.TextField)]


def texts_of_the_guide():
    return [column for column in all_texts_of_the_guide() if isinstance(column, Plain)]


def test_what_turns_a_text_or_is_unseen_in_it_is_left_out_of_every_text_of_the_guide(db):
    columns = texts_of_the_guide()
    assert len(columns) > 60
    hidden = "".join(f"{sign}a" for sign in HIDDEN)
    for column in columns:
        assert column.get_db_prep_save(f"{hidden} b", connection).lower() == f"{'a' * len(HIDDEN)} b", str(column)
        assert plain_value(column, "\u200bA B\u202e") == "A B", str(column)
    free = [column for column in columns if (column.max_length or 99) >= 40]
    assert {column.clean(f"{hidden} b", None) for column in free} == {f"{'a' * len(HIDDEN)} b"}
    addresses = [column for column in all_texts_of_the_guide() if column not in columns and not column.choices]
    assert [str(one) for one in addresses if takes(one, "https://tcs.com/\u202ea") or takes(one, "tcs\u200b")] == []
    skill = make_skill(name="Ans\u200bwer", how_to_practise="\u202eListen.\r\n\u2066Repeat.\u2069")
    assert Skill.objects.values_list("name", "how_to_practise").get(pk=skill.pk) == ("Answer", "Listen.\nRepeat.")


def test_what_people_write_for_themselves_stays_as_they_wrote_it(db):
    SavedGroup.objects.create(profile=make_profile(), name="Near\u200b home")
    assert SavedGroup.objects.get().name == "Near\u200b home"


def test_the_desk_and_a_sheet_leave_out_what_is_unseen(publisher):
    role = make_role()
    save(publisher, role, summary="You \u202eanswer\u202c calls.\u200b", duties="\ufeffOne.\r\n\u2067Two.\u2069")
    said = head_of(role).content["fields"]
    assert (said["summary"], said["duties"]) == ("You answer calls.", "One.\nTwo.")
    columns = page_columns(Role)
    assert read_value(columns["summary"], "You \u202eanswer\u202c calls.\u200b", {}) == "You answer calls."
    assert read_value(columns["source_url"], "https://tcs\u200b.com/", {}) == "https://tcs\u200b.com/", "to be refused"
    every = [
        *columns.values(),
        *(one for relation in hanging_rows(Role) for one in row_columns(Role, relation).values()),
    ]
    names = {column.name for column in texts_of_the_guide()}
    assert [one.name for one in every if one.is_read and one.name not in names] == []


@pytest.mark.django_db
def test_a_model_refuses_a_name_that_nobody_can_see():
    role = make_role()
    for thing in (Role(title="\u200d"), AlternateTitle(role=role, title="\xad"), SavedGroup(name="\u202e\u3164")):
        with pytest.raises(ValidationError) as refused:
            thing.full_clean()
        assert BLANK in str(refused.value)


@pytest.mark.django_db
def test_however_a_row_is_written_its_texts_are_plain():
    sent, kept = "Listen.\r\n\r\nRepeat.\r", "Listen.\n\nRepeat."
    skill = make_skill(how_to_practise=sent)
    assert Skill.objects.get().how_to_practise == kept
    Skill.objects.update(how_to_practise=sent, summary="One\r\nline ")
    assert Skill.objects.values_list("how_to_practise", "summary").get() == (kept, "One line")
    skill.how_to_practise = sent
    Skill.objects.bulk_update([skill], ["how_to_practise"])
    assert Skill.objects.get().how_to_practise == kept
    SavedGroup.objects.bulk_create([SavedGroup(profile=make_profile(), name=" Near\r\nhome")])
    assert SavedGroup.objects.get().name == "Near home"


def test_a_passkey_that_exists_already_gets_a_name_of_ours_for_one_that_nobody_can_see():
    form = AddPasskeyForm.__new__(AddPasskeyForm)
    form.cleaned_data = {"name": "\u3164"}
    assert form.clean_name() == "My passkey"
