from django.contrib import admin
from django.db import models
from django.forms import CheckboxSelectMultiple

from careers.admin.publishing import PUBLISHING, TRUTH, GuideAdmin
from careers.admin.roles import line
from careers.models import Move


@admin.display(description="To", ordering="to_role__title")
def to(move):
    return move.end_name


@admin.display(description="Months", ordering="months_from")
def months(move):
    return move.months_text


@admin.register(Move)
class MoveAdmin(GuideAdmin):
    list_display = ("from_role", to, "kind", line, months)
    list_display_links = ("from_role",)
    list_filter = (
        *GuideAdmin.list_filter,
        "kind",
        "track",
        "confidence",
        *((name, admin.EmptyFieldListFilter) for name in ("months_from", "how", "source_name")),
    )
    list_select_related = ("from_role", "to_role")
    search_fields = ("from_role__title", "to_role__title", "destination")
    formfield_overrides = {
        **GuideAdmin.formfield_overrides,
        models.ManyToManyField: {"widget": CheckboxSelectMultiple},
    }
    fieldsets = (
        ("Where it leads", {"fields": ("from_role", "kind", "to_role", "destination", "track", "position")}),
        ("How one gets there", {"fields": ("how", "gained_by", "certifications", "carried_skills")}),
        ("How long it takes", {"fields": (("months_from", "months_to"), "months_confidence", "months_note")}),
        ("How sure it is", {"fields": ("confidence",)}),
        TRUTH,
        PUBLISHING,
    )
