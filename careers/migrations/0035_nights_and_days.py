"""Of nights and of days a role says how often they come; a degree may be one that no source sets a rule for.

What the three old boxes said is all that is taken from them. A box that was not ticked never said "never".
"""

from functools import partial

from django.db import migrations, models
from django.db.models import Q

from careers.guide.rules.snapshots import content_digest

BATCH = 500
BOXES, NOTE = ("shift_day", "shift_night", "shift_rotational"), "shift_note"
FREQUENCIES, NOTES = ("nights", "days"), ("nights_note", "days_note")
COMING = ("possible", "usual", "always")
MOST_OF_A_NOTE = 200
# (day, night, rotational) → (nights, days)
MEANT = {
    (True, False, False): ("not_known", "usual"),
    (False, True, False): ("usual", "not_known"),
    (False, False, True): ("usual", "usual"),
    (True, False, True): ("possible", "usual"),
    (False, True, True): ("usual", "possible"),
    (True, True, False): ("possible", "possible"),
    (True, True, True): ("possible", "possible"),
    (False, False, False): ("not_known", "not_known"),
}
CHOICES = [
    ("never", "Never"),
    ("possible", "Possible"),
    ("usual", "Usual"),
    ("always", "Always"),
    ("not_known", "Not known"),
]


def boxes_of(fields):
    return tuple(bool(fields.get(name)) for name in BOXES)


def newer(fields):
    """The same fields of a role by their new names; fields that name no shift stay as they are."""
    found = {name: value for name, value in fields.items() if name not in (*BOXES, NOTE)}
    if any(name in fields for name in BOXES):
        found |= dict(zip(FREQUENCIES, MEANT[boxes_of(fields)], strict=True))
    if NOTE in fields:
        found |= {"nights_note": fields[NOTE], "days_note": ""}
    return found


def older(fields):
    """Back again: what may come was ticked, and one box had to be."""
    found = {name: value for name, value in fields.items() if name not in (*FREQUENCIES, *NOTES)}
    if any(name in fields for name in FREQUENCIES):
        night, day = (fields.get(name) in COMING for name in FREQUENCIES)
        found |= {"shift_day": day or not night, "shift_night": night, "shift_rotational": day and night}
    if any(name in fields for name in NOTES):
        notes = (str(fields.get(name) or "").strip() for name in NOTES)
        found[NOTE] = " ".join(filter(None, notes))[:MOST_OF_A_NOTE]
    if found.get("degree") == "no_rule":
        found["degree"] = "preferred"
    return found


def is_whole(content):
    return isinstance(content, dict) and content.keys() >= {"fields", "many", "rows"}


def content_by(turn, content):
    return {**content, "fields": turn(content["fields"])} if is_whole(content) else content


def turn_all(turn, names, apps, schema_editor):
    """The roles themselves, and whatever keeps what a role said: versions, sheets that wait, and what was loaded."""
    using = schema_editor.connection.alias
    model = partial(manager_of, apps, using)
    roles = model("Role").all()
    for role in roles.only("pk", *names).iterator(BATCH):
        values = turn({name: getattr(role, name) for name in names})
        roles.filter(pk=role.pk).update(**values)
    turn_rows(
        model("Version").filter(model="careers.role"), ["content", "digest", "typed"], partial(turn_version, turn)
    )
    sheets = model("SheetPage").filter(sheet_import__model="careers.role")
    turn_rows(sheets, ["content"], partial(turn_sheet_page, turn))


def manager_of(apps, using, name):
    return apps.get_model("careers", name)._base_manager.using(using)


def turn_rows(rows, names, turn):
    some = []
    for row in rows.order_by("pk").iterator(BATCH):
        turn(row)
        some.append(row)
        if len(some) == BATCH:
            rows.bulk_update(some, names)
            some = []
    if some:
        rows.bulk_update(some, names)


def turn_version(turn, version):
    version.content, version.typed = content_by(turn, version.content), content_by(turn, version.typed)
    if is_whole(version.content):
        version.digest = content_digest(version.content)


def turn_sheet_page(turn, page):
    page.content = content_by(turn, page.content)


def turn_loaded(turn, apps, schema_editor, *, told_apart=()):
    """So that `load_guide` still knows an editor's change from what it wrote itself. Pages in `told_apart` have one
    that their new fields no longer show.
    """
    rows = manager_of(apps, schema_editor.connection.alias, "LoadedRow").filter(model="careers.role")
    for row in rows:
        row.fixture, row.written = turn(row.fixture), turn(row.written)
        if row.object_pk in told_apart:
            row.written["nights"] = ""
        row.save(update_fields=["fixture", "written"])


def forwards(apps, schema_editor):
    using = schema_editor.connection.alias
    ticked = {role.pk: boxes_of(vars(role)) for role in manager_of(apps, using, "Role").only("pk", *BOXES)}
    loaded = manager_of(apps, using, "LoadedRow").filter(model="careers.role")
    changed = {
        row.object_pk
        for row in loaded
        if any(name in row.written for name in BOXES)
        and row.object_pk in ticked
        and boxes_of(row.written) != ticked[row.object_pk]
        and MEANT[boxes_of(row.written)] == MEANT[ticked[row.object_pk]]
    }
    turn_all(newer, [*BOXES, NOTE], apps, schema_editor)
    turn_loaded(newer, apps, schema_editor, told_apart=changed)


def backwards(apps, schema_editor):
    turn_all(older, [*FREQUENCIES, *NOTES, "degree"], apps, schema_editor)
    turn_loaded(older, apps, schema_editor)


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0034_cv_and_readiness"),
    ]

    operations = [
        migrations.RemoveConstraint(model_name="role", name="role_has_a_shift"),
        migrations.AddField(
            model_name="role",
            name="nights",
            field=models.CharField(
                choices=CHOICES,
                default="not_known",
                help_text="How often they come, as sources say. “Possible”: readers are told to ask first.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="nights_note",
            field=models.CharField(
                blank=True, default="", help_text="Where they come, who says so, what to ask.", max_length=200
            ),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="role",
            name="days",
            field=models.CharField(
                choices=CHOICES,
                default="not_known",
                help_text="The same. “Always” goes with nights that never come.",
                max_length=10,
            ),
        ),
        migrations.AddField(
            model_name="role",
            name="days_note",
            field=models.CharField(blank=True, default="", max_length=200),
            preserve_default=False,
        ),
        migrations.AlterField(
            model_name="role",
            name="degree",
            field=models.CharField(
                choices=[
                    ("not_needed", "Not needed"),
                    ("no_rule", "No rule found"),
                    ("preferred", "Preferred"),
                    ("needed", "Needed"),
                ],
                db_index=True,
                help_text="“No rule found” where no source sets one.",
                max_length=10,
            ),
        ),
        migrations.RunPython(forwards, backwards),
        migrations.RemoveField(model_name="role", name="shift_day"),
        migrations.RemoveField(model_name="role", name="shift_night"),
        migrations.RemoveField(model_name="role", name="shift_rotational"),
        migrations.RemoveField(model_name="role", name="shift_note"),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=~Q(nights="never", days="never"),
                name="role_has_a_shift",
                violation_error_message="Nights and days cannot both be “never”.",
            ),
        ),
        migrations.AddConstraint(
            model_name="role",
            constraint=models.CheckConstraint(
                condition=(~Q(nights="always") | Q(days="never")) & (~Q(days="always") | Q(nights="never")),
                name="role_always_goes_with_never",
                violation_error_message="“Always” on nights goes with “never” on days, and the other way round.",
            ),
        ),
    ]
