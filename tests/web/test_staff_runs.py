"""The page of runs in a browser: followed while it goes on, and its report readable by all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

from playwright.sync_api import expect

from api.runs.folder import Runs, State, write_state
from tests.api.helpers import ANSWER, Canned, application
from tests.api.runs.kept import NAUGHTY, kept_report
from tests.browser.audit import audit, audit_colours
from tests.browser.visitor import Look, Visitor
from tests.web.staff_server import StaffServer

RUN_AT = dt.datetime(2026, 11, 18, 10, tzinfo=dt.timezone.utc)
ALL_OF_IT = "document.documentElement.scrollWidth <= window.innerWidth"


def test_a_run_is_followed_until_its_report_is_there(visit: Visitor, tmp_path: Path) -> None:
    app = application(Canned([ANSWER]), tmp_path)
    runs = Runs(tmp_path / "runs")
    run = runs.new(RUN_AT)
    going = State(id=run, parts=("dialogues",), started=RUN_AT.isoformat(), total=8, done=2)
    with StaffServer(app) as server:
        page = visit(Look(width=1280, now=None))
        visit.watch.allow_cookies("lotsen_desk")
        server.sign_in(page.context, umea="editor")
        page.clock.install()
        with runs.held(run):
            write_state(runs.path(run), going)
            page.goto(f"{server.url}/staff/runs/{run}")
            bar = page.get_by_role("progressbar", name="Så långt har körningen kommit")
            expect(bar).to_have_js_property("value", 2)
            assert audit(page) == ""
            write_state(runs.path(run), going.copy(update={"done": 5, "bad": 1}))
            page.clock.run_for(1000)
            expect(bar).to_have_js_property("value", 5)
            expect(page.get_by_role("status")).to_contain_text("5 av 8 prov, 1 fel.")
            assert kept_report(runs) == run
        page.clock.run_for(1000)
        expect(page.get_by_text("Något gick inte som väntat.")).to_be_visible()
        expect(page.get_by_text(NAUGHTY).first).to_be_visible()
        page.locator("details").evaluate_all("all => all.forEach((one) => (one.open = true))")
        assert audit(page) == ""
        page.set_viewport_size({"width": 320, "height": 700})
        page.emulate_media(color_scheme="dark")
        assert page.evaluate(ALL_OF_IT)
        assert audit_colours(page) == ""
        page.goto(f"{server.url}/staff/runs")
        page.get_by_role("checkbox", name="Samtal").focus()
        assert page.evaluate(ALL_OF_IT)
        assert audit(page) == ""
