"""The content desk in a browser: an answer is found, changed wrongly, then rightly, and kept."""

from __future__ import annotations

from pathlib import Path

from playwright.sync_api import Page, expect

from tests.api.helpers import ANSWER, Canned, application
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

WIDTH = "document.documentElement.scrollWidth"
QUESTION = "Vad kostar ledsagning?"
TEXT = "Du står för dina egna omkostnader i samband med aktiviteter."


def test_an_editor_changes_an_answer(tmp_path: Path, visit: Visitor) -> None:
    """Without scripts of ours; what is wrong is told at its field."""
    with StaffServer(application(Canned([ANSWER]), tmp_path)) as server:
        page = visit(Look(now=None))
        visit.watch.allow_cookies("lotsen_desk", "lotsen_staff_told")
        visit.watch.expect("422")
        server.sign_in(page.context, umea="editor")
        page.goto(f"{server.url}/staff/content?tjanst=anhorigstod")
        _looks_right(page)
        page.get_by_label("Tjänst").select_option(label="ledsagning")
        page.get_by_role("button", name="Visa").press("Enter")
        page.get_by_role("link", name=QUESTION).press("Enter")
        expect(page.get_by_role("heading", level=1)).to_have_text(QUESTION)
        expect(page.locator("mark").first).to_contain_text("Du står för dina egna omkostnader")
        _looks_right(page)
        page.get_by_role("link", name="Ändra svaret").press("Enter")
        field = page.get_by_label("Svaret", exact=True)
        field.fill("Ja, det kostar.")
        page.get_by_role("button", name="Spara som förslag").press("Enter")
        problem = page.get_by_role("alert").get_by_role("link", name="Börja inte med ja")
        expect(problem).to_be_visible()
        _looks_right(page)
        problem.press("Enter")
        expect(field).to_be_focused()
        expect(field).to_have_value("Ja, det kostar.")
        field.fill(TEXT)
        page.get_by_role("button", name="Spara som förslag").press("Enter")
        expect(page.get_by_role("status")).to_contain_text("sparad som förslag")
        page.get_by_role("link", name=QUESTION).press("Enter")
        expect(page.get_by_role("region", name="Skillnaden i")).to_contain_text(TEXT)


def _looks_right(page: Page) -> None:
    """As WCAG has it, in light and dark, and on a small screen."""
    assert not audit(page)
    page.emulate_media(color_scheme="dark")
    assert not audit_colours(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDTH) <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
