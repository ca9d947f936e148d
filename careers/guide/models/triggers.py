"""Database triggers that raise the guide's revision whenever a guide table changes.

They see what Python cannot: `queryset.update`, imports, many-to-many rows, somebody at the database's own prompt.
They are put up after every `migrate`, because SQLite drops them silently when a migration remakes a table.
"""

from django.apps import apps
from django.db import connections

from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Revision

RAISE = (
    "INSERT INTO {revision} (id, number) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = {revision}.number + {step}"
)
# By a step of its own each time: once a backup is restored, a number must not come back with other content.
STEPS = {
    "postgresql": "1 + floor(random() * 1000000)::bigint",
    "sqlite": "1 + abs(random() % 1000000)",
}


# Not pages of their own, but readers see them on one.
GUIDE_ROWS = {
    "alternatetitle",
    "roleskill",
    "rolemetric",
    "rolecertification",
    "certificationstep",
    "certificationskill",
    "occupation",
    "occupationtitle",
    "occupationtask",
    "occupationrelation",
}


def guide_tables():
    """Tables of the guide: its nouns, their many-to-many tables and the rows that hang on them."""
    models = list(apps.get_app_config("careers").get_models())
    nouns = [model for model in models if issubclass(model, GuideModel)]
    rows = [model for model in models if model._meta.model_name in GUIDE_ROWS]
    tables = {model._meta.db_table for model in (*nouns, *rows)}
    tables |= {field.m2m_db_table() for noun in nouns for field in noun._meta.local_many_to_many}
    return sorted(tables)


def put_up_triggers(*, using, **kwargs):
    connection = connections[using]
    revision = connection.ops.quote_name(Revision._meta.db_table)
    present = set(connection.introspection.table_names())
    raised = RAISE.format(revision=revision, step=STEPS[connection.vendor])
    with connection.cursor() as cursor:
        if Revision._meta.db_table in present:
            Revision.objects.using(using).bulk_create([Revision(pk=1)], ignore_conflicts=True)
        if connection.vendor == "postgresql":
            cursor.execute(
                "CREATE OR REPLACE FUNCTION careers_raise_revision() RETURNS trigger LANGUAGE plpgsql AS "
                f"$$ BEGIN {raised}; RETURN NULL; END $$"
            )
        for table in guide_tables():
            if table in present:
                for statement in trigger_statements(connection, table, raised):
                    cursor.execute(statement)


def trigger_statements(connection, table, raised):
    if connection.vendor == "postgresql":
        return [
            f'CREATE OR REPLACE TRIGGER careers_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION careers_raise_revision()"
        ]
    return [
        f'CREATE TRIGGER IF NOT EXISTS "{table}_{event}_revision" AFTER {event} ON "{table}" BEGIN {raised}; END'
        for event in ("INSERT", "UPDATE", "DELETE")
    ]
