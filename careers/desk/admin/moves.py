from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin, GuideForm
from careers.desk.admin.roles import line
from careers.guide.models.moves import Move

CARRIED = (
    "What carries over, for a way out",
    {
        "classes": ("collapse",),
        "description": "Tick the skills that count there too. Other moves have none.",
        "fields": ("carried_skills",),
    },
)


# Functions and not the fields themselves: Django never breaks the line in a field's column, and seven do not fit then.
@admin.display(description="From", ordering="from_role__title")
def start(move):
    return move.from_role.title


@admin.display(description="To", ordering="to_role__title")
def end(move):
    return move.end_name


@admin.display(description="Kind", ordering="kind")
def kind(move):
    return "Way out" if move.kind == Move.Kind.EXIT else move.get_kind_display()


@admin.display(description="Months", ordering="months_from")
def months(move):
    return move.months_span or "not known"


class MoveForm(GuideForm):
    def clean(self):
        cleaned = super().clean()
        if cleaned.get("carried_skills") and cleaned.get("kind") not in (None, Move.Kind.EXIT):
            self.add_error("carried_skills", "Only a way out has these. Take the ticks off, or change the kind.")
        return cleaned


@admin.register(Move)
class MoveAdmin(GuideAdmin):
    form = MoveForm
    list_display = (start, end, kind, line, months)
    list_filter = (
        *GuideAdmin.list_filter,
        "kind",
        "track",
        "confidence",
        *((name, admin.EmptyFieldListFilter) for name in ("months_from", "how", "source_name")),
    )
    list_select_related = ("from_role", "to_role")
    search_fields = ("from_role__title", "to_role__title", "destination")
    fieldsets = (
        ("Where it leads", {"fields": ("from_role", "kind", "to_role", "destination", "track", "position")}),
        ("How one gets there", {"fields": ("how", "gained_by", "certifications")}),
        CARRIED,
        ("How long it takes", {"fields": (("months_from", "months_to"), "months_confidence", "months_note")}),
        ("How sure it is", {"fields": ("confidence",)}),
        TRUTH,
        FINDING,
    )

    def get_fieldsets(self, request, obj=None):
        """Unfold the fields that only a way out has, for a way out."""
        fieldsets = super().get_fieldsets(request, obj)
        if obj is None or obj.kind != Move.Kind.EXIT:
            return fieldsets
        return [(title, {**options, "classes": ()}) for title, options in fieldsets]

    def get_view_on_site_url(self, obj=None):
        """A move shows on the page of the role that it starts from."""
        return None if obj and not obj.from_role.is_published else super().get_view_on_site_url(obj)
