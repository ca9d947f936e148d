"""How complete a page is, by what readers would miss of it. The database says, for a list as for one page."""

from dataclasses import dataclass
from functools import reduce
from operator import add

from django.db.models import BooleanField, Case, Exists, IntegerField, OuterRef, Q, Value, When

from careers.desk.rules.health import Completeness
from careers.guide.models.certifications import Certification
from careers.guide.models.moves import Move

ALWAYS = ~Q(pk__in=[])


@dataclass(frozen=True)
class Part:
    """A field or relation of a noun, its name for an editor, and which pages should have it."""

    name: str
    label: str
    applies: Q = ALWAYS


EXAM = Q(kind=Certification.Kind.EXAM)
EXIT = Q(kind=Move.Kind.EXIT)
# By noun. What may well be empty of a page that says all there is to say is not among them: a code that does not fit,
# a note, a benchmark that nobody published.
WANTED = {
    "role": (
        Part("duties", "duties"),
        Part("day_at_work", "a day at work"),
        Part("tools", "tools"),
        Part("team_size", "team size"),
        Part("experience", "typical experience"),
        Part("outlook", "outlook"),
        Part("role_skills", "skills"),
        Part("role_metrics", "measures"),
        Part("role_certifications", "certifications"),
        Part("industries", "industries"),
    ),
    "certification": (
        Part("about", "what it is about"),
        Part("exam_format", "exam format", EXAM),
        Part("pass_mark", "pass mark", EXAM),
        Part("prerequisites", "prerequisites"),
        Part("fee_amount", "fee"),
        Part("renewal_rule", "how to renew", Q(validity_months__isnull=False)),
        Part("official_url", "official page"),
        Part("steps", "steps"),
        Part("credits", "skills it shows"),
    ),
    "skill": (
        Part("why_it_matters", "why it matters"),
        Part("how_to_practise", "how to practise"),
        *(Part(f"descriptor_{level}", f"proficiency {level}") for level in range(1, 6)),
    ),
    "industry": (
        Part("what_it_is_like", "what it is like"),
        Part("typical_processes", "typical processes"),
        Part("good_to_know", "good to know"),
        Part("roles", "roles"),
    ),
    "move": (
        Part("how", "how one gets there"),
        Part("gained_by", "what it is gained by"),
        Part("months_from", "months"),
        Part("carried_skills", "carried skills", EXIT),
    ),
    "book": (Part("publisher", "publisher"), Part("isbn", "ISBN")),
    "company": (Part("notes", "notes"), Part("hirings", "jobs it hires for")),
}


def wanted_of(model):
    return WANTED.get(model._meta.model_name, ())


def is_empty(model, name):
    """As a condition on the pages of a noun."""
    field = model._meta.get_field(name)
    if field.is_relation and (field.one_to_many or field.many_to_many):
        return ~Q(Exists(model._base_manager.filter(pk=OuterRef("pk"), **{f"{name}__isnull": False})))
    return Q(**{f"{name}__isnull": True}) if field.null else Q(**{name: ""})


def is_missing(model, part):
    return part.applies & is_empty(model, part.name)


def incomplete(model):
    """The pages of a noun that lack a part, each with their number as `lacking`."""
    cases = (Case(When(is_missing(model, part), then=1), default=0) for part in wanted_of(model))
    lacking = reduce(add, cases, Value(0, output_field=IntegerField()))
    return model.objects.annotate(lacking=lacking).filter(lacking__gt=0)


def completeness_of(model, keys):
    """{key: `Completeness`}; one query, and nothing for a noun that has no such parts."""
    parts = wanted_of(model)
    if not parts:
        return {}
    answers = {}
    for part in parts:
        answers[f"lacks_{part.name}"] = truth(is_missing(model, part))
        answers[f"wants_{part.name}"] = truth(part.applies)
    found = {}
    for row in model._base_manager.filter(pk__in=keys).annotate(**answers).values("pk", *answers):
        missing = [part.label for part in parts if row[f"lacks_{part.name}"]]
        found[row["pk"]] = Completeness(sum(row[f"wants_{part.name}"] for part in parts), missing)
    return found


def truth(condition):
    return Case(When(condition, then=True), default=False, output_field=BooleanField())
