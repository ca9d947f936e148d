from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.metrics import Metric


@admin.register(Metric)
class MetricAdmin(GuideAdmin):
    list_display = ("name", "abbreviation")
    search_fields = ("name", "abbreviation")
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        ("What the reader sees", {"fields": ("name", "slug", "abbreviation", "explanation", "benchmark")}),
        TRUTH,
        FINDING,
    )
