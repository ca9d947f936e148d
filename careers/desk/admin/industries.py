from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.industries import Industry


@admin.register(Industry)
class IndustryAdmin(GuideAdmin):
    list_display = ("name", "position")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            "What the reader sees",
            {"fields": ("name", "slug", "summary", "what_it_is_like", "typical_processes", "good_to_know", "position")},
        ),
        TRUTH,
        FINDING,
    )
