"""The guide says which of its steps are of the renewal.

The two that the fixtures mark are marked here, wherever their words are: in the guide, in what people took over from it
and in what they saw of it. So nobody is asked about the mark, and no load takes it for an editor's.
"""

from django.db import migrations, models

TITLE = "Put a date for the renewal in your diary, before three years are over"
SLUGS = ("comptia-a-plus", "itil-foundation")


def mark(apps, schema_editor):
    steps = apps.get_model("careers", "CertificationStep").objects
    steps.filter(title=TITLE, certification__slug__in=SLUGS).update(is_renewal=True)
    apps.get_model("careers", "PlanStep").objects.filter(guide_title=TITLE, plan__certification__slug__in=SLUGS).update(
        is_renewal=True
    )
    plans = apps.get_model("careers", "CertificationPlan").objects.filter(certification__slug__in=SLUGS)
    for plan in plans.only("pk", "seen_steps").iterator(chunk_size=500):
        if isinstance(plan.seen_steps, list):
            rows = [{**row, "is_renewal": True} if is_marked(row) else row for row in plan.seen_steps]
            if rows != plan.seen_steps:
                plans.filter(pk=plan.pk).update(seen_steps=rows)


def is_marked(row):
    return isinstance(row, dict) and row.get("title") == TITLE


class Migration(migrations.Migration):
    dependencies = [("careers", "0013_published_names")]

    operations = [
        migrations.AddField(
            model_name="certificationstep",
            name="is_renewal",
            field=models.BooleanField(
                default=False,
                help_text="It keeps the certificate valid, so it is open once that is earned.",
                verbose_name="of the renewal",
            ),
        ),
        migrations.RunPython(mark, migrations.RunPython.noop),
    ]
