"""`import_onet`: whole files or nothing, nothing twice, every fault with its place. The slice is real O*NET text."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from careers.guide.models.revisions import Revision
from careers.occupations.models import Collection, Occupation, OccupationRelation, OccupationTask, OccupationTitle
from careers.occupations.onet.selectors.files import LAYOUTS, OnetError
from careers.occupations.onet.services import importing
from careers.occupations.onet.services.importing import import_onet

pytestmark = pytest.mark.django_db
ONET = Path(__file__).parents[1] / "data/onet"
DAY = date(2026, 11, 22)
FILES = {name: layout.file for name, layout in LAYOUTS.items()}


@pytest.fixture
def folder(tmp_path):
    """A copy of the slice that a test may change."""
    return Path(shutil.copytree(ONET, tmp_path / "release"))


def imported(folder=ONET, **options):
    return {report.name: report for report in import_onet(folder=folder, today=DAY, **options)}


def change(folder, name, old, new):
    path = folder / FILES[name]
    text = path.read_bytes()
    assert old in text
    path.write_bytes(text.replace(old, new, 1))


def append(folder, name, line):
    with (folder / FILES[name]).open("ab") as file:
        file.write(line + b"\r\n")


def counts(report):
    return report.counts.added, report.counts.updated, report.counts.removed


def test_a_first_import_brings_everything_and_shows_nothing():
    reports = imported()
    assert {name: report.counts.added for name, report in reports.items()} == {
        "scale": 5,
        "occupations": 14,
        "zones": 13,
        "titles": 218,
        "tasks": 86,
        "relations": 51,
    }
    collection = Collection.objects.get()
    assert not collection.is_published
    assert (collection.release, collection.checked_on) == ("30.1", DAY)
    assert collection.attribution == (
        "This page includes information from the O*NET 30.1 Database by the U.S. Department of Labor, Employment and "
        "Training Administration (USDOL/ETA). Used under the CC BY 4.0 license. O*NET® is a trademark of USDOL/ETA."
    )
    assert collection.zone_text(2) == "Job zone 2: some preparation needed"


def test_rows_say_what_the_files_say():
    imported()
    agent = Occupation.objects.get(code="43-4051.00")
    assert (agent.title, agent.job_zone) == ("Customer Service Representatives", 2)
    relation = agent.relations_on.get(to_occupation__code="43-4171.00")
    assert (relation.tier, relation.get_tier_display(), relation.index) == (2, "Close", 6)
    csr = agent.titles.get(title="Customer Service Representative (CSR)")
    assert (csr.title_text, csr.short_text) == ("customer service representative csr", "csr")
    assert OccupationTask.objects.get(text__contains='"').occupation.code == "43-5053.00"


def test_an_occupation_without_data_is_a_normal_case():
    imported()
    other = Occupation.objects.get(code="43-4199.00")
    assert other.job_zone is None
    assert not other.tasks.exists()
    assert not other.relations_on.exists()


def test_a_second_import_changes_nothing(monkeypatch):
    analyzed = []
    monkeypatch.setattr(importing, "analyze", lambda *models: analyzed.append(models))
    imported()
    assert len(analyzed) == 6, "PostgreSQL looks at what has come, and not only when it does so by itself"
    revision = Revision.current()
    again = imported()
    assert [counts(report) for report in again.values()] == [(0, 0, 0)] * 6
    assert again["titles"].counts.unchanged == 218
    assert Revision.current() == revision, "nothing that readers see has changed"
    assert len(analyzed) == 6


def test_only_what_differs_is_written(folder):
    imported()
    change(folder, "zones", b"43-3071.00\t2", b"43-3071.00\t3")
    change(folder, "occupations", b"Tellers\t", b"Bank Tellers\t")
    change(folder, "titles", b"43-4051.00\tAccount Adjuster\t", b"43-4051.00\tAccounts Adjuster\t")
    change(folder, "relations", b"43-4051.00\t43-3071.00\tSupplemental", b"43-4051.00\t43-3071.00\tPrimary-Long")
    reports = imported(folder)
    assert {name: counts(report) for name, report in reports.items()} == {
        "scale": (0, 0, 0),
        "occupations": (0, 1, 0),
        "zones": (0, 1, 0),
        "titles": (1, 0, 1),
        "tasks": (0, 0, 0),
        "relations": (0, 1, 0),
    }
    tellers = Occupation.objects.get(code="43-3071.00")
    assert (tellers.title, tellers.job_zone, tellers.titles.get(is_own=True).title) == (
        "Bank Tellers",
        3,
        "Bank Tellers",
    )


def test_an_occupation_that_is_gone_takes_its_rows_with_it(folder):
    imported()
    for name in ("occupations", "zones", "titles", "tasks", "relations"):
        path = folder / FILES[name]
        path.write_bytes(b"".join(line for line in path.read_bytes().splitlines(True) if b"43-3071.00" not in line))
    reports = imported(folder)
    assert (reports["occupations"].counts.removed, Occupation.objects.count()) == (1, 13)
    assert not OccupationRelation.objects.filter(to_occupation__code="43-3071.00").exists()


def test_what_hr_wrote_stays_and_another_release_says_so_itself():
    imported()
    collection = Collection.objects.get()
    collection.title = "Occupations of the USA"
    collection.publish()
    imported()
    imported(release="30.2")
    collection.refresh_from_db()
    assert (collection.title, collection.is_published) == ("Occupations of the USA", True)
    assert "O*NET 30.2 Database" in collection.attribution
    assert collection.source_name == "O*NET 30.2 Database"


BAD_LINES = [
    ("scale", b"6\tJob Zone Six: All", "the zone “6” is no whole number from 1 to 5"),
    ("occupations", b"43-40510\tClerks\tThey work.", "“43-40510” is no occupation code such as 43-4051.00"),
    ("occupations", b"43-4052.00\t\tThey work.", "the title is empty"),
    (
        "occupations",
        b"43-4052.00\t" + b"x" * 201 + b"\tThey work.",
        "the title has 201 characters, 200 at most are taken",
    ),
    (
        "occupations",
        b"43-4052.00\tClerks\t" + b"x" * 4001,
        "the description has 4,001 characters, 4,000 at most are taken",
    ),
    ("occupations", b"43-4052.00\tClerks\t" + b"x" * 200_000, "it is longer than 65,536 bytes"),
    (
        "occupations",
        b"\x1b[2J" + b"9" * 60_000 + b"\tClerks\tThey work.",
        "“\\x1b[2J" + "9" * 32 + "…” is no occupation",
    ),
    ("occupations", b"43-4052.00\tClerks", "it has 2 columns, at least 3 are needed"),
    ("occupations", b"43-4051.00\tClerks\tThey work.", "it says again what line 9 says"),
    ("zones", b"43-4199.00\tmany\t08/2023\tAnalyst", "the zone “many” is no whole number from 1 to 5"),
    ("zones", b"43-4052.00\t2\t08/2023\tAnalyst", "no occupation has the code 43-4052.00"),
    ("titles", b"43-4051.00\tCaf\xe9 hand\tn/a\t08", "byte 15 is not UTF-8 text"),
    ("titles", b"43-4051.00\tHelp\x00er\tn/a\t08", "it holds a NUL"),
    ("tasks", b"43-4051.00\t7\t" + b"x" * 4001 + b"\tCore", "the text has 4,001 characters, 4,000 at most are taken"),
    ("tasks", b"43-4051.00\t7\tDo it.\tNice", "“Nice” is no type of task: Core, Supplemental, n/a"),
    (
        "tasks",
        b"43-4051.00\t99999999999999999999\tDo it.\tCore",
        "the task_id “99999999999999999999” is no whole number",
    ),
    ("relations", b"43-4051.00\t43-4051.00\tPrimary-Short\t1", "43-4051.00 is related to itself"),
    ("relations", b"43-4199.00\t43-4051.00\tNear\t1", "“Near” is no tier: Primary-Short, Primary-Long, Supplemental"),
    ("relations", b"43-4199.00\t43-4051.00\tPrimary-Short\t21", "the index “21” is no whole number from 1 to 20"),
    ("relations", b"43-4199.00\t43-4052.00\tPrimary-Short\t1", "no occupation has the code 43-4052.00"),
]


@pytest.mark.parametrize(("name", "line", "fault"), BAD_LINES)
def test_a_bad_line_stops_the_import_before_anything_is_written_and_says_where_it_is(folder, name, line, fault):
    append(folder, name, line)
    number = (folder / FILES[name]).read_bytes().count(b"\n")
    done = []
    with pytest.raises(OnetError) as error:
        done += import_onet(folder=folder, today=DAY)
    assert f"{FILES[name]}, line {number}: {fault}" in str(error.value)
    assert done == []
    assert not Collection.objects.exists()


@pytest.mark.parametrize(("name", "line", "fault"), BAD_LINES)
def test_a_bad_line_is_left_out_on_request_and_told(folder, name, line, fault):
    whole = imported(ONET)
    append(folder, name, line)
    reports = imported(folder, skip_bad=True)
    assert [fault in said for said in reports[name].skipped] == [True]
    assert counts(reports[name]) == (0, 0, 0)
    assert reports[name].counts.unchanged == whole[name].counts.added


@pytest.mark.parametrize(
    ("name", "good", "bad", "kept"),
    [
        ("scale", b"\r\n2\tJob Zone Two", b"\r\n7\tJob Zone Two", lambda: Collection.objects.get().zone_names["2"]),
        ("occupations", b"\r\n43-3071.00\t", b"\r\n43-3071\t", lambda: Occupation.objects.get(code="43-3071.00")),
        ("zones", b"43-3071.00\t2", b"43-3071.00\tx", lambda: Occupation.objects.get(code="43-3071.00").job_zone),
        (
            "titles",
            b"43-4051.00\tAccount Adjuster\t",
            b"43-4051.00\t\t",
            lambda: OccupationTitle.objects.get(title="Account Adjuster"),
        ),
        (
            "relations",
            b"43-4051.00\t43-3071.00\tSupplemental",
            b"43-4051.00\t43-3071.00\tNear",
            lambda: OccupationRelation.objects.get(
                from_occupation__code="43-4051.00", to_occupation__code="43-3071.00"
            ),
        ),
    ],
)
def test_a_line_left_out_removes_nothing_that_an_earlier_import_brought(folder, capsys, name, good, bad, kept):
    imported()
    before = kept()
    change(folder, name, good, bad)
    reports = imported(folder, skip_bad=True)
    assert kept() == before
    assert (reports[name].counts.removed, reports[name].counts.kept) == (0, 1)
    assert sum(report.counts.removed for report in reports.values()) == 0
    call_command("import_onet", str(folder), "--skip-bad")
    assert "1 more stay" in capsys.readouterr().out


def test_an_occupation_keeps_one_name_of_its_own_where_lines_are_left_out(folder):
    imported()
    change(folder, "occupations", b"Tellers\t", b"Bank Tellers\t")
    append(folder, "occupations", b"broken")
    imported(folder, skip_bad=True)
    own = OccupationTitle.objects.filter(is_own=True)
    assert own.get(occupation__code="43-3071.00").title == "Bank Tellers"
    assert own.count() == Occupation.objects.count() == 14


@pytest.mark.parametrize(
    ("spoil", "fault"),
    [
        (lambda folder: shutil.rmtree(folder), "There is no folder"),
        (lambda folder: (folder / "Job Zones.txt").unlink(), "has no file “Job Zones.txt”"),
        (lambda folder: change(folder, "titles", b"Short Title", b"Short"), "Titles.txt has no column “Short Title”"),
        (lambda folder: (folder / "Job Zones.txt").write_text("Job Zöne", "utf-16"), "Job Zones.txt is not UTF-8 text"),
        (lambda folder: (folder / "Job Zones.txt").write_bytes(b""), "Job Zones.txt has no column"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_imported(folder, spoil, fault):
    spoil(folder)
    with pytest.raises(OnetError, match=fault):
        imported(folder)
    assert not Collection.objects.exists()


@pytest.mark.parametrize("name", ["occupations", "titles", "tasks", "relations", "zones"])
def test_a_file_that_is_cut_off_removes_nothing_unless_told(folder, name):
    imported()
    path = folder / FILES[name]
    whole = path.read_bytes().splitlines(True)
    cut = [line for line in whole[1:] if b"43-4051.00" in line and (name != "relations" or b"43-3071" in line)][:3]
    if name == "occupations":
        cut += [line for line in whole if line.startswith(b"43-3071")]
    path.write_bytes(b"".join([whole[0], *cut]))
    revision = Revision.current()
    with pytest.raises(OnetError, match=r"more than 20 %\. It may be cut off\. Nothing was imported"):
        imported(folder, release="31.0")
    assert Revision.current() == revision
    # What other files say of occupations that are gone is left out.
    reports = imported(folder, skip_bad=name == "occupations", allow_removals=True)
    assert reports[name].counts.removed == len(whole) - 1 - len(cut)


def test_a_release_is_said_once_all_of_it_is_there(monkeypatch):
    imported()
    with monkeypatch.context() as trouble:
        trouble.setitem(importing.WRITERS, "relations", lambda *args, **options: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            imported(release="31.0")
    collection = Collection.objects.get()
    assert (collection.release, collection.source_name) == ("30.1", "O*NET 30.1 Database")
    imported(release="31.0")
    collection.refresh_from_db()
    assert "O*NET 31.0 Database" in collection.attribution


def test_a_first_line_without_end_is_no_heading_and_is_not_printed(folder):
    (folder / FILES["zones"]).write_bytes(b"\x1b[2J" * 50_000)
    with pytest.raises(OnetError) as error:
        imported(folder)
    assert str(error.value) == "Job Zones.txt has a first line that is too long."
    (folder / FILES["zones"]).write_bytes(b"\x1b[2J" * 5_000 + b"\n")
    with pytest.raises(OnetError) as error:
        imported(folder)
    assert "\x1b" not in str(error.value)
    assert len(str(error.value)) < 200


def test_occupations_that_another_import_removed_meanwhile_are_missed_in_a_sentence(monkeypatch):
    run = import_onet(folder=ONET, today=DAY)
    next(run), next(run)
    Occupation.objects.get(code="43-3071.00").delete()
    with pytest.raises(OnetError, match=r"has removed the occupation 43-3071\.00\. Run this one again"):
        next(run)


def test_a_file_without_lines_removes_nothing(folder):
    imported()
    path = folder / FILES["titles"]
    path.write_bytes(path.read_bytes().splitlines(True)[0])
    with pytest.raises(OnetError, match=r"Alternate Titles\.txt has no line that could be imported"):
        imported(folder)
    assert OccupationTitle.objects.filter(is_own=False).count() == 218


def test_ends_of_lines_and_a_mark_at_the_beginning_do_not_matter(folder):
    for name in FILES.values():
        path = folder / name
        path.write_bytes(b"\xef\xbb\xbf" + path.read_bytes().replace(b"\r\n", b"\n").rstrip() + b"\n\n")
    assert imported(folder)["titles"].counts.added == 218


def test_a_run_that_is_killed_leaves_whole_files_and_the_next_one_goes_on(monkeypatch):
    def killed(*args, **options):
        OccupationTask.objects.create(occupation=Occupation.objects.first(), task_id=1, text="Half.", kind="core")
        raise KeyboardInterrupt

    with monkeypatch.context() as trouble:
        trouble.setitem(importing.WRITERS, "tasks", killed)
        with pytest.raises(KeyboardInterrupt):
            imported()
    assert OccupationTitle.objects.filter(is_own=False).count() == 218
    assert not OccupationTask.objects.exists()
    reports = imported()
    assert (reports["titles"].counts.unchanged, reports["tasks"].counts.added) == (218, 86)


def test_the_command_sums_up_each_file(run_command):
    printed = run_command("import_onet", str(ONET))
    assert "Alternate Titles.txt: 218 added, 0 updated, 0 removed, 0 unchanged." in printed
    assert "Alternate Titles.txt: 0 added, 0 updated, 0 removed, 218 unchanged." in run_command(
        "import_onet", str(ONET)
    )


def test_the_command_names_lines_that_it_left_out(folder, capsys):
    append(folder, "zones", b"43-4052.00\t2")
    call_command("import_onet", str(folder), "--skip-bad")
    said = capsys.readouterr()
    assert "Left out: Job Zones.txt, line 15: no occupation has the code 43-4052.00." in said.err
    assert "13 added, 0 updated, 0 removed, 0 unchanged, 1 left out." in said.out


def test_files_and_columns_of_another_release_are_named_on_the_command_line(folder, run_command):
    (folder / "Alternate Titles.txt").rename(folder / "Job Titles.txt")
    path = folder / "Job Titles.txt"
    path.write_bytes(path.read_bytes().replace(b"Alternate Title\t", b"Job Title\t", 1))
    options = ["--file", "titles=Job Titles.txt", "--column", "titles.title=Job Title", "--release", "30.3"]
    assert "Job Titles.txt: 218 added" in run_command("import_onet", str(folder), *options)
    assert Collection.objects.get().release == "30.3"


@pytest.mark.parametrize(
    "options",
    [
        ["--file", "names=x.txt"],
        ["--file", "titles"],
        ["--column", "titles=Job Title"],
        ["--column", "titles.name=Name"],
    ],
)
def test_an_option_that_names_nothing_is_explained(options):
    with pytest.raises(CommandError, match="write it as"):
        call_command("import_onet", str(ONET), *options)


def test_a_release_that_does_not_say_which_it_is_has_to_be_told(folder):
    (folder / "Read Me.txt").unlink()
    for options in ([], ["--release", "the newest"]):
        with pytest.raises(CommandError, match=r"--release 30\.1"):
            call_command("import_onet", str(folder), *options)


def test_a_terminal_sees_how_far_a_file_is_and_a_log_does_not(capsys, monkeypatch):
    call_command("import_onet", str(ONET))
    assert "%" not in capsys.readouterr().err
    monkeypatch.setattr("sys.stderr.isatty", lambda: True)
    call_command("import_onet", str(ONET))
    said = capsys.readouterr().err
    assert "\rtitles       [##############################] 100 %\n" in said
