"""Forms that were sent, with what each was answered, so that one that is sent again is done once."""

import django.contrib.messages.storage.cookie
import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("careers", "0009_calendar_alarms")]

    operations = [
        migrations.CreateModel(
            name="Submission",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("key", models.CharField(max_length=64, unique=True)),
                (
                    "made",
                    models.CharField(
                        blank=True, help_text="“careers.share:12”, where the form made a row.", max_length=100
                    ),
                ),
                ("status", models.PositiveSmallIntegerField(default=302)),
                ("location", models.TextField(blank=True)),
                (
                    "messages",
                    models.JSONField(
                        decoder=django.contrib.messages.storage.cookie.MessageDecoder,
                        default=list,
                        encoder=django.contrib.messages.storage.cookie.MessageEncoder,
                    ),
                ),
                ("sent_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "profile",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="submissions", to="careers.profile"
                    ),
                ),
            ],
            options={
                "ordering": ["-pk"],
                "indexes": [models.Index(fields=["sent_at"], name="careers_sub_sent_at_69b5ee_idx")],
            },
        ),
    ]
