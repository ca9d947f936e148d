from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.questions import Question


@admin.register(Question)
class QuestionAdmin(GuideAdmin):
    list_display = ("question", "position")
    search_fields = ("question",)
    prepopulated_fields = {"slug": ("question",)}
    fieldsets = (
        ("What the reader sees", {"fields": ("question", "slug", "short_answer", "answer", "position")}),
        TRUTH,
        FINDING,
    )
