"""The HR desk in a real browser: the first sign-in, an edit that readers see, no broken rule on the way."""

import pytest
from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER, WIDTHS, save_and_publish, scrolls_sideways

PAGES = [
    "",
    "careers/role/",
    "careers/role/add/",
    "careers/move/add/",
    "careers/certification/",
    "careers/skill/",
    "careers/searchmiss/",
    "careers/pagevote/",
    "log/",
]


def test_an_edit_is_a_draft_until_it_is_published_and_then_shows_at_once(desk):
    page = desk("careers/role/?q=data+entry+operator")
    page.get_by_role("link", name="Data Entry Operator", exact=True).click()
    summary = page.get_by_label("Summary")
    before = summary.input_value()
    summary.fill("You enter data with care.")
    change = page.url
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.locator(".messagelist").get_by_text("Readers still see what was published.")).to_be_visible()
    page.goto("/roles/data-entry-operator/")
    expect(page.get_by_text("You enter data with care.")).to_have_count(0)
    page.goto(change)
    page.get_by_role("link", name="Publish", exact=True).click()
    expect(page.get_by_role("heading", name="What changes for readers")).to_be_visible()
    page.get_by_role("button", name="Publish it now").click()
    expect(page.locator(".messagelist").get_by_text("“Data Entry Operator” is published.")).to_be_visible()
    page.goto("/roles/data-entry-operator/")
    expect(page.get_by_text("You enter data with care.")).to_be_visible()
    page.goto(change)
    page.get_by_label("Summary").fill(before)
    save_and_publish(page)
    expect(page.locator(".messagelist").get_by_text("“Data Entry Operator” is published.")).to_be_visible()
    assert page.console_errors + page.failed_requests == []


@pytest.mark.parametrize("noun", ["role", "certification"])
def test_a_page_that_is_saved_untouched_was_not_changed(desk, noun):
    page = desk(f"careers/{noun}/", height=2000)
    change = page.locator("#result_list tbody th a").first.get_attribute("href")
    history = change.replace("/change/", "/history/")
    page.goto(history)
    before = page.locator(".history-moment").count()  # another journey may have been here
    page.goto(change)
    assert page.evaluate("[...document.querySelectorAll('textarea')].some(one => one.value.includes('\\n'))")
    sent = []
    page.on("request", lambda request: request.method == "POST" and sent.append(request.post_data_buffer))
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.locator(".messagelist").get_by_text("You changed nothing, so nothing was saved.")).to_be_visible()
    expect(page.get_by_text("” is saved.")).to_have_count(0)
    [form] = sent
    assert b"%0D%0A" in form, "Chromium sends each line break as two characters"
    page.goto(history)
    expect(page.locator(".history-moment")).to_have_count(before)
    assert page.console_errors + page.failed_requests == []


def test_a_skill_is_added_to_a_role_and_taken_off_again(desk):
    page = desk("careers/role/?q=data+entry+operator")
    page.get_by_role("link", name="Data Entry Operator", exact=True).click()
    page.locator("#role_skills-group .add-row a").click()
    row = page.locator("#role_skills-group .dynamic-role_skills").last
    row.get_by_label("Skill").select_option(label="Coaching")
    row.get_by_label("Proficiency").select_option(label="2 Basic")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.locator(".messagelist").get_by_text("Saved as a draft.")).to_be_visible()
    added = page.locator("#role_skills-group tr.has_original", has=page.get_by_text("Coaching 2", exact=True))
    added.get_by_label("Delete this row").check()
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.locator(".messagelist").get_by_text("there is no draft of it any more")).to_be_visible()
    page.goto("/skills/coaching/")
    expect(page.get_by_role("link", name="Team Leader")).to_be_visible()
    expect(page.get_by_role("link", name="Data Entry Operator")).to_have_count(0)
    assert page.console_errors + page.failed_requests == []


def test_rows_change_places_by_the_keyboard_and_a_new_one_gets_the_last_number(desk):
    page = desk("careers/certification/")
    page.locator("#result_list tbody th a").first.click()
    change, rows = page.url, page.locator("#steps-group tr.dynamic-steps")

    def texts():
        values = "all => all.map(one => one.value)"
        kept = page.locator("#steps-group tr.form-row:not(.empty-form)")
        return kept.locator("[name$='-title']").evaluate_all(values)

    first, second, *rest = texts()
    ids = page.locator("#steps-group [name$='-id']").evaluate_all("all => all.map(one => one.value)")
    rows.first.get_by_role("button", name="Move this row down").press("Enter")
    assert texts() == [second, first, *rest]
    expect(rows.nth(1).get_by_role("button", name="Move this row down")).to_be_focused()
    page.locator("#steps-group .add-row a").click()
    rows.last.locator("[name$='-title']").fill("Tell a friend")
    expect(rows.last.locator("[name$='-position']")).to_have_value(str(len(ids)))
    rows.last.get_by_role("button", name="Move this row up").press("Enter")
    page.locator("#steps-group .add-row a").click()
    rows.last.locator(".inline-deletelink").click()
    assert texts() == [second, first, *rest[:-1], "Tell a friend", rest[-1]]
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.locator(".messagelist").get_by_text("Saved as a draft.")).to_be_visible()
    assert texts() == [second, first, *rest[:-1], "Tell a friend", rest[-1]]
    kept = page.locator("#steps-group [name$='-id']").evaluate_all("all => all.map(one => one.value)")
    assert {*ids} <= {*kept}, "each keeps its key"
    page.goto(change.replace("change/", "do/discard/"))
    page.get_by_role("button", name="Discard the draft").click()
    assert texts() == [first, second, *rest]
    assert page.console_errors + page.failed_requests == []


def test_by_the_keyboard_the_buttons_are_one_link_away_from_the_top(desk):
    page = desk("careers/role/add/")
    page.locator("a[href='#buttons']").press("Enter")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Save draft", exact=True)).to_be_focused()


def test_what_only_a_way_out_has_is_folded_until_it_is_needed(desk):
    page = desk("careers/move/add/")
    skill = page.get_by_label("Coaching", exact=True)
    expect(skill).to_be_hidden()
    page.get_by_text("What carries over, for a way out").click()
    expect(skill).to_be_visible()


@pytest.mark.parametrize("width", [360, 1280])
def test_a_list_to_tick_takes_the_width_that_there_is(desk, width):
    page = desk("careers/move/add/", width=width)
    row, ticks = page.locator(".form-row.field-certifications"), page.locator("#id_certifications")
    assert ticks.bounding_box()["width"] > row.bounding_box()["width"] * 0.75


@pytest.mark.parametrize("width", [360, 1280])
def test_the_desk_breaks_no_rule(desk, axe, width):
    page = desk("", width=width)
    faults = []
    page.goto("/admin/careers/role/?q=team")
    change = page.get_by_role("link", name="Team Leader", exact=True).get_attribute("href")
    about = [change.replace("change/", end) for end in ("history/", "do/archive/", "version/1/", "restore/1/")]
    for path in [*(f"/admin/{path}" for path in PAGES), change, *about]:
        page.goto(path)
        # Before axe, which styles elements itself while it measures.
        faults += [f"{path}: {text}" for text in page.console_errors + page.failed_requests]
        faults += [f"{path}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
        if page.evaluate(IS_WIDER):
            faults.append(f"{path}: scrolls sideways")
        page.console_errors.clear()
    assert not faults, "\n".join(faults)


LIST_IS_CUT = """() => {
    const list = document.querySelector("#changelist-form .results");
    return list.scrollWidth > list.clientWidth;
}"""
ROWS_AS_BLOCKS = """() => [...document.querySelectorAll(".inline-group")].every(group =>
    group.scrollWidth <= group.clientWidth && [...group.querySelectorAll("tr, td")].every(part =>
        ["block", "none"].includes(getComputedStyle(part).display)))"""


def test_on_a_phone_every_form_is_one_column_and_what_to_fix_leads_to_its_field(desk, axe):
    page = desk("", width=360)
    faults = []
    lists = page.eval_on_selector_all("#content-main th a", "links => links.map(link => link.getAttribute('href'))")
    for path in [path for path in lists if path.count("/") == 4]:
        page.goto(path)
        if page.locator("#result_list .column-state").count() and page.evaluate(LIST_IS_CUT):
            faults.append(f"{path}: the list is cut")
        first = page.locator("#result_list tbody th a").first
        if first.count():
            page.goto(first.get_attribute("href"))
            faults += [f"{page.url}: {fault['rule']} at {fault['where'][:3]}" for fault in axe(page)]
            if page.evaluate(IS_WIDER) or not page.evaluate(ROWS_AS_BLOCKS):
                faults.append(f"{page.url}: is wider than a phone")
    assert not faults, "\n".join(faults)
    page.goto("/admin/careers/role/?q=team")
    page.get_by_role("link", name="Team Leader", exact=True).click()
    page.get_by_label("Summary").fill("")
    page.locator("#id_role_skills-0-skill").select_option("")
    page.get_by_role("button", name="Save draft", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("2 things to fix")
    page.get_by_role("link", name="Skills it asks for, row 1, Skill").click()
    expect(page.locator("#id_role_skills-0-skill")).to_be_focused()
    assert axe(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_what_an_editor_reads_in_the_place_of_deleting_breaks_no_rule(desk, axe, width):
    page = desk("", width=width, height=2000)
    page.goto("/me/data/delete/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Your account may enter the HR desk")
    assert axe(page) == []


@pytest.mark.parametrize("width", WIDTHS)
def test_two_who_write_the_same_are_shown_both_without_a_script_and_choose(desk, axe, width):
    page = desk("careers/industry/?q=telecom", width=width, height=2000, javascript=False)
    page.locator("#result_list tbody th a").first.click()
    change, other = page.url, page.context.new_page()
    before = page.locator("#id_name").input_value()
    other.goto(change)
    for tab, text in ((page, f"{before} one"), (other, f"{before} two")):
        tab.locator("#id_name").fill(text)
        tab.get_by_role("button", name="Save draft", exact=True).click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Two changes to")
    looked = desk("", width=width)
    for address in (other.url, change.replace("change/", "do/discard/")):
        looked.goto(address)
        assert axe(looked) == []
        assert not looked.evaluate(IS_WIDER)
    other.get_by_label("Take this").last.check()
    other.get_by_role("button", name="Bring together as the draft").click()
    expect(other.locator("#id_name")).to_have_value(f"{before} two")
    other.get_by_role("link", name="Preview", exact=True).click()
    expect(other.get_by_text("Preview.", exact=True)).to_be_visible()
    other.goto(change)
    other.get_by_role("link", name="Discard the draft").click()
    other.get_by_role("button", name="Discard the draft").click()
    expect(other.locator("#id_name")).to_have_value(before)


@pytest.mark.parametrize("width", WIDTHS)
def test_a_vote_and_a_search_in_vain_are_answered_at_the_desk(open_page, desk, axe, width):
    reader = open_page("/roles/team-leader/", width=width)
    assert axe(reader) == []
    assert not scrolls_sideways(reader)
    reader = open_page("/roles/team-leader/", width=width, javascript=False)
    reader.get_by_text("Add a comment").focus()
    reader.keyboard.press("Enter")
    reader.keyboard.press("Tab")
    reader.keyboard.type(f"Read at {width} pixels.")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Tab")
    reader.keyboard.press("Enter")
    expect(reader.get_by_role("heading", name="Thank you")).to_be_visible()
    assert reader.context.cookies() == [] or {one["name"] for one in reader.context.cookies()} == {"time_zone"}
    reader.get_by_role("link", name="Back to the page").click()
    expect(reader.get_by_role("heading", name="Team Leader", level=1)).to_be_visible()
    word = f"gaffering{'x' * (width % 7)}"
    reader.goto(f"/search/?q={word}")

    seen = desk("careers/pagevote/", width=width)
    expect(seen.get_by_text(f"Read at {width} pixels.")).to_be_visible()
    assert axe(seen) == []
    page = desk("careers/searchmiss/", width=width, javascript=width > 400)
    page.get_by_role("link", name=f"Answer {word}").click()
    page.get_by_label("Look for a page by its name").fill("team leader")
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Add as another title to Team Leader")).to_be_visible()
    page.get_by_role("button", name="Add as a search word to Team Leader").click()
    expect(page.get_by_text(f"“{word}” is in the draft of “Team Leader”.")).to_be_visible()
    expect(page.get_by_role("link", name=f"Answer {word}")).to_have_count(0)
    for one in (reader, seen, page):
        assert one.console_errors + one.failed_requests == []
