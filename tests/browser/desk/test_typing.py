"""What is written at the desk in a real browser: it saves itself, outlives a crash, and is remarked on."""

from playwright.sync_api import expect

from tests.browser.looks import IS_WIDER

TICK = 21_000  # milliseconds: a little more than the script waits


def open_form(desk, noun="company", **options):
    page = desk(f"careers/{noun}/", **options)
    page.clock.install()
    page.locator("#result_list tbody th a").first.click()
    return page


def test_what_is_written_saves_itself_and_outlives_a_crash(desk, axe):
    page = open_form(desk, width=360)
    change, name = page.url, page.locator("#id_name")
    before = name.input_value()
    name.fill(f"{before} and sons")
    expect(page.locator(".typing-count").first).to_contain_text(" of ")
    page.clock.run_for(TICK)
    expect(page.locator(".typing-status")).to_contain_text("Saved at ")
    assert axe(page) == []
    again = page.context.new_page()
    again.goto(change)
    expect(again.locator("#id_name")).to_have_value(f"{before} and sons")
    expect(again.locator("[data-typing-offer]")).to_be_hidden()

    page.context.set_offline(True)
    name.fill(f"{before} and daughters")
    page.clock.run_for(TICK)
    expect(page.locator(".typing-status")).to_contain_text("You are offline.")
    page.close(run_before_unload=False)  # the battery is empty

    page = again
    page.context.set_offline(False)
    page.goto(change)
    offer = page.locator("[data-typing-offer]")
    expect(offer).to_contain_text("You have unsaved text of")
    assert axe(page) == []
    assert not page.evaluate(IS_WIDER)
    offer.get_by_role("button", name="Put it back").click()
    expect(page.locator("#id_name")).to_have_value(f"{before} and daughters")
    expect(page.get_by_text("What you wrote is back.")).to_be_visible()
    page.locator("#id_name").focus()
    place = page.locator("#id_name").bounding_box()["y"]
    page.locator("#id_name").press("Control+s")
    expect(page.get_by_text("Saved as a draft.").first).to_be_visible()
    assert abs(page.locator("#id_name").bounding_box()["y"] - place) < 2, "it stays where one looks"
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('desk-typing'))") == []
    expect(page.locator("[data-typing-offer]")).to_be_hidden()
    page.goto(change.replace("change/", "do/discard/"))
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.locator("#id_name")).to_have_value(before)


def test_a_dead_session_is_said_and_nothing_is_lost_by_it(desk):
    page = open_form(desk)
    name = page.locator("#id_name")
    before = name.input_value()
    cookies = page.context.cookies()
    page.context.clear_cookies()
    name.fill(f"{before} unsaved")
    page.clock.run_for(TICK)
    expect(page.locator(".typing-status")).to_contain_text("You are signed out.")
    expect(page.get_by_role("link", name="Sign in (in a new tab)")).to_be_visible()
    page.context.add_cookies(cookies)
    page.clock.run_for(TICK)
    expect(page.locator(".typing-status")).to_contain_text("Saved at ")
    name.fill(before)
    page.clock.run_for(TICK)
    expect(page.locator(".typing-status")).to_contain_text("Saved at ")
    name.fill(f"{before} left")
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.goto("/admin/")
    assert asked == ["beforeunload"]
    page.route(
        "**/logout/", lambda route: route.fulfill(status=204)
    )  # others in this run are signed in by the same session
    page.get_by_role("button", name="Log out").click()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('desk-typing'))") == []


def test_a_remark_in_a_review_is_found_from_its_field(desk, axe):
    page = desk("careers/metric/", width=1280, javascript=False)
    page.locator("#result_list tbody th a").first.click()
    change = page.url
    link = page.locator(".field-name .remark-link, .field-title .remark-link").first
    link.click()
    page.get_by_label("Your remark").fill("Is that what people call it?")
    page.get_by_role("button", name="Add the remark").click()
    expect(page.get_by_text("Is that what people call it?")).to_be_visible()
    looked = desk("", width=360)
    for address in (page.url, change, change.replace("change/", "do/publish/")):
        looked.console_errors.clear()  # axe styles elements itself
        looked.goto(address)
        assert looked.console_errors + looked.failed_requests == [], address
        assert axe(looked) == [], address
        assert not looked.evaluate(IS_WIDER), address
    page.goto(change)
    expect(page.locator(".remark-link.has-remarks")).to_have_text("1 remark on Name")
    page.locator(".remark-link.has-remarks").click()
    page.get_by_role("button", name="Resolve").click()
    expect(page.get_by_text("Resolved by")).to_be_visible()
    page.goto(change)
    expect(page.locator(".remark-link.has-remarks")).to_have_count(0)
    assert page.console_errors + page.failed_requests == []
