from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import AdminUserCreationForm

from careers.actions.deleting import delete_accounts
from careers.admin.unchanged import KeepsUnchanged
from careers.models import User
from careers.models.accounts import confirm_address

admin.site.unregister(EmailAddress)  # the address is a field of the person
admin.site.unregister(Authenticator)


class UserCreationForm(AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)
        field_classes: dict[str, type] = {}


@admin.register(User)
class UserAdmin(KeepsUnchanged, DjangoUserAdmin):
    add_form = UserCreationForm
    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email",)
    ordering = ("email",)
    readonly_fields = ("joined_at", "last_login", "password_is_one_time")
    fieldsets = (
        (None, {"fields": ("email", "password", "password_is_one_time")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups", "user_permissions")}),
        ("Dates", {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            confirm_address(obj)

    def delete_model(self, request, obj):
        """As complete as when a person does it: with what is in the log, and mails that were written to files."""
        delete_accounts(users=[obj])

    def delete_queryset(self, request, queryset):
        delete_accounts(users=queryset)


@admin.register(Authenticator)
class SecondFactorAdmin(admin.ModelAdmin):
    """For a person who lost their second step: it can be taken away here, and neither read, made nor changed."""

    list_display = ("user", "type", "created_at", "last_used_at")
    list_filter = ("type",)
    search_fields = ("user__email",)
    fields = readonly_fields = ("user", "type", "created_at", "last_used_at")

    def has_add_permission(self, request):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def log_deletions(self, request, queryset):
        """As a change of the person: so it has no name of a phone in it, and goes when the account goes."""
        for row in queryset:  # one row comes as a list
            message = f"Took away a second step: {row.get_type_display()}."
            LogEntry.objects.log_actions(request.user.pk, [row.user], CHANGE, message, single_object=True)
