"""The parts of the file about a person that are about what they took away and what can still come back."""

from types import SimpleNamespace

from careers.guide.models.roles import Role
from careers.personal_data.selectors.guide import A_ROLE, known_slug
from careers.personal_data.selectors.parts import MOMENT, TEXT, Property, maybe, part
from careers.personal_data.selectors.work import SEEN
from careers.plans.exams.models import ExamItem
from careers.plans.models import PlanStep
from careers.plans.study.models import StudyClock, StudyEntry
from careers.saved.models import SavedRole
from careers.saved.services import ROLES


def removed_from_plans(profile, kind):
    """All that can come back to plans, each as a row of its kind was; the plan by its name."""
    plans = {plan.pk: plan.name for plan in profile.certification_plans.select_related("certification")}
    for one in profile.removals.filter(kind=kind):
        yield SimpleNamespace(**one.was, plan=plans.get(one.taken_from), removed_at=one.removed_at)


def removed_roles(profile):
    """Each as it was saved."""
    rows = list(profile.removals.filter(kind=ROLES))
    roles = Role.objects.in_bulk([one.key for one in rows])
    groups = {group.pk: group.name for group in profile.saved_groups.all()}
    for one in rows:
        role, title = roles.get(one.key), one.was["seen"].get("title", "")
        known = {"slug": role and known_slug(role), "title": title or (role.public_name if role else "")}
        here = {"role": known, "group": groups.get(one.was["group"]), "removed_at": one.removed_at}
        yield SimpleNamespace(**{**one.was, **here})


REMOVED_AT = {"removed_at": Property("When you removed it.", MOMENT, lambda row: row.removed_at)}
REMOVED_ROLE = part(
    SavedRole,
    "One removed role.",
    {
        "role": Property("The role, with the title under which you last saw it.", A_ROLE, lambda row: row.role),
        "group": Property(
            "The heading it stood under. null: none, or the heading is gone.", maybe(TEXT), lambda row: row.group
        ),
        "note": "Your note, empty when none.",
        "saved_at": "When you saved it.",
        **SEEN,
        **REMOVED_AT,
    },
)
OF_A_PLAN = {"plan": Property("The plan it was of. null: it is gone.", maybe(TEXT), lambda row: row.plan)}
REMOVED_STEP = part(
    PlanStep,
    "One removed step.",
    {
        **OF_A_PLAN,
        "title": "What it was called.",
        "hours": "Its hours. null: none were known.",
        "due_on": "The day it was to be done by. null: none.",
        "done_on": "The day it was done. null: it was open.",
        "guide_title": "What the guide called it, empty for a step of your own.",
        **REMOVED_AT,
    },
)
REMOVED_ENTRY = part(
    StudyEntry,
    "One removed entry.",
    {
        **OF_A_PLAN,
        "minutes": "How long you studied.",
        "studied_on": "The day you studied.",
        "note": "Your note, empty when none.",
        **REMOVED_AT,
    },
)
REMOVED_ITEM = part(
    ExamItem,
    "One removed line.",
    {**OF_A_PLAN, "title": "What to have ready.", "is_done": "Whether you had it ready.", **REMOVED_AT},
)
REMOVED_CLOCK = part(
    StudyClock,
    "One clock.",
    {
        "plan": Property("The plan it ran for. null: it is gone.", maybe(TEXT), lambda row: row.plan),
        "started_at": "When you started it.",
        "removed_at": Property("When you turned it off.", MOMENT, lambda row: row.removed_at),
    },
)
