"""What a person keeps and works on. It hangs on the person; what HR edits never takes it away."""

from django.db import models
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property

from careers.fields.models.texts import LineField, TextField
from careers.guide.models.roles import Role
from careers.guide.rules.changes import changes, digest
from careers.people.models.profiles import Profile

LONGEST_NOTE = 2000


class SavedGroup(models.Model):
    """A heading under which a person puts saved roles: “Near home”."""

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="saved_groups")
    name = LineField(max_length=60)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        ordering = [Lower("name")]
        constraints = [
            models.UniqueConstraint(
                "profile",
                Lower("name"),
                name="savedgroup_name_once",
                violation_error_message="You have a group with this name already.",
            )
        ]

    def __str__(self):
        return self.name


class SavedRoleQuerySet(models.QuerySet):
    def of_published_roles(self):
        return self.filter(role__status=Role.Status.PUBLISHED).select_related("role")

    def for_list(self):
        """With all that is compared with what the person saw."""
        return self.select_related("group").prefetch_related(models.Prefetch("role", Role.objects.for_detail()))


class SavedRole(models.Model):
    """A role that a person wants to find again, with the facts as they last saw them.

    `seen` is `guide.rules.changes` data: the guide's facts about the role at `seen_at`, so that the person can be told
    what HR changed since.
    """

    profile = models.ForeignKey(Profile, on_delete=models.CASCADE, related_name="saved_roles")
    role = models.ForeignKey(Role, on_delete=models.PROTECT, related_name="+")
    group = models.ForeignKey(SavedGroup, null=True, blank=True, on_delete=models.SET_NULL, related_name="saved_roles")
    note = TextField(blank=True)
    saved_at = models.DateTimeField(default=timezone.now, editable=False)
    answered_at = models.DateTimeField(default=timezone.now, help_text="When group or note were last changed.")
    seen = models.JSONField(default=dict)
    seen_at = models.DateTimeField(default=timezone.now)

    objects = SavedRoleQuerySet.as_manager()

    class Meta:
        ordering = ["-saved_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["profile", "role"],
                name="savedrole_once",
                violation_error_message="You have saved this role already.",
            )
        ]

    def __str__(self):
        return self.title

    @property
    def title(self):
        """As the person may know it: a page that is no longer published goes by the name it had when they saw it."""
        return self.role.title if self.role.is_published else str(self.seen.get("title") or self.role.title)

    @property
    def comes_back(self):
        """Of one that was removed: “It can come back with its note and group.”"""
        kept = " and ".join(name for name, value in (("note", self.note), ("group", self.group)) if value)
        return f"It can come back{f' with its {kept}' if kept else ''}."

    @cached_property
    def facts(self):
        """The role as it is now or, where it is no longer published, as the person last saw it."""
        return self.role.facts if self.role.is_published else self.seen

    @cached_property
    def changes(self):
        """Changes of the role since the person looked."""
        return changes(self.seen, self.facts)

    @property
    def facts_digest(self):
        return digest(self.facts)
