import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0011_claims"),
    ]

    operations = [
        migrations.AlterField(
            model_name="goal",
            name="answered_at",
            field=models.DateTimeField(
                default=django.utils.timezone.now, help_text="When the person last changed their goal."
            ),
        ),
        migrations.AlterField(
            model_name="goalstep",
            name="position",
            field=models.PositiveSmallIntegerField(help_text="Order within the goal, 1 first."),
        ),
        migrations.AlterConstraint(
            model_name="goal",
            name="goal_one_a_person",
            constraint=models.UniqueConstraint(
                fields=("profile",), name="goal_one_a_person", violation_error_message="You have a goal already."
            ),
        ),
        migrations.AlterConstraint(
            model_name="goal",
            name="goal_leads_elsewhere",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("start__isnull", True), models.Q(("start", models.F("role")), _negated=True), _connector="OR"
                ),
                name="goal_leads_elsewhere",
                violation_error_message="A goal leads to another role.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="goalstep",
            name="goalstep_move_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "move"), ("leg__isnull", False)),
                fields=("goal", "role"),
                name="goalstep_move_once",
                violation_error_message="This move is a step of the goal already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="goalstep",
            name="goalstep_skill_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "skill")),
                fields=("goal", "skill", "proficiency"),
                name="goalstep_skill_once",
                violation_error_message="This proficiency is a step of the goal already.",
            ),
        ),
        migrations.AlterConstraint(
            model_name="goalstep",
            name="goalstep_certification_once",
            constraint=models.UniqueConstraint(
                condition=models.Q(("kind", "certification")),
                fields=("goal", "certification"),
                name="goalstep_certification_once",
                violation_error_message="This certification is a step of the goal already.",
            ),
        ),
    ]
