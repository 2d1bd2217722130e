"""A page read in by a web editor, in a browser: without scripts of its own, for eyes and ears."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.helpers import ANSWER, Canned, application
from tests.bot.importing.pages import LEDSAGNING
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

WIDTH = "document.documentElement.scrollWidth"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaffServer]:
    """The staff pages on this machine."""
    with StaffServer(application(Canned([ANSWER]), tmp_path)) as started:
        yield started


@pytest.fixture
def page(server: StaffServer, visit: Visitor) -> Page:
    """An admin's browser where pages are read in."""
    opened = visit(Look(now=None))
    visit.watch.allow_cookies("lotsen_desk", "lotsen_staff_told")
    server.sign_in(opened.context, umea="admin")
    opened.goto(f"{server.url}/staff/import")
    return opened


def test_a_page_is_read_in_gone_through_and_proposed(
    page: Page, visit: Visitor, tmp_path: Path
) -> None:
    """Read in a saved page, change one draft, be told what is wrong, mend it and propose."""
    saved = tmp_path / "sida.html"
    saved.write_text(LEDSAGNING, encoding="utf-8")
    _looks_right(page)
    page.get_by_label("En sparad webbsida").set_input_files(saved)
    page.get_by_role("button", name="Läs in").click()
    expect(page.get_by_role("status")).to_contain_text("Sidan är inläst")
    cost = page.get_by_role("article", name="Vad kostar ledsagning?")
    expect(cost.locator("mark")).to_have_text("Ledsagning kostar 120 kronor i timmen.")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    _looks_right(page)

    cost.get_by_label("Svaret", exact=True).fill("Det kostar 130 kronor.")
    cost.get_by_label("Godkänn").check()
    visit.watch.expect("422")
    page.get_by_role("button", name="Kontrollera och föreslå ändringen").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Vad kostar ledsagning?")
    page.evaluate("document.querySelectorAll('details').forEach((one) => (one.open = true))")
    assert not audit(page)
    cost.get_by_label("Svaret", exact=True).fill("Ledsagning kostar 120 kronor i timmen.")
    page.get_by_role("button", name="Kontrollera och föreslå ändringen").press("Enter")
    expect(page.get_by_role("heading", name="Inläst: Ledsagning")).to_be_visible()


def _looks_right(page: Page) -> None:
    """As WCAG has it, in light and dark, and on a small screen."""
    assert not audit(page)
    page.emulate_media(color_scheme="dark")
    assert not audit_colours(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDTH) <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
