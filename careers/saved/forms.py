"""What a person writes beside saved roles: groups, notes, an order, which ones to compare."""

from django import forms
from django.db import IntegrityError, transaction

from careers.fields.forms import LineField, TextField, step_helper
from careers.guide.rules.comparison import FEWEST_COMPARED, FEWEST_IN_WORDS, MOST_COMPARED, MOST_IN_WORDS
from careers.lib.names import folded
from careers.saved.models import LONGEST_NOTE, SavedGroup
from careers.web.stale import StaleForm

SORTS = {"newest": "Newest first", "name": "Name", "level": "Level"}
MOST_GROUPS = 50
LONGEST_NAME = SavedGroup._meta.get_field("name").max_length
TOO_MANY_GROUPS = f"You have {MOST_GROUPS} groups, which is as many as there can be. Delete one."
NAME_TAKEN = "You have a group with this name already. Write another name."


def sort_of(query):
    """The order that an address asks for; the newest first where it asks for none that we know."""
    return query.get("sort") if query.get("sort") in SORTS else "newest"


def fault_of_choice(slugs):
    """Why these roles cannot stand side by side, in a sentence; empty where they can."""
    if len(slugs) < FEWEST_COMPARED:
        return f"Choose {FEWEST_IN_WORDS} roles at least, {MOST_IN_WORDS} at most."
    if len(slugs) > MOST_COMPARED:
        most = MOST_IN_WORDS.capitalize()
        return f"You have chosen {len(slugs)} roles. {most} fit beside each other: take some away."
    return ""


class ArrangeForm(StaleForm):
    """The group and note of `saved`. `in_place` it opens within the list, where others may stand open too."""

    group = forms.ModelChoiceField(
        queryset=SavedGroup.objects.none(),
        required=False,
        empty_label="No group",
        error_messages={"invalid_choice": "Choose one of your groups."},
    )
    new_group = LineField(
        required=False,
        max_length=LONGEST_NAME,
        label="Or a new group",
        help_text="A few words, such as “Near home”. It is made when you save.",
    )
    note = TextField(required=False, max_length=LONGEST_NOTE, help_text="Only you see it.")

    def __init__(self, *args, profile, saved, in_place=False, **kwargs):
        given = {"group": saved.group_id, "note": saved.note}
        super().__init__(*args, stored=given, auto_id=f"{saved.role.slug}-%s", **kwargs)
        self.profile = profile
        self.fields["group"].queryset = profile.saved_groups.all()
        self.fields["group"].widget.attrs["autofocus"] = in_place
        self.helper = step_helper()

    def clean(self):
        """A new group whose name is there already is that group."""
        cleaned = super().clean()
        name = cleaned.pop("new_group", "")
        if not name or self.is_stale:
            return cleaned
        groups = list(self.profile.saved_groups.all())
        present = next((group for group in groups if folded(group.name) == folded(name)), None)
        if present is None and len(groups) >= MOST_GROUPS:
            self.add_error("new_group", TOO_MANY_GROUPS)
        cleaned["group"] = present or SavedGroup(profile=self.profile, name=name)
        return cleaned


class GroupForm(StaleForm):
    """The name of `group`, or of a new one."""

    name = LineField(
        max_length=LONGEST_NAME,
        label="Name of the group",
        help_text="A few words, such as “Near home”.",
        error_messages={"required": "Write a name for the group."},
    )

    def __init__(self, *args, profile, group=None, **kwargs):
        self.profile, self.group = profile, group or SavedGroup()
        super().__init__(*args, stored={"name": self.group.name}, **kwargs)
        self.helper = step_helper()

    def clean_name(self):
        name = self.cleaned_data["name"]
        others = self.profile.saved_groups.exclude(pk=self.group.pk)
        if folded(name) in {folded(other.name) for other in others}:
            raise forms.ValidationError(NAME_TAKEN)
        return name

    def clean(self):
        if self.group.pk is None and self.profile.saved_groups.count() >= MOST_GROUPS:
            raise forms.ValidationError(TOO_MANY_GROUPS)
        return super().clean()

    def saved_for(self, profile):
        """Save the group as one of `profile`; false, with an error on the name, where the database knows it already.

        It may fold letters of some alphabets where Python does not.
        """
        self.group.profile, self.group.name = profile, self.cleaned_data["name"]
        try:
            with transaction.atomic():
                self.group.save()
        except IntegrityError:
            self.add_error("name", NAME_TAKEN)
            return False
        return True
