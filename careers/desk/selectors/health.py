"""Which pages of the guide want to be looked at, and why.

Each check costs the same for any number of pages: a count, one query for the keys that are shown, one a noun for the
pages themselves. It never says anything of a person, and of numbers of people below five only that.
"""

from abc import ABC, abstractmethod
from dataclasses import dataclass
from datetime import date

from django.apps import apps
from django.db.models import (
    Case,
    CharField,
    Count,
    DateField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Q,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils import timezone

from careers.desk.rules.health import (
    FEWEST_TOLD,
    as_sentence,
    due_reasons,
    fee_is_due,
    people_in_words,
    stale_before,
)
from careers.desk.rules.readability import HARDEST
from careers.desk.selectors.completeness import completeness_of, incomplete, wanted_of
from careers.desk.selectors.readability import hard_pages, hints_for
from careers.guide.models.certifications import Certification, CertificationSkill
from careers.guide.models.choices import Level
from careers.guide.models.companies import Company
from careers.guide.models.hiring import Hiring
from careers.guide.models.moves import Move
from careers.guide.models.publishing import GuideModel
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.selectors.snapshots import hanging_rows, many_of, row_fields_of
from careers.lib.readability import LONG
from careers.lib.words import counted
from careers.plans.models import CertificationPlan

Status = GuideModel.Status
FIRST = 5  # shown of each list on the page of all
MOST_NAMED = 3
MOST_HARD = 500  # of a noun: keys go into the question, and no editor mends more in a day
LONG_AGO = date(1970, 1, 1)


@dataclass(frozen=True)
class Finding:
    """A page, where its form is, and why it is listed."""

    name: str
    noun: str
    url: str
    why: str


@dataclass(frozen=True)
class HealthList:
    """One check with how many pages it found, some of them, and in words how many that is."""

    slug: str
    title: str
    meaning: str
    count: int
    findings: list[Finding]

    @property
    def url(self):
        """Of the page with all of them."""
        return reverse("admin:guide_health_list", args=[self.slug])

    @property
    def total(self):
        return counted(self.count, "page")

    @property
    def more(self):
        """“See all 12 pages”; empty where all are shown."""
        return f"See all {self.total}" if self.count > len(self.findings) else ""


def nouns_for(user):
    """The nouns of the guide whose pages this person may see at the desk."""
    nouns = [model for model in apps.get_app_config("careers").get_models() if issubclass(model, GuideModel)]
    return [model for model in nouns if user.has_perm(f"careers.view_{model._meta.model_name}")]


def form_url(model, key):
    return reverse(f"admin:careers_{model._meta.model_name}_change", args=[key])


class Check(ABC):
    """A question about the pages of the guide."""

    slug = title = meaning = ""

    @abstractmethod
    def pages(self, model, today):
        """Those of a noun that it is about, or None where it says nothing of that noun. The lowest `rank` first."""

    def pages_by_noun(self, nouns, today):
        return [(model, self.pages(model, today)) for model in nouns]

    @abstractmethod
    def reasons(self, model, pages, today):
        """{key: why in a sentence} of some pages {key: page}, in a number of queries that does not grow with them."""

    def found(self, nouns, today):
        """All keys as (noun, key, rank, day), of which one may take a part."""
        parts = []
        for model, pages in self.pages_by_noun(nouns, today):
            if pages is None:
                continue
            ranked = pages if "rank" in pages.query.annotations else pages.annotate(rank=number(0))
            since = Coalesce("checked_on", Value(LONG_AGO, output_field=DateField()))
            noun = Value(model._meta.model_name, output_field=CharField())
            ranked = ranked.annotate(noun=noun, since=since).order_by()
            parts.append(ranked.values_list("noun", "pk", "rank", "since"))
        if not parts:
            return Role.objects.none().values_list("pk")
        first, *rest = parts
        return (first.union(*rest, all=True) if rest else first).order_by("rank", "since", "noun", "pk")

    def findings(self, keys, today):
        """[Finding] for (noun, key) pairs, in their order."""
        by_noun = {}
        for noun, key, *_ in keys:
            by_noun.setdefault(noun, []).append(key)
        found = {}
        for noun, some in by_noun.items():
            model = apps.get_model("careers", noun)
            named = model._base_manager.select_related(*ends_of(model))
            pages = named.in_bulk(some)
            whys = self.reasons(model, pages, today)
            for key, page in pages.items():
                label = str(model._meta.verbose_name)
                found[noun, key] = Finding(str(page), label, form_url(model, key), whys.get(key, ""))
        return [found[noun, key] for noun, key, *_ in keys if (noun, key) in found]

    def listed(self, nouns, today, *, first=FIRST):
        rows = self.found(nouns, today)
        count = rows.count()
        findings = self.findings(list(rows[:first]), today) if count else []
        return HealthList(self.slug, self.title, self.meaning, count, findings)


def number(value):
    return Value(value, output_field=IntegerField())


def ends_of(model):
    return ("from_role", "to_role") if model is Move else ()


def sitters(now):
    """How many people have booked an exam of a certification that is still to come, as a column of it."""
    booked = CertificationPlan.objects.filter(
        certification=OuterRef("pk"), status=CertificationPlan.Status.BOOKED, exam_at__gte=now
    )
    people = booked.order_by().values("certification").annotate(people=Count("pk")).values("people")
    return Coalesce(Subquery(people), number(0))


class Due(Check):
    slug = "due"
    title = "Facts to look at again"
    meaning = (
        "A fee of an earlier year, a validity that is not known, or a page that nobody has compared with its source "
        "for a year. What people are about to sit comes first."
    )

    def pages(self, model, today):
        old = Q(checked_on__lt=stale_before(today))
        if model is not Certification:
            return model.objects.published().filter(old)
        dated = Certification.objects.published().filter(fee_amount__isnull=False)
        days = dated.order_by().values_list("fee_as_of", flat=True).distinct()
        due = Q(fee_amount__isnull=False, fee_as_of__in=[text for text in days if fee_is_due(text, today)])
        many = Case(When(sitting__gte=FEWEST_TOLD, then=-2), When(sitting__gt=0, then=-1), default=0)
        pages = Certification.objects.published().filter(old | due | Q(validity_known=False))
        return pages.annotate(sitting=sitters(timezone.now()), rank=many)

    def reasons(self, model, pages, today):
        sitting = {}
        if model is Certification:
            counts = Certification.objects.filter(pk__in=pages).annotate(sitting=sitters(timezone.now()))
            sitting = dict(counts.values_list("pk", "sitting"))
        return {key: self.reason(page, sitting.get(key, 0), today) for key, page in pages.items()}

    def reason(self, page, people, today):
        has_fee = getattr(page, "fee_amount", None) is not None
        reasons = due_reasons(
            checked_on=page.checked_on,
            fee_as_of=page.fee_as_of if has_fee else "",
            validity_known=getattr(page, "validity_known", True),
            today=today,
        )
        soon = [f"an exam is booked by {people_in_words(people)}"] if people else []
        return as_sentence([*reasons, *soon])


class Incomplete(Check):
    slug = "incomplete"
    title = "Pages with gaps"
    meaning = "Parts that readers miss on a published page. Leave one empty where no source says it."

    def pages(self, model, today):
        if not wanted_of(model):
            return None
        return incomplete(model).filter(status=Status.PUBLISHED).annotate(rank=number(0) - F("lacking"))

    def reasons(self, model, pages, today):
        return {key: str(one) for key, one in completeness_of(model, pages).items()}


class WithoutSource(Check):
    slug = "sources"
    title = "Pages without a source"
    meaning = "They cannot be published before they name one."

    def pages(self, model, today):
        return model.objects.filter(source_name="").exclude(status=Status.ARCHIVED)

    def reasons(self, model, pages, today):
        return dict.fromkeys(pages, "No source is named.")


class DeadEnds(Check):
    slug = "ways"
    title = "Roles with no way in or no way on"
    meaning = "One starts at entry roles, and nothing comes after the highest level: those are left out."

    def pages(self, model, today):
        if model is not Role:
            return None
        no_way_in = Q(level__gt=Level.ENTRY) & ~Q(pk__in=reached())
        no_way_on = Q(level__lt=max(Level)) & ~Q(pk__in=left())
        return Role.objects.published().filter(no_way_in | no_way_on)

    def reasons(self, model, pages, today):
        some_in = set(reached().filter(to_role__in=pages).values_list("to_role", flat=True))
        some_on = set(left().filter(from_role__in=pages).values_list("from_role", flat=True))
        found = {}
        for key, role in pages.items():
            lacks = ["no way in"] if role.level > Level.ENTRY and key not in some_in else []
            lacks += ["no way on"] if role.level < max(Level) and key not in some_on else []
            found[key] = as_sentence([" and ".join(lacks)])
        return found


def reached():
    """Roles to which a move leads that readers see."""
    return Move.objects.published().between_roles().order_by().values("to_role")


def left():
    """Roles from which such a move leads."""
    return Move.objects.published().between_roles().order_by().values("from_role")


class Untaught(Check):
    slug = "skills"
    title = "Skills that nothing teaches"
    meaning = "No published certification shows them, so readers find no certification that closes the gap."

    def pages(self, model, today):
        if model is not Skill:
            return None
        credits = CertificationSkill.objects.filter(skill=OuterRef("pk"), certification__status=Status.PUBLISHED)
        return Skill.objects.published().filter(~Exists(credits))

    def reasons(self, model, pages, today):
        return dict.fromkeys(pages, "No published certification shows it.")


class JobsToCheck(Check):
    slug = "jobs"
    title = "Companies without a sourced job, or with an old one"
    meaning = (
        "Readers find no rule for getting in, or no page to apply on, or a rule that nobody has compared with its "
        "source for a year."
    )

    def pages(self, model, today):
        if model is not Company:
            return None
        jobs = Hiring.objects.filter(company=OuterRef("pk"))
        old = Exists(jobs.filter(checked_on__lt=stale_before(today)))
        return Company.objects.published().filter(Q(careers_url="") | ~Exists(jobs) | old)

    def reasons(self, model, pages, today):
        jobs = Hiring.objects.filter(company__in=pages)
        known = set(jobs.values_list("company", flat=True))
        old = set(jobs.filter(checked_on__lt=stale_before(today)).values_list("company", flat=True))
        return {key: self.reason(page, key in known, key in old) for key, page in pages.items()}

    def reason(self, company, has_jobs, has_old_ones):
        lacks = {
            "no page to apply on": not company.careers_url,
            "no job with a source": not has_jobs,
            "a job was compared with its source over a year ago": has_old_ones,
        }
        return as_sentence([words for words, is_so in lacks.items() if is_so])


class NamesHidden(Check):
    slug = "hidden"
    title = "Published pages that name hidden ones"
    meaning = "Readers do not see what is a draft or offline, so these pages say less than their form does."

    def pages(self, model, today):
        paths = paths_to_pages(model)
        if not paths:
            return None
        names = Q()
        for path in paths:
            names |= Q(Exists(hidden_at(model, path).filter(pk=OuterRef("pk"))))
        return model.objects.filter(status=Status.PUBLISHED).filter(names)

    def reasons(self, model, pages, today):
        found = {}
        for path, related in paths_to_pages(model).items():
            called = f"{path}__{'title' if related is Role or related is Certification else 'name'}"
            rows = hidden_at(model, path).filter(pk__in=pages).order_by(called)
            for key, name, status in rows.values_list("pk", called, f"{path}__status"):
                found.setdefault(key, []).append(f"{name} ({Status(status).label.lower()})")
        return {key: f"Names {few(dict.fromkeys(names))}." for key, names in found.items()}


def few(names):
    """
    >>> few(["a", "b"]), few(["a", "b", "c", "d", "e"])
    ('a, b', 'a, b, c and 2 more')
    """
    names = list(names)
    said = ", ".join(names[:MOST_NAMED])
    return f"{said} and {len(names) - MOST_NAMED} more" if len(names) > MOST_NAMED else said


def paths_to_pages(model):
    """{path of a lookup: noun} of all by which a page names others: its own columns, its lists and its rows."""
    paths = {
        field.name: field.related_model
        for field in [*model._meta.concrete_fields, *many_of(model).values()]
        if field.is_relation and issubclass(field.related_model, GuideModel)
    }
    for relation, (row, back) in hanging_rows(model).items():
        for name, field in row_fields_of(row, back).items():
            if field.is_relation and issubclass(field.related_model, GuideModel):
                paths[f"{relation}__{name}"] = field.related_model
    return paths


def hidden_at(model, path):
    return model._base_manager.filter(**{f"{path}__status__in": [Status.DRAFT, Status.ARCHIVED]})


class HardToRead(Check):
    slug = "reading"
    title = "Pages that are hard to read"
    meaning = (
        f"Sentences of more than {LONG} words, or a reading level above grade {HARDEST}. Many readers learn English as "
        "a second language."
    )

    def pages_by_noun(self, nouns, today):
        hard = hard_pages()
        return [(model, self.those(model, hard.get(model._meta.model_name))) for model in nouns]

    def pages(self, model, today):
        return self.those(model, hard_pages().get(model._meta.model_name))

    def those(self, model, keys):
        return model.objects.filter(status=Status.PUBLISHED, pk__in=sorted(keys)[:MOST_HARD]) if keys else None

    def reasons(self, model, pages, today):
        return {key: " ".join(said) for key, said in hints_for(model, pages).items()}
