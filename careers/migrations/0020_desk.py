import django.db.models.deletion
import django.utils.timezone
from django.conf import settings
from django.db import migrations, models

NOUNS = [
    "book",
    "certification",
    "collection",
    "company",
    "industry",
    "metric",
    "move",
    "question",
    "role",
    "section",
    "skill",
]


def state_of_drafts(apps, schema_editor):
    """A page in review is a draft, of which the desk knows that somebody asked for a review."""
    Draft = apps.get_model("careers", "Draft")
    for noun in NOUNS:
        pages = apps.get_model("careers", noun).objects.filter(status="in_review")
        keys = list(pages.values_list("pk", flat=True))
        Draft.objects.bulk_create(Draft(model=f"careers.{noun}", page_pk=key, state="in_review") for key in keys)
        pages.update(status="draft")


def state_of_pages(apps, schema_editor):
    Draft = apps.get_model("careers", "Draft")
    for noun in NOUNS:
        keys = Draft.objects.filter(model=f"careers.{noun}", state="in_review").values("page_pk")
        apps.get_model("careers", noun).objects.filter(status="draft", pk__in=keys).update(status="in_review")


class Migration(migrations.Migration):
    dependencies = [
        ("careers", "0019_held_certificate"),
    ]

    operations = [
        migrations.AlterField(
            model_name="book",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="certification",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="collection",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="company",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="industry",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="metric",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="move",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="question",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="role",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="section",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="skill",
            name="status",
            field=models.CharField(
                choices=[("draft", "Draft"), ("published", "Published"), ("archived", "Archived")],
                db_index=True,
                default="draft",
                help_text="Readers see published pages only.",
                max_length=12,
            ),
        ),
        migrations.CreateModel(
            name="Version",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=60)),
                ("page_pk", models.PositiveBigIntegerField()),
                ("number", models.PositiveIntegerField(help_text="Counted from 1 for each page.")),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("found", "Found so"),
                            ("saved", "Saved"),
                            ("aside", "Set aside"),
                            ("loaded", "Loaded"),
                            ("published", "Published"),
                            ("archived", "Taken offline"),
                            ("restored", "Restored"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("content", models.JSONField()),
                ("digest", models.CharField(max_length=32)),
                ("schema", models.CharField(max_length=60)),
                ("note", models.CharField(blank=True, max_length=300)),
                ("at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ["-number"],
            },
        ),
        migrations.CreateModel(
            name="Draft",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("model", models.CharField(max_length=60)),
                ("page_pk", models.PositiveBigIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("editing", "Draft"),
                            ("in_review", "In review"),
                            ("sent_back", "Sent back"),
                            ("approved", "Approved"),
                        ],
                        db_index=True,
                        default="editing",
                        max_length=10,
                    ),
                ),
                ("reasons", models.TextField(blank=True, help_text="Why it was sent back.")),
                ("started_at", models.DateTimeField(default=django.utils.timezone.now)),
                ("changed_at", models.DateTimeField(default=django.utils.timezone.now)),
                (
                    "asked_by",
                    models.ForeignKey(
                        help_text="For a review.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "decided_by",
                    models.ForeignKey(
                        help_text="In the review.",
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "base",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careers.version"
                    ),
                ),
                (
                    "head",
                    models.ForeignKey(
                        null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="careers.version"
                    ),
                ),
            ],
            options={
                "ordering": ["-changed_at"],
            },
        ),
        migrations.CreateModel(
            name="DeskAction",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                (
                    "what",
                    models.CharField(
                        choices=[
                            ("saved", "Saved a draft"),
                            ("discarded", "Discarded the draft"),
                            ("asked", "Asked for a review"),
                            ("approved", "Approved"),
                            ("sent_back", "Sent back"),
                            ("published", "Published"),
                            ("alone", "Published without a second look"),
                            ("looked", "Gave the second look"),
                            ("archived", "Took it offline"),
                            ("restored", "Restored an older version"),
                            ("deleted", "Deleted"),
                        ],
                        max_length=10,
                    ),
                ),
                ("model", models.CharField(max_length=60)),
                ("page_pk", models.PositiveBigIntegerField()),
                ("page_name", models.CharField(max_length=200)),
                ("note", models.TextField(blank=True)),
                ("at", models.DateTimeField(db_index=True, default=django.utils.timezone.now)),
                (
                    "by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "version",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.SET_NULL,
                        related_name="actions",
                        to="careers.version",
                    ),
                ),
            ],
            options={
                "ordering": ["-at", "-pk"],
            },
        ),
        migrations.AddConstraint(
            model_name="version",
            constraint=models.UniqueConstraint(
                fields=("model", "page_pk", "number"),
                name="version_number_once",
                violation_error_message="This page has a version of that number already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.UniqueConstraint(
                fields=("model", "page_pk"),
                name="draft_once_a_page",
                violation_error_message="This page has a draft already.",
            ),
        ),
        migrations.AddConstraint(
            model_name="draft",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "sent_back"), _negated=True),
                    models.Q(("reasons", ""), _negated=True),
                    _connector="OR",
                ),
                name="draft_sent_back_with_reasons",
                violation_error_message="Say why it goes back.",
            ),
        ),
        migrations.AddIndex(
            model_name="deskaction",
            index=models.Index(fields=["model", "page_pk"], name="deskaction_page"),
        ),
        migrations.RunPython(state_of_drafts, state_of_pages),
    ]
