from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin, RowInline
from careers.guide.models.pay import CountryPay
from careers.guide.models.questions import Question


class CountryPayInline(RowInline):
    model = CountryPay
    is_wide = True
    classes = ("collapse",)
    verbose_name_plural = "Pay in countries, as surveys and laws say it"


@admin.register(Question)
class QuestionAdmin(GuideAdmin):
    list_display = ("question", "position")
    search_fields = ("question",)
    prepopulated_fields = {"slug": ("question",)}
    inlines = (CountryPayInline,)
    fieldsets = (
        ("What the reader sees", {"fields": ("question", "slug", "short_answer", "answer", "position")}),
        TRUTH,
        FINDING,
    )
