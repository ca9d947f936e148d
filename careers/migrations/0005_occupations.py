"""Occupations of another catalogue, with the full-text side of their titles: FTS5 on SQLite, a stored tsvector with a
GIN index on PostgreSQL.
"""

import django.db.models.deletion
import django.utils.timezone
from django.db import migrations, models

SQLITE = [
    "CREATE VIRTUAL TABLE careers_occupationtext USING fts5("
    "title_text, short_text, content='careers_occupationtitle', content_rowid='id', tokenize='unicode61', prefix='2 3')"
]
POSTGRESQL = [
    "ALTER TABLE careers_occupationtitle ADD COLUMN document tsvector GENERATED ALWAYS AS "
    "(to_tsvector('simple', title_text || ' ' || short_text)) STORED",
    # Without a list of what is to be sorted in later: an import leaves it full, and each search would go through it.
    "CREATE INDEX careers_occupationtitle_document ON careers_occupationtitle USING gin (document) "
    "WITH (fastupdate = off)",
]
BACK = {
    "sqlite": ["DROP TABLE careers_occupationtext"],
    "postgresql": ["ALTER TABLE careers_occupationtitle DROP COLUMN document"],
}


def run(schema_editor, statements):
    for statement in statements:
        schema_editor.execute(statement)


def forwards(apps, schema_editor):
    run(schema_editor, {"sqlite": SQLITE, "postgresql": POSTGRESQL}[schema_editor.connection.vendor])


def backwards(apps, schema_editor):
    run(schema_editor, BACK[schema_editor.connection.vendor])


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0004_growth"),
    ]

    operations = [
        migrations.CreateModel(
            name="Collection",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "slug",
                    models.SlugField(
                        help_text="The last part of the page's address. Keep it once it is published: links and bookmarks use it.",
                        max_length=80,
                        unique=True,
                        verbose_name="address",
                    ),
                ),
                (
                    "status",
                    models.CharField(
                        choices=[
                            ("draft", "Draft"),
                            ("in_review", "In review"),
                            ("published", "Published"),
                            ("archived", "Archived"),
                        ],
                        db_index=True,
                        default="draft",
                        help_text="Readers see published pages only.",
                        max_length=12,
                    ),
                ),
                (
                    "published_at",
                    models.DateTimeField(
                        blank=True, editable=False, help_text="When readers could first see it.", null=True
                    ),
                ),
                (
                    "is_addition",
                    models.BooleanField(
                        default=False,
                        help_text="Tick when the source article does not name it. Readers are told.",
                        verbose_name="added to the article",
                    ),
                ),
                (
                    "source_name",
                    models.CharField(
                        blank=True,
                        help_text="Where this comes from, with its date. A number without a source is left out.",
                        max_length=200,
                        verbose_name="source",
                    ),
                ),
                (
                    "source_url",
                    models.URLField(blank=True, help_text="https://…", max_length=300, verbose_name="source address"),
                ),
                (
                    "further_sources",
                    models.TextField(
                        blank=True, help_text="One per line: the name, a space, then its address if it has one."
                    ),
                ),
                (
                    "search_words",
                    models.TextField(
                        blank=True,
                        help_text="Other words that readers may type for this page, one term per line. Readers do not see them.",
                    ),
                ),
                (
                    "checked_on",
                    models.DateField(
                        blank=True, help_text="The day somebody last compared this page with its source.", null=True
                    ),
                ),
                ("created_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("updated_at", models.DateTimeField(default=django.utils.timezone.now, editable=False)),
                ("title", models.CharField(help_text="What readers see above its pages.", max_length=80, unique=True)),
                ("release", models.CharField(help_text="Which release of it was imported: “30.1”.", max_length=20)),
                (
                    "attribution",
                    models.TextField(
                        blank=True,
                        help_text="What the licence wants said on every page that uses the data, word for word.",
                    ),
                ),
                (
                    "modification",
                    models.TextField(
                        blank=True,
                        help_text="What the licence wants said beside it where the portal derives something of its own.",
                    ),
                ),
                (
                    "licence_url",
                    models.URLField(blank=True, help_text="https://…", max_length=300, verbose_name="licence"),
                ),
                (
                    "zone_names",
                    models.JSONField(
                        default=dict,
                        editable=False,
                        help_text="Zone → what the publisher calls it.",
                        verbose_name="names of the job zones",
                    ),
                ),
            ],
            options={
                "ordering": ["title"],
                "abstract": False,
                "default_permissions": ("add", "change", "delete", "view", "publish"),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            ("published_at__isnull", False),
                            _connector="OR",
                        ),
                        name="collection_published_has_moment",
                        violation_error_message="A published page needs the moment when it was published.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(models.Q(("source_name", ""), _negated=True), ("checked_on__isnull", False)),
                            _connector="OR",
                        ),
                        name="collection_published_has_source",
                        violation_error_message="Before it can be published, write its source and the day you checked it.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("status", "published"), _negated=True),
                            models.Q(
                                models.Q(("attribution", ""), _negated=True),
                                models.Q(("licence_url", ""), _negated=True),
                            ),
                            _connector="OR",
                        ),
                        name="collection_published_is_complete",
                        violation_error_message="A published page has no empty parts.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="Occupation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("code", models.CharField(help_text="“43-4051.00”.", max_length=10)),
                ("title", models.CharField(max_length=200)),
                ("description", models.TextField()),
                (
                    "job_zone",
                    models.PositiveSmallIntegerField(blank=True, help_text="Empty when none is published.", null=True),
                ),
                (
                    "collection",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="occupations", to="careers.collection"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("collection", "code"),
                        name="occupation_code_once",
                        violation_error_message="This collection has an occupation with that code already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("job_zone__isnull", True), ("job_zone__range", (1, 5)), _connector="OR"),
                        name="occupation_job_zone_1_to_5",
                        violation_error_message="A job zone goes from 1 to 5.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccupationRelation",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "tier",
                    models.PositiveSmallIntegerField(
                        choices=[(1, "Very close"), (2, "Close"), (3, "Less close")],
                        help_text="How near, 1 the nearest.",
                    ),
                ),
                (
                    "index",
                    models.PositiveSmallIntegerField(
                        help_text="Its place among the relations of an occupation, 1 the nearest."
                    ),
                ),
                (
                    "from_occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_on",
                        to="careers.occupation",
                    ),
                ),
                (
                    "to_occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="relations_in",
                        to="careers.occupation",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("from_occupation", "to_occupation"),
                        name="occupationrelation_once",
                        violation_error_message="These two occupations are related already.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("from_occupation", models.F("to_occupation")), _negated=True),
                        name="occupationrelation_leads_elsewhere",
                        violation_error_message="An occupation is related to another one.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("tier__range", (1, 3))),
                        name="occupationrelation_tier_1_to_3",
                        violation_error_message="A tier goes from 1 to 3.",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("index__range", (1, 20))),
                        name="occupationrelation_index_1_to_20",
                        violation_error_message="The place of a relation goes from 1 to 20.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccupationTask",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("task_id", models.PositiveIntegerField()),
                ("text", models.TextField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("core", "Core"), ("supplemental", "Supplemental"), ("unrated", "Not rated")],
                        max_length=12,
                    ),
                ),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="tasks", to="careers.occupation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("occupation", "task_id"),
                        name="occupationtask_once",
                        violation_error_message="This task is listed already.",
                    ),
                ],
            },
        ),
        migrations.CreateModel(
            name="OccupationTitle",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("title", models.CharField(max_length=200)),
                ("title_text", models.CharField(help_text="The title, normalised.", max_length=400)),
                ("short_text", models.CharField(blank=True, help_text="Its short form, normalised.", max_length=200)),
                ("is_own", models.BooleanField(default=False, help_text="Whether it is the occupation's own title.")),
                (
                    "occupation",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="titles", to="careers.occupation"
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("occupation", "title", "is_own"),
                        name="occupationtitle_once",
                        violation_error_message="This title is listed already.",
                    ),
                ],
            },
        ),
        migrations.RunPython(forwards, backwards),
    ]
