"""Pages that a person shows to others: what stands on them now, and that somebody looked."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q

from careers.evidence.selectors.levels import known_by, levels_of
from careers.guide.models.choices import Shift, WorkType
from careers.lib.words import labels, years_in_words
from careers.people.models.profiles import WorkPlace
from careers.people.selectors.steps import STEPS, of_each_step
from careers.people.services.refusing import Refused
from careers.sharing.models import Share

MOST_OPEN = 20
TOO_MANY = f"You have {MOST_OPEN} open links, the most there can be. Close one first."
MOST_CLOSED = 50  # older ones are forgotten, so that making and closing links fills no disk
FAR = timedelta(days=2)  # ahead: by so much only a wrong clock has noted it
NOTED_EVERY = timedelta(minutes=1)  # so that a page opened in a loop does not write in a loop


class Shown(dict):
    """{section: what it shows now} of the sections that were chosen, None of each other."""

    @property
    def name(self):
        return dict(self["about"] or ()).get("Name", "")


def shared_content(profile, sections):
    return Shown({name: content.read(profile) if name in sections else None for name, content in CONTENT.items()})


def about(profile):
    return filled(
        ("Name", profile.display_name),
        ("Now", profile.current_role.public_name if profile.current_role else profile.get_situation_display()),
        ("Experience", years_in_words(profile.years_of_experience)),
        ("Education", profile.get_education_display()),
    )


def working_life(profile):
    return filled(
        ("Shifts", labels(Shift, profile.shifts)),
        ("Work types", labels(WorkType, profile.work_types)),
        ("Place", labels(WorkPlace, profile.places)),
        ("Languages", ", ".join(f"{row.name} {row.level}" for row in profile.languages.all())),
    )


def filled(*pairs):
    return [(name, value) for name, value in pairs if value]


def skills(profile):
    return [(skill, row, known_by(row)) for skill, row in levels_of(profile).items()]


def certificates(profile):
    return list(profile.certificates.with_names())


def target(profile):
    return [profile.target_role] if profile.target_role else []


@dataclass(frozen=True)
class Content:
    """A section of a profile. `names` says in one line what `read` returned."""

    read: Callable
    names: Callable

    def in_short(self, profile):
        return ", ".join(self.names(self.read(profile)))


def values_of(pairs):
    return [value for _, value in pairs]


OF_STEPS = of_each_step(
    "what a shared page shows",
    {
        "about": Content(about, values_of),
        "working-life": Content(working_life, values_of),
        "skills": Content(skills, lambda rows: [f"{skill.name} {row.proficiency}" for skill, row, _ in rows]),
        "certificates": Content(certificates, lambda rows: [row.name for row in rows]),
        "target": Content(target, lambda roles: [role.public_name for role in roles]),
    },
)
CONTENT = {step.section: OF_STEPS[step.key] for step in STEPS}


def in_short(profile):
    """{section: what it would show now, in one line}, empty where there is nothing yet."""
    return {section: content.in_short(profile) for section, content in CONTENT.items()}


def note_opened(*, share, now):
    """One column of one row, so it undoes no revoking at the same moment; and back in time only from a far day."""
    last, far = now - NOTED_EVERY, now + FAR
    if share.opened_at is None or not last <= share.opened_at <= far:
        due = Q(opened_at=None) | Q(opened_at__lt=last) | Q(opened_at__gt=far)
        Share.objects.filter(due, pk=share.pk).update(opened_at=now)


def revoke(*, share, now):
    """The first time counts."""
    return bool(Share.objects.filter(pk=share.pk, revoked_at=None).update(revoked_at=now))


def make_share(*, profile, today, **fields):
    """Raises `Refused` where there are too many open ones. The profile's row is locked by whoever calls."""
    forget_oldest_closed(profile=profile, today=today)
    if profile.shares.open_on(today).count() >= MOST_OPEN:
        raise Refused(TOO_MANY)
    return profile.shares.create(**fields)


def forget_oldest_closed(*, profile, today):
    closed = profile.shares.exclude(pk__in=profile.shares.open_on(today).values("pk")).order_by("-created_at", "-pk")
    profile.shares.filter(pk__in=list(closed.values_list("pk", flat=True)[MOST_CLOSED:])).delete()
