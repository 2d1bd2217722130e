"""The test console in a browser: without a reload, by keyboard, for eyes and ears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from api.console.refusals import unknown_moment
from api.speech.service import Speech
from tests.api.console.played import CannedConsole
from tests.api.helpers import ANSWER, Canned, application
from tests.api.speech.engines import Spy, spoken_by
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaffServer]:
    """The console plays canned turns, with a voice that hums."""
    app = application(Canned([ANSWER]), tmp_path)
    app.state.console = CannedConsole()
    app.state.speech.close()
    app.state.speech = Speech(app.state.settings, spoken_by(Spy()))
    with StaffServer(app) as started:
        yield started


@pytest.fixture
def page(server: StaffServer, visit: Visitor) -> Page:
    """An editor's browser at the console."""
    opened = visit(Look(now=None))
    visit.watch.allow_cookies("lotsen_desk")
    server.sign_in(opened.context, umea="editor")
    opened.goto(f"{server.url}/staff/test")
    return opened


def test_a_tester_talks_looks_changes_and_saves(
    page: Page, server: StaffServer, visit: Visitor
) -> None:
    """All in one visit, as somebody with ten minutes would."""
    console: CannedConsole = server.app.state.console
    page.evaluate("window.stayed = true")
    new = page.get_by_label("Skriv som invånaren")
    _talk(page)
    assert page.evaluate("window.stayed"), "the page was loaded anew"

    page.get_by_text("Belägg på sidan").first.press("Enter")
    expect(page.locator("mark").first).to_have_text("Vem kan få ledsagning?")
    page.get_by_role("button", name="Vem kan få det?").first.press("Enter")
    expect(page.get_by_role("heading", name="Replik 3")).to_be_visible()
    expect(page.locator("mark").first).to_be_visible()

    page.get_by_text("Ändra replik 1").press("Enter")
    page.get_by_label("Det du skrev").first.fill("Vad kostar avlösning?")
    page.get_by_role("button", name="Spela om till hit").first.press("Enter")
    expect(page.get_by_role("heading", name="Replik 2")).to_have_count(0)
    assert console.heard[-1][1] == ("Vad kostar avlösning?",)

    visit.watch.expect("422")
    _is_told_what_is_wrong(page, console)
    _listens(page)
    _looks_right(page)

    visit.watch.expect("ERR_FAILED")
    page.route("**/staff/test", lambda route: route.abort())
    new.fill("Finns du kvar?")
    new.press("Enter")
    expect(page.get_by_text("Det gick inte att nå servern")).to_be_visible()
    expect(new).to_have_value("Finns du kvar?")
    page.unroute("**/staff/test")

    page.get_by_role("button", name="Spara som prov").click()
    page.get_by_label("Varför behövs provet?").fill("Den som har ont om pengar måste veta.")
    page.get_by_role("button", name="Visa provet").click()
    expect(page.get_by_text("Assistenten klarar provet.")).to_be_visible()
    _fits(page)


def _talk(page: Page) -> None:
    """Two messages; what is answered is heard, and one can go on typing."""
    new = page.get_by_label("Skriv som invånaren")
    for number, text in enumerate(("Vad kostar ledsagning?", "och för mig?"), start=1):
        new.fill(text)
        new.press("Enter")
        expect(page.get_by_role("heading", name=f"Replik {number}")).to_be_visible()
        expect(new).to_be_focused()
        expect(new).to_have_value("")
    expect(page.locator("[data-test-heard]")).to_contain_text("Assistenten: Det är gratis.")


def _is_told_what_is_wrong(page: Page, console: CannedConsole) -> None:
    """The field tells, and is there to be mended."""
    console.refusal = unknown_moment()
    moment = page.get_by_label("Tidpunkt")
    moment.fill("i förrgår kväll")
    moment.press("Enter")
    expect(page.locator("[data-test-problem]")).to_be_focused()
    expect(moment).to_have_attribute("aria-invalid", "true")
    console.refusal = None
    moment.fill("julafton")
    moment.press("Enter")
    expect(page.get_by_text("torsdag 24 december 2026")).to_be_visible()


def _listens(page: Page) -> None:
    """One sentence, then all of them in their order."""
    page.get_by_text("Så sägs det").first.press("Enter")
    with page.expect_response("**/sound/*/1") as one:
        page.get_by_role("link", name="Lyssna på mening 2").first.press("Enter")
    assert one.value.status in {200, 206}
    with page.expect_response("**/sound/*/1"), page.expect_response("**/sound/*/0"):
        page.get_by_role("button", name="Lyssna på hela svaret").first.press("Enter")


def _looks_right(page: Page) -> None:
    """With everything folded out, in light and dark, wide and narrow."""
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    _fits(page)
    page.emulate_media(color_scheme="dark")
    assert not audit_colours(page)
    page.emulate_media(color_scheme="light")


def _fits(page: Page) -> None:
    assert not audit(page)
    page.set_viewport_size({"width": 320, "height": 700})
    assert page.evaluate(WIDTH) == 320
    page.set_viewport_size({"width": 1280, "height": 800})
