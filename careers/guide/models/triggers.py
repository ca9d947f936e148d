"""Database triggers that raise the guide's revision whenever a guide table changes, and note what has changed.

They see what Python cannot: `queryset.update`, imports, many-to-many rows, somebody at the database's own prompt.
They are put up after every `migrate`, because SQLite drops them silently when a migration remakes a table.
"""

from functools import cache

from django.apps import apps
from django.db import connections

from careers.guide.models.publishing import GuideModel
from careers.guide.models.revisions import Change, Revision

RAISE = (
    "INSERT INTO {revision} (id, number) VALUES (1, 1) "
    "ON CONFLICT (id) DO UPDATE SET number = {revision}.number + {step}"
)
FIRST = "INSERT INTO {revision} (id, number) VALUES (1, 0) ON CONFLICT (id) DO NOTHING"  # in a schema of any age
NOTE = (
    "INSERT INTO {change} (noun, object_pk, number) {rows} "
    "ON CONFLICT (noun, object_pk) DO UPDATE SET number = excluded.number"
)
NUMBER = "(SELECT number FROM {revision} WHERE id = 1)"
OF_A_ROW = "VALUES ('{noun}', {side}.{column}, {number})"  # of SQLite
OF_EVERYTHING = "VALUES ({noun}, 0, {number})"
OF_A_STATEMENT = "SELECT %L, key, {number} FROM (%s) AS changed"  # of PostgreSQL
# By a step of its own each time: once a backup is restored, a number must not come back with other content.
STEPS = {
    "postgresql": "1 + floor(random() * 1000000)::bigint",
    "sqlite": "1 + abs(random() % 1000000)",
}
EVENTS = {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}

# Not pages of their own, but readers see them on one: each with the noun that it hangs on. The occupations are noted as
# one, as nobody edits a single one.
OCCUPATIONS = "occupation"
GUIDE_ROWS = {
    "alternatetitle": "role",
    "roleskill": "role",
    "rolemetric": "role",
    "rolecertification": "role",
    "rolepay": "role",
    "hiring": "company",
    "countrypay": "question",
    "certificationstep": "certification",
    "certificationskill": "certification",
    "occupation": OCCUPATIONS,
    "occupationtitle": OCCUPATIONS,
    "occupationtask": OCCUPATIONS,
    "occupationrelation": OCCUPATIONS,
}


@cache
def guide_tables():
    """Tables of the guide: its nouns, their many-to-many tables and the rows that hang on them.

    {table: (model name of the noun, column with its key)}; without a column where they are noted as one.
    """
    models = list(apps.get_app_config("careers").get_models())
    tables = {}
    for model in models:
        if issubclass(model, GuideModel):
            noun = model._meta.model_name
            tables[model._meta.db_table] = noun, "id"
            tables |= {field.m2m_db_table(): (noun, f"{noun}_id") for field in model._meta.local_many_to_many}
        elif model._meta.model_name in GUIDE_ROWS:
            noun = GUIDE_ROWS[model._meta.model_name]
            tables[model._meta.db_table] = noun, "" if noun == OCCUPATIONS else f"{noun}_id"
    return dict(sorted(tables.items()))


def put_up_triggers(*, using, **kwargs):
    connection = connections[using]
    revision, change = (connection.ops.quote_name(model._meta.db_table) for model in (Revision, Change))
    present = set(connection.introspection.table_names())
    raised = RAISE.format(revision=revision, step=STEPS[connection.vendor])
    notes = Change._meta.db_table in present  # not before the migration that makes it
    with connection.cursor() as cursor:
        if Revision._meta.db_table in present:
            cursor.execute(FIRST.format(revision=revision))
        if connection.vendor == "postgresql":
            for statement in functions(raised, revision, change):
                cursor.execute(statement)
        for table, owner in guide_tables().items():
            if table in present:
                make = postgresql_triggers if connection.vendor == "postgresql" else sqlite_triggers
                for statement in make(table, owner if notes else None, raised, revision, change):
                    cursor.execute(statement)


FUNCTION = "CREATE OR REPLACE FUNCTION {name}() RETURNS trigger LANGUAGE plpgsql AS $$ {body} $$"
RAISES = "BEGIN {raised}; RETURN NULL; END"
NOTES_EVERYTHING = "BEGIN {raised}; {everything}; RETURN NULL; END"
NOTES_CHANGES = """
    DECLARE
        keys text := format('SELECT %I AS key FROM changed_rows', TG_ARGV[1]);
    BEGIN
        {raised};
        IF TG_OP = 'UPDATE' THEN
            keys := keys || format(' UNION SELECT %I FROM former_rows', TG_ARGV[1]);
        ELSE
            keys := replace(keys, 'SELECT', 'SELECT DISTINCT');
        END IF;
        EXECUTE format('{note}', TG_ARGV[0], keys);
        RETURN NULL;
    END
"""


def functions(raised, revision, change):
    """Of PostgreSQL. The number is raised first, so that what is noted belongs to the new one."""
    number = NUMBER.format(revision=revision)
    everything = NOTE.format(change=change, rows=OF_EVERYTHING.format(noun="TG_ARGV[0]", number=number))
    note = NOTE.format(change=change, rows=OF_A_STATEMENT.format(number=number))
    bodies = {
        "careers_raise_revision": RAISES.format(raised=raised),
        "careers_note_everything": NOTES_EVERYTHING.format(raised=raised, everything=everything),
        "careers_note_change": NOTES_CHANGES.format(raised=raised, note=note),
    }
    return [FUNCTION.format(name=name, body=body) for name, body in bodies.items()]


def postgresql_triggers(table, owner, raised, revision, change):
    events = {"INSERT": "NEW TABLE AS changed_rows", "DELETE": "OLD TABLE AS changed_rows"}
    events["UPDATE"] = "NEW TABLE AS changed_rows OLD TABLE AS former_rows"
    names = ["careers_revision", "careers_everything", *(f"careers_{event.lower()}" for event in events)]
    yield from (f'DROP TRIGGER IF EXISTS {name} ON "{table}"' for name in names)
    if owner is None:
        yield (
            f'CREATE TRIGGER careers_revision AFTER INSERT OR UPDATE OR DELETE OR TRUNCATE ON "{table}" '
            "FOR EACH STATEMENT EXECUTE FUNCTION careers_raise_revision()"
        )
        return
    noun, column = owner
    events_of_all = "TRUNCATE" if column else "INSERT OR UPDATE OR DELETE OR TRUNCATE"
    yield (
        f'CREATE TRIGGER careers_everything AFTER {events_of_all} ON "{table}" '
        f"FOR EACH STATEMENT EXECUTE FUNCTION careers_note_everything('{Change.EVERYTHING if column else noun}')"
    )
    if not column:
        return
    for event, rows in events.items():
        yield (
            f'CREATE TRIGGER careers_{event.lower()} AFTER {event} ON "{table}" REFERENCING {rows} '
            f"FOR EACH STATEMENT EXECUTE FUNCTION careers_note_change('{noun}', '{column}')"
        )


def sqlite_triggers(table, owner, raised, revision, change):
    number = NUMBER.format(revision=revision)
    for event, sides in EVENTS.items():
        steps = [raised]
        if owner is not None:
            noun, column = owner
            rows = [OF_EVERYTHING.format(noun=f"'{noun}'", number=number)]
            if column:
                rows = [OF_A_ROW.format(noun=noun, side=side, column=column, number=number) for side in sides]
            steps += [NOTE.format(change=change, rows=one) for one in rows]
        yield f'DROP TRIGGER IF EXISTS "{table}_{event}_revision"'
        yield f'CREATE TRIGGER "{table}_{event}_revision" AFTER {event} ON "{table}" BEGIN {"; ".join(steps)}; END'
