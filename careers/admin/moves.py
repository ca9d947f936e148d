from django.contrib import admin

from careers.admin.publishing import PUBLISHING, TRUTH, GuideAdmin
from careers.admin.roles import line
from careers.models import Move


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


@admin.register(Move)
class MoveAdmin(GuideAdmin):
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
        ("How one gets there", {"fields": ("how", "gained_by", "certifications", "carried_skills")}),
        ("How long it takes", {"fields": (("months_from", "months_to"), "months_confidence", "months_note")}),
        ("How sure it is", {"fields": ("confidence",)}),
        TRUTH,
        PUBLISHING,
    )

    def get_view_on_site_url(self, obj=None):
        """A move shows on the page of the role that it starts from."""
        return None if obj and not obj.from_role.is_published else super().get_view_on_site_url(obj)
