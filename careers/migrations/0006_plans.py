"""Certification plans with their steps, study, files, reminders and calendar; certificates of one's own."""

import datetime
import uuid

import django.db.models.deletion
import django.db.models.functions.text
import django.utils.timezone
from django.db import migrations, models
from django.db.migrations.exceptions import IrreversibleError

import careers.plans.files.models
import careers.reminders.models
import careers.sharing.models


def name_each(apps, schema_editor):
    """A default that is called once would give every row the same name."""
    certificates = apps.get_model("careers", "HeldCertificate").objects.using(schema_editor.connection.alias)
    for pk in certificates.values_list("pk", flat=True):
        certificates.filter(pk=pk).update(uid=uuid.uuid4())


def refuse_to_lose_certificates(apps, schema_editor):
    """Before this, every certificate was one of the guide: one of a person's own would have no place."""
    own = apps.get_model("careers", "HeldCertificate").objects.filter(certification=None).count()
    if own:
        raise IrreversibleError(
            f"{own} certificate(s) that people wrote themselves would be lost. Nothing was changed: stay at 0006, or "
            "go back to a copy of the database from before it."
        )


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0005_occupations"),
    ]

    operations = [
        migrations.AddField(
            model_name="heldcertificate",
            name="changed_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="day_set_at",
            field=models.DateTimeField(default=django.utils.timezone.now, editable=False),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="credential_number",
            field=models.CharField(blank=True, max_length=80),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="credential_url",
            field=models.URLField(blank=True, max_length=300, verbose_name="verification link"),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="issuer",
            field=models.CharField(blank=True, max_length=120),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="renewed_on",
            field=models.DateField(blank=True, help_text="The last time it was renewed.", null=True),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="title",
            field=models.CharField(blank=True, help_text="Of one that the guide does not list.", max_length=120),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="uid",
            field=models.UUIDField(null=True),
        ),
        migrations.RunPython(name_each, migrations.RunPython.noop),
        migrations.AlterField(
            model_name="heldcertificate",
            name="uid",
            field=models.UUIDField(default=uuid.uuid4, editable=False, unique=True),
        ),
        migrations.AddField(
            model_name="heldcertificate",
            name="version",
            field=models.PositiveIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name="profile",
            name="shows_streak",
            field=models.BooleanField(blank=True, help_text="Whether “My plan” counts weeks in a row.", null=True),
        ),
        migrations.AddField(
            model_name="profile",
            name="time_zone",
            field=models.CharField(blank=True, help_text="As Asia/Manila; empty: the portal's own.", max_length=64),
        ),
        migrations.AlterField(
            model_name="heldcertificate",
            name="certification",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="careers.certification",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldcertificate",
            constraint=models.UniqueConstraint(
                models.F("profile"),
                django.db.models.functions.text.Lower("title"),
                django.db.models.functions.text.Lower("issuer"),
                condition=models.Q(("certification__isnull", True)),
                name="heldcertificate_own_once",
                violation_error_message="You have this certificate on your list already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("certification__isnull", False), ("issuer", ""), ("title", "")),
                    models.Q(("certification__isnull", True), models.Q(("title", ""), _negated=True)),
                    _connector="OR",
                ),
                name="heldcertificate_of_the_guide_or_own",
                violation_error_message="A certificate is one of the guide, or has a title of its own.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("renewed_on__isnull", True), ("renewed_on__gte", models.F("earned_on")), _connector="OR"
                ),
                name="heldcertificate_renewed_after_earned",
                violation_error_message="It cannot be renewed before the day you earned it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("expires_on__isnull", True),
                    ("renewed_on__isnull", True),
                    ("expires_on__gt", models.F("renewed_on")),
                    _connector="OR",
                ),
                name="heldcertificate_expires_after_renewed",
                violation_error_message="It cannot expire before the day you renewed it.",
            ),
        ),
        migrations.AddConstraint(
            model_name="heldcertificate",
            constraint=models.CheckConstraint(
                condition=models.Q(("credential_url", ""), ("credential_url__startswith", "https://"), _connector="OR"),
                name="heldcertificate_link_is_https",
                violation_error_message="The link begins with https://.",
            ),
        ),
        migrations.CreateModel(
            name="CalendarFeed",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "token",
                    models.CharField(
                        default=careers.sharing.models.new_token, editable=False, max_length=43, unique=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "opened_at",
                    models.DateTimeField(blank=True, editable=False, help_text="When it was last fetched.", null=True),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="calendar_feeds", to="careers.profile"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile",),
                        name="calendarfeed_one_a_person",
                        violation_error_message="You have a calendar address already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="CertificationPlan",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("day_set_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "title",
                    models.CharField(help_text="As the guide called it then, or the person's own.", max_length=120),
                ),
                ("issuer", models.CharField(blank=True, max_length=120)),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("planned", "Planned"),
                            ("studying", "Studying"),
                            ("booked", "Exam booked"),
                            ("passed", "Passed"),
                            ("not_passed", "Not passed"),
                            ("dropped", "Dropped"),
                        ],
                        default="planned",
                        max_length=10,
                    ),
                ),
                ("started_on", models.DateField(blank=True, null=True)),
                ("target_on", models.DateField(blank=True, help_text="The day to be ready by.", null=True)),
                ("seen_steps", models.JSONField(default=list)),
                ("exam_at", models.DateTimeField(blank=True, null=True)),
                (
                    "exam_zone",
                    models.CharField(blank=True, help_text="The time zone of the exam, as Asia/Manila.", max_length=64),
                ),
                (
                    "exam_minutes",
                    models.PositiveSmallIntegerField(blank=True, help_text="How long it takes.", null=True),
                ),
                ("exam_place", models.CharField(blank=True, max_length=200)),
                ("exam_url", models.URLField(blank=True, max_length=300, verbose_name="exam link")),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "certification",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="careers.certification",
                    ),
                ),
                (
                    "held",
                    models.OneToOneField(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="plan",
                        to="careers.heldcertificate",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="certification_plans",
                        to="careers.profile",
                    ),
                ),
            ],
            options={
                "ordering": ["-created_at", "-pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile", "certification"),
                        name="certificationplan_once",
                        violation_error_message="You track this certification already.",
                    ),
                    models.UniqueConstraint(
                        models.F("profile"),
                        django.db.models.functions.text.Lower("title"),
                        django.db.models.functions.text.Lower("issuer"),
                        condition=models.Q(("certification__isnull", True)),
                        name="certificationplan_own_once",
                        violation_error_message="You track this certification already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="certificationplan_has_title",
                        violation_error_message="Write the name of the certification.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held__isnull", False), ("status", "passed")),
                            models.Q(models.Q(("status", "passed"), _negated=True), ("held__isnull", True)),
                            _connector="OR",
                        ),
                        name="certificationplan_passed_holds_certificate",
                        violation_error_message="A plan is passed when its certificate is recorded.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("exam_at__isnull", False),
                                ("status", "booked"),
                                models.Q(("exam_zone", ""), _negated=True),
                            ),
                            models.Q(
                                models.Q(("status", "booked"), _negated=True),
                                ("exam_at__isnull", True),
                                ("exam_zone", ""),
                            ),
                            _connector="OR",
                        ),
                        name="certificationplan_booked_has_exam",
                        violation_error_message="An exam that is booked has a day, a time and a time zone.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "studying"), _negated=True),
                            ("started_on__isnull", False),
                            _connector="OR",
                        ),
                        name="certificationplan_studying_has_start",
                        violation_error_message="Who studies has started on some day.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            ("started_on__isnull", True),
                            ("target_on__isnull", True),
                            ("target_on__gte", models.F("started_on")),
                            _connector="OR",
                        ),
                        name="certificationplan_ready_after_start",
                        violation_error_message="The day to be ready by comes after the start.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("exam_url", ""), ("exam_url__startswith", "https://"), _connector="OR"),
                        name="certificationplan_link_is_https",
                        violation_error_message="The link begins with https://.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="EvidenceFile",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "file",
                    models.FileField(
                        storage=careers.plans.files.models.private_storage,
                        upload_to=careers.plans.files.models.random_name,
                    ),
                ),
                ("name", models.CharField(help_text="What the person called it, cleaned.", max_length=120)),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("application/pdf", "PDF"),
                            ("image/png", "PNG picture"),
                            ("image/jpeg", "JPEG picture"),
                        ],
                        max_length=15,
                    ),
                ),
                ("size", models.PositiveIntegerField(help_text="Bytes, as stored.")),
                ("digest", models.CharField(help_text="SHA-256 of what is stored, in hexadecimal.", max_length=64)),
                ("uploaded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="files",
                        to="careers.certificationplan",
                    ),
                ),
            ],
            options={
                "ordering": ["uploaded_at", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "digest"),
                        name="evidencefile_once",
                        violation_error_message="You have kept this file here already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("size__gte", 1), ("size__lte", 5000000)),
                        name="evidencefile_size_in_bounds",
                        violation_error_message="A file has at most 5 MB, and something in it.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExamAttempt",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("taken_on", models.DateField()),
                (
                    "outcome",
                    models.CharField(choices=[("passed", "Passed"), ("not_passed", "Not passed")], max_length=10),
                ),
                ("score", models.CharField(blank=True, max_length=40)),
                ("note", models.CharField(blank=True, max_length=500)),
                ("recorded_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="attempts",
                        to="careers.certificationplan",
                    ),
                ),
            ],
            options={
                "ordering": ["taken_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("plan", "taken_on"),
                        name="examattempt_once_a_day",
                        violation_error_message="You have recorded an attempt on this day already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ExamItem",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=160)),
                ("is_done", models.BooleanField(default=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="exam_items",
                        to="careers.certificationplan",
                    ),
                ),
            ],
            options={
                "ordering": ["pk"],
                "constraints": [
                    models.UniqueConstraint(
                        models.F("plan"),
                        django.db.models.functions.text.Lower("title"),
                        name="examitem_once",
                        violation_error_message="This is on the list already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="examitem_has_title",
                        violation_error_message="Write what to bring or do.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="PlanStep",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("version", models.PositiveIntegerField(default=0, editable=False)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("day_set_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("position", models.PositiveSmallIntegerField(help_text="Order within the plan, smallest first.")),
                ("title", models.CharField(max_length=160)),
                ("hours", models.DecimalField(blank=True, decimal_places=1, max_digits=5, null=True)),
                ("due_on", models.DateField(blank=True, null=True)),
                ("done_on", models.DateField(blank=True, null=True)),
                (
                    "done_by_pass",
                    models.BooleanField(
                        default=False,
                        help_text="Ticked by recording the pass, not by hand: taking that back opens it again.",
                    ),
                ),
                ("guide_title", models.CharField(blank=True, max_length=160)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="steps",
                        to="careers.certificationplan",
                    ),
                ),
            ],
            options={
                "ordering": ["position", "pk"],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("title", ""), _negated=True),
                        name="planstep_has_title",
                        violation_error_message="Write what there is to do.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("hours__isnull", True), ("hours__gt", 0), _connector="OR"),
                        name="planstep_hours_positive",
                        violation_error_message="Hours are more than zero, or empty when not known.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderMail",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("waiting", "Waiting"),
                            ("sending", "Being handed over"),
                            ("sent", "Sent"),
                            ("failed", "Given up"),
                        ],
                        default="waiting",
                        max_length=7,
                    ),
                ),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("tries", models.PositiveSmallIntegerField(default=0)),
                (
                    "try_at",
                    models.DateTimeField(
                        default=django.utils.timezone.now,
                        help_text="Not before. While it is handed over: when that counts as broken off.",
                    ),
                ),
                ("last_error", models.CharField(blank=True, max_length=300)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("sent_at", models.DateTimeField(blank=True, null=True)),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminder_mails", to="careers.profile"
                    ),
                ),
            ],
            options={
                "ordering": ["created_at", "pk"],
                "indexes": [
                    models.Index(fields=["state", "try_at"], name="careers_rem_state_20df5e_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("sent_at__isnull", False), ("state", "sent")),
                            models.Q(models.Q(("state", "sent"), _negated=True), ("sent_at__isnull", True)),
                            _connector="OR",
                        ),
                        name="remindermail_sent_has_moment",
                        violation_error_message="What was sent was sent at some moment.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Reminder",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("event_on", models.DateField()),
                ("offset", models.SmallIntegerField(help_text="Days before the event; below zero: told afterwards.")),
                ("made_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("seen_at", models.DateTimeField(blank=True, help_text="When the person put it away.", null=True)),
                (
                    "held",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="careers.heldcertificate",
                    ),
                ),
                (
                    "plan",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="careers.certificationplan",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="reminders", to="careers.profile"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="careers.planstep",
                    ),
                ),
                (
                    "mail",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="reminders",
                        to="careers.remindermail",
                    ),
                ),
            ],
            options={
                "ordering": ["event_on", "pk"],
                "constraints": [
                    models.UniqueConstraint(
                        fields=("held", "event_on", "offset"),
                        name="reminder_once_a_held",
                        violation_error_message="This reminder was given already.",
                    ),
                    models.UniqueConstraint(
                        fields=("plan", "event_on", "offset"),
                        name="reminder_once_a_plan",
                        violation_error_message="This reminder was given already.",
                    ),
                    models.UniqueConstraint(
                        fields=("step", "event_on", "offset"),
                        name="reminder_once_a_step",
                        violation_error_message="This reminder was given already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held__isnull", False), ("plan__isnull", True), ("step__isnull", True)),
                            models.Q(("held__isnull", True), ("plan__isnull", False), ("step__isnull", True)),
                            models.Q(("held__isnull", True), ("plan__isnull", True), ("step__isnull", False)),
                            _connector="OR",
                        ),
                        name="reminder_is_about_one_thing",
                        violation_error_message="A reminder is about a certificate, an exam or a step.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="ReminderSettings",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("by_email", models.BooleanField(default=True, verbose_name="by e-mail")),
                ("in_portal", models.BooleanField(default=True, verbose_name="on this site")),
                (
                    "expiry_offsets",
                    models.JSONField(
                        default=careers.reminders.models.before_expiry,
                        validators=[careers.reminders.models.are_offsets],
                    ),
                ),
                (
                    "exam_offsets",
                    models.JSONField(
                        default=careers.reminders.models.before_event, validators=[careers.reminders.models.are_offsets]
                    ),
                ),
                (
                    "step_offsets",
                    models.JSONField(
                        default=careers.reminders.models.before_event, validators=[careers.reminders.models.are_offsets]
                    ),
                ),
                ("quiet_from", models.TimeField(default=datetime.time(21, 0))),
                ("quiet_to", models.TimeField(default=datetime.time(8, 0))),
                ("answered_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminder_settings",
                        to="careers.profile",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "reminder settings",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile",),
                        name="remindersettings_one_a_person",
                        violation_error_message="You have chosen how to be reminded already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyClock",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="clocks",
                        to="careers.certificationplan",
                    ),
                ),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="study_clocks", to="careers.profile"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to="careers.planstep",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("profile",),
                        name="studyclock_one_a_person",
                        violation_error_message="A clock is running already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="StudyEntry",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("minutes", models.PositiveSmallIntegerField()),
                ("studied_on", models.DateField()),
                ("note", models.CharField(blank=True, max_length=500)),
                ("key", models.UUIDField(default=uuid.uuid4, editable=False, unique=True)),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                (
                    "plan",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="entries",
                        to="careers.certificationplan",
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="entries",
                        to="careers.planstep",
                    ),
                ),
            ],
            options={
                "verbose_name_plural": "study entries",
                "ordering": ["-studied_on", "-pk"],
                "indexes": [
                    models.Index(fields=["plan", "studied_on"], name="careers_stu_plan_id_584b09_idx"),
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("minutes__gte", 1), ("minutes__lte", 1440)),
                        name="studyentry_minutes_of_a_day",
                        violation_error_message="Write minutes from 1 to 1440.",
                    ),
                ],
            },
        ),
        migrations.RunPython(migrations.RunPython.noop, refuse_to_lose_certificates),
    ]
