"""Whoever goes by keyboard sees the same controls, with a ring around the one they are at."""

KINDS = ("primary", "second", "quiet", "danger", "save")
SHOWN = (
    "one => (({backgroundColor, color, borderColor}) => [backgroundColor, color, borderColor])(getComputedStyle(one))"
)
ADD = """kinds => document.querySelector("main").prepend(...kinds.map(kind => {
    const one = document.createElement("button");
    one.className = `btn btn-${kind}`, one.textContent = kind;
    return one;
}))"""


def test_a_button_looks_the_same_when_the_keyboard_is_at_it(open_page):
    page = open_page("/books/")
    page.emulate_media(reduced_motion="reduce")
    page.evaluate(ADD, KINDS)
    page.locator("main").focus()
    for kind in KINDS:
        button = page.locator(f"main .btn-{kind}").first
        at_rest = button.evaluate(SHOWN)
        page.keyboard.press("Tab")
        page.wait_for_timeout(300)  # milliseconds: colours change slowly
        assert button.evaluate("one => one.matches(':focus-visible')")
        assert button.evaluate(SHOWN) == at_rest, kind
