from datetime import datetime
from importlib import import_module

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models
from django.utils import timezone

FROM_PLANS = {"removed_steps": "step", "removed_entries": "entry", "removed_items": "item", "removed_clocks": "clock"}
ROLES, OF_A_GUEST = "removed_roles", "guest_session"
OF_A_ROLE = ("note", "group", "saved_at", "seen", "seen_at")
IN_SESSIONS = {ROLES, *FROM_PLANS}
AT_ONCE = 500


def move_from_sessions(apps, schema_editor):
    """What can still come back waited in sessions. It goes to whose it is, or where nobody can say that, it is gone."""
    Session, Removal = apps.get_model("careers", "Session"), apps.get_model("careers", "Removal")
    store, now, last = import_module(settings.SESSION_ENGINE).SessionStore(), timezone.now(), ""
    while batch := list(Session.objects.filter(pk__gt=last, expire_date__gt=now).order_by("pk")[:AT_ONCE]):
        last, changed, removals = batch[-1].pk, [], []
        for session in batch:
            data = store.decode(session.session_data)
            waiting = data.get(OF_A_GUEST) or {}
            if IN_SESSIONS & {*data, *waiting}:
                removals += removals_in(apps, data, now)
                session.session_data = store.encode(without(data))
                changed.append(session)
        Removal.objects.bulk_create(removals, ignore_conflicts=True)
        Session.objects.bulk_update(changed, ["session_data"])


def without(data):
    left = {name: value for name, value in data.items() if name not in IN_SESSIONS}
    return {**left, OF_A_GUEST: without(left[OF_A_GUEST])} if left.get(OF_A_GUEST) else left


def removals_in(apps, data, now):
    Removal, Role = apps.get_model("careers", "Removal"), apps.get_model("careers", "Role")
    user, removed_roles = data.get("_auth_user_id"), data.get(ROLES, {})
    of = {"user": user} if user else {"pk": data.get("guest_profile"), "user": None}
    profile = apps.get_model("careers", "Profile").objects.filter(**of).first()
    if profile is None:
        return
    roles = dict(Role.objects.filter(slug__in=removed_roles).values_list("slug", "pk"))
    for slug, role in removed_roles.items():
        if slug in roles and len(role) == len(OF_A_ROLE):
            was = dict(zip(OF_A_ROLE, role, strict=True))
            yield Removal(profile=profile, kind="role", key=roles[slug], was=was, removed_at=now)
    plans = set(profile.certification_plans.values_list("pk", flat=True))
    for name, kind in FROM_PLANS.items():
        for key, was in data.get(name, {}).items():
            plan, removed_at = was.pop("plan", None), was.pop("removed_at", None)
            if plan in plans and removed_at:
                if kind == "step":  # of an older version
                    was = {"is_renewal": False, "day_set_at": removed_at, "told": [], **was}
                of_plan = {"kind": kind, "key": int(key), "taken_from": plan, "was": was}
                yield Removal(profile=profile, removed_at=datetime.fromisoformat(removed_at), **of_plan)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0015_counts"),
    ]

    operations = [
        migrations.CreateModel(
            name="Removal",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.CharField(max_length=20)),
                (
                    "key",
                    models.BigIntegerField(help_text="Of the row that went; of a role that was saved, the role's."),
                ),
                (
                    "taken_from",
                    models.BigIntegerField(
                        blank=True, help_text="The key of the plan it was of, if of any.", null=True
                    ),
                ),
                ("was", models.JSONField()),
                ("removed_at", models.DateTimeField(default=timezone.now)),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="removals", to="careers.profile"
                    ),
                ),
            ],
            options={
                "ordering": ["-removed_at", "-pk"],
                "indexes": [models.Index(fields=["removed_at"], name="careers_rem_removed_793726_idx")],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "kind", "key"),
                        name="removal_once",
                        violation_error_message="This was removed already.",
                    )
                ],
            },
        ),
        migrations.RunPython(move_from_sessions, migrations.RunPython.noop),
    ]
