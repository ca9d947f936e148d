"""From the first page to saving by the keyboard alone: nothing is far, and one always sees where one is."""

from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER

WHERE = """() => {
    const one = document.activeElement, style = getComputedStyle(one), box = one.getBoundingClientRect();
    const shown = box.width > 0 && box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
    const text = one.getAttribute("aria-label") || one.innerText || one.value || one.name || "";
    const seen = shown && style.outlineStyle !== "none";
    return {tag: one.tagName, text: text.trim().split("\\n")[0], id: one.id, seen};
}"""


def tab_to(page, text, *, most, key="Tab"):
    """Press Tab until focus is on what begins with `text`; returns how often. One sees each place on the way."""
    for number in range(1, most + 1):
        page.keyboard.press(key)
        where = page.evaluate(WHERE)
        assert where["tag"] != "BODY", f"after {number} tabs on the way to {text}"
        assert where["seen"], where
        if text in (where["text"], where["id"]):
            return number
    raise AssertionError(f"{text} is more than {most} tabs away")


def follow(page):
    """The link that has focus, to a page that is all there: before that nothing has focus, and a key goes nowhere."""
    with page.expect_navigation(wait_until="load"):
        page.keyboard.press("Enter")


def jump(page, place):
    """By the link that has focus, within the page."""
    page.keyboard.press("Enter")
    expect(page.locator(place)).to_be_focused()


def test_an_editor_finds_a_page_and_what_saves_it_by_the_keyboard_alone(desk):
    page = desk("", who="editor")
    tab_to(page, "All lists", most=12)
    jump(page, "#all-lists")
    tab_to(page, "Roles", most=3)
    follow(page)
    expect(page).to_have_title("Roles | BPO Careers HR desk")
    tab_to(page, "To the list", most=12)
    jump(page, "#rows")
    assert page.evaluate(WHERE)["seen"]
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    follow(page)
    expect(page.locator("#id_title")).to_be_visible()
    tab_to(page, "To the buttons that save", most=15)
    jump(page, "#buttons")
    tab_to(page, "Save draft", most=1)
    assert not page.evaluate(IS_WIDER)
    assert page.console_errors + page.failed_requests == []
