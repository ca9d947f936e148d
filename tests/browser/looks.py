"""In which windows a page is looked at. `axe` looks in both schemes by itself."""

WIDTHS = [360, 1280]
WIDTHS_WITH_TABLET = [360, 768, 1280]
NARROWEST = 320
IS_WIDER = "document.documentElement.scrollWidth > document.documentElement.clientWidth"


def scrolls_sideways(page):
    """In its window and, on a phone, in the narrowest one that has to hold it."""
    size = page.viewport_size
    if size["width"] > 400:
        return page.evaluate(IS_WIDER)
    found = page.evaluate(IS_WIDER)
    page.set_viewport_size({**size, "width": NARROWEST})
    found = found or page.evaluate(IS_WIDER)
    page.set_viewport_size(size)
    return found


def at_full_height(page, look):
    """As high as the page, or the bar at the bottom of a phone covers what axe measures."""
    size = page.viewport_size
    page.set_viewport_size({**size, "height": page.evaluate("document.documentElement.scrollHeight")})
    try:
        return look()
    finally:
        page.set_viewport_size(size)


def cookies_of(page):
    """The names of those that the portal has set; the time zone was there before."""
    return {cookie["name"] for cookie in page.context.cookies()} - {"time_zone"}


def save_and_publish(page):
    """Where it changes more than the page, what it changes is looked at first."""
    with page.expect_navigation():
        page.get_by_role("button", name="Save and publish").click()
    if page.url.endswith("/do/publish/"):
        page.get_by_role("button", name="Publish it now").click()
