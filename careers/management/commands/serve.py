"""`make run`: make everything ready, then serve. What has been done before is skipped, so a second start is quick."""

import errno
import fcntl
import glob
import hashlib
import json
import os
import re
import secrets
import socket
import sys
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings
from django.contrib.auth.models import Group
from django.contrib.staticfiles.finders import get_finders
from django.contrib.staticfiles.storage import ManifestStaticFilesStorage
from django.core.management import BaseCommand, CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor

from careers.accounts.models.users import User, confirm_email
from careers.guide.models.roles import Role
from careers.guide.services.loading import FixtureError, load_guide
from careers.lib.whole_files import write_whole
from careers.management.server import Server
from careers.management.supervise import supervise
from careers.runtime.lock_timeout import DatabaseBusy
from careers.runtime.turns import in_turn

FIRST_PUBLISHER = "publisher@localhost"
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that looks like another
WELCOME = """\
The first HR publisher may sign in at {url}/admin/
  E-mail:            {email}
  One-time password: {password}
This is shown once. `.venv/bin/python manage.py changepassword {email}` sets another one."""
SERVING = "Serving on http://127.0.0.1:{port} and http://localhost:{port}, where passkeys work too (Ctrl-C stops it)"
# Written and taken back, to see whether the database can be written. What is migrated may forbid to make tables.
TRIAL = "CREATE TABLE trial (id integer)"
SMALLER_TRIAL = "UPDATE django_migrations SET id = 0 WHERE 1 = 0"
MANIFEST, CODINGS = ManifestStaticFilesStorage.manifest_name, ("", ".gz", ".br")
BEHIND_TLS = "HTTPS=1: every page redirects to https, so put a proxy with a certificate in front (BEHIND_PROXY=1)."


class Command(BaseCommand):
    help = "Make everything ready (database, guide, first publisher, static files) and serve on 127.0.0.1."
    requires_system_checks = []  # `prepare` runs them when there is something new to check

    def add_arguments(self, parser):
        parser.add_argument("--port", default="8000")

    def handle(self, *, port, **options):
        try:
            with claim(port_number(port)) as port:
                with one_at_a_time():
                    self.prepare(f"http://localhost:{port}")
                connections.close_all()  # the server forks, and a connection must not be shared
                self.say(SERVING.format(port=port))
                if settings.SECURE_SSL_REDIRECT and not settings.SECURE_PROXY_SSL_HEADER:
                    self.say(BEHIND_TLS)
                with supervise("keep_reminding") as keeper:
                    Server("bpo_portal.asgi:application", port=port, leaving=keeper.ask_to_end).serve()
        except KeyboardInterrupt:
            sys.exit(130)

    def prepare(self, url):
        if prepare_database():
            self.say("Preparing the database ...")
            self.check()
            call_command("migrate", interactive=False, verbosity=0)
        with in_turn():  # other machines may have the same database, and each has its own folder of static files
            if not Role.objects.exists():
                self.load_guide()
        self.collect_static_files()
        # Last, so that a run that breaks off before has not made a password that nobody saw.
        with in_turn():
            if not User.objects.exists():
                self.say(WELCOME.format(url=url, email=FIRST_PUBLISHER, password=make_first_publisher()))

    def collect_static_files(self):
        wanted, (kept, collected) = static_fingerprint(), kept_fingerprints()
        is_whole = bool(collected) and collected == collected_fingerprint()
        if is_whole and kept == wanted:
            return
        self.say("Collecting static files ...")
        if not is_whole:
            forget_collected()
        call_command("collectstatic", interactive=False, verbosity=0)
        write_whole(fingerprint_file(), f"{wanted}\n{collected_fingerprint()}\n", mode=0o644)

    def load_guide(self):
        self.say("Loading the guide ...")
        try:
            load_guide()
        except (FixtureError, DatabaseBusy) as error:
            raise CommandError(f"Cannot load the guide: {error}") from error

    def say(self, text):
        self.stdout.write(text)
        self.stdout.flush()


def port_number(text):
    if not (text.isdecimal() and 0 < int(text) < 65536):
        raise CommandError(f"PORT={text} is not a port. Choose a number from 1 to 65535: make run PORT=8001")
    return int(text)


@contextmanager
def claim(port):
    """Hold `port` for this server, from now to its end.

    Granian's sockets share their port (SO_REUSEPORT): a second server would start and silently take half the requests.
    So the UDP port of the same number is bound as well, which only one process can do.
    """
    with socket.socket(type=socket.SOCK_DGRAM) as sign, socket.socket() as trial:
        trial.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            sign.bind(("127.0.0.1", port))
            trial.bind(("127.0.0.1", port))
        except OSError as error:
            reason = "in use" if error.errno == errno.EADDRINUSE else f"not to be had ({error.strerror})"
            raise CommandError(f"Port {port} is {reason}. Choose another: make run PORT={another(port)}") from error
        trial.close()
        yield port


def another(port):
    return port + 1 if 1024 <= port < 65535 else 8001


@contextmanager
def one_at_a_time():
    """Two first runs at once: the second waits until the first is ready, and then finds everything done."""
    try:
        os.makedirs(settings.STATIC_ROOT, exist_ok=True)
        folder = os.open(settings.STATIC_ROOT, os.O_RDONLY)
    except OSError as error:
        raise CommandError(f"Cannot write the folder {settings.STATIC_ROOT}: {error.strerror}.") from error
    fcntl.flock(folder, fcntl.LOCK_EX)
    try:
        yield
    finally:
        os.close(folder)


def prepare_database():
    """Prove that the database can be written; True when migrations wait for it."""
    try:
        if connection.vendor == "sqlite":
            Path(connection.settings_dict["NAME"]).parent.mkdir(parents=True, exist_ok=True)
        executor = MigrationExecutor(connection)
        waiting = bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(TRIAL if waiting else SMALLER_TRIAL)
            transaction.set_rollback(True)
    except (DatabaseError, OSError) as error:
        reason = getattr(error, "strerror", None) or str(error).partition("\n")[0]
        raise CommandError(f"Cannot write the database {database_name()}: {reason}.") from error
    return waiting


def database_name():
    parts = connection.settings_dict
    return f"{parts['NAME']} on {parts['HOST']}" if parts["HOST"] else parts["NAME"]


def make_first_publisher():
    """Make the account and return its password, which has to be changed at the first sign-in."""
    password = "-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(4))
    with transaction.atomic():
        user = User.objects.create_user(FIRST_PUBLISHER, password, is_staff=True)
        user.password_is_one_time = True
        user.save(update_fields=["password_is_one_time"])
        confirm_email(user)
        user.groups.add(Group.objects.get(name="Publisher"))
    return password


def static_fingerprint():
    """Changes when a static file comes, goes or changes: names, sizes and times of all sources."""
    sources = hashlib.sha256(repr((settings.STORAGES["staticfiles"], settings.STATIC_URL)).encode())
    for finder in get_finders():
        for name, storage in finder.list([]):
            facts = os.stat(storage.path(name))
            sources.update(f"{name} {facts.st_size} {facts.st_mtime_ns}\n".encode())
    return sources.hexdigest()


def collected_fingerprint():
    """Changes when a collected file is lost or cut off: names and sizes. Empty where there is no whole manifest."""
    root, collected = Path(settings.STATIC_ROOT), hashlib.sha256()
    try:
        paths = json.loads((root / MANIFEST).read_text())["paths"]
        for name in sorted({MANIFEST, *paths, *paths.values()}):
            for coding in CODINGS:
                file = root / f"{name}{coding}"
                size = file.stat().st_size if file.exists() else None
                collected.update(f"{name}{coding} {size}\n".encode())
    except (OSError, ValueError, KeyError, AttributeError, TypeError):
        return ""
    return collected.hexdigest()


def forget_collected():
    """Delete what collecting makes, or it would take a file that was cut off for one that it has made already."""
    root = Path(settings.STATIC_ROOT)
    (root / MANIFEST).unlink(missing_ok=True)
    for finder in get_finders():
        for name, _ in finder.list([]):
            file = root / name
            made = re.compile(rf"{re.escape(file.stem)}(\.[0-9a-f]{{12}})?{re.escape(file.suffix)}(\.gz|\.br)?")
            for one in file.parent.glob(f"{glob.escape(file.stem)}*"):
                if made.fullmatch(one.name):
                    one.unlink(missing_ok=True)


def kept_fingerprints():
    """Of the sources and of what was collected from them; empty where nothing is known."""
    kept = fingerprint_file().read_text(errors="replace").split() if fingerprint_file().exists() else []
    return kept if len(kept) == 2 else ["", ""]


def fingerprint_file():
    """Beside the folder, not in it: what is in it can be read by everybody."""
    return Path(f"{settings.STATIC_ROOT}.fingerprint")
