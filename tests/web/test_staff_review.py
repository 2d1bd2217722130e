"""The review in a browser: a question is found, made an example and put into a change set."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.api.helpers import ANSWER, Canned, application
from tests.api.review.helpers import asked
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

WIDTH = "document.documentElement.scrollWidth"
ASKED = "kan nån hänga med farmor på bingokvällarna"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[StaffServer]:
    """A server whose conversations hold questions to review."""
    app = application(Canned([ANSWER]), tmp_path)
    with StaffServer(app) as started:
        store = app.state.store
        asked(store, ASKED, topic="ledsagning.exempel", times=2, helped=False, words="nej")
        asked(store, "finns det någon som följer med till bingon i Umeå", "clarify",
              topic="ledsagning.exempel")  # fmt: skip
        asked(store, "var får jag ställa husvagnen över vintern", "out_of_scope")
        asked(store, "min granne på [adress] skriker på nätterna, " * 4, "passage")
        asked(store, "ما هي خدمة المرافقة", language="ar")
        yield started


def test_an_editor_reviews_in_one_visit(server: StaffServer, visit: Visitor) -> None:
    """All by keyboard, without scripts of ours."""
    page = visit(Look(now=None))
    visit.watch.allow_cookies("lotsen_desk", "lotsen_staff_told")
    server.sign_in(page.context, umea="editor")
    page.goto(f"{server.url}/staff/review")
    page.get_by_role("link", name=ASKED).press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text(ASKED)
    _looks_right(page, "group")

    visit.watch.expect("422")
    page.get_by_label(f"Som exempel: {ASKED}").fill("vem följer med i Ludvika")
    page.get_by_role("button", name="Välj som exempel").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Inget är sparat")
    wrong = page.get_by_label("Som exempel").first
    expect(wrong).to_have_value("vem följer med i Ludvika")
    expect(wrong).to_have_accessible_description(
        "Ta bort namnet på orten eller kommunen: ett exempel gäller alla kommuner."
    )
    wrong.fill(ASKED)
    page.get_by_role("button", name="Välj som exempel").press("Enter")

    expect(page.get_by_role("status")).to_contain_text("Sparat")
    page.get_by_role("link", name="husvagnen").press("Enter")
    page.get_by_role("button", name="Be en redaktör svara").press("Enter")
    expect(page.get_by_role("heading", name="Väntar på en redaktör (1)")).to_be_visible()
    _looks_right(page, "list")
    page.get_by_role("button", name="Gör ett ändringsförslag").press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Nya exempel")


def _looks_right(page: Page, name: str) -> None:
    """As WCAG has it, in light and dark, and on a small screen."""
    assert not audit(page)
    page.emulate_media(color_scheme="dark")
    assert not audit_colours(page)
    page.emulate_media(color_scheme="light")
    page.set_viewport_size({"width": 320, "height": 640})
    assert page.evaluate(WIDTH) <= 320
    page.set_viewport_size({"width": 1280, "height": 800})
