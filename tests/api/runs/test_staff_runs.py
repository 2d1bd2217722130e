"""The page of runs: started once, followed, stopped, read and kept to editors."""

from __future__ import annotations

import asyncio
import itertools
import os
import sys
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.runs.folder import State
from api.runs.service import Starter
from api.runs.words import told_of, words_of
from tests.api.runs.kept import NAUGHTY, kept_report
from tests.api.staff_pages import at_work, page_at

FAKE = """
import json, os, pathlib, signal, sys
options = dict(o.split("=", 1) for o in sys.argv[1:] if o.startswith("--") and "=" in o)
folder = pathlib.Path(options["--out"])
os.fstat(int(options["--lock"]))
path = folder / "state.json"
state = json.loads(path.read_text())
state.update(pid=os.getpid(), doing="Spelar samtalen", total=8, done=3, bad=1)
path.write_text(json.dumps(state))
print(*sys.argv[1:], os.environ["LOTSEN_DATA_DIR"], flush=True)
with open(folder.parent.parent / "told", "w") as told:
    told.write("ready")
signal.pause()
"""
"""Tells through a pipe that it has begun, and then goes on until it is stopped."""


def fake(options: Sequence[str]) -> Sequence[str]:
    return [sys.executable, "-c", FAKE, *options]


@pytest.fixture
def starter(app: FastAPI, tmp_path: Path) -> Starter:
    """The tests are there, and what plays them is a stand-in."""
    for name in ("tools/dialogues.py", "tests/dialogues/x.yml"):
        (tmp_path / "project" / name).parent.mkdir(parents=True)
        (tmp_path / "project" / name).touch()
    settings = app.state.settings
    settings.data_dir.mkdir(exist_ok=True)
    app.state.runs = Starter(settings, tmp_path / "project", fake)
    return app.state.runs  # type: ignore[no-any-return]


def heard(starter: Starter) -> None:
    """Wait until the process that was started has told that it has begun."""
    (starter.settings.data_dir / "told").read_text(encoding="utf-8")


async def test_a_run_is_started_followed_and_stopped(
    app: FastAPI, http: httpx.AsyncClient, starter: Starter
) -> None:
    await at_work(app, http, umea="editor")
    os.mkfifo(starter.settings.data_dir / "told")
    page = await page_at(http, "/staff/runs")
    csrf = page.held("csrf")
    wanted = {"csrf": csrf, "part": ["suites", "nlu"], "only": "--kris, ledsagning"}
    answer = await http.post("/staff/runs", data=wanted)
    assert answer.status_code == 303
    address = answer.headers["location"]
    await asyncio.to_thread(heard, starter)

    run = address.rpartition("/")[2]
    log = (starter.runs.path(run) / "log.txt").read_text(encoding="utf-8")
    assert "--kind=suites --kind=nlu --only kris ledsagning" in log
    assert str(starter.settings.data_dir) in log
    page = await page_at(http, address)
    assert "Spelar samtalen. 3 av 8 prov, 1 fel." in page.main.text
    assert page.main.one("progress").attributes["value"] == "3"
    told = (await http.get(f"/api/v1{address}")).json()
    assert told == {
        "running": True,
        "told": "Spelar samtalen. 3 av 8 prov, 1 fel.",
        "done": 3,
        "total": 8,
        "bad": 1,
    }
    again = await http.post("/staff/runs", data=wanted)
    assert again.headers["location"] == "/staff/runs"
    page = await page_at(http, "/staff/runs")
    assert "En körning pågår redan" in page.main.text
    assert not list(page.main.all("input", name="part")), "nothing can be started now"

    page = await page_at(http, address)
    assert (await http.post(f"{address}/stop", data={"csrf": "wrong"})).status_code == 403
    stopped = await http.post(f"{address}/stop", data={"csrf": csrf})
    assert stopped.headers["location"] == address
    assert starter.waiter
    await asyncio.to_thread(starter.waiter.join)
    page = await page_at(http, address)
    # It was ended before it could say how it went, as by a machine that loses power.
    assert "avbröts efter 3 av 8 prov" in page.main.text
    page = await page_at(http, address)
    again = await http.post(f"{address}/stop", data={"csrf": csrf})
    page = await page_at(http, address)
    assert "gick inte att stoppa" in page.main.text


async def test_a_report_is_read_and_its_files_kept(
    app: FastAPI, http: httpx.AsyncClient, starter: Starter
) -> None:
    run = kept_report(starter.runs)
    await at_work(app, http, umea="admin")
    page = await page_at(http, "/staff/runs")
    assert "något blev fel" in page.main.text
    page = await page_at(http, f"/staff/runs/{run}")
    for told in ("Kommun: Umeå", "2026-11-18 kl. 10:00", "66,7 %", "vem då"):
        assert told in page.main.text
    assert NAUGHTY not in page.response.text
    assert page.main.text.count(NAUGHTY) == 4
    levels = [int(e.tag[1]) for e in page.main.all() if e.tag in {"h1", "h2", "h3"}]
    assert levels[0] == 1 and all(b - a <= 1 for a, b in itertools.pairwise(levels))
    assert all(t.one("caption").text for t in page.main.all("table"))

    path = f"/staff/runs/{run}/files"
    picture = await http.get(f"{path}/confidence.png")
    assert picture.headers["content-type"] == "image/png"
    report = await http.get(f"{path}/report.html")
    assert report.headers["content-disposition"].startswith("attachment"), "it has styles inline"
    for name in ("state.json", "junit.xml", "..%2fstate.json"):
        assert (await http.get(f"{path}/{name}")).status_code == 404
    assert (await http.get("/staff/runs/20261118-100001")).status_code == 404


async def test_where_no_tests_are_the_page_says_so(
    app: FastAPI, http: httpx.AsyncClient, starter: Starter
) -> None:
    await at_work(app, http, umea="editor")
    page = await page_at(http, "/staff/runs")
    csrf = page.held("csrf")
    nothing = await http.post("/staff/runs", data={"csrf": csrf})
    assert nothing.status_code == 422 and "Välj minst en sorts prov." in nothing.text
    (starter.project / "tools" / "dialogues.py").unlink()
    page = await page_at(http, "/staff/runs")
    assert "Proven finns inte på den här servern" in page.main.text
    refused = await http.post("/staff/runs", data={"csrf": csrf, "part": "nlu"})
    assert refused.status_code == 409
    assert starter.runs.ids() == []


@pytest.mark.parametrize(
    ("roles", "status"), [({"umea": "agent"}, 403), ({"umea": "editor"}, 200), (None, 303)]
)
async def test_runs_are_for_editors(
    app: FastAPI,
    http: httpx.AsyncClient,
    starter: Starter,
    roles: dict[str, str] | None,
    status: int,
) -> None:
    run = kept_report(starter.runs)
    if roles:
        await at_work(app, http, **roles)
    for path in ("/staff/runs", f"/staff/runs/{run}", f"/staff/runs/{run}/files/report.html"):
        assert (await http.get(path)).status_code == status
    told = await http.get(f"/api/v1/staff/runs/{run}")
    assert told.status_code == (401 if roles is None else status)


def test_states_in_words_and_words_that_are_no_options() -> None:
    state = State(id="1", parts=("nlu",), started="2026")
    assert told_of(state) == "Startar."
    for name, words in {"stopped": "stoppades", "failed": "gick inte", "done": "Något"}.items():
        assert words in told_of(state.copy(update={"state": name}))
    assert words_of("--out=/etc, kris ;") == ("out=/etc", "kris")


def test_no_personal_number_and_nothing_unprintable_is_kept_of_the_words() -> None:
    assert words_of("kris 19121212-1212 20121212 1212") == (
        "kris",
        "[personnummer]",
        "[personnummer]",
    )
    assert words_of("kr\0is") == ("kr", "is")
