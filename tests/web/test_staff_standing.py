"""A page is read again in a browser: what changed is shown, and an answer is rewritten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from bot.knowledge.standing import ALL_STANDS, set_standing
from tests.api.helpers import ANSWER, Canned, application
from tests.api.standing.helpers import DEARER, NEW_PRICE
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaffServer]:
    """A server in whose process the answers are."""
    with StaffServer(application(Canned([ANSWER]), tmp_path)) as started:
        yield started
    set_standing(ALL_STANDS)


def test_an_editor_reads_a_page_again_and_sets_its_answers_right(
    server: StaffServer, visit: Visitor
) -> None:
    """All by keyboard, without scripts of ours."""
    page = visit(Look(now=None))
    visit.watch.allow_cookies("lotsen_desk", "lotsen_staff_told")
    server.sign_in(page.context, umea="editor")
    page.goto(f"{server.url}/staff/import/again")
    other = DEARER.replace("090-16 10 02", "090-16 99 99")
    visit.watch.expect("409")
    page.get_by_label("Eller sidans text").fill("Logga in först")
    page.get_by_role("button", name="Läs in och jämför").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("annan sida")
    _looks_right(page)
    page.get_by_label("Eller sidans text").fill(other)
    page.get_by_role("button", name="Läs in och jämför").press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text("Sidan ”Ledsagning” läst igen")
    expect(page.get_by_role("note")).to_contain_text("090-16 99 99")
    _looks_right(page)
    visit.watch.expect("422")
    page.get_by_role("radio", name="Skriv om svaret").first.check()
    page.get_by_label("Svar", exact=True).first.fill("Det kostar 70 kronor.")
    page.get_by_role("button", name="Spara som ändring").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("70 kronor")
    page.get_by_label("Svar", exact=True).first.fill(f"{NEW_PRICE} kommunen betalar resten.")
    page.get_by_role("button", name="Spara som ändring").press("Enter")
    expect(page.get_by_role("status")).to_contain_text("i en och samma ändring")

    page.goto(f"{server.url}/staff/standing")
    expect(page.get_by_role("heading", name="Kontaktuppgifter och tider")).to_be_visible()
    _looks_right(page)


def _looks_right(page: Page) -> None:
    """As WCAG has it, in light and dark, and on a small screen."""
    assert not audit(page)
    page.emulate_media(color_scheme="dark")
    assert not audit_colours(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDTH) <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
