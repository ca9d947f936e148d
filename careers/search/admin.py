from django.contrib import admin

from careers.search.models.misses import SearchMiss


@admin.register(SearchMiss)
class SearchMissAdmin(admin.ModelAdmin):
    """Searches without a result: to be read, not written."""

    list_display = ("words", "filters", "day", "count")
    list_filter = ("day",)
    search_fields = ("words",)
    date_hierarchy = "day"

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False
