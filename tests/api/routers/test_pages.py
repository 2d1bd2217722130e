"""The chat page without scripts: a whole conversation by forms, once each, and erased."""

from __future__ import annotations

import asyncio

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from api.storage.tables import conversations
from tests.api.helpers import Canned, Visitor
from tests.api.html import Page, visit
from tests.api.running import Open

CHAT = "/chat/umea"
ANSWER_BUTTON = "Vem kan få det?"


async def test_first_page_says_what_it_is_and_stores_nothing(
    http: httpx.AsyncClient, app: FastAPI
) -> None:
    page = await visit(http, CHAT)
    (greeting,) = page.said()
    for told in (
        "Jag är en dator, inte en människa.",
        "ledsagning",
        "Skriv inga personnummer",
        "30 dagar",
    ):
        assert told in greeting
    assert page.root.one("h1").text == "Umeå kommuns digitala assistent"
    assert "Vad kostar ledsagning?" in [
        b.text for b in page.root.of_class("lotsen-suggestions")[0].all("button")
    ]
    assert page.response.headers["Cache-Control"] == "no-store"
    assert _kept(app) == 0


async def test_whole_conversation_by_forms(http: httpx.AsyncClient, canned: Canned) -> None:
    page = await (await visit(http, CHAT)).press("Vad kostar ledsagning?")
    assert page.status == 200
    assert [text.split()[0] for text in page.said()] == ["Assistenten", "Du", "Assistenten"]
    assert page.said()[1] == "Du skrev Vad kostar ledsagning?"
    reply = page.said()[2]
    for told in ("Det är gratis.", "Källa: Umeå kommun, sidan ”Ledsagning”.", "Ring 090-16 10 02"):
        assert reply.count(told) == 1
    assert "Telefonen är öppen nu, till klockan 11.30." in reply
    page = await page.press(ANSWER_BUTTON)
    page = await page.press("Skicka", text="Tack!")
    assert [text for text in page.said() if text.startswith("Du skrev")] == [
        "Du skrev Vad kostar ledsagning?",
        f"Du skrev {ANSWER_BUTTON}",
        "Du skrev Tack!",
    ]
    senders = {sender for sender, _, _ in canned.heard}
    assert len(senders) == 1 and len(canned.heard) == 3
    assert canned.heard[0][2]["municipality"] == "umea"


async def test_newest_answer_is_where_the_browser_goes(asked: Page) -> None:
    assert asked.form("Skicka").attributes["action"].endswith("#newest")
    assert asked.root.one(id="newest").text.startswith("Assistenten svarade")


async def test_reload_answers_once(asked: Page, canned: Canned) -> None:
    again = await asked.again()
    assert again.said() == asked.said()
    page = await again.press("Skicka", text="En fråga till")
    assert (await page.again()).said() == page.said()
    assert len(canned.heard) == 2


async def test_first_message_sent_twice_at_once_starts_one_conversation(
    http: httpx.AsyncClient, canned: Canned, app: FastAPI
) -> None:
    page = await visit(http, CHAT)
    fields = page.fields("Skicka", text="Vad kostar det?")
    pages = await asyncio.gather(*(page.send(CHAT, fields) for _ in range(4)))
    assert len({p.held("conversation") for p in pages}) == 1
    assert len({tuple(p.said()) for p in pages}) == 1
    assert len(canned.heard) == 1
    assert _kept(app) == 1


def _kept(app: FastAPI) -> int:
    """How many conversations are stored."""
    with app.state.store.texts.connect() as connection:
        found = connection.execute(sa.select(sa.func.count()).select_from(conversations))
        return int(found.scalar_one())


async def test_back_and_another_question_is_another_message(asked: Page, canned: Canned) -> None:
    """After the browser's Back the same page sends another text: both are answered."""
    first = await asked.press("Skicka", text="Vem kan få det?")
    second = await asked.press("Skicka", text="Hur ansöker man?")
    assert len(second.said()) == len(first.said()) + 2
    assert len(canned.heard) == 3


async def test_line_breaks_are_kept_and_count_once(http: httpx.AsyncClient, canned: Canned) -> None:
    page = await visit(http, CHAT)
    await page.press("Skicka", text="En rad\r\noch en till")
    assert canned.heard[0][1].text == "En rad\noch en till"


async def test_language_follows_the_conversation(http: httpx.AsyncClient, canned: Canned) -> None:
    page = await visit(http, f"{CHAT}?sprak=en")
    assert page.root.one("html").attributes["lang"] == "en"
    page = await page.press("Send", text="What does it cost?")
    assert canned.heard[0][2]["language"] == "en"
    assert page.root.one("html").attributes["lang"] == "en"
    page = await page.press("På svenska")
    assert page.root.one("html").attributes["lang"] == "sv"
    assert page.said()[1] == "Du skrev What does it cost?"


async def test_easy_swedish_before_and_within(http: httpx.AsyncClient, canned: Canned) -> None:
    page = await visit(http, f"{CHAT}?latt=1")
    page = await page.press("Skicka", text="Vad kostar det?")
    page = await page.press("Byt till vanlig svenska")
    page = await page.press("Skicka", text="Och nu?")
    assert [metadata["easy"] for _, _, metadata in canned.heard] == [True, False]
    assert page.form("Byt till lätt svenska").tag == "form"


async def test_feedback_with_words(asked: Page, app: FastAPI) -> None:
    page = await asked.press("Nej")
    assert page.root.one(id="newest").text == "Tack, det hjälper oss."
    page = await page.press("Skicka synpunkten", words="Priset saknas, 19900101-1234")
    (given,) = app.state.store.feedback(page.held("conversation"))
    assert (given.number, given.helped) == (2, False)
    assert "Priset saknas" in given.words and "19900101" not in given.words


async def test_feedback_that_is_too_long(asked: Page) -> None:
    page = await asked.press("Nej")
    page = await page.press("Skicka synpunkten", words="x" * 503)
    assert page.status == 413
    assert "3 tecken för långt" in page.root.one(id="problem").text


async def test_good_feedback_asks_no_more(asked: Page) -> None:
    page = await asked.press("Ja, det hjälpte")
    assert "Hjälpte svaret?" not in page.root.text


async def test_crisis_card_is_marked_and_asks_for_no_feedback(serve: Open) -> None:
    crisis = {"text": "Ring 112.", "custom": {"kind": "crisis", "contacts": []}}
    async with serve(Canned([crisis])) as http:
        page = await (await visit(http, CHAT)).press("Skicka", text="hjälp")
    (card,) = page.root.of_class("lotsen-message--crisis")
    assert card.one("a").attributes["href"] == "tel:112"
    assert "Hjälpte svaret?" not in page.root.text


async def test_a_contact_without_a_number_is_shown_with_its_way(serve: Open) -> None:
    contact = {"id": "unknown", "name": "Hemtjänsten", "phone": None, "how": "Prata med dem."}
    custom = {"kind": "handoff", "body": "Här når du en människa.", "contacts": [contact]}
    text = "Här når du en människa.\nPrata med dem."
    answer = {"text": text, "custom": custom}
    async with serve(Canned([answer])) as http:
        page = await (await visit(http, CHAT)).press("Skicka", text="människa")
    assert "Prata med dem." in page.said()[2]


async def test_transcript_is_a_text_to_keep(asked: Page) -> None:
    fields = asked.fields("Spara samtalet som text")
    response = await asked.http.post(CHAT, data=fields)
    assert response.headers["Content-Type"] == "text/plain; charset=utf-8"
    assert "attachment" in response.headers["Content-Disposition"]
    assert "Vad kostar det?" in response.text and "Det är gratis." in response.text


async def test_erasing_leaves_nothing(asked: Page, app: FastAPI) -> None:
    page = await asked.press("Radera")
    assert page.root.one(id="newest").text == "Samtalet är raderat."
    assert len(page.said()) == 1
    assert not list(page.root.all("input", name="conversation"))
    assert app.state.store.messages(asked.held("conversation")) == []


async def test_what_was_erased_does_not_come_back_by_reload(asked: Page, canned: Canned) -> None:
    await asked.press("Radera")
    page = await asked.again()
    assert page.status == 404
    assert "Samtalet finns inte kvar" in page.root.one(id="problem").text
    assert page.root.one("textarea", name="text").text == "Vad kostar det?"
    assert len(canned.heard) == 1
    page = await page.press("Skicka")
    assert len(page.said()) == 3


async def test_conversation_goes_on_in_the_widget(asked: Page) -> None:
    """The hidden fields are a conversation of API v1, and so the scripts' as well."""
    held = {"id": asked.held("conversation"), "secret": asked.held("secret")}
    visitor = Visitor(asked.http, held)
    assert len((await visitor.read())["messages"]) == 2
    module = asked.main.attributes
    assert module["data-module"] == "lotsen-page" and module["data-municipality"] == "umea"


@pytest.mark.parametrize(
    ("text", "told"), [("Vad kostar det?", "090-16 10 02"), ("jag vill dö", "112")]
)
async def test_a_first_message_that_cannot_be_kept_leaves_nobody_without_help(
    http: httpx.AsyncClient, app: FastAPI, monkeypatch: pytest.MonkeyPatch, text: str, told: str
) -> None:
    def fails(*rest: object, **named: object) -> None:
        raise OperationalError("insert", {}, Exception("the disk is full"))

    monkeypatch.setattr(app.state.store, "create", fails)
    page = await (await visit(http, CHAT)).press("Skicka", text=text)
    assert page.status == 503
    assert told in page.main.text
    assert page.fields("Skicka")["text"] == text, "what was written is kept"
