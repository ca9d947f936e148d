"""Lists at the HR desk that grow with people: the first page of a million rows takes what that of a thousand does."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db import connection
from django.db.models import Value
from django.db.models.functions import Lower
from django.http import HttpResponseRedirect
from django.utils.functional import cached_property

MOST_COUNTED = 10_000  # rows that such a list leads through: nobody leafs on to page 100
LAST = "\U0010ffff"  # of all characters
TOO_MANY_AT_ONCE = "These are too many to do at once, and nothing was done. Search or filter first, or choose some."


class CountsSome(Paginator):
    """Ends after so many rows, and `is_cut` says that there are more: to count all of them, each would be read."""

    @cached_property
    def counted(self):
        return self.object_list.order_by()[: MOST_COUNTED + 1].count()

    @property
    def count(self):
        return min(self.counted, MOST_COUNTED)

    @property
    def is_cut(self):
        return self.counted > MOST_COUNTED


class OfMany:
    """For an admin of such a list."""

    paginator = CountsSome
    show_full_result_count = False

    def response_action(self, request, queryset):
        """“Select all” beyond what is counted would be others than were said."""
        if request.POST.get("select_across") == "1" and CountsSome(queryset, self.list_per_page).is_cut:
            self.message_user(request, TOO_MANY_AT_ONCE, messages.WARNING)
            return HttpResponseRedirect(request.get_full_path())
        return super().response_action(request, queryset)


class ByEmail(OfMany):
    """Searched by e-mail: by its beginning, which an index finds. What begins with @ or * may stand anywhere in it."""

    search_help_text = "How an e-mail begins. From its @ on, or after a *, any part of one; that takes longer."

    def get_search_results(self, request, queryset, search_term):
        text, (path,) = search_term.strip(), self.search_fields
        if text.startswith(("@", "*")):
            return queryset.filter(**{f"{path}__icontains": text.lstrip("*")}), False
        return (begins(queryset, path, text) if text else queryset), False


def begins(queryset, path, text):
    """Of which the e-mail begins so, in any case. SQLite has no index for LIKE, but one that is in order."""
    folded = queryset.alias(folded=Lower(path))
    if connection.vendor == "postgresql":
        return folded.filter(folded__startswith=text.lower())
    return folded.filter(folded__gte=Lower(Value(text)), folded__lt=Lower(Value(text + LAST)))
