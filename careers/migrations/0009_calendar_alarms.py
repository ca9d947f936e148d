import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careers", "0008_certificate_dates")]

    operations = [
        migrations.AddField(
            model_name="remindersettings",
            name="in_calendar",
            field=models.BooleanField(default=False, verbose_name="by alarms of their calendar"),
        ),
        migrations.CreateModel(
            name="CalendarEvent",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("uid", models.CharField(max_length=48, unique=True)),
                ("sequence", models.PositiveIntegerField()),
                ("digest", models.CharField(max_length=64)),
                ("changed_at", models.DateTimeField()),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="calendar_events",
                        to="careers.profile",
                    ),
                ),
            ],
        ),
    ]
