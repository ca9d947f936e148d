"""Every public page, found from the first one by its links, in real Chromium."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, scrolls_sideways

MOST_BYTES = 60_000
# One page of every template, for what takes a while on each.
TEMPLATES = [
    "/",
    "/guide/",
    "/roles/",
    "/roles/?q=typing+at+night&level=entry&shift=night",
    "/roles/customer-service-executive/",
    "/roles/compare/?role=team-leader&role=quality-analyst&role=process-trainer&role=data-entry-operator",
    "/skills/",
    "/skills/communication/",
    "/certifications/",
    "/certifications/six-sigma-yellow-belt/",
    "/industries/",
    "/industries/telecom/",
    "/companies/",
    "/books/",
    "/faq/",
    "/paths/",
    "/paths/?around=team-leader",
    "/paths/plan/",
    "/paths/plan/?from=new&to=operations-manager&by=cheapest",
    "/paths/ways-out/",
    "/search/?q=data+entri",
    "/search/?q=zxqw",
]
# Of a group of radios Tab reaches the chosen one.
TABBABLE = "a[href], button, input:not([type=hidden], [type=radio]:not(:checked)), select, summary, [tabindex='0']"
ARE_SHOWN = """elements => elements.filter(element =>
    element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length"""


def links_of(page):
    # Not `link.href`, which is an object on links inside of pictures.
    read = "links => links.map(link => new URL(link.getAttribute('href'), location.href).href)"
    found = page.eval_on_selector_all("a[href]", read)
    own = [urlsplit(link) for link in found if link.startswith(page.base)]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in own]


@pytest.fixture
def walk(portal, open_page):
    """`walk(visit, **options)`: call `visit(page, path)` on TEMPLATES and on every page that links lead to from there.

    Of the many addresses that only narrow or compare roles, a few stand for all.
    """

    def walk(visit, **options):
        page = open_page("about:blank", **options)
        page.base = portal.url
        waiting, seen, queries = [*TEMPLATES], {*TEMPLATES}, {}
        while waiting:
            path = waiting.pop(0)
            page.response = page.goto(path)
            visit(page, path)
            for link in links_of(page):
                bare, _, query = link.partition("?")
                if link in seen or (query and queries.get(bare, 0) >= 3):
                    continue
                seen.add(link)
                queries[bare] = queries.get(bare, 0) + bool(query)
                waiting.append(link)
        return seen

    return walk


@pytest.mark.parametrize("width", WIDTHS)
def test_every_page_is_sound_and_accessible(walk, axe, width):
    faults = []

    def visit(page, path):
        if page.response.status != 200:
            faults.append(f"{path}: {page.response.status}")
        if scrolls_sideways(page):
            faults.append(f"{path}: scrolls sideways")
        faults.extend(f"{path}: {text}" for text in page.evaluate(SQUEEZED_OR_SWOLLEN))
        # Another text of the same template breaks what it breaks on a phone in light too; axe takes most of the time.
        one_of_its_template = path in TEMPLATES
        if width == 360 or one_of_its_template:
            # As high as the page, or the bar at the bottom of a phone covers what axe measures.
            page.set_viewport_size({"width": width, "height": page.evaluate("document.documentElement.scrollHeight")})
            found = axe(page, dark=one_of_its_template)
            faults.extend(f"{path}: {fault['rule']} at {fault['where'][:3]}" for fault in found)
            page.set_viewport_size({"width": width, "height": 800})
        faults.extend(f"{path}: {text}" for text in page.console_errors + page.failed_requests + page.foreign_requests)
        for notes in (page.console_errors, page.failed_requests, page.foreign_requests):
            notes.clear()

    seen = walk(visit, width=width)
    assert len(seen) > 60
    assert not faults, "\n".join(faults)


def test_every_page_works_without_javascript_and_the_longest_are_light(walk, wire_bytes):
    """Pages of one kind load the same files, so the longest text decides what is light."""
    titles, lengths = {}, []

    def visit(page, path):
        assert page.response.status == 200, path
        assert page.locator("h1").count() == 1, path
        assert page.locator("main").inner_text().strip(), path
        titles[path] = page.title()
        if not path.startswith("/me/"):  # one's own pages are not packed: they hold secrets beside what was written
            lengths.append((len(page.response.body()), path))

    seen = walk(visit, javascript=False)
    assert {"/guide/", "/faq/", "/books/", "/companies/", "/industries/telecom/"} <= seen
    bare = {path: title for path, title in titles.items() if "?" not in path}
    assert len(set(bare.values())) == len(bare), "every page has a title of its own"
    for _, path in sorted(lengths, reverse=True)[:5]:
        assert wire_bytes(path) <= MOST_BYTES, path


@pytest.mark.parametrize("path", TEMPLATES)
def test_first_view_is_light(wire_bytes, path):
    """At one width: nothing that is loaded depends on it."""
    weight = wire_bytes(path)
    print(f"{weight} bytes")
    assert weight <= MOST_BYTES


@pytest.mark.parametrize("width", [360, 1280])
@pytest.mark.parametrize("path", TEMPLATES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page, path, width):
    page = open_page(path, width=width)
    shown = page.eval_on_selector_all(TABBABLE, ARE_SHOWN)
    reached = set()
    for _ in range(shown + 5):
        page.keyboard.press("Tab")
        focus = page.evaluate(WHERE_FOCUS_IS)
        if focus is None:
            break
        assert focus["marked"], f"no visible focus on {focus['name']}"
        assert not focus["covered"], f"{focus['name']} has the focus but is covered"
        reached.add(focus["number"])
    assert len(reached) == shown


WHERE_FOCUS_IS = """() => {
    const element = document.activeElement;
    if (!element || element === document.body) return null;
    const all = [...document.querySelectorAll("*")];
    const styled = [element, ...element.querySelectorAll("*"), element.parentElement];
    const marked = styled.some(one => {
        const style = getComputedStyle(one);
        const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
        // Around a station of the map a ring is drawn: an outline would be a rectangle.
        return outlined || (one.matches(".metro-focus") && style.display !== "none");
    });
    const box = element.getBoundingClientRect();
    const bar = document.querySelector(".tab-bar");
    const covers = bar && !bar.contains(element) && getComputedStyle(bar).display !== "none";
    const covered = covers && box.top >= bar.getBoundingClientRect().top;
    return {number: all.indexOf(element), name: element.outerHTML.slice(0, 90), marked, covered};
}"""


@pytest.mark.parametrize("path", ["/roles/team-leader/", "/guide/"])
def test_paper_carries_the_whole_text(open_page, path):
    page = open_page(path)
    page.emulate_media(media="print")
    assert page.locator(".site-header").is_hidden()
    assert page.locator(".site-foot nav").first.is_hidden()
    assert page.locator("main h1").is_visible()
    assert page.evaluate(TEXT_NOT_ON_PAPER) == []


# A picture from the sprite is as high as its words; a fact that takes a sentence has the room for one.
SQUEEZED_OR_SWOLLEN = """() => [
    ...[...document.querySelectorAll("svg.icon")].filter(icon => icon.getBoundingClientRect().width > 40)
        .map(icon => "an icon is " + icon.getBoundingClientRect().width + " px wide"),
    ...[...document.querySelectorAll(".facts dd")].filter(fact => fact.innerText.length > 60)
        .filter(fact => fact.getBoundingClientRect().width < 200)
        .map(fact => "squeezed: " + fact.innerText.slice(0, 40)),
]"""
MOST_SHEETS = 5


def test_a_role_on_paper_is_short_and_says_nothing_that_only_a_screen_can_do(open_page):
    page = open_page("/roles/")
    paths = page.eval_on_selector_all(".role-card a.card-link", "links => links.map(link => link.pathname)")
    assert len(paths) > 10
    for path in paths:
        page.goto(path)
        assert sheets(page, format="A4") <= MOST_SHEETS, path
    page.emulate_media(media="print")
    assert page.evaluate(ONLY_ON_SCREEN) == []
    assert page.evaluate(CUT_IN_TWO) == []


LONGEST = ["team-leader", "customer-service-executive"]
NARROW = dict.fromkeys(("top", "right", "bottom", "left"), "0.4in")


def sheets(page, **paper):
    return len(re.findall(rb"/Type\s*/Page\b(?!s)", page.pdf(**paper)))


def test_a_role_on_paper_is_as_short_beside_what_a_reader_has(open_page):
    """On any paper: who saved it and rated a skill has the box of “You and this role” in it."""
    page = open_page("/me/profile/skills/")
    page.locator("input[type=radio][value='2']").first.check(force=True)
    page.locator("main form button[type=submit]").first.click()
    page.goto("/roles/team-leader/")
    page.get_by_role("button", name="Save").first.click()
    for slug in LONGEST:
        page.goto(f"/roles/{slug}/")
        expect(page.get_by_role("heading", name="You and this role")).to_be_visible()
        for paper in ({"format": "A4"}, {"format": "Letter"}, {"format": "Letter", "margin": NARROW}):
            assert sheets(page, **paper) <= MOST_SHEETS, (slug, paper)
        page.emulate_media(media="print")
        assert page.evaluate(ONLY_ON_SCREEN) == []
        printed = page.locator("main").inner_text()
        assert "Skills" in printed
        for said in ("Rate your skills", "See which roles fit you", "make this role your target", "Compare"):
            assert said not in printed
        page.emulate_media(media="null")


ONLY_ON_SCREEN = """() => [...document.querySelectorAll("button, input, select, a[href]")].filter(element =>
    element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && !(element.matches("a:not(.btn)") && getComputedStyle(element).textDecorationLine === "none"
        || element.matches("a[href^=http]"))
).map(element => element.outerHTML.slice(0, 90))"""
CUT_IN_TWO = """() => [...document.querySelectorAll("main svg, .ways")]
    .filter(picture => getComputedStyle(picture).breakInside !== "avoid")
    .map(picture => picture.outerHTML.slice(0, 90))"""


# What is for hands (buttons, the contents list, the way back) may stay off the paper.
TEXT_NOT_ON_PAPER = """() => {
    const missing = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const place = walker.currentNode.parentElement;
        const shown = place.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
        const text = walker.currentNode.data.trim();
        if (text && !shown && !place.closest(".btn, .toc, .crumbs, .no-print")) missing.push(text);
    }
    return missing;
}"""
