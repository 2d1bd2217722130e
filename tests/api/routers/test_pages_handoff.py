"""The chat page without scripts on the way to a person: wait, talk, look, leave."""

from __future__ import annotations

from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from bot.dialogue.turn import in_stockholm
from tests.api.callbacks.helpers import with_mail
from tests.api.desk_helpers import Person
from tests.api.helpers import Canned, application
from tests.api.html import Page, visit
from tests.api.staff.helpers import NOW

CHAT = "/chat/umea"
JOIN, LOOK, LEAVE = "Chatta med en människa", "Visa nya meddelanden", "Lämna kön"
END = "Avsluta chatten med människan"


@pytest.fixture
async def app(folder: Path, canned: Canned) -> FastAPI:
    """With a mail server."""
    return application(canned, folder, **with_mail())


@pytest.fixture
async def anna(http: httpx.AsyncClient, app: FastAPI) -> Person:
    """An agent at Umeå's desk."""
    person = await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})
    await app.state.desk.seen(person.staff.id, in_stockholm(NOW))
    await app.state.desk.set_presence(person.staff.id, "here", in_stockholm(NOW))
    return person


def buttons(page: Page) -> list[str]:
    """What can be pressed in the list of ways."""
    return [b.text for w in page.root.of_class("lotsen-ways") for b in w.all("button")]


async def test_without_anybody_there_nobody_is_promised(http: httpx.AsyncClient) -> None:
    page = await visit(http, CHAT)
    assert JOIN not in page.root.text.replace("Prata", "")
    links = {a.text: a.attributes["href"] for a in page.root.of_class("lotsen-ways")[0].all("a")}
    assert links == {"Bli uppringd": f"{CHAT}/ring-upp", "Mejla din fråga": f"{CHAT}/mejl"}
    page = await visit(http, "/chat/ostersund")
    assert page.root.of_class("lotsen-ways") == []
    english = await visit(http, f"{CHAT}?sprak=en")
    assert "Be called back" in english.root.of_class("lotsen-ways")[0].text


async def test_from_the_first_page_into_the_queue_and_out(
    http: httpx.AsyncClient, anna: Person
) -> None:
    page = await visit(http, CHAT)
    assert buttons(page) == [JOIN]
    page = await page.press(JOIN)
    assert page.status == 200
    assert page.held("conversation")
    assert "Du är nummer 1" in page.main.text
    assert JOIN not in buttons(page)
    assert "Du är nummer 1" in (await page.again()).main.text
    page = await (await page.press(LOOK)).press(LEAVE)
    assert buttons(page) == [JOIN, "Bli uppringd", "Mejla din fråga"]
    assert not [b for b in page.root.all("button") if b.text in (LOOK, LEAVE)]


async def test_a_talk_with_a_person(http: httpx.AsyncClient, anna: Person, canned: Canned) -> None:
    page = await (await visit(http, CHAT)).press("Skicka", text="Vad kostar det?")
    page = await page.press(JOIN)
    (row,) = (await anna.get("/queue")).json()["waiting"]
    assert (await anna.post(f"/handoffs/{row['id']}/claim")).status_code == 200
    page = await page.press("Skicka", text="Hej, är du där?")
    assert page.said()[-1].endswith("Hej, är du där?")
    assert page.root.one(id="newest").text == page.said()[-1]
    assert len(canned.heard) == 1
    sent = {"text": "Ja, här är jag.", "key": "key-number-1"}
    assert (await anna.post(f"/handoffs/{row['id']}/messages", sent)).status_code == 201
    page = await page.press(LOOK)
    assert page.said()[-1] == "Anna skrev Ja, här är jag."
    assert "lotsen-message--agent" in page.root.of_class("lotsen-message")[-1].attributes["class"]
    assert "Anna" in page.root.of_class("lotsen-standing")[0].text
    page = await page.press(END)
    page = await page.press("Skicka", text="Vad kostar det?")
    assert page.said()[-1].startswith("Assistenten svarade")


async def test_closed_between_the_page_and_the_press(
    http: httpx.AsyncClient, anna: Person, app: FastAPI
) -> None:
    page = await visit(http, CHAT)
    await app.state.desk.set_presence(anna.staff.id, "away", in_stockholm(NOW))
    page = await page.press(JOIN)
    assert page.status == 409
    assert "090-16 10 02" in page.root.one(id="problem").text
    assert JOIN not in buttons(page)
