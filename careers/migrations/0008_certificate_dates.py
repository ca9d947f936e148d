"""Certificates say how well their days are known, and a pass closes steps instead of ticking them.

Steps that recording a pass had ticked are open again, which on a passed plan means “not needed any more”; what a
person ticked stays ticked. Of the open steps of passed plans, those that people wrote themselves once they had passed
are of the renewal. Where no exam tells when that was, it is those that fall due after the day of earning: these were
waited for until now.

On the way back, what a pass closes is ticked by it again, and days that are known roughly become the first they can be.
"""

from django.db import migrations, models
from django.db.models import F, OuterRef, Q, Subquery

import careers.fields.models.precision


def close_by_pass(apps, schema_editor):
    steps = apps.get_model("careers", "PlanStep").objects
    exams = apps.get_model("careers", "ExamAttempt").objects.filter(plan=OuterRef("plan"), outcome="passed")
    own = steps.filter(plan__status="passed", done_on=None, guide_title="")
    own = own.annotate(passed_at=Subquery(exams.order_by("-recorded_at").values("recorded_at")[:1]))
    since = Q(changed_at__gt=F("passed_at")) | Q(passed_at=None, due_on__gt=F("plan__held__earned_on"))
    keys = list(own.filter(since).values_list("pk", flat=True))
    for start in range(0, len(keys), 500):
        steps.filter(pk__in=keys[start : start + 500]).update(is_renewal=True)
    steps.filter(done_by_pass=True).update(done_on=None)


def tick_by_pass(apps, schema_editor):
    steps = apps.get_model("careers", "PlanStep").objects
    held = apps.get_model("careers", "HeldCertificate").objects.filter(plan=OuterRef("plan"))
    closed = steps.filter(plan__status="passed", done_on=None, is_renewal=False)
    closed.update(done_by_pass=True, done_on=Subquery(held.values("earned_on")[:1]))


class Migration(migrations.Migration):
    dependencies = [("careers", "0007_newlines")]

    operations = [
        *(
            migrations.AddField(
                model_name="heldcertificate",
                name=f"{name}_precision",
                field=careers.fields.models.precision.PrecisionField(
                    choices=[("day", "Day"), ("month", "Month"), ("year", "Year")], default="day", max_length=5
                ),
            )
            for name in ("earned", "renewed", "expires")
        ),
        migrations.AddField(
            model_name="planstep",
            name="is_renewal",
            field=models.BooleanField(
                default=False, help_text="It keeps the certificate valid, so it is open from the day that is earned."
            ),
        ),
        migrations.RunPython(close_by_pass, tick_by_pass),
        migrations.RemoveField(model_name="planstep", name="done_by_pass"),
    ]
