from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.sections import Section


@admin.register(Section)
class SectionAdmin(GuideAdmin):
    list_display = ("title", "position", "listing")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        ("What the reader sees", {"fields": ("title", "slug", "body", "points", "listing", "position")}),
        TRUTH,
        FINDING,
    )
