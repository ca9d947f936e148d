"""`load_guide` can run at any time: nothing twice, nothing of an editor undone."""

import json
import shutil

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.db.models import UniqueConstraint

from careers.guide.models.certifications import CertificationStep
from careers.guide.models.industries import Industry
from careers.guide.models.publishing import HangingRow
from careers.guide.models.revisions import LoadedRow
from careers.guide.models.role_rows import AlternateTitle, RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.services import loading
from careers.guide.services.loading import FILES, FIXTURES, FixtureError, load_guide
from tests.fixture_pages import fields_in_fixtures


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


def test_a_second_load_changes_nothing(guide, monkeypatch):
    monkeypatch.setattr(loading, "analyze", None)
    assert guide.added == LoadedRow.objects.count() > 300
    again = load_guide()
    assert (again.added, again.updated, again.kept) == (0, 0, [])
    assert again.unchanged == guide.added


@pytest.mark.any_database
def test_an_editors_change_is_kept_and_named(guide, run_command):
    Role.objects.filter(slug="team-leader").update(summary="You lead.")
    printed = run_command("load_guide")
    assert 'Kept careers.role ["team-leader"]: changed here (summary).' in printed
    assert Role.objects.get(slug="team-leader").summary == "You lead."


@pytest.mark.any_database
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


@pytest.mark.any_database
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


def test_a_newer_fixture_reaches_what_nobody_touched(guide, fixtures, monkeypatch):
    analyzed = []
    monkeypatch.setattr(loading, "analyze", lambda *models: analyzed.append(models))
    created_at = Role.objects.get(slug="team-leader").created_at
    change_fixture(fixtures, "roles", lambda rows: fields_of(rows, "team-leader").update(summary="Newer."))
    report = load_guide(folder=fixtures)
    assert (report.updated, report.kept) == (1, [])
    assert analyzed == [()], "PostgreSQL looks at all that has come"
    role = Role.objects.get(slug="team-leader")
    assert (role.summary, role.created_at) == ("Newer.", created_at)


@pytest.mark.any_database
def test_an_editors_words_in_a_field_that_no_fixture_had_stay(guide, fixtures):
    for record in LoadedRow.objects.filter(key='["team-leader"]'):
        del record.fixture["outlook"], record.written["outlook"]  # as a release before that field left it
        record.save()
    Role.objects.filter(slug="team-leader").update(outlook="Mine.")
    report = load_guide(folder=fixtures)
    assert report.kept == ['careers.role ["team-leader"]: changed here (outlook)']
    change_fixture(fixtures, "roles", lambda rows: fields_of(rows, "team-leader").pop("outlook"))
    change_fixture(fixtures, "roles", lambda rows: fields_of(rows, "team-leader").update(summary="Newer."))
    assert load_guide(folder=fixtures).updated == 1
    role = Role.objects.get(slug="team-leader")
    assert (role.summary, role.outlook) == ("Newer.", "Mine.")


@pytest.mark.any_database
def test_stored_steps_learn_from_the_fixtures_that_they_are_of_the_renewal(guide, fixtures):
    steps = CertificationStep.objects.filter(is_renewal=True)
    marked = set(steps.values_list("pk", flat=True))
    for record in LoadedRow.objects.filter(model="careers.certificationstep", object_pk__in=marked):
        del record.fixture["is_renewal"], record.written["is_renewal"]  # as a release before that field left it
        record.save()
    CertificationStep.objects.update(is_renewal=False)
    report = load_guide(folder=fixtures)
    assert (report.updated, report.kept) == (len(marked), [])
    assert set(steps.values_list("pk", flat=True)) == marked != set()


def test_an_industry_that_an_editor_deleted_or_renamed_stops_no_later_load(guide, fixtures):
    Industry.objects.get(slug="telecom").delete()
    Industry.objects.filter(slug="insurance").update(slug="cover")
    change_fixture(fixtures, "roles", lambda rows: fields_of(rows, "data-entry-operator").update(summary="Newer."))
    report = load_guide(folder=fixtures)
    assert (report.updated, Role.objects.get(slug="data-entry-operator").summary) == (1, "Newer.")
    kept = [line for line in report.kept if "careers.role " in line]
    assert all("industries" in line for line in kept), "only roles that lost the deleted industry read differently"


def test_a_name_that_an_editor_gave_to_another_page_is_left_to_it(guide, fixtures):
    Skill.objects.filter(slug="typing").update(name="Brand new")
    values = {f"descriptor_{number}": "One." for number in range(1, 6)}
    fields = {"slug": "brand-new", "name": "Brand new", "summary": "New.", "status": "draft", **values}
    change_fixture(fixtures, "skills", lambda rows: rows.append({"model": "careers.skill", "fields": fields}))
    report = load_guide(folder=fixtures)
    assert 'careers.skill ["brand-new"]: another row here has its name already' in report.kept


def test_a_name_that_an_editor_took_stops_nothing_that_refers_to_it(db):
    """The editor's page has the fixture's name under another address, and other rows of the fixtures refer to it."""
    values = {f"descriptor_{number}": "Mine." for number in range(1, 6)}
    Skill.objects.create(slug="keyboard", name="Typing speed and accuracy", summary="Mine.", **values)
    Industry.objects.create(slug="phones", name="Telecom", summary="Mine.")
    report = load_guide()
    assert Role.objects.count() == len(fields_in_fixtures("role"))
    assert not Skill.objects.filter(slug="typing").exists()
    assert any("it belongs to a page that is an editor's own" in line for line in report.kept)


@pytest.mark.any_database
def test_an_editors_own_page_gets_nothing_hung_on_it(db):
    fields = {"level": 3, "track": "operations", "work_type": "voice", "degree": "preferred", "nights": "possible"}
    mine = Role.objects.create(slug="team-leader", title="My own leader", summary="Mine.", **fields)
    load_guide()
    assert not mine.role_skills.exists()
    assert not mine.alternate_titles.exists()


@pytest.mark.any_database
def test_who_has_a_page_open_learns_of_a_changed_row(guide, fixtures):
    before = Role.objects.get(slug="team-leader").updated_at
    wanted = ("careers.roleskill", ["team-leader"], ["coaching"])

    def lower(rows):
        for row in rows:
            if (row["model"], row["fields"].get("role"), row["fields"].get("skill")) == wanted:
                row["fields"]["proficiency"] = 1

    change_fixture(fixtures, "roles", lower)
    assert load_guide(folder=fixtures).updated == 1
    assert Role.objects.get(slug="team-leader").updated_at > before


@pytest.mark.any_database
def test_a_group_that_the_fixtures_drop_keeps_its_members_rights(guide, fixtures):
    change_fixture(fixtures, "groups", lambda rows: rows.pop(0))
    assert load_guide(folder=fixtures).removed == 0
    assert Group.objects.count() == 2


def test_what_hangs_on_a_page_goes_when_the_fixture_drops_it(guide, fixtures):
    def drop(rows):
        rows[:] = [row for row in rows if row["fields"].get("title") != "CSR"]

    change_fixture(fixtures, "roles", drop)
    report = load_guide(folder=fixtures)
    assert (report.removed, report.added) == (1, 0)
    assert not AlternateTitle.objects.filter(title="CSR").exists()


@pytest.mark.any_database
def test_a_page_that_the_fixtures_drop_is_left_to_hr(guide, fixtures):
    change_fixture(fixtures, "books", lambda rows: rows.pop())
    report = load_guide(folder=fixtures)
    assert ["no longer in the fixtures" in line for line in report.kept] == [True]


@pytest.mark.parametrize(
    "change",
    [
        lambda fields: fields.update(nonsense=1),
        lambda fields: fields.update(summary="x" * 500),
        lambda fields: fields.update(source_name=""),
        lambda fields: fields.update(published_at=None),
        lambda fields: fields.pop("slug"),
    ],
)
def test_a_wrong_fixture_is_named_and_nothing_is_loaded(db, fixtures, change):
    change_fixture(fixtures, "roles", lambda rows: change(rows[0]["fields"]))
    with pytest.raises(FixtureError, match=r"roles\.json, row 1"):
        load_guide(folder=fixtures)
    assert not Skill.objects.exists()


@pytest.mark.any_database
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
    assert Role.objects.published().count() == len(fields_in_fixtures("role"))


HANGING = [model for model in apps.get_models() if issubclass(model, HangingRow)]


@pytest.mark.parametrize("row", HANGING, ids=lambda row: row.__name__)
def test_a_row_is_found_by_what_there_can_be_only_once(row):
    [once] = [one.fields for one in row._meta.constraints if isinstance(one, UniqueConstraint)]
    assert tuple(lookup.partition("__")[0] for lookup in row.NATURAL_KEY) == tuple(once)
