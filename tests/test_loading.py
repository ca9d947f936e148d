"""`load_guide` can run at any time: nothing twice, nothing of an editor undone."""

import json
import shutil

import pytest

from careers.actions.loading import FILES, FIXTURES, FixtureError, load_guide
from careers.models import AlternateTitle, LoadedRow, Role, RoleSkill, Skill


@pytest.fixture
def fixtures(tmp_path):
    """A copy of the fixtures that a test may change."""
    folder = tmp_path / "fixtures"
    shutil.copytree(FIXTURES, folder)
    return folder


def change_fixture(folder, name, change):
    path = folder / f"{name}.json"
    rows = json.loads(path.read_text())
    change(rows)
    path.write_text(json.dumps(rows))


def fields_of(rows, slug):
    return next(row["fields"] for row in rows if row["fields"].get("slug") == slug)


def test_a_second_load_changes_nothing(guide):
    assert guide.added == LoadedRow.objects.count() > 300
    again = load_guide()
    assert (again.added, again.updated, again.kept) == (0, 0, [])
    assert again.unchanged == guide.added


def test_an_editors_change_is_kept_and_named(guide, run_command):
    Role.objects.filter(slug="team-leader").update(summary="You lead.")
    printed = run_command("load_guide")
    assert 'Kept careers.role ["team-leader"]: changed here (summary).' in printed
    assert Role.objects.get(slug="team-leader").summary == "You lead."


def test_what_an_editor_deleted_stays_deleted(guide):
    AlternateTitle.objects.filter(title="CSR").delete()
    Skill.objects.get(slug="typing").delete()
    report = load_guide()
    assert report.added == 0
    assert not AlternateTitle.objects.filter(title="CSR").exists()
    assert not Skill.objects.filter(slug="typing").exists()


def test_what_an_editor_made_under_the_same_address_stays_theirs(db):
    values = {f"descriptor_{number}": "Mine." for number in range(1, 6)}
    Skill.objects.create(slug="typing", name="Typing", summary="Mine.", **values)
    report = load_guide()
    assert Skill.objects.get(slug="typing").summary == "Mine."
    assert any("made here by an editor" in line for line in report.kept)


def test_a_renamed_role_is_not_loaded_again(guide, fixtures):
    Role.objects.filter(slug="team-leader").update(slug="team-lead")
    new_row = {
        "model": "careers.alternatetitle",
        "fields": {"role": ["team-leader"], "title": "Shift leader"},
    }
    change_fixture(fixtures, "roles", lambda rows: rows.append(new_row))
    report = load_guide(folder=fixtures)
    assert report.added == 0
    assert not Role.objects.filter(slug="team-leader").exists()
    assert any("renamed or deleted here" in line for line in report.kept)


def test_a_newer_fixture_reaches_what_nobody_touched(guide, fixtures):
    created_at = Role.objects.get(slug="team-leader").created_at
    change_fixture(fixtures, "roles", lambda rows: fields_of(rows, "team-leader").update(summary="Newer."))
    report = load_guide(folder=fixtures)
    assert (report.updated, report.kept) == (1, [])
    role = Role.objects.get(slug="team-leader")
    assert (role.summary, role.created_at) == ("Newer.", created_at)


def test_a_skill_that_an_editor_added_to_a_role_stays(guide):
    role = Role.objects.get(slug="data-entry-operator")
    skill = Skill.objects.exclude(roles=role).first()
    RoleSkill.objects.create(role=role, skill=skill, proficiency=2)
    assert load_guide().kept == []
    assert role.role_skills.filter(skill=skill).exists()


def test_a_broken_fixture_loads_nothing_and_says_where(db, fixtures):
    change_fixture(fixtures, "roles", lambda rows: rows[0]["fields"].update(level="high"))
    with pytest.raises(FixtureError, match=r"roles\.json, row 1"):
        load_guide(folder=fixtures)
    assert not Skill.objects.exists()


def test_a_fixture_that_is_no_json_is_named(db, fixtures):
    (fixtures / "books.json").write_text("[{")
    with pytest.raises(FixtureError, match=r"books\.json"):
        load_guide(folder=fixtures)


def test_the_fixtures_load_with_djangos_own_command_too(run_command):
    run_command("loaddata", *[str(FIXTURES / f"{name}.json") for name in FILES], verbosity=0)
    assert Role.objects.published().count() == 13
