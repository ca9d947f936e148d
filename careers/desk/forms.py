from django import forms
from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.auth.password_validation import validate_password
from django.utils import timezone

from careers.accounts.forms.accounts import HOW_LONG, fit_email
from careers.accounts.models.invitations import Invitation
from careers.accounts.models.users import User
from careers.desk.rules.schedules import both_times, planned_moment, which_of
from careers.fields.models.texts import PlainText
from careers.lib.zones import zone_of

GROUPS = ("Editor", "Publisher")
THERE = "This person is in that group already."
INVITED = "This person is invited as {group} already, by somebody who may do more than you."


class InviteForm(forms.Form):
    """A person to let in, and the group in which they work: one that may nothing that `by`, who invites, may not."""

    email = forms.EmailField(label="E-mail", error_messages={"required": "Write whom you invite."})
    group = forms.ModelChoiceField(
        Group.objects.filter(name__in=GROUPS).order_by("name"),
        label="As",
        empty_label=None,
        error_messages={"required": "Choose what they may do here."},
        help_text="An Editor writes drafts. A Publisher also publishes them. Neither sees people's accounts.",
        widget=forms.RadioSelect,
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        fit_email(self.fields["email"])
        self.fields["email"].widget.attrs["autocomplete"] = "off"
        groups = self.fields["group"].queryset.prefetch_related("permissions__content_type")
        self.fields["group"].queryset = groups.filter(pk__in=[one.pk for one in groups if by.may_all_that(one)])

    def clean(self):
        cleaned = super().clean()
        there = User.objects.filter(
            email__iexact=cleaned.get("email", ""), groups=cleaned.get("group"), is_staff=True, is_active=True
        )
        if "email" in cleaned and "group" in cleaned and there.exists():
            self.add_error("email", THERE)
        invited = (
            Invitation.objects.filter(email__iexact=cleaned.get("email", "")).open_at(timezone.now()).with_rights()
        )
        for other in invited:
            if not self.by.may_all_that(other.group):
                self.add_error("email", INVITED.format(group=other.group))
        return cleaned


class FirstPasswordForm(forms.Form):
    """Of somebody who was invited and has no account yet."""

    password1 = forms.CharField(
        label="Choose a password",
        help_text=HOW_LONG,
        strip=False,
        max_length=4096,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Fill this in."},
    )

    def __init__(self, *args, email, **kwargs):
        super().__init__(*args, **kwargs)
        self.email = email

    def clean_password1(self):
        password = self.cleaned_data["password1"]
        validate_password(password, User(email=self.email))
        return password


class MomentForm(forms.Form):
    """A moment to come, in the portal's zone. Of a time that comes twice there it asks again which one."""

    day = forms.DateField(label="Day", widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    clock = forms.TimeField(label="Time", widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))

    def __init__(self, data=None, *, schedule=None):
        super().__init__(data)
        for name, said in {"day": "Write a day, as 2027-03-31.", "clock": "Write a time, as 09:00."}.items():
            self.fields[name].error_messages = {"required": said, "invalid": said}
        self.which, self.choices = self.data.get("which", ""), ()
        if schedule:
            there = schedule.at.astimezone(zone_of(settings.TIME_ZONE))
            self.initial = {"day": there.date(), "clock": there.time()}
            self.which = self.which or which_of(schedule.at, settings.TIME_ZONE)
            if self.which and not self.is_bound:
                self.choices = both_times(there.date(), there.time(), settings.TIME_ZONE)

    def clean(self):
        cleaned = super().clean()
        if "day" in cleaned and "clock" in cleaned:
            clock = cleaned["clock"].replace(second=0, microsecond=0)
            asked = {"now": timezone.now(), "which": self.data.get("which", "")}
            planned = planned_moment(cleaned["day"], clock, settings.TIME_ZONE, **asked)
            self.choices = planned.choices
            if planned.at is None:
                self.add_error("clock" if planned.choices else "day", planned.problem)
            cleaned["at"] = planned.at
        return cleaned


class RemarkForm(forms.Form):
    """Something to say about a page; `places` are the choices of where."""

    place = forms.ChoiceField(label="About", required=False)
    quote = PlainText(
        label="The words that you mean (may stay empty)",
        help_text="Copied from the page. Left empty, all that stands there is quoted.",
        required=False,
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2, "cols": 60}),
    )
    text = PlainText(
        label="Your remark",
        max_length=5000,
        widget=forms.Textarea(attrs={"rows": 4, "cols": 60, "spellcheck": "true"}),
        error_messages={"required": "Write what you want to say."},
    )

    def __init__(self, *args, places, **kwargs):
        super().__init__(*args, label_suffix="", **kwargs)
        self.fields["place"].choices = places
