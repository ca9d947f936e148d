import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0018_search_titles"),
    ]

    # A word of the code, not of the table: the column stays, so what runs beside it goes on.
    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.RemoveConstraint(
                    model_name="certificationplan",
                    name="certificationplan_passed_holds_certificate",
                ),
                migrations.RemoveConstraint(
                    model_name="reminder",
                    name="reminder_once_a_held",
                ),
                migrations.RemoveConstraint(
                    model_name="reminder",
                    name="reminder_is_about_one_thing",
                ),
                migrations.AlterField(
                    model_name="certificationplan",
                    name="held",
                    field=models.OneToOneField(
                        blank=True,
                        db_column="held_id",
                        null=True,
                        on_delete=django.db.models.deletion.RESTRICT,
                        related_name="plan",
                        to="careers.heldcertificate",
                    ),
                ),
                migrations.RenameField(
                    model_name="certificationplan",
                    old_name="held",
                    new_name="held_certificate",
                ),
                migrations.AlterField(
                    model_name="reminder",
                    name="held",
                    field=models.ForeignKey(
                        blank=True,
                        db_column="held_id",
                        null=True,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="reminders",
                        to="careers.heldcertificate",
                    ),
                ),
                migrations.RenameField(
                    model_name="reminder",
                    old_name="held",
                    new_name="held_certificate",
                ),
                migrations.AddConstraint(
                    model_name="certificationplan",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("held_certificate__isnull", False), ("status", "passed")),
                            models.Q(models.Q(("status", "passed"), _negated=True), ("held_certificate__isnull", True)),
                            _connector="OR",
                        ),
                        name="certificationplan_passed_holds_certificate",
                        violation_error_message="A plan is passed when its certificate is recorded.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reminder",
                    constraint=models.UniqueConstraint(
                        fields=("held_certificate", "event_on", "offset"),
                        name="reminder_once_a_held",
                        violation_error_message="This reminder was given already.",
                    ),
                ),
                migrations.AddConstraint(
                    model_name="reminder",
                    constraint=models.CheckConstraint(
                        condition=models.Q(
                            models.Q(
                                ("held_certificate__isnull", False), ("plan__isnull", True), ("step__isnull", True)
                            ),
                            models.Q(
                                ("held_certificate__isnull", True), ("plan__isnull", False), ("step__isnull", True)
                            ),
                            models.Q(
                                ("held_certificate__isnull", True), ("plan__isnull", True), ("step__isnull", False)
                            ),
                            _connector="OR",
                        ),
                        name="reminder_is_about_one_thing",
                        violation_error_message="A reminder is about a certificate, an exam or a step.",
                    ),
                ),
            ]
        )
    ]
