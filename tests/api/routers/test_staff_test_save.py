"""A conversation saved as a test: what is offered, what is wrong, and where the file goes."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import httpx
import pytest
import yaml
from fastapi import FastAPI

from api.changes.records import FileChange
from api.changes.service import Changes
from tests.api.console.played import CannedConsole
from tests.api.html import Page
from tests.api.staff_pages import at_work, page_at

PATH = "/staff/test/save"
SAID = {"municipality": "umea", "channel": "kiosk", "said": ["vad kostar det"], "open": ["chat"]}
CHOSEN = {
    **SAID,
    "do": "check",
    "name": "Vad det kostar",
    "because": "Den som har ont om pengar måste få veta det.",
    "topic": "ledsagning",
    "kind-1": "1",
    "says-1": ["Det är gratis"],
    "more-1": "ring 090-16 10 02\n\n 112 ",
}
FILE = "tests/dialogues/ledsagning/vad_det_kostar.yml"

Send = Callable[..., Any]


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project with tests and one example."""
    found = tmp_path / "project"
    for folder in ("tests/dialogues/ledsagning", "tests/dialogues/samtal", "bot/data/nlu"):
        (found / folder).mkdir(parents=True)
    (found / "bot/data/nlu/ledsagning.yml").write_text("    - Vad kostar det?\n", encoding="utf-8")
    monkeypatch.setattr("api.routers.staff_test_save.ROOT", found)
    return found


@pytest.fixture
async def console(app: FastAPI, http: httpx.AsyncClient, root: Path) -> CannedConsole:
    """An editor of Ludvika, who tests as Umeå too."""
    app.state.console = canned = CannedConsole()
    await at_work(app, http, ludvika="editor")
    return canned


async def sent(http: httpx.AsyncClient, data: dict[str, Any]) -> httpx.Response:
    """What answers the form."""
    token = (await page_at(http, "/staff/test")).held("csrf")
    return await http.post(PATH, data={"csrf": token, **data})


async def test_what_was_said_is_offered_to_expect(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """As it would be stored, at one moment; the console is one button away."""
    said = {**SAID, "said": ["vad kostar det", "jag heter 850709-9805"], "easy": "1", "do": "save"}
    page = Page(http, await sent(http, said))
    ((setting, texts, _),) = console.heard
    assert texts == ("vad kostar det", "jag heter [personnummer]")
    assert (setting.moment, setting.easy) == ("2026-11-18T10:00", False)
    assert page.main.one("input", id="name").attributes["value"] == "vad-kostar-det"
    assert page.main.one("option", selected="").text == "ledsagning"
    labels = {e.attributes["for"]: e.text for e in page.main.all("label")}
    ticked = {labels[i.attributes["id"]] for i in page.main.all("input", checked="")}
    assert ticked == {
        "Det ska bli: Svar",
        "Det ska vara svaret på: Vad kostar ledsagning? (Umeå)",
        "Det är gratis",
    }
    assert "spelas på vanlig svenska" in page.main.text
    back = page.fields("Tillbaka till samtalet")
    assert (back["municipality"], back["easy"], back["said"]) == ("umea", "1", texts[1])


async def test_what_was_chosen_is_a_file_that_the_assistant_passes(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """It is shown as it will be, with what it proves."""
    page = Page(http, await sent(http, CHOSEN))
    assert "Assistenten klarar provet." in page.main.text
    assert "Assistenten har övat på just den här meningen" in page.main.text
    assert FILE in page.main.text
    got = await sent(http, {**CHOSEN, "do": "download"})
    assert got.headers["content-disposition"] == 'attachment; filename="vad_det_kostar.yml"'
    assert yaml.safe_load(got.text) == {
        "name": "vad-det-kostar",
        "because": CHOSEN["because"],
        "municipality": "umea",
        "channel": "kiosk",
        "now": "2026-11-18T10:00",
        "open": ["chat"],
        "turns": [
            {
                "user": "vad kostar det",
                "kind": "answer",
                "says": ["Det är gratis", "ring 090-16 10 02", "112"],
            }
        ],
    }


async def test_what_the_assistant_does_otherwise_is_told(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """It can be saved all the same: as it should be."""
    wished = {**CHOSEN, "more-1": "12 kronor", "never-1": "gratis"}
    page = Page(http, await sent(http, wished))
    assert "Replik 1: saknas: '12 kronor'" in page.main.text
    assert "Replik 1: får inte stå: 'gratis'" in page.main.text
    assert "Föreslå som ändring" in [b.text for b in page.main.all("button")]


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"because": "nej"}, "Skriv varför provet behövs, med minst fyra ord."),
        ({"name": "?"}, "Skriv ett namn på provet, med minst en bokstav."),
        ({"name": "finns"}, "Det finns redan ett prov med det namnet i ämnet."),
        ({"topic": "../hem"}, "Välj ett ämne som finns."),
        (
            {"kind-1": [], "says-1": [], "more-1": ""},
            "Replik 1: välj minst en sak som svaret ska innehålla.",
        ),
    ],
)
async def test_what_is_wrong_is_told_at_its_field_and_nothing_is_lost(
    console: CannedConsole,
    http: httpx.AsyncClient,
    root: Path,
    changed: dict[str, Any],
    told: str,
) -> None:
    """Whichever button was pressed."""
    (root / "tests/dialogues/ledsagning/finns.yml").write_text("name: finns\n", encoding="utf-8")
    page = Page(http, await sent(http, {**CHOSEN, "do": "propose", **changed}))
    assert page.status == 422
    assert told in page.main.one(role="alert").text
    assert any(told in e.text for e in page.main.of_class("staff-problem"))
    because = page.main.one("input", id="because").attributes["value"]
    assert because == changed.get("because", CHOSEN["because"])


async def test_personal_numbers_never_reach_the_file(
    console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Wherever they are typed."""
    number = "19850709-9805"
    typed = {"said": [f"jag är {number}"], "because": f"Hon som är {number} undrade det här."}
    got = await sent(http, {**CHOSEN, **typed, "more-1": number, "name": number, "do": "download"})
    assert got.headers["content-type"].startswith("application/yaml")
    assert "850709" not in got.text


async def test_it_becomes_a_change_set(
    app: FastAPI, console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Of a municipality that they work for, since only those are theirs to see."""
    led = await sent(http, {**CHOSEN, "do": "propose"})
    assert led.status_code == 303
    name = led.headers["location"].removeprefix("/staff/changes/")
    found = await asyncio.to_thread(Changes(app.state.store.desk).find, name)
    assert found
    assert (found.municipality, found.kind) == ("ludvika", "test")
    assert [(f.path, f.before) for f in found.files] == [(FILE, None)]


async def test_it_is_written_only_into_a_working_copy(
    app: FastAPI,
    console: CannedConsole,
    http: httpx.AsyncClient,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """By who may change content."""
    written: list[str] = []

    @contextmanager
    def write(files: Sequence[FileChange], root: Path) -> Iterator[list[str]]:
        written.extend(f"{root.name}/{file.path}" for file in files)
        yield []

    monkeypatch.setattr("api.changes.service.written", write)
    settings = app.state.settings
    for copy, status in ((False, 403), (True, 303)):
        app.state.settings = replace(settings, staff=replace(settings.staff, working_copy=copy))
        assert (await sent(http, {**CHOSEN, "do": "write"})).status_code == status
    assert written == [f"project/{FILE}"]


async def test_an_agent_takes_the_file_home(
    app: FastAPI, console: CannedConsole, http: httpx.AsyncClient
) -> None:
    """Changing the project takes an editor."""
    await at_work(app, http, "bo", "Bo Ek", umea="agent")
    page = Page(http, await sent(http, CHOSEN))
    assert "Föreslå som ändring" not in page.main.text
    assert (await sent(http, {**CHOSEN, "do": "propose"})).status_code == 403
    assert (await sent(http, {**CHOSEN, "do": "download"})).status_code == 200


@pytest.mark.parametrize("said", [[], ["  "]])
async def test_without_a_conversation_there_is_nothing_to_save(
    console: CannedConsole, http: httpx.AsyncClient, said: list[str]
) -> None:
    """The console is where it begins."""
    for led in (await sent(http, {**CHOSEN, "said": said}), await http.get(PATH)):
        assert (led.status_code, led.headers["location"]) == (303, "/staff/test")


async def test_what_is_far_too_long_is_not_even_read(
    console: CannedConsole, http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Masking megabytes would hold up everybody's conversations."""
    monkeypatch.setattr("api.console.saving.admit", None)
    refused = await sent(http, {**CHOSEN, "said": ["1 2 3 4 5 6"] * 31})
    assert refused.status_code == 422
    assert console.heard == []
