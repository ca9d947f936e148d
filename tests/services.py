"""What the tests need beside Python (PostgreSQL, Redis, Chromium, Pango): found here, or installed where allowed."""

import contextlib
import locale
import os
import pwd
import re
import secrets
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

POSTGRESQL_AT_LEAST = 15
LIGHTER_CHROMIUM = "chromium-headless-shell"  # the same browser without its window: tests take a quarter less time
CHROMIUM_NAMES = (LIGHTER_CHROMIUM, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
MAC_CHROMIUMS = ("Chromium.app/Contents/MacOS/Chromium", "Google Chrome.app/Contents/MacOS/Google Chrome")
INSTALLERS = {
    "apt-get": ["apt-get", "install", "-y", "--no-install-recommends"],
    "dnf": ["dnf", "install", "-y"],
    "apk": ["apk", "add"],
}
PACKAGES = {
    "postgresql": {
        "apt-get": ["postgresql"],
        "dnf": ["postgresql-server", "postgresql-contrib"],
        "apk": ["postgresql", "postgresql-contrib"],
    },
    "redis": {"apt-get": ["redis-server"], "dnf": ["redis"], "apk": ["redis"]},
    LIGHTER_CHROMIUM: {"apt-get": [LIGHTER_CHROMIUM]},
    "chromium": {"apt-get": ["chromium"], "dnf": ["chromium"], "apk": ["chromium"]},
    "caddy": {"apt-get": ["caddy"], "dnf": ["caddy"], "apk": ["caddy"]},
    "haproxy": {"apt-get": ["haproxy"], "dnf": ["haproxy"], "apk": ["haproxy"]},
    "nginx": {"apt-get": ["nginx-light"], "dnf": ["nginx"], "apk": ["nginx"]},
    "pango": {
        "apt-get": ["libpango-1.0-0", "libpangoft2-1.0-0", "libharfbuzz-subset0", "fonts-dejavu-core"],
        "dnf": ["pango", "dejavu-sans-fonts"],
        "apk": ["pango", "harfbuzz-subset", "font-dejavu"],
    },
}
HOW_TO_GET = {
    "caddy": "Caddy is missing, which a test asks through. Install it (apt-get install caddy, or brew install caddy)",
    "haproxy": "HAProxy is missing, which a test asks through. Install it (apt-get install haproxy, or "
    "brew install haproxy)",
    "nginx": "nginx is missing, which a test asks through. Install it (apt-get install nginx-light, or "
    "brew install nginx)",
    "postgresql": f"PostgreSQL {POSTGRESQL_AT_LEAST} or later is missing. Install it (apt-get install postgresql, or "
    "brew install postgresql), or leave it out: make test DB=sqlite",
    "redis": "Redis is missing. Install it: apt-get install redis-server, or brew install redis",
    "chromium": "Chromium is missing. Install it (apt-get install chromium, or brew install --cask chromium), "
    "or without any rights: .venv/bin/python -m playwright install chromium",
    "pango": "Pango is missing, which PDFs are made with. Install it (apt-get install libpango-1.0-0 libpangoft2-1.0-0 "
    "libharfbuzz-subset0, or brew install pango)",
}


class Missing(Exception):
    """A service is not on this machine and may not be installed. The message says how to get it, in one line."""


def postgresql_bin() -> Path:
    """The folder of the newest PostgreSQL that is new enough."""
    return find_or_install("postgresql", find_postgresql)


def redis_server() -> Path:
    return find_or_install("redis", lambda: shutil.which("redis-server"))


def chromium() -> Path:
    return find_or_install("chromium", find_chromium)


def lighter_chromium() -> None:
    """Install the lighter one where it is to be had, once before a long run. Without it `chromium` finds another."""
    if not shutil.which(LIGHTER_CHROMIUM):
        install(LIGHTER_CHROMIUM)


def caddy() -> Path:
    return find_or_install("caddy", lambda: find_program("caddy"))


def haproxy() -> Path:
    return find_or_install("haproxy", lambda: find_program("haproxy"))


def nginx() -> Path:
    return find_or_install("nginx", lambda: find_program("nginx"))


def find_program(name: str) -> Path | None:
    """Some systems keep servers where only root looks."""
    found = shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin")
    return Path(found) if found else None


def pango() -> Path:
    """The Python that WeasyPrint can be imported into."""
    return find_or_install("pango", find_pango)


def find_or_install(name: str, find) -> Path:
    found = find() or (install(name) and find())
    if not found:
        raise Missing(HOW_TO_GET[name])
    return found


def install(name: str) -> bool:
    """Install with the machine's package manager, when we are root and it has one."""
    manager = next(filter(shutil.which, INSTALLERS), None)
    if os.geteuid() or manager not in PACKAGES[name]:
        return False
    print(f"Installing {name} with {manager} ...", flush=True)
    quiet = {"stdout": subprocess.DEVNULL, "env": {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}}
    if manager == "apt-get":
        subprocess.run(["apt-get", "update"], **quiet)
    return not subprocess.run([*INSTALLERS[manager], *PACKAGES[name][manager]], **quiet).returncode


def find_postgresql() -> Path | None:
    versions = {folder: version_of(folder) for folder in postgresql_folders()}
    newest = max(versions, key=versions.__getitem__, default=None)
    return newest if newest and versions[newest] >= POSTGRESQL_AT_LEAST else None


def postgresql_folders() -> list[Path]:
    """Where package managers put the server: on PATH, in a folder for each version, in a keg of Homebrew."""
    folders = [*Path("/usr/lib/postgresql").glob("*/bin"), *Path("/usr").glob("pgsql-*/bin")]
    if on_path := shutil.which("initdb"):
        folders.append(Path(on_path).resolve().parent)
    for command in (["pg_config", "--bindir"], ["brew", "--prefix"]):
        if shutil.which(command[0]):
            place = Path(subprocess.run(command, capture_output=True, text=True).stdout.strip())
            folders += [place, *place.glob("opt/postgresql*/bin")]
    return [folder for folder in folders if (folder / "initdb").exists() and (folder / "pg_ctl").exists()]


def version_of(folder: Path) -> int:
    said = subprocess.run([folder / "initdb", "--version"], capture_output=True, text=True).stdout
    number = re.search(r"(\d+)", said)
    return int(number[1]) if number else 0


def find_chromium() -> Path | None:
    on_path = [Path(found) for name in CHROMIUM_NAMES if (found := shutil.which(name))]
    in_applications = [Path("/Applications") / name for name in MAC_CHROMIUMS]
    from_playwright = sorted(Path.home().glob(".cache/ms-playwright/chromium-*/chrome-linux*/chrome"), reverse=True)
    for name in ("Chromium", "Google Chrome for Testing"):
        builds = f"Library/Caches/ms-playwright/chromium-*/chrome-mac*/{name}.app/Contents/MacOS/{name}"
        from_playwright += sorted(Path.home().glob(builds), reverse=True)
    return next((path for path in on_path + in_applications + from_playwright if path.exists()), None)


def find_pango() -> Path | None:
    """It is not looked for by its files: they have other names and places on each system."""
    tried = subprocess.run([sys.executable, "-c", "import weasyprint"], capture_output=True)
    return None if tried.returncode else Path(sys.executable)


def free_port() -> int:
    """A loopback port that is free for TCP and, as `manage.py serve` wants it, for UDP."""
    while True:
        with socket.socket() as tcp, socket.socket(type=socket.SOCK_DGRAM) as udp:
            tcp.bind(("127.0.0.1", 0))
            try:
                udp.bind(tcp.getsockname())
            except OSError:
                continue
            return tcp.getsockname()[1]


@contextmanager
def postgresql(programs: Path) -> Iterator[str]:
    """Our own server in a temporary folder, as an unprivileged user: yields its DATABASE_URL, then removes it all."""
    folder = Path(tempfile.mkdtemp(prefix="pg-"))  # a short name: a socket's path may have 107 characters
    account = unprivileged_account()
    try:
        yield start(programs, folder, account)
    finally:
        if (folder / "data/postmaster.pid").exists():
            run(account, programs / "pg_ctl", f"stop -D {folder}/data -m immediate -w")
        shutil.rmtree(folder, ignore_errors=True)


def start(programs: Path, folder: Path, account: dict) -> str:
    password, port, data = secrets.token_hex(16), free_port(), folder / "data"
    (folder / "password").write_text(password)
    if account:
        for path in (folder, folder / "password"):
            shutil.chown(path, account["user"], account["group"])
    auth = f"--auth-local=peer --auth-host=scram-sha-256 --pwfile={folder}/password"
    run(account, programs / "initdb", f"-D {data} -U tests -E UTF8 --locale={sorting()} --no-sync {auth}")
    with (data / "postgresql.conf").open("a") as settings:
        settings.write(f"port = {port}\nlisten_addresses = '127.0.0.1'\nunix_socket_directories = '{folder}'\n")
        # The data is thrown away, so nothing has to survive a crash.
        settings.write("fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n")
    run(account, programs / "pg_ctl", f"start -D {data} -l {folder}/log -w")
    return f"postgres://tests:{password}@127.0.0.1:{port}/postgres"


@contextmanager
def redis(program: Path, port: int, *options: str) -> Iterator[subprocess.Popen]:
    """Our own server on `port`, which keeps nothing on the disk; yields its process."""
    words = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", *options]
    process = subprocess.Popen([program, *words], stdout=subprocess.DEVNULL, stderr=subprocess.STDOUT, cwd="/tmp")
    try:
        while process.poll() is None:
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.02)
        yield process
    finally:
        process.kill()
        process.wait()


def sorting() -> str:
    """Sorts by code point, as SQLite does, and knows that É is the capital of é where the machine can tell."""
    try:
        locale.setlocale(locale.LC_CTYPE, (wanted := "C.UTF-8"))
    except locale.Error:
        return "C"
    return wanted


def unprivileged_account() -> dict:
    """PostgreSQL refuses to run as root: then as `postgres`, or `nobody` where there is no such user."""
    if os.geteuid():
        return {}
    names = {entry.pw_name: entry for entry in pwd.getpwall()}
    entry = names.get("postgres") or names["nobody"]
    return {"user": entry.pw_uid, "group": entry.pw_gid, "extra_groups": []}


def run(account: dict, program: Path, arguments: str) -> None:
    quiet = {"stdin": subprocess.DEVNULL, "stdout": subprocess.DEVNULL, "stderr": subprocess.PIPE}
    done = subprocess.run([program, *arguments.split()], cwd="/", text=True, **quiet, **account)
    if done.returncode:
        sys.exit(f"{program.name} failed: {done.stderr.strip()}")
