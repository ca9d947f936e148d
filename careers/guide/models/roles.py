from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.urls import reverse

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.certifications import Certification
from careers.guide.models.choices import Degree, Frequency, Level, Track, WorkType
from careers.guide.models.hiring import Hiring
from careers.guide.models.industries import Industry
from careers.guide.models.metrics import Metric
from careers.guide.models.publishing import (
    MOST_ON_A_PAGE,
    GuideManager,
    GuideModel,
    GuideQuerySet,
    PageModel,
    complete_when_published,
    lines,
)
from careers.guide.models.role_rows import RoleCertification, RoleMetric, RoleSkill
from careers.guide.models.skills import Skill
from careers.guide.rules.working_life import rotates, shifts_in_words


class RoleQuerySet(GuideQuerySet):
    def entry(self):
        return self.filter(level=Level.ENTRY)

    def above_entry(self):
        return self.filter(level__gt=Level.ENTRY)

    def for_rows(self):
        """One line of a list shows columns of the role alone."""
        return self.defer("duties", "day_at_work", "tools", "outlook", "further_sources")

    def with_next_roles(self):
        """With the published moves to other roles as `ways_on`, promotions first."""
        moves = self.model._meta.get_field("moves_on").related_model.objects.published()
        return self.prefetch_related(models.Prefetch("moves_on", moves.for_cards(), to_attr="ways_on"))

    def for_cards(self):
        """Cards name what comes next or, where nothing does, the skills that matter most, as `essential_skills`."""
        essential = RoleSkill.objects.published().filter(is_essential=True)
        return (
            self.for_rows()
            .with_next_roles()
            .prefetch_related(models.Prefetch("role_skills", essential, to_attr="essential_skills"))
        )

    def for_fits(self):
        """With all that a role asks of a person."""
        return self.for_rows().prefetch_related(models.Prefetch("role_skills", RoleSkill.objects.published()))

    def for_index(self):
        return self.prefetch_related(
            "alternate_titles",
            models.Prefetch("industries", Industry.objects.published()),
            models.Prefetch("skills", Skill.objects.published()),
            models.Prefetch("metrics", Metric.objects.published()),
        )

    def for_detail(self):
        return self.prefetch_related(
            "alternate_titles",
            models.Prefetch("role_skills", RoleSkill.objects.published()),
            models.Prefetch("role_metrics", RoleMetric.objects.published()),
            models.Prefetch("role_certifications", RoleCertification.objects.published()),
            models.Prefetch("industries", Industry.objects.published()),
            "pay_figures",
        )

    def for_page(self):
        """All of `for_detail`, the first `jobs` for which companies hire, and the moves around the role as `ways_in`,
        `ways_on` and `ways_out`: the first of each, and one more where there are more.
        """
        moves, most = self.model._meta.get_field("moves_on").related_model.objects.published(), MOST_ON_A_PAGE + 1
        return self.for_detail().prefetch_related(
            models.Prefetch("hirings", Hiring.objects.published()[:MOST_ON_A_PAGE], to_attr="jobs"),
            models.Prefetch("moves_in", moves.for_ways()[:most], to_attr="ways_in"),
            models.Prefetch("moves_on", moves.for_ways()[:most], to_attr="ways_on"),
            models.Prefetch("moves_on", moves.exits().in_order()[:most], to_attr="ways_out"),
        )


NO_SHIFT = "Nights and days cannot both be “never”."
ALWAYS_NEVER = "“Always” on nights goes with “never” on days, and the other way round."


class Role(PageModel):
    title = LineField(max_length=80, unique=True, help_text="As people search for it, in the singular.")
    summary = LineField(max_length=200, help_text="Two sentences at most, to the reader: “You look after …”.")
    level = models.PositiveSmallIntegerField(choices=Level, db_index=True)
    track = models.CharField(max_length=12, choices=Track, db_index=True)

    duties = TextField(blank=True, help_text="What one does, one duty per line, each starting with a verb.")
    day_at_work = TextField("a day at work", blank=True, help_text="Leave a blank line between paragraphs.")
    tools = TextField(blank=True, help_text="One tool per line.")
    team_size = LineField(max_length=60, blank=True, help_text="“15–20 agents”. Empty when not known.")
    experience = LineField("typical experience", max_length=160, blank=True, help_text="Empty when no source says.")
    outlook = TextField(blank=True, help_text="What a source says about the future of the role.")

    work_type = models.CharField(max_length=10, choices=WorkType, db_index=True)
    nights = models.CharField(
        max_length=10,
        choices=Frequency,
        default=Frequency.NOT_KNOWN,
        help_text="How often they come, as sources say. “Possible”: readers are told to ask first.",
    )
    nights_note = LineField(max_length=200, blank=True, help_text="Where they come, who says so, what to ask.")
    days = models.CharField(
        max_length=10,
        choices=Frequency,
        default=Frequency.NOT_KNOWN,
        help_text="The same. “Always” goes with nights that never come.",
    )
    days_note = LineField(max_length=200, blank=True)
    degree = models.CharField(
        max_length=10, choices=Degree, db_index=True, help_text="“No rule found” where no source sets one."
    )
    degree_note = LineField(max_length=240, blank=True)

    onet_code = LineField("O*NET code", max_length=10, blank=True, help_text="“43-4051.00”. Empty when none fits.")
    onet_title = LineField("O*NET title", max_length=120, blank=True)
    esco_code = LineField("ESCO code", max_length=12, blank=True, help_text="“4225.1”. Empty when none fits.")
    esco_title = LineField("ESCO title", max_length=120, blank=True)
    code_note = LineField(max_length=240, blank=True, help_text="Why these codes, or why none.")
    position = models.PositiveSmallIntegerField(default=100, help_text="Order within a level, smallest first.")

    skills = models.ManyToManyField(Skill, through="RoleSkill", related_name="roles")
    certifications = models.ManyToManyField(Certification, through="RoleCertification", related_name="roles")
    metrics = models.ManyToManyField(Metric, through="RoleMetric", related_name="roles")
    industries = models.ManyToManyField(Industry, related_name="roles", blank=True)

    NEEDED_TO_PUBLISH = (*GuideModel.NEEDED_TO_PUBLISH, "duties", "day_at_work")

    objects = GuideManager.from_queryset(RoleQuerySet)()

    class Meta(GuideModel.Meta):
        ordering = ["level", "position", "title"]
        constraints = [
            *GuideModel.Meta.constraints,
            complete_when_published("duties", "day_at_work"),
            models.CheckConstraint(
                name="role_has_a_shift",
                condition=~Q(nights="never", days="never"),
                violation_error_message=NO_SHIFT,
            ),
            models.CheckConstraint(
                name="role_always_goes_with_never",
                condition=(~Q(nights="always") | Q(days="never")) & (~Q(days="always") | Q(nights="never")),
                violation_error_message=ALWAYS_NEVER,
            ),
            models.CheckConstraint(
                name="role_address_is_free",
                condition=~Q(slug__in=["compare", "new"]),
                violation_error_message="“compare” is the page that compares roles, “new” stands for new to BPO: "
                "choose another address.",
            ),
        ]

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("role-detail", args=[self.slug])

    def clean(self):
        super().clean()
        both = {self.nights, self.days}
        if both == {Frequency.NEVER}:
            raise ValidationError({"days": NO_SHIFT})
        if Frequency.ALWAYS in both and Frequency.NEVER not in both:
            raise ValidationError({"days": ALWAYS_NEVER})

    @property
    def asked(self):
        """{key of a skill: (proficiency, whether it is essential)}, of published skills where those are prefetched."""
        return {need.skill_id: (need.proficiency, need.is_essential) for need in self.role_skills.all()}

    @property
    def public_name(self):
        """Its name for a person who chose it; it says nothing of a page that was never published."""
        return self.title if self.is_known else "A role that is not published"

    @property
    def option_label(self):
        """The same, with the word that it has left the guide."""
        ending = ", no longer published" if self.status == self.Status.ARCHIVED else ""
        return f"{self.public_name}{ending}"

    @property
    def is_entry(self):
        return self.level == Level.ENTRY

    @property
    def first_ways_in(self):
        """With the next two, of a role that was fetched `for_page`."""
        return self.ways_in[:MOST_ON_A_PAGE]

    @property
    def first_ways_on(self):
        return self.ways_on[:MOST_ON_A_PAGE]

    @property
    def first_ways_out(self):
        return self.ways_out[:MOST_ON_A_PAGE]

    @property
    def has_more_ways(self):
        """Whether more moves lead to it, or on from it, than its page shows."""
        return len(self.ways_in) > MOST_ON_A_PAGE or self.has_more_ways_on

    @property
    def has_more_ways_on(self):
        return len(self.ways_on) > MOST_ON_A_PAGE

    @property
    def shifts_text(self):
        """“Nights usual, days possible”."""
        return shifts_in_words(nights=self.nights, days=self.days).capitalize()

    @property
    def degree_text(self):
        """“Degree not needed”, “No rule found on a degree”: readable alone, without a name before it."""
        if self.degree == Degree.NO_RULE:
            return "No rule found on a degree"
        return f"Degree {self.get_degree_display().lower()}"

    @property
    def nights_text(self):
        """“Possible: ask first”."""
        return Frequency(self.nights).to_a_reader

    @property
    def days_text(self):
        return Frequency(self.days).to_a_reader

    @property
    def rotates(self):
        """Whether shifts may rotate; None where no source says."""
        return rotates(nights=self.nights, days=self.days)

    @property
    def facts(self):
        """Return what readers see of it, for `guide.rules.changes`. No query on a role fetched `for_detail`."""
        return {
            "title": self.title,
            "summary": self.summary,
            "level": self.get_level_display(),
            "track": self.get_track_display(),
            "work_type": self.get_work_type_display(),
            "nights": self.get_nights_display(),
            "nights_note": self.nights_note,
            "days": self.get_days_display(),
            "days_note": self.days_note,
            "degree": self.get_degree_display(),
            "degree_note": self.degree_note,
            "experience": self.experience,
            "team_size": self.team_size,
            "industries": [industry.name for industry in self.industries.all()],
            "alternates": [alternate.title for alternate in self.alternate_titles.all()],
            "duties": lines(self.duties),
            "day_at_work": lines(self.day_at_work),
            "tools": lines(self.tools),
            "skills": {row.skill.name: [row.proficiency, row.is_essential] for row in self.role_skills.all()},
            "measures": [row.metric.name for row in self.role_metrics.all()],
            "certifications": [row.certification.title for row in self.role_certifications.all()],
            "pay": [figure.fact for figure in self.pay_figures.all()],
            "outlook": self.outlook,
        }
