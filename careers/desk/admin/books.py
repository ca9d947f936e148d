from django.contrib import admin

from careers.desk.admin.publishing import FINDING, TRUTH, GuideAdmin
from careers.guide.models.books import Book


@admin.register(Book)
class BookAdmin(GuideAdmin):
    list_display = ("title", "author")
    search_fields = ("title", "author")
    prepopulated_fields = {"slug": ("title",)}
    fieldsets = (
        (
            "What the reader sees",
            {"fields": ("title", "slug", "author", "summary", "publisher", "isbn", "listing_note", "position")},
        ),
        TRUTH,
        FINDING,
    )
