from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from django.contrib import admin
from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.auth.admin import UserAdmin as DjangoUserAdmin
from django.contrib.auth.forms import (
    AdminPasswordChangeForm,
    AdminUserCreationForm,
    ReadOnlyPasswordHashField,
    ReadOnlyPasswordHashWidget,
    UserChangeForm,
)
from django.contrib.auth.hashers import is_password_usable
from django.db.models.functions import Lower
from django.forms import CheckboxSelectMultiple

from careers.accounts.forms.accounts import HOW_LONG
from careers.accounts.models.users import User, confirm_email
from careers.people.admin.many import ByEmail
from careers.people.admin.unchanged import KeepsUnchanged
from careers.people.services.deleting import delete_accounts

admin.site.unregister(EmailAddress)  # the address is a field of the person
admin.site.unregister(Authenticator)


class InWords:
    """How an account signs in, without the words of those who made it."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        usable = self.fields["usable_password"]
        usable.label, usable.choices = "Signs in", {"true": "with a password", "false": "without one"}
        usable.help_text = "Without one it gets in by a passkey, or by the link that “Forgot it?” makes."
        self.fields["password1"].help_text = HOW_LONG
        self.fields["password2"].label, self.fields["password2"].help_text = "Password, once more", ""


class PasswordForm(InWords, AdminPasswordChangeForm):
    pass


class UserCreationForm(InWords, AdminUserCreationForm):
    class Meta:
        model = User
        fields = ("email",)
        field_classes: dict[str, type] = {}


class PasswordInWords(ReadOnlyPasswordHashWidget):
    """Whether there is one, and the way to another. How it is stored is nobody's business here."""

    def get_context(self, name, value, attrs):
        context = super().get_context(name, value, attrs)
        has_one = self.is_usable(value)
        context["summary"] = [
            {"label": "Set. Nobody can read it." if has_one else "None. They cannot sign in with one."}
        ]
        context["button_label"] = "Set another password" if has_one else "Set a password"
        return context

    @staticmethod
    def is_usable(value):
        return bool(value) and is_password_usable(value)


class UserForm(UserChangeForm):
    password = ReadOnlyPasswordHashField(label="Password", widget=PasswordInWords)

    class Meta(UserChangeForm.Meta):
        model = User
        widgets = {"groups": CheckboxSelectMultiple}
        labels = {
            "is_superuser": "May do everything",
            "user_permissions": "Single permissions",
        }
        help_texts = {
            "is_active": "Without it nobody can sign in to the account, and nothing of it is lost.",
            "is_staff": "What they may do there is said by the groups below.",
            "is_superuser": "Also with people's accounts and second steps.",
            "groups": "An Editor writes, a Publisher publishes as well.",
            "user_permissions": "Rarely needed: with groups it is easier to see who may do what.",
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if "password" in self.fields:
            self.fields["password"].help_text = ""


@admin.register(User)
class UserAdmin(KeepsUnchanged, ByEmail, DjangoUserAdmin):
    form = UserForm
    add_form = UserCreationForm
    change_password_form = PasswordForm
    filter_horizontal = ()
    list_display = ("email", "is_staff", "is_active", "joined_at")
    list_filter = ("is_staff", "is_superuser", "is_active", "groups")
    search_fields = ("email",)
    ordering = (Lower("email"),)
    readonly_fields = ("joined_at", "last_login", "password_is_one_time")
    fieldsets = (
        (None, {"fields": ("email", "password", "password_is_one_time")}),
        ("What they may do", {"fields": ("is_active", "is_staff", "is_superuser", "groups")}),
        ("Single permissions", {"classes": ("collapse",), "fields": ("user_permissions",)}),
        ("Dates", {"fields": ("joined_at", "last_login")}),
    )
    add_fieldsets = ((None, {"classes": ("wide",), "fields": ("email", "usable_password", "password1", "password2")}),)

    def save_model(self, request, obj, form, change):
        super().save_model(request, obj, form, change)
        if "email" in form.changed_data:
            confirm_email(obj)

    def delete_model(self, request, obj):
        """As complete as when a person does it: with what is in the log, and mails that were written to files."""
        delete_accounts(users=[obj])

    def delete_queryset(self, request, queryset):
        delete_accounts(users=queryset)


@admin.register(Authenticator)
class SecondFactorAdmin(ByEmail, admin.ModelAdmin):
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
