"""A person with every kind of row that the portal can keep about somebody, each text marked as theirs."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

from allauth.account.models import EmailAddress, EmailConfirmation, Login
from allauth.mfa.models import Authenticator
from django.apps import apps
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.models import Group, Permission
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import SUCCESS
from django.contrib.messages.storage.base import Message
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse

from careers import models
from careers.people.services.removals import keep_removed
from careers.plans.steps.services.steps import remove_step
from careers.plans.study.services.log import remove_entry
from careers.plans.undo.services import CLOCKS, ENTRIES, ITEMS, STEPS
from careers.practice.calls.rules.scoring import CRITERIA
from careers.practice.cards.rules.questions import InterviewCard
from careers.practice.cards.rules.schedule import Recall
from careers.practice.cards.services import answer_card, state_to_write, write_note
from careers.saved.services import unsave_role
from tests import factories as make

THEN = datetime(2026, 5, 12, 9, 30, tzinfo=UTC)
DAY = date(2026, 5, 12)
PASSWORD = "correct horse battery"


def models_of_people():
    """Every model with a path of foreign keys to an account or a profile, tables between many and many included."""
    found = {models.User, models.Profile}
    everything = apps.get_models(include_auto_created=True)
    while more := {model for model in everything if points_at(model) & found} - found:
        found |= more
    return found


def points_at(model):
    return {field.related_model for field in model._meta.concrete_fields if field.is_relation}


def make_whole_account(*, mark, colleague):
    """`colleague` is another account, which did something with this one on the HR desk."""
    user = make.make_user(email=f"{mark}@example.org", last_login=THEN)
    group, _ = Group.objects.get_or_create(name="Some editors")
    user.groups.add(group)
    user.user_permissions.add(Permission.objects.order_by("pk").first())
    EmailAddress.objects.create(user=user, email=user.email, primary=True, verified=True)
    waiting = EmailAddress.objects.create(user=user, email=f"{mark}-new@example.org")
    EmailConfirmation.objects.create(email_address=waiting, key=f"{mark}key", sent=THEN)
    for kind in Authenticator.Type.values:
        data = {"secret": f"{mark}secret", "name": f"{mark} passkey"}
        Authenticator.objects.create(user=user, type=kind, data=data, last_used_at=THEN)
    log(user, about=colleague, repr=f"Something of {mark}")
    log(colleague, about=user, repr=user.email)
    work_at_the_desk(user)
    fill(make.make_profile(user=user), mark=mark)
    leave_sessions(user)
    return user


def leave_sessions(user):
    """Two of somebody signed in, and the ones that only name the person: each with what allauth puts into it."""
    for _ in range(2):
        signed_in = Client()
        signed_in.force_login(user)
    browser = Client()
    browser.post(reverse("account_login"), {"login": user.email, "password": PASSWORD})
    assert "_auth_user_id" not in browser.session, "the second step waits"
    told_by_mail = {"account_login": Login(user=None, email=user.email, signup=True).serialize()}
    unconfirmed = {"account_login": Login(user=user, email=user.email, signup=True).serialize()}
    for data in (told_by_mail, unconfirmed):
        store = models.Session.get_session_store_class()()
        store.update(data)
        store.save()
    sign_up = {"email": user.email, "password1": PASSWORD}
    Client().post(reverse("account_signup"), sign_up)


def log(user, *, about, repr):
    LogEntry.objects.create(
        user=user,
        content_type=ContentType.objects.get_for_model(models.User),
        object_id=str(about.pk),
        object_repr=repr,
        action_flag=CHANGE,
        change_message=f"Changed {repr}.",
    )


def work_at_the_desk(user):
    page = {"model": "careers.role", "page_pk": make.make_role().pk}
    version = models.Version.objects.create(**page, number=1, kind="saved", content={}, by=user)
    changes = models.ChangeSet.objects.create(title="Pay of 2027", by=user)
    sheet = models.SheetImport.objects.create(
        model="careers.role", file_name="Pay.xlsx", file=b"x", by=user, change_set=changes
    )
    sheet.pages.create(row=2, name="Team Leader", content={})
    models.Schedule.objects.create(**page, what="publish", version=version, at=THEN, by=user)
    models.Draft.objects.create(change_set=changes, **page, head=version, asked_by=user)
    models.DeskAction.objects.create(
        **page, what="asked", page_name="Team Leader", version=version, by=user, note="Is the tone right?"
    )
    about = {"place": "summary", "place_name": "Summary", "quote": "You lead."}
    models.Remark.objects.create(
        **page, **about, version=version, text="Whom?", by=user, resolved_by=user, resolved_at=THEN
    )


def fill(profile, *, mark):
    role, certification = make.make_role(), make.make_certification()
    for name, value in {
        "display_name": f"Name {mark}",
        "situation": "in_role",
        "current_role": role,
        "years_of_experience": 3,
        "education": "bachelor",
        "shifts": ["day"],
        "work_types": ["voice"],
        "places": ["remote"],
        "target_role": make.make_role(),
        "time_zone": "Asia/Manila",
        "shows_streak": True,
        "practice_goal": 3,
        "answered_at": {name: THEN.isoformat() for name in models.Profile.ANSWERS},
    }.items():
        setattr(profile, name, value)
    profile.save()
    profile.languages.create(name=f"Language {mark}", level="B2")
    held = profile.certificates.create(
        certification=certification, earned_on=DAY, earned_precision="month", expires_on=date(2029, 5, 12)
    )
    make.rate(profile, make.make_skill(), 2)
    profile.evidence.create(
        skill=make.make_skill(),
        kind="certificate",
        certificate=held,
        proficiency=4,
        shown_on=DAY,
        source=f"Certificate {mark}",
        withdrawn_at=THEN,
    )
    profile.evidence.create(skill=make.make_skill(), kind="test", proficiency=3, shown_on=DAY, source=f"Test {mark}")
    counted = profile.evidence.create(
        skill=make.make_skill(), kind="practice", proficiency=3, shown_on=DAY, source="Typing test", recorded_at=THEN
    )
    make.make_timed_result(profile, text=f"Text {mark}", evidence=counted)
    group = profile.saved_groups.create(name=f"Group {mark}")
    seen = {"title": f"Seen {mark}", "skills": {"Typing": [3, True]}}
    profile.saved_roles.create(role=role, group=group, note=f"Note {mark}", seen=seen)
    goal = profile.goals.create(
        start=role,
        role=profile.target_role,
        criterion="cheapest",
        seen={"moves": [{"title": f"Seen {mark}", "months": "12 months"}]},
    )
    skill = make.make_skill()
    goal.steps.create(kind="skill", leg=1, position=1, title=f"Skill {mark}", skill=skill, proficiency=3)
    goal.steps.create(
        kind="certification", position=3, title=f"Earned {mark}", certification=certification, done_at=THEN
    )
    months = {"months_from": 6, "months_to": 12}
    goal.steps.create(
        kind="move", leg=1, position=2, title=f"Move {mark}", start=role, role=goal.role, done_at=THEN, **months
    )
    fill_plans(profile, held, mark=mark)
    fill_rehearsals(profile, mark=mark)
    remove_some(profile, group, mark=mark)
    profile.shares.create(
        label=f"Label {mark}",
        sections=["about", "skills"],
        expires_on=DAY + timedelta(days=30),
        revoked_at=THEN,
        opened_at=THEN,
    )
    fill_applying(profile, mark=mark)
    said = [Message(SUCCESS, f"Said to {mark}")]
    profile.submissions.create(key=f"key-{mark}-{profile.pk}", location="/me/", messages=said)
    return profile


def fill_applying(profile, *, mark):
    profile.cvs.create(
        name=f"Full name {mark}",
        headline=f"Headline {mark}",
        email=f"cv-{mark}@example.org",
        phone="+91 98765 43210",
        city=f"City {mark}",
        summary=f"Summary {mark}",
        answered_at=THEN,
    )
    profile.jobs.create(
        position=f"Position {mark}",
        employer=f"Employer {mark}",
        city=f"Work city {mark}",
        began_on=DAY,
        ended_on=date(2026, 6, 1),
        ended_precision="month",
        duties=f"Duties {mark}",
    )
    profile.schoolings.create(
        qualification=f"Class {mark}",
        school=f"College {mark}",
        city=f"Town {mark}",
        ended_on=DAY,
        result=f"First {mark}",
    )
    profile.ready_papers.create(paper=f"Paper {mark}", ticked_at=THEN)


def fill_rehearsals(profile, *, mark):
    card = InterviewCard(f"card-{mark}", f"Question {mark}", "Say it.")
    state = state_to_write(profile=profile, card=card, known=None)
    write_note(state=state, note=f"Example {mark}", now=THEN)
    answer_card(state=state, answer=Recall.GOOD, seen=0, now=THEN)
    state.save()
    profile.written_answers.create(message="late-parcel", text=f"Recall {mark}", ticks=["empathy"], checked_at=THEN)
    profile.call_scores.create(
        call="no-internet", points=dict.fromkeys(CRITERIA, 1), note=f"Sheet {mark}", played_on=DAY
    )


def remove_some(profile, group, *, mark):
    """One of each kind that can come back."""
    saved = profile.saved_roles.create(
        role=make.make_role(),
        group=group,
        note=f"Removed note {mark}",
        saved_at=THEN,
        seen={"title": f"Removed {mark}"},
        seen_at=THEN,
    )
    unsave_role(profile=profile, role=saved.role, now=THEN)
    plan = profile.certification_plans.get(status="booked")
    step = plan.steps.create(position=9, title=f"Removed step {mark}", hours="2.0", due_on=DAY)
    entry = plan.entries.create(minutes=20, studied_on=DAY, note=f"Removed entry {mark}")
    for key, kind, was in (
        (step.pk, STEPS, remove_step(step=step, now=THEN)),
        (entry.pk, ENTRIES, remove_entry(entry=entry)),
        (1, ITEMS, {"title": f"Removed item {mark}", "is_done": True}),
        (1, CLOCKS, {"step": None, "started_at": THEN.isoformat()}),
    ):
        keep_removed(profile=profile, kind=kind, key=key, taken_from=plan.pk, was=was, now=THEN)


def fill_plans(profile, held, *, mark):
    own = profile.certificates.create(
        title=f"Own certificate {mark}",
        issuer=f"School {mark}",
        earned_on=DAY,
        renewed_on=DAY,
        expires_on=date(2028, 5, 12),
        credential_number=f"Number {mark}",
        credential_url=f"https://example.org/{mark}",
    )
    make.make_plan(profile, held.certification, status="passed", held_certificate=held, changed_at=THEN)
    make.make_plan(profile, title=own.title, issuer=own.issuer, status="passed", held_certificate=own)
    seen = [{"title": f"Guide's step {mark}", "hours": "4.0"}]
    plan = make.make_plan(
        profile,
        status="booked",
        started_on=DAY,
        target_on=DAY,
        exam_at=THEN,
        exam_zone="Asia/Manila",
        exam_minutes=90,
        exam_place=f"Place {mark}",
        exam_url=f"https://example.org/exam/{mark}",
        seen_steps=seen,
    )
    step = plan.steps.create(
        position=1, title=f"Step {mark}", hours=4, due_on=DAY, done_on=DAY, guide_title=seen[0]["title"]
    )
    plan.attempts.create(taken_on=DAY, outcome="not_passed", score=f"Score {mark}", note=f"Attempt {mark}")
    plan.exam_items.create(title=f"Item {mark}", is_done=True)
    plan.entries.create(step=step, minutes=45, studied_on=DAY, note=f"Entry {mark}")
    plan.files.create(
        file=ContentFile(b"%PDF-", name="x"),
        name=f"File {mark}.pdf",
        kind="application/pdf",
        size=5,
        digest=f"digest-{mark}",
    )
    profile.study_clocks.create(plan=plan, step=step, started_at=THEN)
    profile.reminder_settings.create(by_email=False)
    mail = profile.reminder_mails.create(state="sent", sent_at=THEN, tries=1, last_error=f"Error {mark}")
    for about in ({"plan": plan}, {"step": step}, {"held_certificate": own}):
        profile.reminders.create(event_on=DAY, offset=7, mail=mail, seen_at=THEN, **about)
    profile.calendar_feeds.create(opened_at=THEN)
    profile.calendar_events.create(uid=f"exam-{uuid4()}", sequence=1, digest="0" * 64, changed_at=THEN)
