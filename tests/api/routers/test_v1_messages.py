"""Saying something: answered once, whatever is sent again, and followed without loss."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.handoff.talks import Talks
from api.services import exchange
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER, MORNING, Canned, Visitor
from tests.api.running import Open

UMEA = load_knowledge().municipalities["umea"].reception_unit


async def test_a_message_gets_its_answer(visitor: Visitor) -> None:
    response = await visitor.say("Vad kostar det?")
    assert response.status_code == 200
    exchange = response.json()
    assert exchange["message"]["text"] == "Vad kostar det?"
    (reply,) = exchange["replies"]
    assert (reply["number"], reply["in_reply_to"], reply["sender"]) == (2, 1, "assistant")
    assert reply["text"] == ANSWER["text"]
    assert (reply["kind"], reply["answer"]) == ("answer", "umea.ledsagning.kostnad")
    assert reply["body"] == "Det är gratis."
    assert reply["quick_replies"] == ANSWER["buttons"]
    assert {"text": "112", "href": "tel:112"} in reply["links"]


async def test_the_assistant_is_told_where_and_how_it_is_asked(
    http: httpx.AsyncClient, canned: Canned
) -> None:
    visitor = await Visitor.arrive(http, language="en", easy=True, channel="kiosk")
    await visitor.say("hello")
    ((sender, admitted, metadata),) = canned.heard
    assert (sender, admitted.text) == (visitor.id, "hello")
    assert metadata == {
        "municipality": "umea", "channel": "kiosk", "language": "en", "easy": True, "now": MORNING,
        "person": {"chat": False, "waiting": 0, "callback": False, "mail": False},
    }  # fmt: skip


async def test_sent_again_it_is_not_answered_again(visitor: Visitor, canned: Canned) -> None:
    first = await visitor.say("Vad kostar det?")
    second = await visitor.say("Vad kostar det?")
    assert second.json() == first.json()
    assert len(canned.heard) == 1
    assert len((await visitor.read())["messages"]) == 2


async def test_sent_twice_at_once_it_is_answered_once(visitor: Visitor, canned: Canned) -> None:
    sent = [visitor.say("Vad kostar det?") for _ in range(5)]
    answers = [r.json() for r in await asyncio.gather(*sent)]
    assert answers == [answers[0]] * 5
    assert len(canned.heard) == 1


async def test_two_messages_at_once_are_answered_in_turn(visitor: Visitor) -> None:
    sent = [visitor.say(f"Fråga {n}", f"key-number-{n}") for n in range(4)]
    await asyncio.gather(*sent)
    messages = (await visitor.read())["messages"]
    assert [m["number"] for m in messages] == list(range(1, 9))
    assert [m["in_reply_to"] for m in messages] == [None, 1, None, 3, None, 5, None, 7]


async def test_an_answer_that_was_lost_is_made_when_it_is_asked_for_again(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def dies(*rest: Any) -> Any:
        raise RuntimeError("the process ends here")

    monkeypatch.setattr(Talks, "answer", dies)
    assert (await visitor.say("Vad kostar det?")).status_code == 500
    assert [m["sender"] for m in (await visitor.read())["messages"]] == ["citizen"]
    monkeypatch.undo()
    response = await visitor.say("Vad kostar det?")
    assert [r["in_reply_to"] for r in response.json()["replies"]] == [1]
    assert [m["sender"] for m in (await visitor.read())["messages"]] == ["citizen", "assistant"]


async def test_another_text_with_the_same_key_is_refused(visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    response = await visitor.say("Vem kan få det?")
    error = response.json()["error"]
    assert (response.status_code, error["code"], error["field"]) == (409, "key_reused", "key")


async def test_the_same_key_in_another_conversation_is_another_message(
    http: httpx.AsyncClient, canned: Canned
) -> None:
    for _ in range(2):
        await (await Visitor.arrive(http)).say("Vad kostar det?")
    assert len(canned.heard) == 2


@pytest.mark.parametrize(
    ("length", "told"), [(1001, "1 tecken för långt"), (1250, "250 tecken för långt")]
)
async def test_too_long_tells_how_much(visitor: Visitor, length: int, told: str) -> None:
    response = await visitor.say("å" * length)
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (413, "message_too_long")
    assert told in error["message"]
    assert (await visitor.read())["messages"] == []


async def test_line_breaks_of_a_form_count_once(visitor: Visitor) -> None:
    assert (await visitor.say("å\r\n" * 500)).status_code == 200


@pytest.mark.parametrize("text", ["", "  \n", "\u200b\u2060", "\U000e0041\U000e0042", "\ud800"])
async def test_nothing_to_read_is_refused(visitor: Visitor, text: str) -> None:
    body = json.dumps({"text": text, "key": "a-first-key"})
    headers = {**visitor.headers, "Content-Type": "application/json"}
    response = await visitor.http.post(f"{visitor.path}/messages", content=body, headers=headers)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "empty_message")


async def test_hidden_characters_are_taken_out(visitor: Visitor, canned: Canned) -> None:
    await visitor.say("Vad\u200b kos\u00adtar\u202e det\U000e0069\U000e0067?\x00")
    assert canned.heard[0][1].text == "Vad kostar det?"
    assert (await visitor.read())["messages"][0]["text"] == "Vad kostar det?"


async def test_personal_numbers_are_taken_out_and_it_is_told(visitor: Visitor) -> None:
    response = await visitor.say("Jag är 480615-9846, vad kostar det?")
    message = response.json()["message"]
    assert message["text"] == "Jag är [personnummer], vad kostar det?"
    assert message["masked"] is True
    assert (await visitor.read())["messages"][0]["masked"] is True


LOST = [
    pytest.param(Canned([]), id="says nothing"),
    pytest.param(Canned(error=RuntimeError("inside")), id="fails"),
    pytest.param(Canned(seconds=60), id="takes too long"),
]


@pytest.mark.parametrize("assistant", LOST)
async def test_an_assistant_that_is_lost_still_leads_to_a_person(
    serve: Open, assistant: Canned
) -> None:
    async with serve(assistant, reply_seconds=0.02) as http:
        visitor = await Visitor.arrive(http)
        (reply,) = (await visitor.say("Vad kostar det?")).json()["replies"]
        (card,) = (await visitor.say("jag vill dö", "another-key")).json()["replies"]
    assert reply["kind"] == "handoff"
    assert str(UMEA.phone) in reply["text"]
    assert [c["id"] for c in reply["contacts"]] == [UMEA.id]
    assert card["kind"] == "crisis"
    assert {"text": "112", "href": "tel:112"} in card["links"]


async def test_feedback_is_kept_and_replaced(app: FastAPI, visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    path = f"{visitor.path}/messages/2/feedback"
    for body in ({"helped": True}, {"helped": False, "words": "jag är 480615-9846"}):
        response = await visitor.http.post(path, json=body, headers=visitor.headers)
        assert (response.status_code, response.content) == (204, b"")
    assert (await visitor.read())["feedback"] == {"2": False}
    (kept,) = app.state.store.feedback(visitor.id)
    assert kept.words == "jag är [personnummer]"


@pytest.mark.parametrize("number", [1, 3, 2_147_483_647])
async def test_feedback_is_on_an_answer(visitor: Visitor, number: int) -> None:
    await visitor.say("Vad kostar det?")
    path = f"{visitor.path}/messages/{number}/feedback"
    response = await visitor.http.post(path, json={"helped": True}, headers=visitor.headers)
    assert (response.status_code, response.json()["error"]["code"]) == (404, "unknown_message")


async def test_a_key_is_not_kept_as_it_was_sent(app: FastAPI, visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?", "19811218-9876")
    again = await visitor.say("Vad kostar det?", "19811218-9876")
    assert again.json()["message"]["number"] == 1
    first, second = app.state.store.messages(visitor.id)
    assert "9876" not in first.key
    assert second.key is None


async def test_a_conversation_that_is_too_long_takes_no_more_but_danger(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exchange, "MOST_MESSAGES", 2)
    assert (await visitor.say("Vad kostar det?", "key-number-1")).status_code == 200
    assert (await visitor.say("Och för barn?", "key-number-2")).status_code == 200
    response = await visitor.say("Och i Ludvika?", "key-number-3")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (409, "conversation_full")
    assert (await visitor.say("jag vill ta mitt liv", "key-number-4")).status_code == 200
