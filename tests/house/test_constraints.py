"""Every rule that the database keeps, broken once on purpose."""

from datetime import date

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.timezone import now

from careers.accounts.models.invitations import Invitation
from careers.desk.models.links import LinkResult
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import Draft, Remark, Schedule
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Change, LoadedRow, Revision
from careers.guide.models.roles import Role
from careers.guide.models.versions import Version
from careers.search.models.entries import SearchEntry, SearchIndex
from careers.search.models.misses import SearchMiss
from tests import factories as make
from tests.broken_plans import PLAN_BREAKERS

NOUN_MAKERS = {
    "book": make.make_book,
    "certification": make.make_certification,
    "collection": make.make_collection,
    "company": make.make_company,
    "industry": make.make_industry,
    "metric": make.make_metric,
    "move": lambda **fields: a_move(**fields),
    "question": make.make_question,
    "role": make.make_role,
    "section": make.make_section,
    "skill": make.make_skill,
}


def a_version():
    return Version.objects.create(model="careers.role", page_pk=1, number=1, kind="saved", content={})


def a_set():
    return ChangeSet.objects.create(title="Fees of 2027")


def a_schedule(*, change_set=None, **fields):
    about = {"change_set": change_set, "what": "publish"} if change_set else {"model": "careers.role", "page_pk": 1}
    return Schedule.objects.create(**{"what": "archive", "at": now(), **about, **fields})


def a_link(**fields):
    values = {"url": "https://example.org/", "verdict": "gone", "since": DAY, "tried_at": timezone.now()}
    return LinkResult.objects.create(**values, **fields)


def break_moment(noun):
    thing = NOUN_MAKERS[noun]()
    type(thing).objects.filter(pk=thing.pk).update(published_at=None)


def break_source(noun):
    NOUN_MAKERS[noun](source_name="")


def twice(rows, **fields):
    rows.create(**fields)
    rows.create(**fields)


def entry(**fields):
    SearchEntry.objects.create(kind="role", object_pk=1, title="A", summary="", url="/", **fields)


def held(profile=None, **fields):
    profile = profile or make.make_profile()
    return profile.certificates.create(certification=make.make_certification(), earned_on=date(2026, 5, 12), **fields)


def a_move(**fields):
    return make.make_move(make.make_role(), make.make_role(), **fields)


def move_to_itself():
    role = make.make_role()
    make.make_move(role, role)


def move_twice(**fields):
    """Under two addresses, so that the address is not what is refused."""
    start, end = make.make_role(), None if fields else make.make_role()
    move = make.make_move(start, end, **fields)
    type(move).objects.filter(pk=move.pk).update(slug="another-address")
    make.make_move(start, end, **fields)


def show_twice():
    certificate, skill = held(), make.make_skill()
    for proficiency in (2, 3):
        certificate.profile.evidence.create(
            skill=skill, kind="certificate", proficiency=proficiency, shown_on=DAY, certificate=certificate
        )


def rate_twice():
    profile, skill = make.make_profile(), make.make_skill()
    make.rate(profile, skill, 2)
    make.rate(profile, skill, 3)


def certify(kind, **fields):
    make.make_profile().evidence.create(skill=make.make_skill(), kind=kind, proficiency=2, shown_on=DAY, **fields)


def relate_twice():
    start, end = make.make_occupation(), make.make_occupation()
    for _ in range(2):
        make.relate(start, end)


def plan(**fields):
    return make.make_profile().goals.create(**{"role": make.make_role(), "criterion": "fastest", **fields})


def two_plans():
    profile = make.make_profile()
    for _ in range(2):
        profile.goals.create(role=make.make_role(), criterion="fastest")


def lead_nowhere():
    role = make.make_role()
    plan(role=role, start=role)


def step_to(**fields):
    return {"kind": "move", "role": make.make_role(), "leg": 1, "position": 1, "title": "A step", **fields}


def raise_to(**fields):
    return step_to(kind="skill", role=None, **{"skill": make.make_skill(), "proficiency": 3, **fields})


def earn():
    return step_to(kind="certification", role=None, certification=make.make_certification())


DAY = date(2026, 11, 22)
BREAKERS = {
    **PLAN_BREAKERS,
    **{f"{noun}_published_has_moment": lambda noun=noun: break_moment(noun) for noun in NOUN_MAKERS},
    **{f"{noun}_published_has_source": lambda noun=noun: break_source(noun) for noun in NOUN_MAKERS},
    "role_published_is_complete": lambda: make.make_role(duties=""),
    "skill_published_is_complete": lambda: make.make_skill(descriptor_3=""),
    "role_has_a_shift": lambda: make.make_role(nights="never", days="never"),
    "role_always_goes_with_never": lambda: make.make_role(nights="always", days="possible"),
    "role_address_is_free": lambda: make.make_role(slug="compare"),
    "alternatetitle_once": lambda: make.make_role(alternates=["CSR", "CSR"]),
    "roleskill_once": lambda: twice(make.make_role().role_skills, skill=make.make_skill(), proficiency=1),
    "roleskill_proficiency_1_to_5": lambda: make.make_role(skills={make.make_skill(): 6}),
    "rolemetric_once": lambda: twice(make.make_role().role_metrics, metric=make.make_metric()),
    "rolecertification_once": lambda: twice(
        make.make_role().role_certifications, certification=make.make_certification()
    ),
    "countrypay_once": lambda: [
        make.make_country_pay(question, about="All") for question in [make.make_question()] for _ in range(2)
    ],
    "countrypay_says_one_thing": lambda: make.make_country_pay(make.make_question(), percent=10),
    "countrypay_amount_has_money": lambda: make.make_country_pay(make.make_question(), currency=""),
    "countrypay_above_zero": lambda: make.make_country_pay(make.make_question(), amount=0),
    "countrypay_measured_in_money": lambda: make.make_country_pay(
        make.make_question(), amount=None, currency="", period="", percent=10
    ),
    "rolepay_once": lambda: [make.make_pay(role, occupation="Clerks") for role in [make.make_role()] for _ in range(2)],
    "rolepay_says_something": lambda: make.make_pay(make.make_role(), median=None),
    "rolepay_ends_go_together": lambda: make.make_pay(make.make_role(), low=30000),
    "rolepay_quarters_go_together": lambda: make.make_pay(make.make_role(), upper=60000),
    "rolepay_in_order": lambda: make.make_pay(make.make_role(), low=50000, high=60000),
    "rolepay_above_zero": lambda: make.make_pay(make.make_role(), median=0),
    "hiring_once": lambda: [make.make_hiring(one, job="Clerk") for one in [make.make_company()] for _ in range(2)],
    "hiring_leads_somewhere": lambda: make.make_hiring(role=None),
    "hiring_has_source": lambda: make.make_hiring(source_url=""),
    "hiring_says_with_what_it_was_compared": lambda: make.make_hiring(checked_against=""),
    "certification_fee_has_currency_and_date": lambda: make.make_certification(fee_amount=10),
    "certification_fee_not_negative": lambda: make.make_certification(
        fee_amount=-1, fee_currency="USD", fee_as_of="2024"
    ),
    "certification_validity_makes_sense": lambda: make.make_certification(validity_known=False, validity_months=36),
    "certificationstep_position_once": lambda: twice(make.make_certification().steps, position=1, title="Read"),
    "certificationstep_hours_positive": lambda: make.make_certification(steps=[("Read", 0)]),
    "certificationskill_once": lambda: twice(make.make_certification().credits, skill=make.make_skill(), proficiency=1),
    "certificationskill_proficiency_1_to_5": lambda: make.make_certification(skills={make.make_skill(): 0}),
    "move_exit_has_destination": lambda: a_move(kind="exit", destination="Retail"),
    "move_leads_elsewhere": move_to_itself,
    "move_months_are_a_range": lambda: a_move(months=(24, 12)),
    "move_between_roles_once": move_twice,
    "move_out_once": lambda: move_twice(destination="Retail"),
    "user_email_once_in_any_case": lambda: [make.make_user(email=email) for email in ("a@b.org", "A@B.org")],
    "profile_role_when_in_role": lambda: make.make_profile(situation="in_role"),
    "profile_experience_in_a_life": lambda: make.make_profile(years_of_experience=61),
    "language_once": lambda: [
        profile.languages.create(name=name, level="B1")
        for profile in [make.make_profile()]
        for name in ("Hindi", "hindi")
    ],
    "heldcertificate_once": lambda: twice(
        make.make_profile().certificates, certification=make.make_certification(), earned_on=DAY
    ),
    "heldcertificate_expires_after_earned": lambda: held(expires_on=date(2026, 5, 12)),
    "evidence_proficiency_1_to_5": lambda: make.rate(make.make_profile(), make.make_skill(), 6),
    "evidence_certificate_when_of_one": lambda: certify("certificate"),
    "evidence_own_rating_once_a_day": rate_twice,
    "evidence_once_a_certificate": show_twice,
    "profile_practice_goal_of_a_week": lambda: make.make_profile(practice_goal=8),
    "evidence_practice_has_name": lambda: certify("practice"),
    "timedresult_minutes_of_a_test": lambda: make.make_timed_result(make.make_profile(), minutes=2),
    "timedresult_ends_after_it_begins": lambda: make.make_timed_result(make.make_profile(), began_at=make.ENDED),
    "timedresult_counts_what_was_typed": lambda: make.make_timed_result(make.make_profile(), counted=10**6),
    "timedresult_errors_of_what_was_compared": lambda: make.make_timed_result(make.make_profile(), errors=10**6),
    "savedgroup_name_once": lambda: [
        profile.saved_groups.create(name=name) for profile in [make.make_profile()] for name in ("Near", "NEAR")
    ],
    "savedrole_once": lambda: twice(make.make_profile().saved_roles, role=make.make_role()),
    "cardstate_once": lambda: twice(make.make_profile().interview_cards, key="what-is-bpo", question="What is BPO?"),
    "cardstate_never_or_once": lambda: make.make_card(make.make_profile(), answer="", due_at=now()),
    "writtenanswer_says_something": lambda: make.make_profile().written_answers.create(message="late-parcel", text=""),
    "removal_once": lambda: twice(make.make_profile().removals, kind="role", key=1, was={}),
    "goal_one_a_person": two_plans,
    "goal_leads_elsewhere": lead_nowhere,
    "goalstep_is_of_its_kind": lambda: plan().steps.create(**step_to(skill=make.make_skill())),
    "goalstep_off_the_way_is_done": lambda: plan().steps.create(**step_to(leg=None)),
    "goalstep_months_are_a_range": lambda: plan().steps.create(**step_to(months_from=12, months_to=6)),
    "goalstep_move_once": lambda: twice(plan().steps, **step_to()),
    "goalstep_skill_once": lambda: twice(plan().steps, **raise_to()),
    "goalstep_certification_once": lambda: twice(plan().steps, **earn()),
    "cv_one_a_person": lambda: twice(make.make_profile().cvs),
    "job_ends_after_it_begins": lambda: make.make_profile().jobs.create(
        position="Clerk", began_on=DAY, ended_on=date(2020, 1, 1)
    ),
    "readypaper_once": lambda: twice(make.make_profile().ready_papers, paper="Photo ID"),
    "share_shows_something": lambda: make.make_profile().shares.create(sections=[], expires_on=DAY),
    "collection_published_is_complete": lambda: make.make_collection(attribution=""),
    "occupation_code_once": lambda: [make.make_occupation(code="43-4051.00") for _ in range(2)],
    "occupation_job_zone_1_to_5": lambda: make.make_occupation(job_zone=6),
    "occupationtitle_once": lambda: make.make_occupation(alternates=["Agent", "Agent"]),
    "occupationtask_once": lambda: twice(make.make_occupation().tasks, task_id=1, text="Do it.", kind="core"),
    "occupationrelation_once": relate_twice,
    "occupationrelation_leads_elsewhere": lambda: [make.relate(one, one) for one in [make.make_occupation()]],
    "occupationrelation_tier_1_to_3": lambda: make.relate(make.make_occupation(), make.make_occupation(), tier=4),
    "occupationrelation_index_1_to_20": lambda: make.relate(make.make_occupation(), make.make_occupation(), index=21),
    "revision_is_single": lambda: Revision.objects.create(pk=2),
    "loadedrow_model_key": lambda: twice(
        LoadedRow.objects, model="careers.role", key="[]", object_pk=1, fixture={}, written={}
    ),
    "version_number_once": lambda: [a_version() for _ in range(2)],
    "oldslug_once": lambda: twice(OldSlug.objects, model="careers.role", slug="agent", page_pk=1),
    "linkresult_url_once": lambda: [a_link() for _ in range(2)],
    "linkresult_failed_on_days": lambda: a_link(days_failed=1),
    "draft_once_a_page": lambda: twice(Draft.objects, model="careers.role", page_pk=1),
    "draft_sent_back_with_reasons": lambda: Draft.objects.create(model="careers.role", page_pk=1, state="sent_back"),
    "schedule_once_a_page": lambda: [a_schedule() for _ in range(2)],
    "schedule_once_a_set": lambda: [a_schedule(change_set=one) for one in [a_set()] * 2],
    "schedule_of_page_or_set": lambda: a_schedule(change_set=a_set(), page_pk=1),
    "schedule_publishes_version": lambda: a_schedule(what="publish"),
    "schedule_stopped_with_fault": lambda: a_schedule(fault="Duties: empty."),
    "remark_says_something": lambda: Remark.objects.create(model="careers.role", page_pk=1, text=""),
    "remark_resolved_by_at": lambda: Remark.objects.create(
        model="careers.role", page_pk=1, text="Whom?", resolved_by=make.make_user()
    ),
    "changeset_ends_once": lambda: ChangeSet.objects.create(title="Fees of 2027", state="published"),
    "change_object_once": lambda: twice(Change.objects, noun="role", object_pk=1, number=1),
    "searchentry_object_once": lambda: [entry(), entry()],
    "searchindex_is_single": lambda: SearchIndex.objects.create(pk=2, revision=0),
    "invitation_once_an_email": lambda: [
        Invitation.objects.create(
            email=email, token_hash=email, group=Group.objects.get_or_create(name="Editor")[0], expires_at=now()
        )
        for email in ("a@example.org", "A@example.org")
    ],
    "searchmiss_answered_of_count": lambda: SearchMiss.objects.create(
        words="welder", day=date(2026, 11, 22), count=1, answered=2
    ),
    "searchmiss_once_a_day": lambda: twice(SearchMiss.objects, words="welder", day=date(2026, 11, 22)),
}


def constraints():
    models = apps.get_app_config("careers").get_models()
    return {constraint.name: (model, constraint) for model in models for constraint in model._meta.constraints}


@pytest.mark.django_db
@pytest.mark.parametrize("name", sorted(BREAKERS))
def test_database_refuses(name):
    with pytest.raises(IntegrityError, match=complaint(name)), transaction.atomic():
        BREAKERS[name]()


@pytest.mark.django_db
@pytest.mark.parametrize(
    "leave_out",
    [
        lambda: plan().steps.create(**raise_to(proficiency=None)),
        lambda: plan().steps.create(**step_to(months_from=12)),
        lambda: a_move(months=(12, None)),
    ],
)
def test_no_rule_is_passed_by_leaving_a_value_out(leave_out):
    """A check that comes to “unknown” counts as passed in SQL."""
    with pytest.raises(IntegrityError), transaction.atomic():
        leave_out()


def complaint(name):
    """What the database says: the constraint's name or, for a plain unique one on SQLite, its columns."""
    model, constraint = constraints()[name]
    columns = [model._meta.get_field(field).column for field in getattr(constraint, "fields", ())]
    return "|".join([name, *([", ".join(f"{model._meta.db_table}.{column}" for column in columns)] if columns else [])])


def test_every_constraint_is_broken_here_and_has_a_sentence_for_people():
    assert set(constraints()) == set(BREAKERS)
    for _, constraint in constraints().values():
        assert constraint.violation_error_message != constraint.default_violation_error_message


@pytest.mark.django_db
def test_a_role_is_published_with_the_moment():
    role = make.make_role(status=GuideModel.Status.DRAFT)
    assert role.published_at is None
    role.status = GuideModel.Status.PUBLISHED
    role.save(update_fields=["status"])
    assert Role.objects.get(pk=role.pk).published_at is not None
