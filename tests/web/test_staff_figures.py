"""The pages of figures and flows in a browser: for everybody, also narrow, dark and by keyboard."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import Page, expect

from api.flows.snapshot import snapshot
from api.storage.store import Store
from tests.api.helpers import MORNING, Canned, application
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

TODAY = dt.datetime.fromisoformat(MORNING).date()
PATHS = (
    "/staff/numbers",
    "/staff/flows",
    "/staff/flows/service?id=anhorigstod",
)


def asked(store: Store) -> None:
    """A month with questions in it, more of them by day than by night."""
    counts = {}
    for day in range(30):
        when = TODAY - dt.timedelta(days=day)
        for hour in range(6, 23):
            state = "open" if 9 <= hour < 11 else "closed"
            counts[when, "umea", f"hour.{hour:02}.{state}"] = 1 + (hour * day) % 5
        counts[when, "umea", "messages"] = 20 + (7 * day) % 11
        counts[when, "umea", "conversations"] = 9
        for name, value in (
            ("replies.answer", 14), ("replies.not_defined", 3), ("replies.clarify", 2),
            ("replies.out_of_scope", 1), ("language.sv", 17), ("language.en", 2),
            ("service.ledsagning", 12), ("service.anhorigstod", 4), ("channel.web", 15),
            ("channel.kiosk", 5), ("answer.umea.ledsagning.kostnad", 6),
            ("feedback.helped", 2), ("feedback.umea.ledsagning.kostnad.helped", 2),
        ):  # fmt: skip
            counts[when, "umea", name] = value
    counts[TODAY, "umea", "language.uk"] = 3
    counts[TODAY, "umea", "handoff.joined"] = 12
    counts[TODAY, "umea", "handoff.waited.5_min"] = 9
    counts[TODAY, "umea", "callback.asked"] = 4
    store.count(counts)


def test_figures_and_flows_are_for_everybody(visit: Visitor, tmp_path: Path) -> None:
    page = visit(Look(width=1280, height=900))
    # axe itself reads style sheets in a way that our content policy refuses.
    visit.watch.expect("Applying inline style violates")
    visit.watch.allow_cookies("lotsen_desk")
    # Read beforehand: on a busy machine it takes longer than a browser waits for a page.
    snapshot()
    with StaffServer(application(Canned(), tmp_path)) as server:
        asked(server.app.state.store)
        server.sign_in(page.context, umea="editor")
        for path in PATHS:
            page.goto(server.url + path)
            unfold(page)
            assert not audit(page), path
            page.emulate_media(color_scheme="dark")
            assert not audit_colours(page), path
            page.emulate_media(color_scheme="light")
            page.set_viewport_size({"width": 320, "height": 640})
            assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), path
            page.set_viewport_size({"width": 1280, "height": 900})
        page.goto(server.url + "/staff/numbers")
        page.get_by_label("Period").select_option("90 dagar")
        page.get_by_role("button", name="Visa", exact=True).press("Enter")
        expect(page.get_by_text("21 aug–18 nov 2026. Ladda ner")).to_be_visible()
        link = page.get_by_role("link", name="Ladda ner som kalkylblad (CSV)")
        with page.expect_download() as sheet:
            link.click()
        assert sheet.value.suggested_filename == "siffror-umea-2026-08-21-2026-11-18.csv"


def unfold(page: Page) -> None:
    """Open the tables and groups that can be; the names of all tests would be thousands."""
    page.evaluate("document.querySelectorAll('main > details').forEach((d) => (d.open = true))")
