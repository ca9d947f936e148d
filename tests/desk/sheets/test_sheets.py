"""Pages taken out as sheets and brought in again: all of a sheet or nothing, and nothing that nobody has looked at."""

import io
import re
import shutil
import subprocess
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.contrib import admin
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from careers.desk.admin.publishing import GuideAdmin
from careers.desk.services.drafts import draft_of, editing, save_draft
from careers.desk.services.sets.change_sets import discard_set
from careers.desk.sheets.forms import as_chosen, chosen_keys
from careers.desk.sheets.models import SILENT, SheetImport
from careers.desk.sheets.rules.opening import open_file
from careers.desk.sheets.rules.tables import write_csv
from careers.desk.sheets.selectors.columns import name_field, page_columns, row_columns, sheet_titles
from careers.desk.sheets.selectors.conditions import broken_checks
from careers.desk.sheets.selectors.exports import file_of, keys_of, sheets_of, template_of, workbook_of
from careers.desk.sheets.services import imports
from careers.desk.sheets.services.checks import row_faults
from careers.desk.sheets.services.imports import work_through
from careers.desk.sheets.services.opening import opened_file
from careers.guide.models.certifications import Certification, CertificationStep
from careers.guide.models.desk.change_sets import ChangeSet
from careers.guide.models.desk.drafts import DeskAction, Draft
from careers.guide.models.moves import Move
from careers.guide.models.old_slugs import OldSlug
from careers.guide.models.role_rows import RoleSkill
from careers.guide.models.roles import Role
from careers.guide.models.skills import Skill
from careers.guide.rules.snapshots import content_digest
from careers.guide.selectors.snapshots import content_of, hanging_rows, row_fields_of
from careers.guide.services.versions import current_version
from tests import factories as make
from tests.desk.staff import held_by

NOUNS = [model for model, desk in admin.site._registry.items() if isinstance(desk, GuideAdmin) and desk.has_sheets]
HARD = ["=1+1", "'=1+1", "+49 30", "-", "@home", "007", "4225.10", "July 2026", "“a”, b; c", "'s", "a\nb", "=a\n\n=b"]
State = SheetImport.State


@pytest.fixture
def here(monkeypatch):
    """What a process of its own does is done by the test, when it says so."""
    monkeypatch.setattr("careers.desk.sheets.views.nouns.start_work", lambda: None)
    monkeypatch.setattr(imports, "opened_file", open_file)


@pytest.fixture
def publisher(signed, here):
    return signed(*held_by("Publisher"))


@pytest.fixture
def editor(signed, here):
    return signed(*held_by("Editor"))


@pytest.fixture
def site(db):
    """A few pages of each noun, whose texts are such as spreadsheets change."""
    skills, industries = [make.make_skill() for _ in range(3)], [make.make_industry() for _ in range(2)]
    exam = make.make_certification(
        steps=[("=Book", 1.5), ("Read", None)],
        skills={skills[0]: 3},
        fee_amount="40.50",
        fee_currency="USD",
        fee_as_of="May 2026",
    )
    roles = [
        make.make_role(title="Agent", slug="agent", skills=dict.fromkeys(skills[:2], 2), industries=industries),
        make.make_role(title="Team lead", slug="team-lead", alternates=HARD[:4], onet_code="43-4051.0"),
    ]
    roles[0].role_certifications.create(certification=exam, reason="@work")
    roles[0].role_metrics.create(metric=make.make_metric())
    make.make_move(*roles, months=(6, 12), certifications=[exam])
    move = make.make_move(roles[0], destination="Retail", kind="exit")
    move.carried_skills.set(skills[:1])
    for make_one in (make.make_company, make.make_book, make.make_question, make.make_section):
        for text in HARD[:2]:
            page = make_one()
            setattr(page, name_field(type(page)), f"{text} {page.pk}")
            page.save()
    for number, text in enumerate(HARD):
        make.make_role(
            title=f"{text.splitlines()[0]} {number}", slug=f"hard-{number}", duties=text, tools=f"{text}\n{text}"
        )
    return roles


def url_of(model, name="sheets", *args):
    return reverse(f"admin:careers_{model._meta.model_name}_{name}", args=args)


def bring(client, model, content, name="roles.xlsx"):
    """Send a file and have it read; the sheet as it stands then."""
    response = client.post(url_of(model), {"file": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, re.findall(r'id="fault">(.*?)</p>', response.text)
    work_through()
    return SheetImport.objects.defer("file").get(pk=int(re.search(r"(\d+)/$", response["Location"])[1]))


def act(client, sheet, button, **data):
    model = Role if sheet.model == "careers.role" else Move
    response = client.post(url_of(model, "sheets_import", sheet.pk), {button: "x", **data}, follow=True)
    work_through()
    if SheetImport.objects.filter(pk=sheet.pk).exists():
        sheet.refresh_from_db()
    return response


def csv_of(*rows):
    return write_csv(rows)


def book_of(**sheets):
    """An XLSX of {title: rows}."""
    book = openpyxl.Workbook()
    book.remove(book.active)
    for title, rows in sheets.items():
        sheet = book.create_sheet(title.replace("_", " "))
        for row in rows:
            sheet.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def outcome(sheet):
    return sheet.state, sheet.new, sheet.changed, sheet.unchanged, sheet.faults


def rewritten(content):
    """As another program saves it, which knows of no marks."""
    book = openpyxl.load_workbook(io.BytesIO(content))
    assert all(cell.data_type != "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


# Acceptance test 14


@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_acceptance_14_what_was_taken_out_comes_back_unchanged_and_no_cell_is_a_formula(site, publisher, model):
    """A draft with other words included."""
    with editing():
        page = model.objects.first()
        version = current_version(page)
        content = {**version.content, "fields": {**version.content["fields"], "source_name": "-The draft’s own"}}
        save_draft(page=page, content=content, opened=version, by=None)
    total, keys = model.objects.count(), keys_of(model)
    workbook, _ = file_of(model, keys, "xlsx")
    files = {"a.xlsx": workbook, "b.xlsx": rewritten(workbook)}
    content, ending = file_of(model, keys, "csv")
    assert ending == ("zip" if hanging_rows(model) else "csv")
    for name, sent in {**files, f"c.{ending}": content}.items():
        sheet = bring(publisher, model, sent, name)
        assert outcome(sheet) == (State.READY, 0, 0, total, []), name
    assert b"-The draft" in openpyxl_text(workbook)


@pytest.mark.soak
@pytest.mark.parametrize("model", NOUNS, ids=lambda model: model.__name__)
def test_acceptance_14_what_libreoffice_keeps_anew_is_unchanged(site, publisher, tmp_path, model):
    if not (office := shutil.which("soffice")):
        pytest.skip("LibreOffice is not installed.")
    total, keys = model.objects.count(), keys_of(model)
    content, _ = file_of(model, keys, "xlsx")
    (tmp_path / "a.xlsx").write_bytes(content)
    own = f"-env:UserInstallation=file://{tmp_path}/office"
    words = [office, own, "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", tmp_path / "kept"]
    subprocess.run([*words, tmp_path / "a.xlsx"], check=True, capture_output=True, timeout=120)
    kept = (tmp_path / "kept/a.xlsx").read_bytes()
    with zipfile.ZipFile(io.BytesIO(kept)) as parts:
        assert b"LibreOffice" in parts.read("docProps/app.xml"), "it was LibreOffice that wrote it"
    assert outcome(bring(publisher, model, kept)) == (State.READY, 0, 0, total, [])


def openpyxl_text(content):
    book = openpyxl.load_workbook(io.BytesIO(content))
    return "\n".join(str(cell.value) for sheet in book for row in sheet.iter_rows() for cell in row).encode()


# Acceptance test 13


def everything():
    """{table: its rows}, but those of what the look itself wrote and of requests."""
    own = ("careers_sheetimport", "careers_sheetpage", "careers_submission", "careers_session", "careers_profile")
    with connection.cursor() as cursor:
        tables = [one for one in connection.introspection.table_names(cursor) if one not in (*own, "sqlite_sequence")]
        found = {}
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            found[table] = sorted(map(repr, cursor.fetchall()))
    return found


WRONG = {
    "Roles": [
        ["Address", "Title", "Level", "Industries", "Team leader?", "State", "Days"],
        ["agent", "Agent", "boss", "industry-none", None, "Published", "perhaps"],
        ["agent", "Agent", "Entry", None, None, None, "Usual"],
        ["new-one", "Team lead", "Entry", None, None, None, "never"],
        [None, "Nobody", "Entry", None, None, None, "Usual"],
    ],
    "Skills of roles": [["Role", "Skill", "Proficiency"], ["agent", "juggling", "Able"], ["ghost", None, 3]],
}


def test_a_page_with_a_wrong_cell_does_not_count_as_unchanged_too(site, publisher):
    sheet = bring(publisher, Role, book_of(Roles=[["Address", "Level"], ["agent", "boss"]]))
    assert (sheet.unchanged, sheet.fault_count) == (0, 1)


def test_acceptance_13_the_dry_run_writes_nothing_and_nothing_goes_in_while_there_is_one_fault(site, publisher):
    publisher.get(url_of(Role))
    before = everything()
    sheet = bring(publisher, Role, book_of(**WRONG))
    assert everything() == before
    assert (sheet.state, sheet.pages.count(), sheet.not_read) == (State.WRONG, 0, ["State"])
    said = {(where, row, column): reason for where, row, column, reason in sheet.faults}
    assert said["Roles", 2, "Level"].startswith("“boss” is none of Entry, Specialist")
    assert said["Roles", 2, "Industries"] == "There is no “industry-none”."
    assert said["Roles", 2, "Days"] == "“perhaps” is none of Never, Possible, Usual, Always, Not known."
    assert said["Roles", 1, "Team leader?"].startswith("There is no such column. There are: Address, Title")
    assert said["Roles", 3, "Address"] == "Row 2 is about the same page."
    assert said["Roles", 4, "Title"] == "Another page has this already."
    assert said["Roles", 4, "Summary"] == "A new page needs this, and the sheet has no such column."
    assert said["Roles", 5, "Address"] == "Every row needs the address of its page."
    assert said["Skills of roles", 2, "Skill"] == "There is no “juggling”."
    assert said["Skills of roles", 3, "Role"] == "There is no page at “ghost”."
    page = publisher.get(url_of(Role, "sheets_import", sheet.pk)).text
    assert "What is wrong" in page
    assert "_confirm" not in page
    act(publisher, sheet, "_confirm")
    assert everything() == before


def test_a_sheet_that_is_right_becomes_drafts_of_one_set_that_can_be_undone(site, editor):
    agent, _ = site
    live, rows = content_of(agent), set(agent.role_skills.values_list("pk", flat=True))
    kept, other = agent.role_skills.order_by("pk")
    skill = Skill.objects.exclude(pk__in=(kept.skill_id, other.skill_id)).first()
    sheet = bring(
        editor,
        Role,
        book_of(
            Roles=[
                ["Address", "Title", "Summary", "Tools", "Industries"],
                ["agent", "Agent", "You answer calls.", None, None],
                ["team-lead", "Team lead", "You do the work.", None, None],
            ],
            Skills_of_roles=[
                ["Role", "Skill", "Proficiency", "Essential"],
                ["agent", kept.skill.slug, "5", "no"],
                ["agent", skill.name, 3.0, True],
            ],
        ),
    )
    assert outcome(sheet) == (State.READY, 0, 1, 1, [])
    page = editor.get(url_of(Role, "sheets_import", sheet.pk)).text
    for words in ("You answer calls.", "Skill " + str(other.skill), "not there", "Bring it in as drafts"):
        assert words in page
    act(editor, sheet, "_confirm", title="Calls of 2027")
    assert (sheet.state, sheet.problem) == (State.TAKEN, "")
    assert content_of(agent) == live
    draft = draft_of(agent)
    assert draft.change_set.title == "Calls of 2027"
    drafted = draft.head.content
    assert drafted["fields"] == {**live["fields"], "summary": "You answer calls."}
    assert drafted["many"] == {"industries": []}
    assert drafted["rows"]["alternate_titles"] == live["rows"]["alternate_titles"]
    assert {row["pk"] for row in drafted["rows"]["role_skills"] if row["pk"] > 0} == {kept.pk} < rows
    values = {row["fields"]["skill"]: row["fields"] for row in drafted["rows"]["role_skills"]}
    assert values[kept.skill_id] == {"skill": kept.skill_id, "proficiency": 5, "is_essential": False}
    assert values[skill.pk] == {"skill": skill.pk, "proficiency": 3, "is_essential": True}
    action = DeskAction.objects.get(what="imported")
    assert (action.note, action.change_set) == ("roles.xlsx: 1 changed.", draft.change_set)
    assert editor.post(url_of(Role, "sheets_export"), {"format": "csv"}).status_code == 200
    lines = [f"{one.what}: {one.name}" for one in editor.get("/admin/log/").context["log"].lines]
    assert [line for line in lines if line.endswith("ported: Roles")] == ["Exported: Roles", "Imported: Roles"]
    assert DeskAction not in admin.site._registry, "staff cannot change the log"
    with editing():
        discard_set(draft.change_set, by=None, drops_drafts=True)
    assert draft_of(agent) is None


def new_role(**changes):
    fields = {
        "Address": "night-porter",
        "Title": "Night porter",
        "Summary": "You keep the door.",
        "Level": "Entry",
        "Track": "Operations",
        "Work type": "Voice",
        "Degree": "Not needed",
        "Nights": "Usual",
        **changes,
    }
    return [list(fields), list(fields.values())]


def test_a_new_page_is_a_draft_that_readers_do_not_see(site, editor, client):
    sheet = bring(editor, Role, csv_of(*new_role()), "roles.csv")
    assert outcome(sheet) == (State.READY, 1, 0, 0, [])
    assert not Role.objects.filter(slug="night-porter").exists()
    act(editor, sheet, "_confirm")
    page = Role.objects.get(slug="night-porter")
    assert (page.status, page.nights, page.days, page.position) == ("draft", "usual", "not_known", 100)
    assert draft_of(page).change_set == sheet.change_set
    assert outcome(bring(editor, Role, csv_of(*new_role()), "roles.csv")) == (State.READY, 0, 0, 1, [])


@pytest.mark.parametrize(
    ("changes", "column", "why"),
    [
        ({"Nights": "Never", "Days": "never"}, "Days", "cannot both be “never”"),
        ({"Nights": "Always", "Days": "Possible"}, "Days", "“Always” on nights goes with “never” on days"),
        ({"Nights": "sometimes"}, "Nights", "Never, Possible, Usual, Always, Not known"),
        ({"Night": "yes"}, "Night", "There is no such column."),
        ({"Address": "new"}, "", "“compare” is the page that compares roles"),
        ({"Address": "a b"}, "Address", "Enter a valid “slug”"),
        ({"Title": "x" * 81}, "Title", "at most 80 characters"),
        ({"Level": ""}, "Level", "This cannot be empty."),
        ({"Checked on": "2099-01-01"}, "Checked on", "That day is still to come."),
        ({"Source address": "javascript:x"}, "Source address", "Enter a valid URL."),
        ({"Order": "7"}, "Order", "There is no such column."),
        ({"Address": "former"}, "Address", "Another page had this address"),
    ],
)
def test_what_a_form_would_refuse_is_a_fault(site, editor, changes, column, why):
    OldSlug.objects.create(model="careers.role", slug="former", page_pk=site[0].pk)
    sheet = bring(editor, Role, csv_of(*new_role(**changes)), "roles.csv")
    assert sheet.state == State.WRONG
    assert [(one[2], why in one[3]) for one in sheet.faults] == [(column, True)]


def test_what_changed_since_the_look_is_refused_and_can_be_looked_at_again(site, editor):
    agent, lead = site
    rows = [["Address", "Summary"], ["agent", "One."], ["team-lead", "Two."]]
    sheet = bring(editor, Role, csv_of(*rows), "roles.csv")
    Role.objects.filter(pk=agent.pk).update(tools="A headset")
    before = Draft.objects.count(), ChangeSet.objects.count()
    page = act(editor, sheet, "_confirm")
    assert (sheet.state, Draft.objects.count(), ChangeSet.objects.count()) == (State.READY, *before)
    assert sheet.problem.startswith("“Agent” changed since you looked, so nothing was brought in.")
    page = editor.get(url_of(Role, "sheets_import", sheet.pk)).text
    assert "Somebody has changed this page since." in page
    assert "_confirm" not in page
    act(editor, sheet, "_again")
    assert outcome(sheet) == (State.READY, 0, 2, 0, [])
    act(editor, sheet, "_confirm")
    assert draft_of(agent).head.content["fields"]["tools"] == "A headset"
    assert draft_of(lead).head.content["fields"]["summary"] == "Two."
    act(editor, sheet, "_confirm")
    assert ChangeSet.objects.count() == 1, "once"


def test_what_it_refers_to_was_deleted_since_the_look(site, editor):
    skill = make.make_skill(name="Juggling")
    sheet = bring(
        editor,
        Role,
        book_of(Skills_of_roles=[["Role", "Skill", "Proficiency"], ["agent", "Juggling", 1]]),
    )
    skill.delete()
    act(editor, sheet, "_confirm")
    assert sheet.problem.startswith("“Juggling” was deleted since you looked")
    assert not Draft.objects.exists()


def test_rows_are_replaced_only_where_their_page_is_on_their_sheet(site, editor):
    agent, lead = site
    only_rows = [["Role", "Skill", "Proficiency"], ["agent", None, None]]
    sheet = bring(
        editor, Role, book_of(Roles=[["Address", "Summary"], ["team-lead", "New."]], Skills_of_roles=only_rows)
    )
    assert outcome(sheet) == (State.READY, 0, 2, 0, [])
    act(editor, sheet, "_confirm")
    assert draft_of(agent).head.content["rows"]["role_skills"] == []
    assert draft_of(agent).head.content["rows"]["role_metrics"] != []
    assert len(draft_of(lead).head.content["rows"]["alternate_titles"]) == 4


def test_rows_about_the_same_and_a_sheet_that_does_not_say_what_rows_are_about(site, editor):
    skill = Skill.objects.first().slug
    twice = [["Role", "Skill", "Proficiency"], ["agent", skill, 1], ["agent", skill, 2], ["team-lead", skill, 9]]
    faults = bring(editor, Role, book_of(Skills_of_roles=twice)).faults
    assert [one[1:3] for one in faults] == [[4, "Proficiency"], [3, "Skill"]]
    assert faults[1][3] == "Row 2 is about the same."
    nothing = [["Role", "Proficiency"], ["agent", 1]]
    [[_, row, _, why]] = bring(editor, Role, book_of(Skills_of_roles=nothing)).faults
    assert (row, why) == (1, "A column “Skill” is missing. It says what a row is about.")


def test_only_a_publisher_changes_the_address_that_readers_know(site, editor, signed):
    rows = [["Address", "Was", "Title"], ["head-agent", "agent", "Agent"], ["x", "nowhere", "X"]]
    said = [one[1:] for one in bring(editor, Role, csv_of(*rows), "roles.csv").faults]
    assert said == [
        [3, "Was", "There is no page at “nowhere”."],
        [2, "Address", "Readers know this page, so only a publisher changes its address."],
    ]
    chief = signed(*held_by("Publisher"))
    sheet = bring(chief, Role, csv_of(*rows[:2]), "roles.csv")
    act(chief, sheet, "_confirm")
    assert draft_of(site[0]).head.content["fields"]["slug"] == "head-agent"
    assert Role.objects.get(pk=site[0].pk).slug == "agent"
    again = sheets_of(Role, [site[0].pk])[0]
    assert (again.rows[0][0], again.rows[0][-2], again.rows[0][-1]) == ("head-agent", "agent", "Published, draft")


def test_a_move_is_found_by_its_ends_and_a_new_one_needs_no_address(site, editor):
    head = ["From role", "To role", "Kind", "Track", "Confidence", "Source", "Months from"]
    sheet = bring(
        editor,
        Move,
        csv_of(
            head,
            ["agent", "Team lead", "Promotion", "Operations", "Surely", "Found by its ends", ""],
            ["team-lead", "agent", "Sideways move", "Operations", "Our own estimate", "", ""],
        ),
        "moves.csv",
    )
    assert [2, "Confidence"] in [one[1:3] for one in sheet.faults]
    lines = [
        ["agent", "Team lead", "Promotion", "Operations", "Our own estimate", "Found by its ends", "6"],
        ["team-lead", "agent", "Sideways move", "Operations", "Our own estimate", "", ""],
    ]
    sheet = bring(editor, Move, csv_of(head, *lines), "moves.csv")
    assert outcome(sheet) == (State.READY, 1, 1, 0, [])
    act(editor, sheet, "_confirm")
    assert Move.objects.filter(slug="team-lead-to-agent", status="draft").exists()
    carried = [["From role", "Destination", "Kind", "Track", "Confidence", "Carried skills"]]
    carried += [["team-lead", "", "Promotion", "Operations", "Our own estimate", Skill.objects.first().slug]]
    faults = bring(editor, Move, csv_of(*carried), "moves.csv").faults
    assert [one[2] for one in faults] == ["To role", "Carried skills"]


def test_what_another_program_saved_is_read(site, editor):
    """Excel’s CSV of another country, a text of two bytes a letter, and one alone on a sheet of another name."""
    text = "Address;Summary;Note\r\nagent;“Hello” – you;\r\n;;\r\n"
    fault = bring(editor, Role, text.encode("cp1252"), "a.csv").faults
    assert [one[2] for one in fault] == ["Note"]
    text = text.replace(";Note", "")
    assert outcome(bring(editor, Role, text.encode("cp1252"), "a.csv"))[:3] == (State.READY, 0, 1)
    wide = text.replace(";", "\t").encode("utf-16")
    assert outcome(bring(editor, Role, wide, "a.txt"))[:3] == (State.READY, 0, 1)
    one = book_of(Sheet1=[["ADDRESS ", "summary"], ["agent", "You answer."]])
    assert outcome(bring(editor, Role, one))[:3] == (State.READY, 0, 1)


def test_a_file_that_cannot_be_read_says_so_and_can_be_taken_away(site, editor, monkeypatch):
    monkeypatch.setattr(imports, "opened_file", opened_file)  # the process with bounds itself
    sheet = bring(editor, Role, b"\xd0\xcf\x11\xe0" + b"x" * 600, "old.xls")
    assert sheet.state == State.UNREADABLE
    assert "Save it as “Excel Workbook (.xlsx)”" in editor.get(url_of(Role, "sheets_import", sheet.pk)).text
    sheet = bring(editor, Role, workbook_of(Role, sheets_of(Role, [site[0].pk])))
    assert outcome(sheet) == (State.READY, 0, 0, 1, [])
    assert "All pages say the same already." in editor.get(url_of(Role, "sheets_import", sheet.pk)).text
    act(editor, sheet, "_drop")
    assert not SheetImport.objects.filter(pk=sheet.pk).exists()
    assert "Choose a file." in editor.post(url_of(Role), {}).text
    large = SimpleUploadedFile("a.csv", b"a" * 5_100_000)
    assert "This file has 5.1 MB." in editor.post(url_of(Role), {"file": large}).text


def test_a_page_shows_how_far_it_is_without_a_script(site, editor):
    response = editor.post(url_of(Role), {"file": SimpleUploadedFile("a.csv", b"Address\nagent\n")})
    page = editor.get(response["Location"])
    assert (page["Refresh"], "It waits for its turn" in page.text) == ("2", True)
    SheetImport.objects.update(state=State.READING, done=500, total=2000)
    page = editor.get(response["Location"])
    assert 'value="25" max="100"' in page.text
    assert "500 of 2,000 pages compared." in page.text
    SheetImport.objects.update(seen_at=timezone.now() - SILENT - timedelta(seconds=1))
    page = editor.get(response["Location"])
    assert "Refresh" not in page
    assert "was broken off, and nothing was changed" in page.text
    act(editor, SheetImport.objects.get(), "_again")
    assert SheetImport.objects.get().state == State.READY


def test_a_sheet_ends_by_itself(site, editor):
    sheet = bring(editor, Role, csv_of(["Address"], ["agent"]), "a.csv")
    SheetImport.objects.update(until=timezone.now())
    assert editor.get(url_of(Role, "sheets_import", sheet.pk)).status_code == 404
    bring(editor, Role, csv_of(["Address"], ["agent"]), "b.csv")
    assert SheetImport.objects.count() == 1


def test_taking_out_needs_to_see_pages_and_bringing_in_to_change_them(site, signed, here):
    reader = signed("view_role")
    response = reader.post(url_of(Role, "sheets_export"), {"format": "csv"})
    assert response["Content-Disposition"].endswith('.zip"')
    action = DeskAction.objects.get()
    assert (action.what, action.note) == ("exported", f"{Role.objects.count()} roles as ZIP.")
    assert reader.get(url_of(Role, "sheets_template")).status_code == 200
    assert "Bring in" not in reader.get(url_of(Role)).text
    sent = {"file": SimpleUploadedFile("a.csv", b"Address\nagent\n")}
    assert reader.post(url_of(Role), sent).status_code == 403
    assert reader.get(url_of(Skill)).status_code == 403
    assert reader.post(url_of(Skill, "sheets_export")).status_code == 403
    assert not SheetImport.objects.exists()
    other = SheetImport.objects.create(model="careers.role", file_name="a.csv", file=b"x")
    assert reader.get(url_of(Role, "sheets_import", other.pk)).status_code == 403
    assert "careers/role/sheets/" in reader.get(reverse("admin:sheets")).text
    assert "careers/skill/sheets/" not in reader.get(reverse("admin:sheets")).text


def test_there_is_an_end_to_the_sheets_that_wait_and_an_editor_confirms_no_more_than_they_may(
    site, editor, signed, monkeypatch
):
    sheet = bring(editor, Role, csv_of(["Address", "Summary"], ["agent", "New."]), "a.csv")
    SheetImport.objects.update(is_by_publisher=True)
    page = act(editor, sheet, "_confirm").text
    assert "A publisher looked at this sheet" in page
    assert not ChangeSet.objects.exists()
    monkeypatch.setattr(imports, "MOST_OPEN", 1)
    page = editor.post(url_of(Role), {"file": SimpleUploadedFile("a.csv", b"Address")}, follow=True).text
    assert "There are 1 sheets of these pages already." in page


def test_a_sheet_of_one_noun_is_not_found_under_another(site, editor):
    sheet = bring(editor, Role, csv_of(["Address"], ["agent"]), "a.csv")
    assert editor.get(url_of(Move, "sheets_import", sheet.pk)).status_code == 404


def test_chosen_pages_are_taken_out_from_their_list(site, editor):
    keys = [page.pk for page in site]
    response = editor.post(url_of(Role, "changelist"), {"action": "take_out_selected", "_selected_action": keys})
    assert "2 roles, as the forms" in editor.get(response["Location"]).text
    chosen = re.search(r"chosen=([\d,-]+)", response["Location"])[1]
    assert chosen_keys(chosen) == sorted(keys)
    response = editor.post(url_of(Role, "sheets_export"), {"format": "xlsx", "chosen": chosen})
    book, _ = open_file(response.content)
    assert [row[0] for row in book["Roles"]] == ["Address", "agent", "team-lead"]
    assert as_chosen(range(0, 100_000, 2)) is None
    assert editor.get(url_of(Role, "sheets_export")).status_code == 302


def test_a_list_of_pages_without_an_end_takes_neither_memory_nor_time(site, editor):
    first = site[0].pk
    for endless in (",".join(["1-90000"] * 400), "1-90000,1-90000", "1-99999", ",".join([str(first)] * 900)):
        keys = chosen_keys(endless) or []
        assert len(keys) <= 100_000
        page = editor.get(url_of(Role, "sheets"), {"chosen": endless})
        assert page.status_code == 200
        response = editor.post(url_of(Role, "sheets_export"), {"format": "csv", "chosen": endless})
        assert response["Content-Type"] == "application/zip"


def test_the_template_has_lists_of_the_words_that_it_allows(site):
    book = openpyxl.load_workbook(io.BytesIO(template_of(Role)))
    assert book.sheetnames == ["Roles", *sheet_titles(Role).values(), "Allowed words"]
    assert book["Roles"].freeze_panes == "C2"
    offered = {str(one.sqref): one.formula1 for one in book["Roles"].data_validations.dataValidation}
    head = [cell.value for cell in book["Roles"][1]]
    place = openpyxl.utils.get_column_letter(head.index("Level") + 1)
    [formula] = [formula for where, formula in offered.items() if where.startswith(f"{place}2:")]
    column = re.search(r"\$([A-Z]+)\$2", formula)[1]
    words = [cell.value for cell in book["Allowed words"][column] if cell.value]
    assert words == ["Level", "Entry", "Specialist", "Lead", "Manager", "Senior manager"]
    assert "State" not in head


def test_columns_cannot_be_mistaken_and_rows_can_be_told_apart():
    for model in NOUNS:
        columns = page_columns(model)
        for name, column in columns.items():
            others = {one.title.lower() for key, one in columns.items() if key != name}
            assert not {name, column.title.lower()} & others, (model, name)
        for relation, (row, back) in hanging_rows(model).items():
            assert row_columns(model, relation).keys() == row_fields_of(row, back).keys()
        assert all(len(title) <= 31 for title in sheet_titles(model).values()), "as Excel has them"


def test_constraints_are_broken_in_python_as_in_the_database(site):
    """The sentences of each, for rows that keep and rows that break it."""
    agent, exam, move = site[0], Certification.objects.get(), Move.objects.first()
    changes = [
        (agent, {"nights": "never", "days": "never"}),
        (agent, {"nights": "usual", "days": "always"}),
        (agent, {"slug": "new"}),
        (agent, {"status": "published", "duties": ""}),
        (agent, {"status": "published", "source_name": "", "checked_on": None}),
        (exam, {"fee_currency": ""}),
        (exam, {"fee_amount": -1}),
        (exam, {"validity_months": 0}),
        (exam, {"validity_known": False, "validity_months": 3}),
        (move, {"to_role_id": move.from_role_id}),
        (move, {"to_role_id": None}),
        (move, {"destination": "Retail"}),
        (move, {"months_to": 3}),
        (move, {"months_confidence": ""}),
        (move, {"months_from": None, "months_to": None}),
        (CertificationStep.objects.first(), {"hours": 0}),
        (CertificationStep.objects.first(), {"hours": None}),
        (RoleSkill.objects.first(), {"proficiency": 6}),
    ]
    for thing, values in changes:
        for part in ({}, values):
            row = type(thing)(
                **{field.attname: getattr(thing, field.attname) for field in thing._meta.concrete_fields} | part
            )
            broken = []
            for one in row._meta.constraints:
                if type(one).__name__ == "CheckConstraint":
                    try:
                        one.validate(type(row), row)
                    except ValidationError as error:
                        broken += error.messages
            assert broken_checks(row) == broken, (thing, part)
            assert bool(broken) <= bool(part)


def test_reading_costs_the_same_for_many_pages_as_for_few(site, editor):
    def queries(keys):
        content = workbook_of(Role, sheets_of(Role, keys))
        with CaptureQueriesContext(connection) as found:
            bring(editor, Role, content)
        return len(found)

    queries(keys_of(Role))  # what is remembered after a first time
    few = queries(keys_of(Role))
    for number in range(10):
        make.make_role(title=f"Another {number}", slug=f"another-{number}")
    assert queries(keys_of(Role)) == few


def test_an_export_says_what_the_digest_of_a_page_is_made_of(site):
    """A field that a noun gets later has a column by itself."""
    for model in NOUNS:
        page = model.objects.first()
        content = content_of(page)
        names = {*content["fields"], *content["many"]} - {"slug"}
        assert names == page_columns(model).keys() - {"slug"}
        assert content_digest(content)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        ("currency", "INR", "Pay in the United States is in USD."),
        ("checked_on", "2999-01-01", "That day is still to come."),
    ],
)
def test_a_row_is_held_to_its_own_rules_as_its_form_holds_it(name, value, said, db):
    role = make.make_role()
    make.make_pay(role)
    [row] = content_of(role)["rows"]["pay_figures"]
    assert not row_faults(Role, "pay_figures", row["fields"], skip=set())
    [sentence] = row_faults(Role, "pay_figures", {**row["fields"], name: value}, skip=set())[name]
    assert sentence.startswith(said)
