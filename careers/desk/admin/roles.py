from django.contrib import admin
from django.utils.html import format_html

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin, RowInline
from careers.guide.models.choices import Track
from careers.guide.models.pay import RolePay
from careers.guide.models.role_rows import AlternateTitle, RoleCertification, RoleMetric, RoleSkill
from careers.guide.models.roles import Role


class AlternateTitleInline(RowInline):
    model = AlternateTitle
    classes = ("collapse",)


class RoleSkillInline(RowInline):
    model = RoleSkill
    verbose_name_plural = "Skills it asks for"


class RoleMetricInline(RowInline):
    model = RoleMetric
    is_ordered = True
    verbose_name_plural = "How the work is measured"


class RoleCertificationInline(RowInline):
    model = RoleCertification
    verbose_name_plural = "Certifications that help"


class RolePayInline(RowInline):
    model = RolePay
    is_wide = True
    verbose_name_plural = "Pay, as official sources say it"


@admin.display(description="Line", ordering="track")
def line(role):
    return format_html(
        '<span class="roundel roundel-{}" aria-hidden="true">{}</span> {}',
        role.track,
        Track(role.track).letter,
        role.get_track_display(),
    )


@admin.register(Role)
class RoleAdmin(GuideAdmin):
    list_display = ("title", "level", line)
    list_filter = (*GuideAdmin.list_filter, "level", "track")
    search_fields = ("title", "alternate_titles__title")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (RoleSkillInline, AlternateTitleInline, RoleMetricInline, RoleCertificationInline, RolePayInline)
    fieldsets = (
        ("What the reader sees first", {"fields": ("title", "slug", "summary")}),
        ("Where it belongs", {"fields": ("level", "track", "position", "industries")}),
        ("The work", {"fields": ("duties", "day_at_work", "tools", "team_size", "outlook")}),
        (
            "What it takes",
            {
                "fields": (
                    "work_type",
                    ("nights", "nights_note"),
                    ("days", "days_note"),
                    "degree",
                    "degree_note",
                    "experience",
                )
            },
        ),
        ("Codes", {"fields": ("onet_code", "onet_title", "esco_code", "esco_title", "code_note")}),
        TRUTH,
        FINDING,
    )
