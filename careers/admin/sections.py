from django.contrib import admin

from careers.admin.publishing import PUBLISHING, TRUTH, GuideAdmin
from careers.models import Section


@admin.register(Section)
class SectionAdmin(GuideAdmin):
    list_display = ("title", "position", "listing")
    search_fields = ("title",)
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        ("What the reader sees", {"fields": ("title", "slug", "body", "points", "listing", "position")}),
        TRUTH,
        PUBLISHING,
    )
