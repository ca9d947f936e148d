from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin, RowInline
from careers.guide.models.certifications import Certification, CertificationSkill, CertificationStep


class CertificationStepInline(RowInline):
    model = CertificationStep
    is_ordered = True
    verbose_name_plural = "Preparation, step by step"


class CertificationSkillInline(RowInline):
    model = CertificationSkill
    verbose_name_plural = "Skills it credits"


@admin.register(Certification)
class CertificationAdmin(GuideAdmin):
    list_display = ("title", "issuer", "kind")
    list_filter = (*GuideAdmin.list_filter, "kind")
    search_fields = ("title", "issuer")
    prepopulated_fields = {"slug": ("title",)}
    inlines = (CertificationStepInline, CertificationSkillInline)
    fieldsets = (
        (
            "What the reader sees first",
            {
                "fields": (
                    "title",
                    "slug",
                    "issuer",
                    "kind",
                    "summary",
                    "about",
                    "watch_out",
                    "when_in_career",
                    "position",
                )
            },
        ),
        ("The exam or course", {"fields": ("exam_format", "pass_mark", "prerequisites", "official_url", "hours_note")}),
        ("What it costs", {"fields": ("fee_amount", "fee_currency", "fee_as_of", "fee_note")}),
        ("How long it lasts", {"fields": ("validity_known", "validity_months", "renewal_rule")}),
        TRUTH,
        FINDING,
    )
