"""Your data: what is kept, and taking it away."""

import io
import json
import re
import zipfile
from datetime import date, datetime
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib.admin.models import LogEntry
from django.core.cache import caches
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models as fields
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from jsonschema import Draft4Validator, Draft202012Validator, FormatChecker

from careers import models
from careers.accounts.forms.accounts import SIGNED_UP
from careers.people.views.requests import GUEST
from careers.personal_data.selectors.own_data import schema
from careers.personal_data.views.signing_in import SET_ASIDE
from careers.routes.rules.journeys import By
from tests import factories as make
from tests.queries import queries_of_page
from tests.whole_person import fill, make_whole_account, models_of_people

PUBLISHED_RESUME = json.loads((Path(__file__).parents[1] / "data/json-resume/schema.json").read_text())
OURS = schema()
formats = FormatChecker()


@formats.checks("date-time", raises=ValueError)
def is_moment(value):
    return not isinstance(value, str) or datetime.fromisoformat(value).tzinfo is not None


@formats.checks("uri")
def is_address(value):
    return not isinstance(value, str) or bool(urlsplit(value).scheme and urlsplit(value).netloc)


# The line of “Your data” that counts each kind of row.
COUNTED = {
    "account.EmailAddress": "E-mail addresses",
    "admin.LogEntry": "Entries in the record of the HR desk",
    "careers.CalendarFeed": "Calendar address",
    "careers.CV": "Your CV",
    "careers.DeskAction": "Entries in the record of the HR desk",
    "careers.CertificationPlan": "Certification plans",
    "careers.Evidence": "Ratings and proofs of skills",
    "careers.EvidenceFile": "Files",
    "careers.ExamAttempt": "Exams taken",
    "careers.ExamItem": "Things for the day of an exam",
    "careers.GoalStep": "Steps of your goal",
    "careers.CallScore": "Score sheets of mock calls",
    "careers.CardState": "Interview cards",
    "careers.WrittenAnswer": "Answers to messages",
    "careers.HeldCertificate": "Certificates",
    "careers.Job": "Jobs on your CV",
    "careers.Language": "Languages",
    "careers.Profile": "Answers about yourself",
    "careers.ReadyPaper": "Papers you have ready",
    "careers.Reminder": "Reminders",
    "careers.Remark": "Remarks on pages at the HR desk",
    "careers.Removal": "Removed from plans, can still come back",
    "careers.ReminderMail": "Reminder mails",
    "careers.ReminderSettings": "How you want to be reminded",
    "careers.SavedRole": "Saved roles",
    "careers.Schooling": "Schools and courses on your CV",
    "careers.Session": "Devices that are signed in, or half way",
    "careers.Share": "Links you share",
    "careers.StudyClock": "A clock that runs for your study",
    "careers.StudyEntry": "Study time",
    "careers.Submission": "Forms you sent",
    "careers.TimedResult": "Results of practice tests",
    "mfa.Authenticator": "Second steps",
}
NOT_COUNTED = {
    "careers.SheetPage": "a page of such a sheet",
    "careers.SheetImport": "pages of the guide that wait to be brought in, for two days; that they were is an entry",
    "account.EmailConfirmation": "a mail to an address that is counted",
    "careers.CalendarEvent": "what a calendar was told of plans and certificates that are counted",
    "careers.ChangeSet": "pages of the guide that go live as one; who did so is counted as an entry",
    "careers.Draft": "a page of the guide that is worked on; who did so is counted as an entry",
    "careers.Schedule": "a moment for a page of the guide; who gave it is counted as an entry",
    "careers.Goal": "counted by its steps, of which it has some",
    "careers.PlanStep": "said beside the plans",
    "careers.SavedGroup": "said beside the saved roles",
    "careers.User": "named by its address",
    "careers.User_groups": "what the account may do on the HR desk, which its owner sees there",
    "careers.User_user_permissions": "what the account may do on the HR desk, which its owner sees there",
    "careers.Version": "the words of a page of the guide; who wrote them is counted as an entry",
}


def test_every_kind_of_row_about_a_person_is_counted_or_left_out_for_a_reason():
    assert COUNTED.keys() | NOT_COUNTED.keys() == labels_of_people().keys()


def files_of(client):
    """The download's files, {name: text}; those that are JSON parsed."""
    response = client.get(reverse("data-download"))
    assert response.status_code == 200
    with zipfile.ZipFile(io.BytesIO(response.getvalue())) as archive:
        assert archive.testzip() is None
        texts = {name: archive.read(name).decode() for name in archive.namelist()}
    return {name: json.loads(text) if name.endswith(".json") else text for name, text in texts.items()}


def faults(schema, data, *, validator=Draft202012Validator):
    validator.check_schema(schema)
    checked = validator(schema, format_checker=formats)
    return [f"{'/'.join(map(str, error.path))}: {error.message}" for error in checked.iter_errors(data)]


@pytest.fixture
def whole(db, client):
    """A client signed in as somebody with every kind of row, `client.user`; another such person is there too."""
    colleague = make.make_user()
    make_whole_account(mark="zora", colleague=colleague)
    client.user = make_whole_account(mark="asha", colleague=colleague)
    client.force_login(client.user)
    return client


@pytest.mark.django_db
class TestReading:
    def test_nobody_is_told_that_nothing_is_kept(self, client):
        page = client.get(reverse("data-read"))
        assert "Nothing is kept about you" in page.text
        assert reverse("data-download") not in page.text
        assert not page.cookies
        assert not models.Profile.objects.exists()

    def test_a_guest_reads_where_and_for_how_long(self, guest):
        guest.profile.languages.create(name="Hindi", level="C1")
        page = guest.get(reverse("data-read")).text
        assert "Kept on this browser only." in page
        assert "After 90 days without a visit" in page
        assert "<dt>Languages</dt><dd>1</dd>" in page

    def test_a_person_reads_all_kinds_counted(self, whole):
        page = whole.get(reverse("data-read")).text
        assert "asha@example.org" in page
        assert "1 withdrawn, kept as a record" in page
        assert "1 with a note, in 1 group" in page
        assert "Second steps</dt><dd>3" in page
        assert re.search(r"Removed, can still come back <span[^>]*>1 with a note</span></dt><dd>1</dd>", page)
        assert "zora" not in page

    def test_a_person_reads_that_each_kind_is_kept(self, whole):
        lines = {line.name: line for line in whole.get(reverse("data-read")).context["lines"]}
        assert [label for label, line in COUNTED.items() if not lines[line].count] == []

    def test_what_hangs_on_plans_is_said_with_its_numbers(self, whole):
        lines = {line.name: (line.count, line.more) for line in whole.get(reverse("data-read")).context["lines"]}
        assert lines["Certification plans"] == (3, "with 1 step, 1 done")
        assert lines["Study time"] == (1, "45 min in all, 1 entry with a note")

    def test_it_is_kept_by_no_cache(self, guest):
        assert guest.get(reverse("data-read"))["Cache-Control"] == "private, no-store"

    def test_it_names_the_cookies_and_their_age(self, client):
        page = client.get(reverse("data-read")).text
        assert "<b>sessionid</b>" in page
        assert "90 days from your last visit" in page

    def test_it_names_what_the_script_notes_in_the_browser(self, client):
        scripts = settings.BASE_DIR / "static/js"
        keys = [re.search(r'SAVED_KEY = "([^"]+)"', (scripts / "saved.js").read_text())[1]]
        keys += re.findall(r'(?:COPIES|PLACE) = "([^"]+)"', (scripts / "typing.js").read_text())
        page = client.get(reverse("data-read")).text
        assert [key for key in keys if f"<b>{key}</b>" not in page] == []
        assert len(keys) == 3

    def test_no_other_script_notes_anything(self):
        scripts = [*(settings.BASE_DIR / "static/js").glob("*.js")]
        noting = {path.name for path in scripts if "Storage" in path.read_text()}
        assert noting == {"saved.js", "timed_test.js", "typing.js"}

    def test_tries_are_counted_for_an_hour_at_most_and_never_under_a_readable_address(self, client, monkeypatch):
        user, counted = make.make_user(), {}
        monkeypatch.setattr(caches["default"], "set", lambda key, value, seconds: counted.update({key: seconds}))
        client.post(reverse("account_login"), {"login": user.email, "password": "wrong"})
        client.post(reverse("account_reset_password"), {"email": user.email})
        assert len(counted) >= 4
        assert max(counted.values()) <= 3600
        assert user.email not in "".join(counted)
        assert "kept as a hash only" in client.get(reverse("data-read")).text

    def test_the_cost_does_not_grow_with_the_rows(self, person):
        assert cost(person, "data-read", "data-delete") == cost(person, "data-read", "data-delete", rows=49)


@pytest.mark.django_db
class TestDownload:
    def test_nobody_has_nothing_to_take(self, client):
        response = client.get(reverse("data-download"))
        assert (response.status_code, response.url) == (302, reverse("data-read"))
        assert not response.cookies

    def test_is_a_file_named_by_the_day_that_no_cache_keeps(self, guest):
        response = guest.get(reverse("data-download"))
        assert response["Content-Type"] == "application/zip"
        assert response["Content-Disposition"] == f'attachment; filename="bpo-careers-{timezone.localdate()}.zip"'
        assert response["Cache-Control"] == "private, no-store"

    def test_is_only_read(self, guest):
        assert guest.post(reverse("data-download")).status_code == 405

    def test_says_what_opens_by_what_is_in_it(self, guest):
        readme = " ".join(files_of(guest)["README.txt"].split())
        for said in ("certification plans with steps", "study time", "exams", "reminders", "calendar"):
            assert said in readme
        assert "the calendar's token opens your calendar" in readme

    def test_says_in_words_what_is_in_it(self, guest):
        files = files_of(guest)
        assert set(files) == {"README.txt", "profile.json", "profile.schema.json", "resume.json"}
        assert all(name in files["README.txt"] for name in files if name != "README.txt")
        assert "{" not in files["README.txt"]
        assert files["profile.schema.json"] == OURS

    def test_of_a_whole_person_keeps_both_schemas(self, whole):
        files = files_of(whole)
        assert faults(OURS, files["profile.json"]) == []
        assert faults(PUBLISHED_RESUME, files["resume.json"], validator=Draft4Validator) == []

    def test_of_a_guest_keeps_both_schemas(self, guest):
        fill(guest.profile, mark="asha")
        files = files_of(guest)
        assert faults(OURS, files["profile.json"]) == []
        assert files["profile.json"]["account"] is None
        assert files["profile.json"]["sessions"]["count"] == 1
        assert faults(PUBLISHED_RESUME, files["resume.json"], validator=Draft4Validator) == []

    def test_of_a_guest_holds_what_can_still_come_back(self, guest):
        role = make.make_role(title="Agent")
        guest.profile.saved_roles.create(role=role, note="Ask Priya.", seen=role.facts)
        save_and_remove(guest, role)
        files = files_of(guest)
        assert faults(OURS, files["profile.json"]) == []
        removed = files["profile.json"]["removed_roles"][0]
        assert (removed["role"]["title"], removed["note"], removed["group"]) == ("Agent", "Ask Priya.", None)
        assert "those you removed that can still come" in files["README.txt"]
        assert "Removed, can still come back" in guest.get(reverse("data-read")).text

    def test_takes_any_text(self, person):
        text = 'Ünïcode 🎧 "quoted" <b>\\ {{ x }} \u202e'
        models.Profile.objects.update(display_name=text)
        files = files_of(person)
        assert files["profile.json"]["profile"]["display_name"] == text
        assert files["resume.json"]["basics"]["name"] == text

    def test_holds_nothing_of_anybody_else(self, whole):
        text = json.dumps(files_of(whole))
        assert "asha@example.org" in text
        assert "zora" not in text
        assert "Note asha" in text

    def test_holds_no_secret(self, whole):
        text = json.dumps(files_of(whole))
        keys = models.Session.objects.values_list("session_key", flat=True)
        assert not any(secret in text for secret in (whole.user.password, "ashasecret", "ashakey", *keys))

    def test_the_cost_does_not_grow_with_the_rows(self, person):
        assert cost(person, "data-download") == cost(person, "data-download", rows=49)


def cost(client, *names, rows=1):
    for _ in range(rows):
        role, skill, certification = make.make_role(), make.make_skill(), make.make_certification()
        client.profile.saved_roles.create(
            role=role, group=client.profile.saved_groups.create(name=role.title), note="x"
        )
        held = client.profile.certificates.create(certification=certification, earned_on=date(2026, 5, 12))
        make.rate(client.profile, skill, 3)
        client.profile.evidence.create(
            skill=skill, kind="certificate", certificate=held, proficiency=4, shown_on=held.earned_on, source="x"
        )
        client.profile.languages.create(name=role.title, level="B1")
        client.profile.shares.create(sections=["about"], expires_on=timezone.localdate())
    client.get(reverse(names[0]))
    return sum(queries_of_page(client, reverse(name)) for name in names)


@pytest.mark.django_db
class TestResume:
    def test_says_what_is_known_and_no_more(self, person):
        assert set(files_of(person)["resume.json"]) == {"$schema", "basics"}
        assert files_of(person)["resume.json"]["basics"] == {"email": person.user.email}

    def test_skills_have_the_level_that_stands_and_how_it_is_known(self, person):
        skill = make.make_skill(name="Typing")
        make.rate(person.profile, skill, 2)
        person.profile.evidence.create(
            skill=skill, kind="test", proficiency=3, shown_on=date(2026, 1, 1), source="Two minutes"
        )
        assert files_of(person)["resume.json"]["skills"] == [
            {"name": "Typing", "level": "Able", "keywords": ["3 of 5", "Test: Two minutes"]}
        ]

    def test_what_was_withdrawn_counts_no_more(self, person):
        make.rate(person.profile, make.make_skill(), 2)
        person.profile.evidence.update(withdrawn_at=timezone.now())
        assert "skills" not in files_of(person)["resume.json"]

    def test_a_certificate_has_its_day_where_it_is_known_to_the_day(self, person):
        day = date(2026, 5, 12)
        for precision in ("day", "month", "year"):
            make.make_held(person.profile, title=precision, earned_on=day, earned_precision=precision)
        resume = files_of(person)["resume.json"]
        assert faults(PUBLISHED_RESUME, resume, validator=Draft4Validator) == []
        days = {one["name"]: one.get("date") for one in resume["certificates"]}
        assert days == {"day": "2026-05-12", "month": None, "year": None}

    def test_no_school_certificate_is_no_education(self, person):
        models.Profile.objects.update(education="below_secondary")
        assert "education" not in files_of(person)["resume.json"]


class TestSchema:
    def objects(self, part=OURS):
        if isinstance(part, list):
            return [one for item in part for one in self.objects(item)]
        if not isinstance(part, dict):
            return []
        own = [part] if "properties" in part and isinstance(part["properties"], dict) else []
        return own + [one for item in part.values() for one in self.objects(item)]

    def test_leaves_nothing_open_and_describes_everything(self):
        assert len(self.objects()) > 15
        for thing in self.objects():
            assert thing["additionalProperties"] is False
            assert all(field.get("description") for field in thing["properties"].values())

    @pytest.mark.parametrize(
        ("path", "choices"),
        [
            ("profile.situation", ["", *models.Situation.values]),
            ("profile.education", ["", *models.Education.values]),
            ("profile.shifts[]", models.Shift.values),
            ("profile.work_types[]", models.WorkType.values),
            ("profile.places[]", models.WorkPlace.values),
            ("languages[].level", models.LanguageLevel.values),
            ("evidence[].kind", models.Evidence.Kind.values),
            ("goals[].criterion", list(By)),
            ("goals[].steps[].kind", models.GoalStep.Kind.values),
            ("certification_plans[].status", models.CertificationPlan.Status.values),
            ("certification_plans[].attempts[].outcome", models.ExamAttempt.Outcome.values),
            ("certification_plans[].files[].kind", models.EvidenceFile.Kind.values),
            ("reminder_mails[].state", models.ReminderMail.State.values),
            ("shares[].sections[]", models.Share.Section.values),
            ("account.second_factors[].type", Authenticator.Type.values),
        ],
    )
    def test_names_the_choices_that_there_are(self, path, choices):
        assert sorted(described(path)["enum"]) == sorted(choices)

    def test_names_the_answers_that_there_are(self):
        assert set(described("profile.answered_at")["properties"]) == set(models.Profile.ANSWERS)


def described(path):
    """What the schema says of `languages[].level`."""
    part = OURS
    for step in path.replace("[]", ".[]").split("."):
        part = part["items"] if step == "[]" else part["properties"][step]
        while refs := [one["$ref"] for one in part.get("anyOf", [part]) if "$ref" in one]:
            part = OURS["$defs"][refs[0].rpartition("/")[2]]
    return part


def same(place, names):
    """Fields that are called in the file as in the database."""
    return {name: f"{place}.{name}" for name in names.split()}


def in_calendar(place):
    return same(place, "uid version changed_at day_set_at")


LINK = "tells whose row it is, which the file says by where it stands"
SECRET = "a secret, which would let somebody in"
EXPORTED = {
    "careers.User": {
        "email": "account.email", "joined_at": "account.joined_at", "last_login": "account.last_sign_in_at",
        "is_active": "account.is_active", "is_staff": "account.may_enter_the_hr_desk",
        "is_superuser": "account.may_do_everything", "password_is_one_time": "account.password_is_one_time",
        "groups": "account.groups[]", "user_permissions": "account.permissions[]",
    },
    "account.EmailAddress": {
        "email": "account.addresses[].email", "verified": "account.addresses[].is_confirmed",
        "primary": "account.addresses[].is_login",
    },
    "account.EmailConfirmation": {
        "created": "account.addresses[].confirmation_mails[].made_at",
        "sent": "account.addresses[].confirmation_mails[].sent_at",
    },
    "mfa.Authenticator": {
        "type": "account.second_factors[].type", "created_at": "account.second_factors[].added_at",
        "last_used_at": "account.second_factors[].last_used_at",
    },
    "careers.Session": {"expire_date": "sessions.end_at[]"},
    "admin.LogEntry": {
        "action_time": "account.desk_log[].at", "object_repr": "account.desk_log[].object",
        "object_id": "account.desk_log[].object_key", "content_type": "account.desk_log[].object_kind",
        "change_message": "account.desk_log[].change",
    },
    "careers.DeskAction": {
        "model": "account.desk_actions[].page_kind",
        "page_pk": "account.desk_actions[].page_key", "page_name": "account.desk_actions[].page",
        "note": "account.desk_actions[].note", "at": "account.desk_actions[].at",
    },
    "careers.Remark": {
        "model": "account.remarks[].page_kind", "page_pk": "account.remarks[].page_key",
        **same("account.remarks[]", "at place place_name quote text resolved_at"),
    },
    "careers.Profile": {
        "created_at": "profile.first_here_at", "active_on": "profile.last_here_on",
        "display_name": "profile.display_name", "situation": "profile.situation",
        "current_role": "profile.current_role.slug", "years_of_experience": "profile.years_of_experience",
        "education": "profile.education", "shifts": "profile.shifts", "work_types": "profile.work_types",
        "places": "profile.places", "target_role": "profile.target_role.slug", "answered_at": "profile.answered_at",
        "time_zone": "profile.time_zone", "shows_streak": "profile.shows_streak",
        "practice_goal": "profile.practice_goal",
    },
    "careers.Language": {
        "name": "languages[].name", "level": "languages[].level", "answered_at": "languages[].answered_at",
    },
    "careers.HeldCertificate": {
        "certification": "certificates[].certification.slug", "earned_on": "certificates[].earned_on",
        **same("certificates[]", "earned_precision renewed_precision expires_precision"),
        "expires_on": "certificates[].expires_on", "answered_at": "certificates[].answered_at",
        "title": "certificates[].title", "issuer": "certificates[].issuer",
        "renewed_on": "certificates[].renewed_on", "credential_number": "certificates[].credential_number",
        "credential_url": "certificates[].credential_url", **in_calendar("certificates[]"),
    },
    "careers.CertificationPlan": {
        "certification": "certification_plans[].certification.slug",
        **same("certification_plans[]", "title issuer status started_on target_on created_at"),
        "exam_at": "certification_plans[].exam.at", "exam_zone": "certification_plans[].exam.time_zone",
        "exam_minutes": "certification_plans[].exam.minutes", "exam_place": "certification_plans[].exam.place",
        "exam_url": "certification_plans[].exam.url", "seen_steps": "certification_plans[].guide_steps_seen",
        **in_calendar("certification_plans[]"),
    },
    "careers.PlanStep": {
        **same("certification_plans[].steps[]", "position title hours due_on done_on is_renewal guide_title"),
        **in_calendar("certification_plans[].steps[]"),
    },
    "careers.ExamAttempt": same("certification_plans[].attempts[]", "taken_on outcome score note recorded_at"),
    "careers.ExamItem": same("certification_plans[].exam_items[]", "title is_done"),
    "careers.StudyEntry": same("certification_plans[].study[]", "minutes studied_on note key created_at"),
    "careers.EvidenceFile": same("certification_plans[].files[]", "name kind size digest file uploaded_at"),
    "careers.StudyClock": same("study_clocks[]", "started_at"),
    "careers.ReminderSettings": same(
        "reminder_settings[]",
        "by_email in_portal in_calendar expiry_offsets exam_offsets step_offsets quiet_from quiet_to answered_at",
    ),
    "careers.Reminder": {
        **same("reminders[]", "event_on made_at seen_at"), "offset": "reminders[].days_before",
    },
    "careers.ReminderMail": same("reminder_mails[]", "state key tries try_at last_error created_at sent_at"),
    "careers.CalendarFeed": same("calendar_feeds[]", "token created_at opened_at"),
    "careers.CalendarEvent": same("calendar_events[]", "uid sequence digest changed_at"),
    "careers.Evidence": {
        "skill": "evidence[].skill.slug", "kind": "evidence[].kind", "proficiency": "evidence[].proficiency",
        "shown_on": "evidence[].shown_on", "certificate": "evidence[].certificate", "source": "evidence[].source",
        "recorded_at": "evidence[].recorded_at", "withdrawn_at": "evidence[].withdrawn_at",
    },
    "careers.TimedResult": same(
        "practice_results[]",
        "start kind minutes text began_at ended_at characters counted errors compared late_errors recorded_at evidence",
    ),
    "careers.SavedGroup": {"name": "saved_groups[].name", "created_at": "saved_groups[].created_at"},
    "careers.SavedRole": {
        "role": "saved_roles[].role.slug", "group": "saved_roles[].group", "note": "saved_roles[].note",
        "saved_at": "saved_roles[].saved_at", "answered_at": "saved_roles[].changed_at",
        "seen_at": "saved_roles[].facts_seen_at",
    },
    "careers.Goal": {
        "start": "goals[].from.slug", "role": "goals[].to.slug", "criterion": "goals[].criterion",
        "adopted_at": "goals[].adopted_at", "answered_at": "goals[].changed_at", "seen_at": "goals[].facts_seen_at",
    },
    "careers.GoalStep": {
        "kind": "goals[].steps[].kind", "leg": "goals[].steps[].move_of_the_route", "title": "goals[].steps[].title",
        "position": "goals[].steps[].position", "role": "goals[].steps[].role.slug",
        "start": "goals[].steps[].start.slug",
        "skill": "goals[].steps[].skill.slug", "proficiency": "goals[].steps[].proficiency",
        "certification": "goals[].steps[].certification.slug", "months_from": "goals[].steps[].months_from",
        "months_to": "goals[].steps[].months_to", "done_at": "goals[].steps[].done_at",
    },
    "careers.CV": {
        **same("cvs[]", "name headline email phone city summary answered_at"), "parts": "cvs[].parts",
    },
    "careers.Job": same(
        "jobs[]", "position employer city began_on began_precision ended_on ended_precision duties"
    ),
    "careers.Schooling": same("schoolings[]", "qualification school city ended_on ended_precision result"),
    "careers.ReadyPaper": same("ready_papers[]", "paper ticked_at"),
    "careers.Share": {
        "label": "shares[].label", "token": "shares[].token", "sections": "shares[].sections",
        "expires_on": "shares[].expires_on", "created_at": "shares[].created_at",
        "revoked_at": "shares[].revoked_at", "opened_at": "shares[].opened_at",
    },
    "careers.Removal": {"removed_at": "removed_items[].removed_at"},
    "careers.CardState": {
        **same("interview_cards[]", "key question note noted_at answers answered_at due_at"),
        **same("interview_cards[]", "state step stability difficulty"),
        "last": "interview_cards[].last_answer", "started_at": "interview_cards[].first_answered_at",
    },
    "careers.WrittenAnswer": {
        **same("written_answers[]", "message text written_at checked_at"), "ticks": "written_answers[].ticks",
    },
    "careers.CallScore": same("call_scores[]", "call note played_on created_at"),
    "careers.Submission": {
        **same("sent_forms[]", "key made status location sent_at"), "messages": "sent_forms[].messages[]",
    },
}  # fmt: skip
LEFT_OUT = {
    "careers.User.password": "a hash; has_password says that there is one",
    "account.EmailConfirmation.key": SECRET,
    "mfa.Authenticator.data": SECRET + "; its name is exported, which a test of its own says",
    "careers.Session.session_key": SECRET,
    "careers.Session.session_data": "nothing that somebody wrote; IN_SESSIONS names what there is",
    "admin.LogEntry.action_flag": "exported as the word of it, action",
    "careers.DeskAction.what": "exported as the word of it, what",
    "careers.DeskAction.by": LINK,
    "careers.DeskAction.version": "exported by its number",
    "careers.DeskAction.change_set": "the guide's, of which one page is named here",
    "careers.Remark.by": LINK,
    "careers.Remark.version": "the guide's, of which one page is named here",
    "careers.Remark.resolved_by": "who settled it; where that is somebody else, it is that person's data",
    "careers.ChangeSet": "the guide's; what somebody did with it is exported as desk_actions",
    "careers.SheetPage": "the guide's; it is of a sheet that somebody brought in",
    "careers.SheetImport": "the guide's; what somebody brought in is exported as desk_actions",
    "careers.Draft": "the guide's; what somebody did with it is exported as desk_actions",
    "careers.Schedule": "the guide's; that somebody gave it a time is exported as desk_actions",
    "careers.Version": "the guide's; that somebody wrote it is exported as desk_actions",
    "admin.LogEntry.user": "exported as done_by; who else it was is that person's data",
    "careers.Removal.kind": "exported as the list in which it stands",
    "careers.Removal.key": "the number of a row that is gone; of a role, exported as its slug",
    "careers.Removal.taken_from": "exported by the plan's name",
    "careers.Removal.was": "exported as each kind's own properties, which a test of its own says",
    "careers.SavedRole.seen": "exported as pairs, facts_seen, which a test of its own says",
    "careers.CardState.before": "exported as pairs, before_last_answer, which a test of its own says",
    "careers.CallScore.points": "exported as pairs, heard, which a test of its own says",
    "careers.Goal.seen": "exported as pairs, facts_seen, which a test of its own says",
    "careers.GoalStep.goal": LINK,
    "careers.CertificationPlan.held_certificate": "whether there is one is exported; it has a line of its own",
    "careers.Reminder.held_certificate": "exported by its name, as what the reminder is about",
    "careers.Reminder.plan": "exported by its name, as what the reminder is about",
    "careers.Reminder.step": "exported by its name, as what the reminder is about",
    "careers.Reminder.mail": "exported as the moment it was sent, mailed_at",
    "careers.StudyEntry.step": "exported by its title",
    "careers.StudyClock.step": "exported by its title",
    **{f"careers.{name}.plan": LINK for name in ("PlanStep", "ExamAttempt", "ExamItem", "StudyEntry", "EvidenceFile",
                                                 "StudyClock")},
    "careers.User_groups": "the table between account and group; exported as account.groups",
    "careers.User_user_permissions": "the table between account and permission; exported as account.permissions",
    **{f"careers.{name}.profile": LINK for name in ("CV", "Job", "Schooling", "ReadyPaper",
                                                     "Language", "HeldCertificate", "Evidence", "SavedGroup",
                                                    "SavedRole", "Goal", "Share", "CertificationPlan", "StudyClock",
                                                    "ReminderSettings", "Reminder", "ReminderMail", "CalendarFeed",
                                                    "CalendarEvent", "Submission", "Removal", "TimedResult",
                                                    "CardState", "WrittenAnswer", "CallScore")},
    **{f"{name}.user": LINK for name in ("careers.Profile", "careers.Session", "account.EmailAddress",
                                         "mfa.Authenticator")},
    "account.EmailConfirmation.email_address": LINK,
}  # fmt: skip


IN_SESSIONS = {
    GUEST: LINK,
    SIGNED_UP: LINK,
    SET_ASIDE: "of the guest who was here before, who may be somebody else; nobody's until they say so",
    "_auth_user_id": LINK,
    "_auth_user_backend": "the way in",
    "_auth_user_hash": SECRET,
    "_session_expiry": "exported as the session's end",
    "account_authentication_methods": "when and how the sign-in was proven, asked before what needs a new proof",
    "account_authentication_methods_user": LINK,
    "account_login": "a sign-in that is half way: the address it began with, and what it waits for",
}


def save_and_remove(client, role):
    """Save a role and take it back."""
    for verb in ("save", "unsave"):
        client.post(reverse(f"role-{verb}", args=[role.slug]), headers={"Sec-Fetch-Site": "same-origin"})


def fields_of(model):
    return [*model._meta.concrete_fields, *model._meta.many_to_many]


def labels_of_people():
    return {model._meta.label: model for model in models_of_people()}


def test_every_field_about_a_person_is_exported_or_left_out_for_a_reason():
    wanted = {
        f"{label}.{field.name}"
        for label, model in labels_of_people().items()
        if label not in LEFT_OUT
        for field in fields_of(model)
        if not isinstance(field, fields.AutoField)  # the row's number means nothing outside of the database
    }
    exported = {f"{label}.{name}" for label, names in EXPORTED.items() for name in names}
    left_out = {name for name in LEFT_OUT if name not in labels_of_people()}
    assert exported & left_out == set()
    assert exported | left_out == wanted


@pytest.mark.django_db
class TestCompleteness:
    def test_every_value_stands_where_the_schema_says(self, whole):
        data, models = files_of(whole)["profile.json"], labels_of_people()
        for label, names in EXPORTED.items():
            row = row_of(models[label], whole.user)
            for name, path in names.items():
                assert described(path)["description"]
                there = values_at(data, path)
                for candidates in exported_as(row, name):
                    assert any(candidate in there for candidate in candidates), (label, path, candidates, there)

    def test_what_was_removed_from_a_plan_is_there_until_the_plan_goes(self, guest):
        plan = make.make_plan(guest.profile, title="Six Sigma", steps=[("My secret step", 2, date(2026, 1, 5))])
        entry = plan.entries.create(minutes=30, studied_on=date(2026, 1, 2), note="Private")
        guest.post(reverse("entry-remove", args=[entry.pk]))
        guest.post(reverse("step-remove", args=[plan.steps.get().pk]))
        data = files_of(guest)["profile.json"]
        assert faults(OURS, data) == []
        ((step,), (kept,)) = data["removed_steps"], data["removed_entries"]
        assert (step["plan"], step["title"], step["done_on"]) == ("Six Sigma", "My secret step", "2026-01-05")
        assert (kept["plan"], kept["minutes"], kept["note"]) == ("Six Sigma", 30, "Private")
        lines = {line.name: line for line in guest.get(reverse("data-read")).context["lines"]}
        assert lines["Removed from plans, can still come back"].count == 2
        guest.post(reverse("plan-remove", args=[plan.pk]))
        assert not models.Removal.objects.exists()

    def test_each_that_was_removed_and_can_come_back_is_there_as_it_was(self, whole):
        data, moment, at = files_of(whole)["profile.json"], "2026-05-12T09:30:00+00:00", "2026-05-12T09:30:00Z"
        plan = whole.user.profile.certification_plans.get(status="booked").name
        removed = {"removed_at": at, "plan": plan}
        role = models.Role.objects.get(pk=whole.user.profile.removals.get(kind="role").key)
        assert data["removed_roles"] == [
            {
                "role": {"slug": role.slug, "title": "Removed asha"},
                "group": "Group asha",
                "note": "Removed note asha",
                "saved_at": moment,
                "facts_seen": [{"fact": "title", "value": "Removed asha"}],
                "facts_seen_at": moment,
                "removed_at": at,
            }
        ]
        step = {
            "title": "Removed step asha",
            "hours": "2.0",
            "due_on": "2026-05-12",
            "done_on": None,
            "guide_title": "",
        }
        entry = {"minutes": 20, "studied_on": "2026-05-12", "note": "Removed entry asha"}
        assert data["removed_steps"] == [step | removed]
        assert data["removed_entries"] == [entry | removed]
        assert data["removed_items"] == [{"title": "Removed item asha", "is_done": True} | removed]
        assert data["removed_clocks"] == [{"started_at": moment} | removed]

    def test_what_else_a_session_holds_signs_somebody_in(self, whole):
        browser, user, role = Client(), make.make_user(), make.make_role()
        save_and_remove(browser, role)
        kept = reverse("role-save", args=[make.make_role().slug])
        browser.post(kept, headers={"Sec-Fetch-Site": "same-origin"})
        browser.post(reverse("account_signup"), {"email": user.email, "password1": "correct horse battery"})
        held = set(browser.session.keys())
        browser.post(reverse("account_login"), {"login": user.email, "password": "correct horse battery"})
        assert browser.session["_auth_user_id"] == str(user.pk)
        assert held.union(*(session.get_decoded() for session in models.Session.objects.all())) == set(IN_SESSIONS)

    def test_facts_that_were_seen_are_pairs(self, whole):
        assert files_of(whole)["profile.json"]["saved_roles"][0]["facts_seen"] == [
            {"fact": "title", "value": "Seen asha"},
            {"fact": "skills", "value": {"Typing": [3, True]}},
        ]

    def test_what_a_card_was_and_what_was_heard_in_a_call_are_pairs(self, whole):
        data = files_of(whole)["profile.json"]
        (card,), (score,) = data["interview_cards"], data["call_scores"]
        assert {"fact": "answers", "value": 0} in card["before_last_answer"]
        assert {"thing": "opening", "points": 1} in score["heard"]

    def test_facts_of_a_plan_that_were_seen_are_pairs(self, whole):
        assert files_of(whole)["profile.json"]["goals"][0]["facts_seen"] == [
            [{"fact": "title", "value": "Seen asha"}, {"fact": "months", "value": "12 months"}]
        ]

    def test_what_hr_made_a_draft_again_is_called_as_the_person_knew_it(self, whole):
        for model in (models.Role, models.Skill, models.Certification):
            field = "name" if model is models.Skill else "title"
            for page in model.objects.all():
                secret = {"status": "draft", "slug": f"secret-{page.pk}", field: f"Secret {page.pk}"}
                model.objects.filter(pk=page.pk).update(**secret)
        data = files_of(whole)["profile.json"]
        told = json.dumps([data["goals"], data["profile"], [row["role"] for row in data["saved_roles"]]])
        assert "ecret" not in told
        assert "Move asha" in told

    def test_a_step_of_a_plan_is_of_its_kind_and_no_other(self, whole):
        steps = files_of(whole)["profile.json"]["goals"][0]["steps"]
        kinds = {step["kind"]: {name for name in ("role", "skill", "certification") if step[name]} for step in steps}
        assert kinds == {kind: {"role" if kind == "move" else kind} for kind in models.GoalStep.Kind.values}

    def test_second_factors_have_their_names(self, whole):
        assert "asha passkey" in values_at(files_of(whole)["profile.json"], "account.second_factors[].name")

    def test_the_log_says_who_did_it_without_naming_others(self, whole):
        assert values_at(files_of(whole)["profile.json"], "account.desk_log[].done_by") == ["you", "somebody else"]


def row_of(model, user):
    """A row of the person, one with nothing empty where there is one."""
    rows = {
        models.User: models.User.objects.filter(pk=user.pk),
        LogEntry: LogEntry.objects.filter(user=user),
        models.Evidence: models.Evidence.objects.filter(profile__user=user, kind="certificate"),
    }
    if model in rows:
        return rows[model].get()
    paths = ("user", "by", "profile__user", "goal__profile__user", "plan__profile__user", "email_address__user")
    path = next(path for path in paths if path.partition("__")[0] in {field.name for field in model._meta.fields})
    return model._default_manager.filter(**{path: user}).last()


def exported_as(row, name):
    """Of each value of a field: the ways in which it may be written. A link that is empty has no slug to be found."""
    value = getattr(row, name)
    if value is None and row._meta.get_field(name).is_relation:
        return []
    if isinstance(value, fields.fields.files.FieldFile):
        value = value.name
    things = value.all() if hasattr(value, "all") else [value]
    if isinstance(row, models.Submission) and name == "messages":
        things = map(str, value)
    return [written(thing) for thing in things]


def written(value):
    if isinstance(value, fields.Model):
        return [text for key in ("slug", "name") if isinstance(text := getattr(value, key, None), str)] + [str(value)]
    return [json.loads(json.dumps(value, cls=DjangoJSONEncoder))]


def values_at(data, path):
    found = [data]
    for step in path.replace("[]", ".[]").split("."):
        found = [item for one in found for item in one] if step == "[]" else [one[step] for one in found if one]
    return found
