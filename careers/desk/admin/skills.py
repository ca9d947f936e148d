from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.skills import Skill


@admin.register(Skill)
class SkillAdmin(GuideAdmin):
    list_display = ("name", "position")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}
    fieldsets = (
        (
            "What the reader sees first",
            {"fields": ("name", "slug", "summary", "why_it_matters", "how_to_practise", "position")},
        ),
        (
            "The five proficiencies",
            {
                "description": "Each says what a person does, so that readers can rate themselves.",
                "fields": ("descriptor_1", "descriptor_2", "descriptor_3", "descriptor_4", "descriptor_5"),
            },
        ),
        TRUTH,
        FINDING,
    )
