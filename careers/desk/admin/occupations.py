from django.contrib import admin

from careers.desk.admin.publishing import TRUTH, GuideAdmin
from careers.occupations.models import Collection


@admin.register(Collection)
class CollectionAdmin(GuideAdmin):
    """The switch of a catalogue. `import_onet` makes and fills it; to hide it again, archive it or make it a draft."""

    has_sheets = False
    actions = ("publish_selected",)
    list_display = ("title", "release")
    search_fields = ("title",)
    readonly_fields = (*GuideAdmin.readonly_fields, "slug", "release")
    fieldsets = (
        ("What the reader sees", {"fields": ("title", "slug", "release")}),
        ("What the licence asks for", {"fields": ("attribution", "modification", "licence_url")}),
        TRUTH,
        (
            "Publishing",
            {
                "description": "Published, its occupations have pages of their own under “Occupations”. In any other "
                "state readers see nothing of them.",
                "fields": ("opened",),
            },
        ),
    )

    def has_add_permission(self, request):
        return False

    def has_delete_permission(self, request, obj=None):
        return False
