"""Backups are taken while people write and come back whole; a fault is one sentence and changes nothing."""

import hashlib
import io
import os
import resource
import secrets
import subprocess
import sys
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import cache
from pathlib import Path
from threading import Event, Thread

import pytest
from allauth.account.utils import user_pk_to_url_str
from django.conf import settings
from django.core.management import CommandError, call_command
from django.db import connection, connections, transaction
from django.db.migrations.loader import MigrationLoader
from django.test import Client
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from careers.accounts.models.sessions import GUEST, Session
from careers.backups.rules import encryption
from careers.backups.rules import files as backup_files
from careers.backups.rules.files import FILES, BackupWriter, Manifest, Unusable, opened
from careers.backups.services import backups, database_copies, postgresql_programs
from careers.backups.services.backups import make_backup
from careers.guide.models.roles import Role
from careers.lib.whole_files import END
from careers.plans.files.models import EvidenceFile, private_storage
from careers.plans.models import CertificationPlan
from careers.reminders.services.runs import book_next
from tests.factories import make_file, make_plan, make_profile, make_role, make_user
from tests.private_files import kept_in
from tests.whole_person import make_whole_account

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = b"correct horse battery staple"
LAST = 3  # plans that a writer has at any moment
ENDED = Session._meta.db_table, DBTaskResult._meta.db_table


@pytest.fixture(autouse=True)
def own_files(tmp_path, monkeypatch):
    """Files of other tests, whose rows were rolled back, are no part of it."""
    with kept_in(tmp_path / "private", monkeypatch):
        yield


@pytest.fixture
def folder(tmp_path):
    (tmp_path / "backups").mkdir()
    return tmp_path / "backups"


@pytest.fixture
def passphrase_file(tmp_path):
    (tmp_path / "passphrase").write_bytes(PASSPHRASE + b"\n")
    return tmp_path / "passphrase"


def back_up(folder, **options):
    return make_backup(folder=folder, **{"passphrase": None, "keep": None, "now": timezone.now(), **options}).path


def restore(path, **options):
    call_command("restore", path, **options)


def rows_of(database, *, without=()):
    with database.cursor() as cursor:
        found = {}
        for table in set(database.introspection.table_names(cursor)) - set(without):
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
        return found


def files_of(root):
    return {str(path.relative_to(root)): path.read_bytes() for path in Path(root).rglob("*") if path.is_file()}


def here(*, without=()):
    return rows_of(connection, without=without), files_of(private_storage().location)


def differing(one, other):
    """By table and by file."""
    (rows, files), (other_rows, other_files) = one, other
    one, other = {**rows, **files}, {**other_rows, **other_files}
    return {name: (one.get(name), other.get(name)) for name in {*one, *other} if one.get(name) != other.get(name)}


@contextmanager
def another_place(root):
    """An empty database and an empty folder, as (environment of a process there, connection to it, folder)."""
    parts, name = connection.settings_dict, f"place_{secrets.token_hex(6)}"
    if connection.vendor == "sqlite":
        name = str(root / "new" / "portal.sqlite3")
        url = f"sqlite:///{name}"
    else:
        with connection.cursor() as cursor:
            cursor.execute(f"CREATE DATABASE {name}")
        url = f"postgres://{parts['USER']}:{parts['PASSWORD']}@{parts['HOST']}:{parts['PORT']}/{name}"
    place = connections.create_connection("default")
    place.settings_dict = {**place.settings_dict, "NAME": name}
    private = root / "new" / "private"
    key = {"SECRET_KEY": settings.SECRET_KEY, "DJANGO_SETTINGS_MODULE": "bpo_portal.settings"}
    try:
        yield {**os.environ, **key, "DATABASE_URL": url, "PRIVATE_ROOT": str(private)}, place, private
    finally:
        place.close()
        if connection.vendor == "postgresql":
            with connection.cursor() as cursor:
                cursor.execute(f"DROP DATABASE {name}")


def manage(env, *arguments):
    program = [sys.executable, "manage.py", *map(str, arguments)]
    return subprocess.run(program, env=env, cwd=settings.BASE_DIR, capture_output=True, text=True)


def keep_writing(profile, number, over, answered):
    """Plans 0, 1, 2 …, each with a file; with each the one three before goes. `answered` says how far it surely is."""
    try:
        while not over.is_set():
            plan_number = answered.get(number, -1) + 1
            with transaction.atomic():
                plan = make_plan(profile, title=f"{number} {plan_number}", issuer="We")
                make_file(plan, content=f"{number} {plan_number} ".encode() * 500)
                CertificationPlan.objects.filter(title=f"{number} {plan_number - LAST}").delete()
            answered[number] = plan_number
            time.sleep(0.002)
    finally:
        connections.close_all()


@contextmanager
def people_writing(*, people):
    over, answered = Event(), {}
    profiles = [make_profile() for _ in range(people)]
    threads = [Thread(target=keep_writing, args=(one, n, over, answered)) for n, one in enumerate(profiles)]
    for thread in threads:
        thread.start()
    try:
        while len(answered) < people or min(answered.values()) < LAST:
            time.sleep(0.01)
        yield answered
    finally:
        over.set()
        for thread in threads:
            thread.join()


def test_a_backup_taken_while_people_write_is_one_moment_of_rows_and_files(tmp_path, folder, passphrase_file):
    with people_writing(people=3) as answered:
        before = dict(answered)
        path = back_up(folder, passphrase=PASSPHRASE)
        after = dict(answered)
    assert sum(after.values()) > sum(before.values()), "nobody wrote meanwhile"
    with another_place(tmp_path) as (env, place, private):
        done = manage(env, "restore", path, "--passphrase-file", passphrase_file)
        assert done.returncode == 0, done.stderr
        with place.cursor() as cursor:
            cursor.execute(
                "SELECT plan.title, kept.file, kept.digest FROM careers_certificationplan plan "
                "LEFT JOIN careers_evidencefile kept ON kept.plan_id = plan.id"
            )
            rows = cursor.fetchall()
        kept = files_of(private)
    assert {file: hashlib.sha256(content).hexdigest() for file, content in kept.items()} == {
        file: digest for _, file, digest in rows
    }
    for number, surely in before.items():
        plans = sorted(int(title.split()[1]) for title, *_ in rows if title.startswith(f"{number} "))
        assert plans == list(range(plans[-1] - LAST + 1, plans[-1] + 1))
        assert surely <= plans[-1] <= after[number] + 1, "an answered write is not in it"


def planned_with(place):
    """Whether PostgreSQL knows what is in the table of a model, or it plans as for an empty one."""

    def knows(model):
        with place.cursor() as cursor:
            cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = %s", [model._meta.db_table])
            return cursor.fetchone()[0] > 0

    return knows if place.vendor == "postgresql" else lambda model: True


def test_an_empty_place_gets_every_row_and_file(tmp_path, folder):
    make_whole_account(mark="asha", colleague=make_user())
    Session.objects.all().delete()  # sign-ins end, see below
    for number in range(3):
        make_file(content=b"%d" % number * 100_000)
    path = back_up(folder)
    with another_place(tmp_path) as (env, place, private):
        done = manage(env, "restore", path)
        assert (done.returncode, done.stderr) == (0, "")
        assert differing((rows_of(place), files_of(private)), here()) == {}
        assert all(map(planned_with(place), (EvidenceFile, CertificationPlan)))


def test_a_place_that_is_overwritten_is_as_it_was_and_nobody_is_signed_in(folder, client):
    make_file(content=b"stays")
    gone = make_file(content=b"is deleted")
    user, guest = make_user(), make_profile()
    client.force_login(user)
    visitor = Client().session
    visitor[GUEST] = guest.pk
    visitor.save()
    half_way = Client().session
    half_way.update({GUEST: guest.pk, "account_login": {"user_pk": user_pk_to_url_str(user)}})
    half_way.save()
    book_next(now=timezone.now())
    was, path = here(without=ENDED), back_up(folder)

    gone.plan.delete()
    make_file(content=b"came later")
    make_role()
    Session.objects.filter(pk=visitor.session_key).delete()
    changed = here()
    assert was != changed
    with pytest.raises(CommandError, match=r"There is something already: .* replace all of it with --overwrite\.$"):
        restore(path)
    assert here() == changed

    restore(path, overwrite=True)
    assert differing(here(without=ENDED), was) == {}
    assert not DBTaskResult.objects.exists()
    left = {one.pk: (one.user_id, one.get_decoded()) for one in Session.objects.all()}
    assert left[visitor.session_key] == left[half_way.session_key] == (None, {GUEST: guest.pk})
    assert len(left) == 2


def test_what_is_deleted_between_the_moment_and_its_copy_is_in_neither(folder, monkeypatch):
    make_file(content=b"stays")
    copy, rounds = backups.copy_files, []

    def copy_while_one_comes_and_goes(writer, names, copied):
        rounds.append(names)
        if len(rounds) == 2:  # it was named at this moment
            EvidenceFile.objects.get(name="short.pdf").plan.delete()
        missing = copy(writer, names, copied)
        if len(rounds) == 1:
            make_file(content=b"is short", name="short.pdf")
        return missing

    monkeypatch.setattr(backups, "copy_files", copy_while_one_comes_and_goes)
    made = make_backup(folder=folder, passphrase=None, keep=None, now=timezone.now())
    assert (made.files, made.missing, len(rounds)) == (1, [], 3)


def test_a_file_that_was_lost_before_is_named_and_the_rest_is_backed_up(folder, capsys):
    make_file(content=b"stays")
    lost = make_file(content=b"is lost").file.name
    private_storage().delete(lost)
    call_command("backup", folder)
    assert f"The database names the file {lost}, which is not there" in capsys.readouterr().err
    (path,) = folder.iterdir()
    call_command("restore", path, check=True)
    told = capsys.readouterr()
    assert told.out.startswith("Whole: database and 1 files of ")
    assert lost in told.err


def test_an_older_backup_is_migrated(folder):
    loader = MigrationLoader(connection)
    (leaf,) = loader.graph.leaf_nodes("careers")
    before = next(key for key in loader.graph.node_map[leaf].parents if key.key[0] == "careers").key
    try:
        call_command("migrate", *before, verbosity=0)
        path = back_up(folder)
    finally:
        call_command("migrate", verbosity=0)
    restore(path, overwrite=True)
    assert leaf in MigrationLoader(connection).applied_migrations
    make_role()


@contextmanager
def no_room():
    """No file of this process may have more than 20 kB, as on a full disk."""
    soft, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, hard))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, (soft, hard))


def test_a_full_disk_leaves_nothing_half(folder, passphrase_file):
    make_file(content=secrets.token_bytes(50_000))
    path, was = back_up(folder), here()
    for passphrase in (None, passphrase_file):
        with (
            no_room(),
            pytest.raises(CommandError, match=r"^No backup was made in .*: (File too large|.* said “.*”)\.$"),
        ):
            call_command("backup", folder, passphrase_file=passphrase)
        assert list(folder.iterdir()) == [path]
    make_role()
    was = here()
    with no_room(), pytest.raises(CommandError, match=r"^Nothing was restored: "):
        restore(path, overwrite=True)
    assert here() == was
    EvidenceFile.objects.get().plan.delete()
    was = here()
    with no_room(), pytest.raises(CommandError, match=r"^Nothing was restored: File too large\.$"):
        restore(path, overwrite=True)
    assert here() == was


def test_a_database_in_use_is_left_alone(folder, monkeypatch):
    monkeypatch.setattr(database_copies, "WAIT", 1)
    path = back_up(folder)
    make_role()
    was, other = here(), connections.create_connection("default")
    with closing(other), other.cursor() as cursor:
        cursor.execute("BEGIN")
        cursor.execute("UPDATE careers_role SET title = 'mine'")
        with pytest.raises(CommandError, match=r"Somebody is using the database\. Stop the portal first"):
            restore(path, overwrite=True)
        cursor.execute("ROLLBACK")
    assert here() == was
    restore(path, overwrite=True)
    assert not Role.objects.exists()


@pytest.mark.parametrize("where", ["missing", "/dev/null"])
def test_a_folder_that_is_none_is_a_sentence(tmp_path, where):
    with pytest.raises(CommandError, match=r"^There is no folder .*\. Make it first"):
        call_command("backup", tmp_path / where)


def test_a_folder_that_cannot_be_written_is_a_sentence():
    with pytest.raises(CommandError, match=r"^No backup was made in /proc/self: [\w ]+\.$"):
        call_command("backup", Path("/proc/self"))


def test_only_the_newest_stay_and_what_was_killed_goes(folder):
    other, killed = folder / "portal.zip", folder / f"{backups.PREFIX}killed{END}"
    other.touch()
    killed.touch()
    os.utime(killed, (0, 0))
    now = timezone.now()
    first, second = back_up(folder, now=now), back_up(folder, now=now + timezone.timedelta(seconds=1))
    assert not killed.exists()
    of_a_wrong_clock = back_up(folder, now=now - timezone.timedelta(days=900), keep=2)
    assert not first.exists()
    assert {*folder.iterdir()} == {other, second, of_a_wrong_clock}
    assert of_a_wrong_clock.stat().st_mode & 0o777 == 0o600


# The file itself: no database is asked.

CONTENT = {
    "database.sqlite3": b"rows " * 300_000,
    FILES + "ab/cd": secrets.token_bytes(1_500_000),
    FILES + "ef/gh": b"x",
}


def written(path, *, passphrase=None, content=CONTENT, **facts):
    facts = {"made_at": "2026-11-29T00:00:00+00:00", "vendor": connection.vendor, "migrations": [], **facts}
    with path.open("wb") as out, BackupWriter(out, passphrase) as writer:
        for name, piece in content.items():
            writer.add(name, io.BytesIO(piece), packed=name.startswith("database"))
        manifest = Manifest(database="database.sqlite3", secret="", **facts)
        writer.finish(replace(manifest, members=writer.members))
    return path


def read(path, passphrase=None):
    with opened(path, passphrase) as backup:
        backup.check()
        found = {}
        for name in backup.manifest.members:
            with backup.open(name) as member:
                found[name] = member.read()
        return found


@pytest.fixture
def quick_keys(monkeypatch):
    """A key is made once for each passphrase and salt."""
    monkeypatch.setattr(encryption, "key_of", cache(encryption.key_of))


@pytest.mark.any_database
@pytest.mark.parametrize("passphrase", [None, PASSPHRASE], ids=["plain", "encrypted"])
def test_a_file_that_was_cut_is_refused_wherever_it_was_cut(tmp_path, quick_keys, passphrase):
    path = written(tmp_path / "whole", passphrase=passphrase)
    assert read(path, passphrase) == CONTENT
    whole, chunk = path.read_bytes(), encryption.CHUNK + encryption.TAG
    ends = {encryption.HEADER + number * chunk for number in range(2)}
    for length in {0, 1, 30, *ends, *range(0, len(whole), len(whole) // 40), *range(len(whole) - 60, len(whole))}:
        path.write_bytes(whole[:length])
        with pytest.raises(Unusable, match=r"^(The file was cut off or changed|The passphrase is wrong)"):
            read(path, passphrase)


def test_a_changed_byte_is_refused_wherever_it_is(tmp_path):
    path = written(tmp_path / "whole", content={"database.sqlite3": b"rows " * 50, FILES + "ab/cd": b"proof"})
    whole = path.read_bytes()
    for place in range(len(whole)):
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 0x41]) + whole[place + 1 :])
        with pytest.raises(Unusable, match=r"^The file was cut off or changed"):
            read(path)


@pytest.mark.any_database
def test_a_changed_byte_of_an_encrypted_file_is_refused_everywhere(tmp_path, quick_keys):
    path = written(tmp_path / "whole", passphrase=PASSPHRASE)
    whole = path.read_bytes()
    for place in {0, 24, 25, 41, 57, len(whole) - 1, *range(58, len(whole), len(whole) // 60)}:
        path.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(Unusable):
            read(path, PASSPHRASE)
    swapped = encryption.HEADER, encryption.HEADER + encryption.CHUNK + encryption.TAG
    second = whole[swapped[1] : 2 * swapped[1] - swapped[0]]
    path.write_bytes(whole[: swapped[0]] + second + whole[swapped[0] : swapped[1]] + whole[swapped[1] + len(second) :])
    with pytest.raises(Unusable):
        read(path, PASSPHRASE)


def test_nothing_of_the_content_stands_in_an_encrypted_file(tmp_path):
    whole = written(tmp_path / "whole", passphrase=PASSPHRASE).read_bytes()
    assert not [word for word in (b"rows rows", b"manifest", b"ab/cd", PASSPHRASE) if word in whole]


@pytest.mark.any_database
def test_a_passphrase_that_does_not_fit_is_a_sentence(tmp_path, passphrase_file):
    encrypted, plain = written(tmp_path / "one", passphrase=PASSPHRASE), written(tmp_path / "other")
    wrong, short = tmp_path / "wrong", tmp_path / "short"
    wrong.write_text("another horse")
    short.write_text("horse\n")
    refused = [
        (encrypted, None, "This backup is encrypted: say where its passphrase is with --passphrase-file."),
        (encrypted, wrong, "The passphrase is wrong, or the beginning of the file was changed"),
        (encrypted, short, "is too short: its first line needs 12 characters."),
        (encrypted, tmp_path / "none", "Cannot read the passphrase in .*: No such file or directory."),
        (plain, passphrase_file, "This backup is not encrypted"),
        (tmp_path / "none", None, "Cannot read the backup .*: No such file or directory."),
    ]
    was = here()
    for path, passphrase, told in refused:
        with pytest.raises(CommandError, match=told):
            restore(path, passphrase_file=passphrase, overwrite=True)
    assert here() == was


def test_a_backup_that_this_portal_cannot_take_is_a_sentence(tmp_path, monkeypatch):
    other, theirs = ("sqlite", "SQLite") if connection.vendor == "postgresql" else ("postgresql", "PostgreSQL")
    refused = [
        (written(tmp_path / "vendor", vendor=other), f"The backup is of {theirs}, and DATABASE_URL names "),
        (
            written(tmp_path / "newer", migrations=["careers.0001_guide", "careers.9998_next", "careers.9999_last"]),
            "this one does not know careers.9998_next and 1 more. Nothing was touched: update the portal",
        ),
        (written(tmp_path / "outside", content={**CONTENT, FILES + "../../x": b""}), "it names a file outside of"),
        (written(tmp_path / "format", format=backup_files.FORMAT + 1), "This backup has format 2, and this version"),
    ]
    was = here()
    for path, told in refused:
        with pytest.raises(CommandError, match=told):
            restore(path, overwrite=True)
    assert here() == was


def test_a_missing_pg_dump_says_how_to_get_it(monkeypatch):
    monkeypatch.setattr(postgresql_programs, "server_version", lambda: 99)
    with pytest.raises(postgresql_programs.ProgramError, match=r"^pg_dump 99 or later is needed .* apt-get install"):
        postgresql_programs.program("pg_dump")
