"""Every public page, found from the first one by its links, in real Chromium."""

import re
import urllib.request
from collections import defaultdict
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import expect

from tests.browser.looks import WIDTHS, at_full_height, scrolls_sideways

MOST_BYTES = 60_000
# One page of every template, for what takes a while on each.
TEMPLATES = [
    "/",
    "/guide/",
    "/roles/",
    "/roles/?q=typing+at+night&level=entry&nights=usual",
    "/roles/customer-service-executive/",
    "/roles/compare/?role=team-leader&role=quality-analyst&role=process-trainer&role=data-entry-operator",
    "/skills/",
    "/skills/communication/",
    "/certifications/",
    "/certifications/six-sigma-yellow-belt/",
    "/industries/",
    "/industries/telecom/",
    "/companies/",
    "/companies/tcs/",
    "/roles/process-associate/apply/",
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
OF_A_JOURNEY = ["/match/", "/practice/", "/practice/typing/"]
# Of a group of radios Tab reaches the chosen one.
TABBABLE = "a[href], button, input:not([type=hidden], [type=radio]:not(:checked)), select, summary, [tabindex='0']"
DO_NOTHING = """elements => elements.filter(element => element.checkVisibility({visibilityProperty: true})
    && !(element.form && element.type === "submit") && !element.matches("a[href], [popovertarget]")
).map(element => element.outerHTML.slice(0, 90))"""
ARE_SHOWN = """elements => elements.filter(element =>
    element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})).length"""


APPLY = "/apply/"
HALVES = 2  # of all pages, so that two browsers share the long walk


class Reader(HTMLParser):
    """What a page says before any script runs: `title`, `headings` (how many h1), `words` in main, `links`."""

    def __init__(self, html):
        super().__init__()
        self.title, self.headings, self.words, self.links, self.open = "", 0, "", [], []
        self.feed(html)

    def handle_starttag(self, tag, attributes):
        self.headings += tag == "h1"
        if tag == "a" and (link := dict(attributes).get("href")):
            self.links.append(link)
        if tag in ("title", "main", "script"):
            self.open.append(tag)

    def handle_endtag(self, tag):
        if self.open and self.open[-1] == tag:
            self.open.pop()

    def handle_data(self, text):
        if self.open == ["title"]:
            self.title += text
        elif self.open == ["main"]:
            self.words += text.strip()


@pytest.fixture(scope="session")
def pages(portal):
    """What every page says: those of TEMPLATES and those that links lead to from there, by address.

    Of the many addresses that only narrow or compare roles, or say how to apply for one, a few stand for all.
    """
    visitor = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
    waiting, read, queries = [*TEMPLATES], {}, {}
    while waiting:
        path = waiting.pop(0)
        with visitor.open(portal.url + path) as answer:
            read[path] = Reader(answer.read().decode())
            arrived = answer.url
        for link in own_links(read[path].links, arrived, portal.url):
            bare, _, query = link.partition("?")
            kind = APPLY if bare.endswith(APPLY) else bare
            is_one_of_many = bool(query) or kind != bare
            if link in read or link in waiting or (is_one_of_many and queries.get(kind, 0) >= 3):
                continue
            queries[kind] = queries.get(kind, 0) + is_one_of_many
            waiting.append(link)
    return read


def own_links(links, page, site):
    found = [urlsplit(urljoin(page, link)) for link in links]
    own = [link for link in found if f"{link.scheme}://{link.netloc}" == site]
    return [f"{link.path}?{link.query}" if link.query else link.path for link in own]


@pytest.mark.parametrize("half", range(HALVES))
def test_every_page_is_sound_and_accessible(pages, open_page, axe, half):
    """Opened once, and looked at in both widths: what a page loads does not depend on them."""
    faults, page, extremes = [], open_page("about:blank", width=WIDTHS[0]), extremes_of(pages)
    for path in sorted(pages)[half::HALVES]:
        answer = page.goto(path)
        if answer.status != 200:
            faults.append(f"{path}: {answer.status}")
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if scrolls_sideways(page):
                faults.append(f"{path} at {width}: scrolls sideways")
            faults.extend(f"{path} at {width}: {text}" for text in page.evaluate(SQUEEZED_OR_SWOLLEN))
            # Another text of the same template breaks what it breaks on a phone too, but never a colour. The longest
            # and the shortest of a kind stand for all.
            if path in TEMPLATES:
                found = at_full_height(page, lambda: axe(page, dark=True))
            elif width == WIDTHS[0] and path in extremes:
                found = at_full_height(page, lambda: axe(page, colours=False))
            else:
                found = []
            faults.extend(f"{path} at {width}: {fault['rule']} at {fault['where'][:3]}" for fault in found)
        for notes in (page.console_errors, page.failed_requests, page.foreign_requests):
            faults.extend(f"{path}: {text}" for text in notes)
            notes.clear()
    assert len(pages) > 60
    assert not faults, "\n".join(faults)


def extremes_of(pages):
    """Of the pages of each kind, which begin alike, the longest and the shortest."""
    kinds = defaultdict(list)
    for path in sorted(pages, key=lambda path: len(pages[path].words)):
        kinds[path.split("/")[1]].append(path)
    return {path for kind in kinds.values() for path in (kind[0], kind[-1])}


def test_every_page_says_what_it_is_before_any_script_runs(pages):
    for path, page in pages.items():
        assert page.headings == 1, path
        assert page.words, path
    assert {"/guide/", "/faq/", "/books/", "/companies/", "/industries/telecom/"} <= set(pages)
    bare = {path: page.title for path, page in pages.items() if "?" not in path}
    assert all(bare.values())
    assert len(set(bare.values())) == len(bare), "every page has a title of its own"


def test_without_javascript_no_page_shows_what_only_a_script_could_do(open_page):
    page = open_page("about:blank", javascript=False)
    for path in TEMPLATES:
        page.goto(path)
        assert page.locator("main h1").is_visible(), path
        assert page.eval_on_selector_all("button, [role=button]", DO_NOTHING) == [], path


def test_the_longest_pages_are_light(pages, wire_bytes):
    """Pages of one kind load the same files, so the longest text decides what is light."""
    # One's own pages are not packed: they hold secrets beside what was written.
    public = [path for path in pages if not path.startswith("/me/")]
    for path in sorted(public, key=lambda path: len(pages[path].words), reverse=True)[:5]:
        assert wire_bytes(path) <= MOST_BYTES, path


def test_first_view_is_light(wire_bytes):
    """At one width: nothing that is loaded depends on it."""
    weights = {path: wire_bytes(path) for path in (*TEMPLATES, *OF_A_JOURNEY)}
    print(weights)
    assert min(weights.values()) > 1000
    assert {path: weight for path, weight in weights.items() if weight > MOST_BYTES} == {}


@pytest.mark.parametrize("half", range(HALVES))
@pytest.mark.parametrize("width", [360, 1280])
def test_the_keyboard_reaches_everything_and_shows_where_it_is(open_page, width, half):
    page = open_page("about:blank", width=width)
    for path in TEMPLATES[half::HALVES]:
        page.goto(path)
        shown = page.eval_on_selector_all(TABBABLE, ARE_SHOWN)
        assert shown, path
        page.evaluate(NOTE_FOCUS)
        for _ in range(shown):
            page.keyboard.press("Tab")
        noted = page.evaluate("window.noted()")
        for focus in noted:
            assert focus["marked"], f"{path}: no visible focus on {focus['name']}"
            assert not focus["covered"], f"{path}: {focus['name']} has the focus but is covered"
        assert len({focus["number"] for focus in noted}) == shown, path


# Looks at what has the focus before each key, and lastly when asked: one question for all, as each takes a while.
NOTE_FOCUS = """() => {
    const all = [...document.querySelectorAll("*")], bar = document.querySelector(".tab-bar"), noted = [];
    const look = () => {
        const element = document.activeElement;
        if (!element || element === document.body) return;
        const styled = [element, ...element.querySelectorAll("*"), element.parentElement];
        const marked = styled.some(one => {
            const style = getComputedStyle(one);
            const outlined = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
            // Around a station of the map a ring is drawn: an outline would be a rectangle.
            return outlined || (one.matches(".metro-focus") && style.display !== "none");
        });
        const covers = bar && !bar.contains(element) && getComputedStyle(bar).display !== "none";
        const covered = covers && element.getBoundingClientRect().top >= bar.getBoundingClientRect().top;
        noted.push({number: all.indexOf(element), name: element.outerHTML.slice(0, 90), marked, covered});
    };
    document.addEventListener("keydown", look, true);
    window.noted = () => { look(); return noted; };
}"""


# Of a word that is explained the first mark behind it, where that stands on a line of its own.
LEFT_BEHIND = """() => [...document.querySelectorAll(".term")].filter(term => {
    const next = term.nextSibling;
    if (next?.nodeType !== Node.TEXT_NODE || !/^[.,;:)]/.test(next.data)) return false;
    const mark = document.createRange();
    mark.setStart(next, 0);
    mark.setEnd(next, 1);
    return mark.getBoundingClientRect().top >= term.querySelector("button").getBoundingClientRect().bottom;
}).map(term => term.parentElement.textContent.trim().slice(0, 60))"""


def test_a_full_stop_stays_with_the_word_that_is_explained(open_page):
    page = open_page("/roles/compare/?role=team-leader&role=quality-analyst&role=process-trainer")
    for width in range(320, 420, 5):
        page.set_viewport_size({"width": width, "height": 800})
        assert page.evaluate(LEFT_BEHIND) == [], width


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
MOST_SHEETS = 6  # of a role with a dozen ways in and on
MOST_SHEETS_WITH_OWN = 7  # what a reader has stands beside what the role is and pays


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


def test_what_a_role_pays_is_said_on_paper_without_what_is_folded_away(open_page):
    page = open_page("/roles/customer-service-executive/")
    page.emulate_media(media="print")
    pay = page.locator("section[aria-labelledby=pay]")
    printed = pay.inner_text()
    assert "earned more than US$" in printed
    assert "Source:" in printed
    expect(pay.get_by_text("Show the figures")).to_be_hidden()
    expect(pay.locator("table").first).to_be_hidden()


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
            assert sheets(page, **paper) <= MOST_SHEETS_WITH_OWN, (slug, paper)
        page.emulate_media(media="print")
        assert page.evaluate(ONLY_ON_SCREEN) == []
        printed = page.locator("main").inner_text()
        assert "Skills" in printed
        for said in ("Rate your skills", "See which roles fit you", "make this role your target", "Compare"):
            assert said not in printed
        page.emulate_media(media="null")


ONLY_ON_SCREEN = """() => [...document.querySelectorAll("button, input, select, a[href]")].filter(element =>
    element.checkVisibility({visibilityProperty: true, contentVisibilityAuto: true})
    && !(element.matches("a:not(.btn), [popovertarget]") && getComputedStyle(element).textDecorationLine === "none"
        || element.matches("a[href^=http]"))
).map(element => element.outerHTML.slice(0, 90))"""
CUT_IN_TWO = """() => [...document.querySelectorAll("main svg, .ways")]
    .filter(picture => getComputedStyle(picture).breakInside !== "avoid")
    .map(picture => picture.outerHTML.slice(0, 90))"""


# What is for hands (buttons, the contents list, the way back) may stay off the paper.
TEXT_NOT_ON_PAPER = """() => {
    // of a word that is explained in brackets the word itself and the way to all of them are not said again
    const OFF_PAPER = ".btn, .toc, .crumbs, .fold-plain, .no-print, .term > [popover] > :is(b, small), "
        + ".facts .term > [popover], .row-body .term > [popover]";
    const missing = [];
    const walker = document.createTreeWalker(document.querySelector("main"), NodeFilter.SHOW_TEXT);
    while (walker.nextNode()) {
        const place = walker.currentNode.parentElement;
        const shown = place.checkVisibility({contentVisibilityAuto: true, visibilityProperty: true});
        const text = walker.currentNode.data.trim();
        if (text && !shown && !place.closest(OFF_PAPER)) missing.push(text);
    }
    return missing;
}"""
