"""What may be set: the code, the example and the operator's page agree; the first `.env` is written once."""

import os
import re
import stat
import subprocess
import sys

from bpo_portal.env import BASE_DIR, env, write_env_file


def example():
    return dict(re.findall(r"^(?:# )?([A-Z_]+)=(.*)$", (BASE_DIR / ".env.example").read_text(), re.MULTILINE))


def test_the_example_names_every_variable():
    assert set(example()) == set(env.scheme)


def test_the_example_gives_the_defaults():
    assert example() == {name: as_written(default) for name, (_, default) in env.scheme.items()}


def test_the_page_for_operators_names_every_variable():
    page = (BASE_DIR / "docs/operate.md").read_text()
    assert set(re.findall(r"^\| *`([A-Z_]+)` *\|", page, re.MULTILINE)) == set(env.scheme)


def test_former_secrets_are_read():
    ask = "from bpo_portal import settings; print(settings.SECRET_KEY_FALLBACKS)"
    known = {**os.environ, "SECRET_KEY_FALLBACKS": "one,other"}
    said = subprocess.run([sys.executable, "-c", ask], env=known, cwd=BASE_DIR, capture_output=True, check=True).stdout
    assert said == b"['one', 'other']\n"


def test_the_first_env_file_holds_a_fresh_secret_for_its_owner_only(tmp_path):
    files = [tmp_path / "one", tmp_path / "other"]
    assert all(write_env_file(file) for file in files)
    secrets = [re.search(r"^SECRET_KEY=(.+)$", file.read_text(), re.MULTILINE)[1] for file in files]
    assert len(secrets[0]) >= 50
    assert secrets[0] != secrets[1]
    assert stat.S_IMODE(os.stat(files[0]).st_mode) == 0o600


def test_an_env_file_is_never_written_over(tmp_path):
    file = tmp_path / ".env"
    file.write_text("SECRET_KEY=mine\n")
    assert not write_env_file(file)
    assert file.read_text() == "SECRET_KEY=mine\n"


def as_written(default):
    if isinstance(default, list):
        return ",".join(default)
    return str(default).replace(f"{BASE_DIR}/", "")
