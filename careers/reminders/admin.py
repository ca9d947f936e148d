from django.contrib import admin, messages
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from careers.lib.words import counted
from careers.people.admin.many import OfMany
from careers.reminders.models import ReminderMail
from careers.reminders.services.outbox import try_again

admin.site.unregister(DBTaskResult)  # its failures are on the console


@admin.register(ReminderMail)
class ReminderMailAdmin(OfMany, admin.ModelAdmin):
    """Whether mails go out, for the operator: neither to whom nor what is in them, and nothing for HR."""

    list_display = ("pk", "state", "tries", "try_at", "last_error", "created_at")
    list_filter = ("state", "created_at")
    ordering = ("-pk",)  # as they were made
    fields = readonly_fields = ("state", "tries", "try_at", "last_error", "created_at", "sent_at")
    actions = ("try_again",)

    @admin.action(description="Try again to send the mails that were given up")
    def try_again(self, request, queryset):
        number = try_again(mails=queryset, now=timezone.now())
        said = f"{counted(number, 'mail')} will be tried again at the next run."
        self.message_user(request, said, messages.SUCCESS if number else messages.INFO)

    def has_module_permission(self, request):
        return request.user.is_superuser

    def has_view_permission(self, request, obj=None):
        return request.user.is_superuser

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        """Only with the person: without this their account could not be deleted at the desk."""
        return request.user.is_superuser and request.resolver_match.url_name.startswith("careers_user_")
