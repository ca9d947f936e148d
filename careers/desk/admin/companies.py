from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.companies import Company


@admin.register(Company)
class CompanyAdmin(GuideAdmin):
    list_display = ("name", "careers_url")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        ("What the reader sees", {"fields": ("name", "slug", "summary", "careers_url", "notes", "position")}),
        TRUTH,
        FINDING,
    )
