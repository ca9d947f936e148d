from django.db import migrations, models


class Migration(migrations.Migration):
    """Links that a person pastes may be long; those of test centres carry whole bookings."""

    dependencies = [("careers", "0010_submissions")]

    operations = [
        migrations.AlterField(
            model_name="certificationplan",
            name="exam_url",
            field=models.URLField(blank=True, max_length=2000, verbose_name="exam link"),
        ),
        migrations.AlterField(
            model_name="heldcertificate",
            name="credential_url",
            field=models.URLField(blank=True, max_length=2000, verbose_name="verification link"),
        ),
    ]
