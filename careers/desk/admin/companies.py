from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin, RowInline
from careers.guide.models.companies import Company
from careers.guide.models.hiring import Hiring


class HiringInline(RowInline):
    model = Hiring
    is_wide = is_ordered = True
    verbose_name_plural = "Jobs it hires for, with the rules for getting in"


@admin.register(Company)
class CompanyAdmin(GuideAdmin):
    list_display = ("name", "careers_url")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = (HiringInline,)
    fieldsets = (
        ("What the reader sees", {"fields": ("name", "slug", "summary", "careers_url", "notes", "position")}),
        TRUTH,
        FINDING,
    )
