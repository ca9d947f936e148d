"""What a guest has done, in counts and names, for whoever has to say whose it is."""

from dataclasses import dataclass

from careers.personal_data.selectors.counts import kept_about
from careers.plans.files.models import EvidenceFile

MOST_NAMES = 5


@dataclass(frozen=True)
class Work:
    name: str
    count: int
    more: str
    names: list[str]  # the first of them
    left_out: int

    @property
    def names_text(self):
        more = f" and {self.left_out} more" if self.left_out else ""
        return f"{', '.join(self.names)}{more}"


def work_of(guest, *, today):
    """A line for each kind that they did any of. The queries do not grow with the rows."""
    lines = [line for line in kept_about(guest, sessions=[], today=today) if line.count > line.not_done]
    names = {line.name: names_of(guest, line.name) for line in lines}
    return [
        Work(
            line.name,
            line.count - line.not_done,
            line.more,
            names[line.name][:MOST_NAMES],
            max(0, len(names[line.name]) - MOST_NAMES),
        )
        for line in lines
    ]


def names_of(guest, kind):
    """Return names by which the person knows the rows of a kind; none if a count says enough."""
    read = NAMES.get(kind)
    return [str(name) for name in read(guest)] if read else []


def answers(guest):
    """The answers that tell one person from another."""
    role, target = guest.current_role, guest.target_role
    return [
        *([guest.display_name] if guest.display_name else []),
        *([f"now {role.title}"] if role else []),
        *([f"target {target.title}"] if target else []),
    ]


NAMES = {
    "Answers about yourself": answers,
    "Languages": lambda guest: guest.languages.values_list("name", flat=True),
    "Certificates": lambda guest: [held.name for held in guest.certificates.select_related("certification", "plan")],
    "Ratings and proofs of skills": lambda guest: (
        guest.evidence.order_by("skill__name").values_list("skill__name", flat=True).distinct()
    ),
    "Saved roles": lambda guest: guest.saved_roles.order_by("role__title").values_list("role__title", flat=True),
    "Steps of your goal": lambda guest: [goal.role.title for goal in guest.goals.select_related("role")],
    "Certification plans": lambda guest: [
        plan.name for plan in guest.certification_plans.select_related("certification")
    ],
    "Your CV": lambda guest: [name for row in guest.cvs.all() if (name := row.name or row.headline)],
    "Jobs on your CV": lambda guest: guest.jobs.values_list("position", flat=True),
    "Schools and courses on your CV": lambda guest: guest.schoolings.values_list("qualification", flat=True),
    "Papers you have ready": lambda guest: guest.ready_papers.values_list("paper", flat=True),
    "Files": lambda guest: EvidenceFile.objects.of_person(guest).values_list("name", flat=True),
}
