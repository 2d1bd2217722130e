"""The review as an editor meets it, by its pages and forms."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.changes.service import Changes
from api.storage import audit
from api.storage import review as table
from tests.api.helpers import Canned, application
from tests.api.html import Page
from tests.api.review.helpers import asked
from tests.api.staff.helpers import NOW
from tests.api.staff_pages import at_work, page_at

COMPANY = "kan nån hänga med farmor på bingokvällarna"
COMPANY_TOO = "finns det någon som kan följa med farmor på bingo i Umeå"
PARKING = "var får jag ställa husvagnen över vintern"
LIST = "/staff/review?kommun=umea"


@pytest.fixture
def app(folder: Path, canned: Canned) -> FastAPI:
    """One that keeps texts for so long that an old one isn't deleted while it is written."""
    return application(canned, folder, retention_days=90)


@pytest.fixture
async def editor(app: FastAPI, http: httpx.AsyncClient) -> httpx.AsyncClient:
    """An editor of Umeå, and questions that were asked there and elsewhere."""
    store = app.state.store

    def ask() -> None:
        asked(store, COMPANY, topic="ledsagning.exempel", times=2)
        asked(store, COMPANY_TOO, "clarify", topic="ledsagning.exempel", language="sv")
        asked(store, PARKING, "out_of_scope", at=NOW - dt.timedelta(days=3), topic="out_of_scope")
        asked(
            store, "vem ringer jag på [telefonnummer]", "answer", topic="telefonnummer",
            answer="umea.mottagningsenheten.telefonnummer", helped=False, words="fel <nummer>",
        )  # fmt: skip
        asked(store, "Ludvikas hemlighet", municipality="ludvika")
        asked(store, "gammal fråga om bygglov", at=NOW - dt.timedelta(days=40))

    await asyncio.to_thread(ask)
    return await at_work(app, http, umea="editor", ludvika="agent")


def names(page: Page) -> list[str]:
    """The groups on the list, in order."""
    groups = page.root.of_class("review-groups")
    return [h.text for h in groups[0].all("h3")] if groups else []


async def opened(http: httpx.AsyncClient, name: str, query: str = "") -> Page:
    """The page of a group."""
    page = await page_at(http, LIST + query)
    (address,) = [a.attributes["href"] for a in page.main.all("a") if a.text == name]
    return await page_at(http, address)


async def choose(page: Page, button: str, **typed: str) -> Page:
    """Press a button with every question marked that is marked at first."""
    boxes = page.root.all("input", name="fraga")
    marked = [b.attributes["value"] for b in boxes if "checked" in b.attributes]
    sent: dict[str, Any] = {**page.fields(button, **typed), "fraga": marked}
    return await page.send(page.form(button).attributes["action"], sent)


async def follow(http: httpx.AsyncClient, page: Page) -> Page:
    """Where a form led to."""
    assert page.status == 303, page.main.text
    return await page_at(http, page.response.headers["location"])


async def test_the_list_groups_by_meaning_the_most_asked_first(editor: httpx.AsyncClient) -> None:
    page = await page_at(editor, LIST)
    assert len(names(page)) == 3
    assert names(page)[0] in {COMPANY, COMPANY_TOO}
    assert "Ställd 3 gånger i 3 samtal, senast 2026-11-18" in page.main.text
    assert "vem ringer jag på [telefonnummer]" in names(page)
    assert "Svarade på: Vilket är telefonnumret?" in page.main.text
    assert "Ludvikas hemlighet" not in page.response.text


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("&dagar=90", 4),
        ("&dagar=99999", 3),
        ("&visa=outside", 1),
        ("&visa=bad", 1),
        ("&visa=unclear", 1),
        ("&visa=unsure", 0),
        ("&visa=done", 0),
        ("&visa=what", 3),
        ("&sida=7", 3),
    ],
)
async def test_the_list_can_be_narrowed(
    editor: httpx.AsyncClient, query: str, expected: int
) -> None:
    assert len(names(await page_at(editor, LIST + query))) == expected


async def test_a_group_tells_all_that_was_said(editor: httpx.AsyncClient) -> None:
    page = await opened(editor, "vem ringer jag på [telefonnummer]")
    assert "fel <nummer>" in page.main.text
    assert "Svarade på: Vilket är telefonnumret?" in page.main.text
    company = await opened(editor, names(await page_at(editor, LIST))[0])
    options = [o.text for o in company.root.one("select", id="vad").all("option")]
    assert "Vad kan man få ledsagning till?" in options[1:4]
    assert any(o.endswith("(inget svar hos er än)") for o in options)
    texts = [i.attributes["value"] for i in company.root.all("input", type="text")]
    assert "finns det någon som kan följa med farmor på bingo" in texts


async def test_examples_become_a_change_set(app: FastAPI, editor: httpx.AsyncClient) -> None:
    page = await opened(editor, names(await page_at(editor, LIST))[0])
    listed = await follow(editor, await choose(page, "Välj som exempel", vad="ledsagning.exempel"))
    assert "Valda exempel (2)" in listed.main.text
    assert len(names(listed)) == 2
    shown = await follow(editor, await listed.press("Gör ett ändringsförslag"))
    assert shown.response.url.path.startswith("/staff/changes/")
    (found,) = await asyncio.to_thread(Changes(app.state.store.desk).listed, ["umea"])
    made = await asyncio.to_thread(Changes(app.state.store.desk).find, found.id)
    assert made is not None and made.kind == "review"
    assert [f.path for f in made.files] == ["bot/data/nlu/ledsagning.yml"]
    added = [line for line in made.patch().splitlines() if line.startswith("+ ")]
    assert sorted(line.strip("+ -") for line in added) == sorted(
        [COMPANY, "finns det någon som kan följa med farmor på bingo"]
    )
    assert COMPANY not in str(made.about)
    assert len(names(await page_at(editor, LIST))) == 2
    await asyncio.to_thread(Changes(app.state.store.desk).drop, made, None, NOW)
    assert len(names(await page_at(editor, LIST))) == 3


async def test_what_can_be_no_example_comes_back_as_it_was_typed(
    editor: httpx.AsyncClient,
) -> None:
    page = await opened(editor, names(await page_at(editor, LIST))[0])
    field = next(page.root.all("input", type="text")).attributes["name"]
    text = "var <finns> ledsagning i Ludvika"
    again = await choose(page, "Välj som exempel", vad="ledsagning.var", **{field: text})
    assert again.status == 422
    assert "Inget är sparat" in again.main.text
    assert "Ta bort parenteser" in again.main.text
    typed = again.root.one("input", name=field).attributes
    assert (typed["aria-invalid"], typed["value"]) == ("true", text)
    chosen = again.root.one("select", id="vad").all("option", selected="")
    assert [o.attributes["value"] for o in chosen] == ["ledsagning.var"]
    assert "Valda exempel" not in (await page_at(editor, LIST)).main.text


async def test_what_does_not_belong_here_becomes_an_example_too(
    app: FastAPI, editor: httpx.AsyncClient
) -> None:
    page = await opened(editor, PARKING)
    listed = await follow(editor, await page.press("Välj: hör inte hit"))
    assert "Har inget med stöd och omsorg att göra" in listed.main.text
    shown = await follow(editor, await listed.press("Gör ett ändringsförslag"))
    assert f"- {PARKING}" in shown.main.text
    with app.state.store.desk.connect() as connection:
        (mark,) = table.marks(connection, "umea").values()
    assert (mark.state, mark.question) == ("out_of_scope", None)


async def test_an_editor_is_asked_and_answers(app: FastAPI, editor: httpx.AsyncClient) -> None:
    page = await opened(editor, PARKING)
    pressed = await page.press("Be en redaktör svara", meddelande="Ring Eva 070-174 06 58 om det")
    listed = await follow(editor, pressed)
    assert "Väntar på en redaktör (1)" in listed.main.text
    assert "070-174" not in listed.response.text
    assert PARKING not in names(listed)
    done = await follow(editor, await listed.press(f"Bocka av ”{PARKING}”"))
    assert "Väntar på" not in done.main.text
    with app.state.store.desk.connect() as connection:
        (mark,) = table.marks(connection, "umea").values()
        noted = audit.read(connection, ["umea"])
    assert (mark.state, mark.question, mark.note) == ("answered", None, None)
    assert [e.action for e in reversed(noted)] == ["review.asked", "review.answered"]


async def test_what_is_hidden_can_be_taken_back(editor: httpx.AsyncClient) -> None:
    hidden = await follow(editor, await (await opened(editor, PARKING)).press("Göm"))
    assert PARKING not in names(hidden)
    page = await opened(editor, PARKING, "&visa=done")
    await follow(editor, await page.press("Ta tillbaka till listan"))
    assert PARKING in names(await page_at(editor, LIST))


async def test_nothing_is_kept_of_what_is_erased(app: FastAPI, editor: httpx.AsyncClient) -> None:
    store = app.state.store
    conversation = await asyncio.to_thread(asked, store, "nåt om fritidsgården")
    page = await opened(editor, "nåt om fritidsgården")
    await asyncio.to_thread(store.erase, conversation)
    assert "fritidsgården" not in (await page_at(editor, LIST)).response.text
    gone = await follow(editor, await page.press("Göm"))
    assert "Frågan finns inte kvar" in gone.main.text


async def test_something_has_to_be_marked_and_chosen(editor: httpx.AsyncClient) -> None:
    page = await opened(editor, PARKING)
    fields = page.fields("Göm")
    unmarked = {name: value for name, value in fields.items() if name != "fraga"}
    address = page.form("Göm").attributes["action"]
    assert "Markera minst en" in (await page.send(address, unmarked)).main.text
    again = await page.send(address, {**fields, "do": ""})
    assert (again.status, "Välj vad som ska hända" in again.main.text) == (422, True)
    forged = await page.send(address, {**fields, "csrf": "other"})
    assert forged.status == 403


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("/staff/review?kommun=ludvika", 404),
        ("/staff/review?kommun=nowhere", 404),
        ("/staff/review/question/abc?kommun=umea", 422),
        (f"/staff/review/question/{'0' * 32}?kommun=umea", 303),
        (f"/staff/review/question/{'0' * 32}?kommun=ludvika", 404),
    ],
)
async def test_others_questions_are_not_seen(
    editor: httpx.AsyncClient, path: str, status: int
) -> None:
    await page_at(editor, path, status)


async def test_agents_have_no_review(app: FastAPI, http: httpx.AsyncClient) -> None:
    await at_work(app, http, umea="agent")
    assert "umea" not in (await page_at(http, LIST, 403)).main.text
