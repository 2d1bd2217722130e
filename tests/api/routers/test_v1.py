"""A conversation's life: started, read by who has its secret, changed, kept as text, erased."""

from __future__ import annotations

import asyncio
import datetime as dt
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI
from sqlalchemy.exc import OperationalError

from api.storage import writing
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER, MORNING, WEBHOOK, Canned, Visitor, kept_in
from tests.api.running import Open

START = "/api/v1/conversations"


async def test_starting_tells_id_secret_and_municipality(http: httpx.AsyncClient) -> None:
    body = {"municipality": "ludvika", "channel": "kiosk", "language": "en", "easy": True}
    response = await http.post(START, json=body)
    started = response.json()
    assert response.status_code == 201
    assert len(started["secret"]) >= 43
    assert len(started["id"]) >= 22
    kept = started["conversation"]
    assert {k: kept[k] for k in body} == body
    assert (kept["messages"], kept["feedback"]) == ([], {})
    assert started["municipality"]["id"] == "ludvika"
    assert started["municipality"]["assistant"]["is_machine"].startswith("I am a machine")


async def test_no_two_conversations_share_anything(http: httpx.AsyncClient) -> None:
    visitors = [await Visitor.arrive(http) for _ in range(5)]
    assert len({v.id for v in visitors} | {v.secret for v in visitors}) == 10


@pytest.mark.parametrize(
    ("body", "status", "code", "field"),
    [
        ({}, 422, "invalid_request", "municipality"),
        ({"municipality": "atlantis"}, 422, "unknown_municipality", "municipality"),
        ({"municipality": 1}, 422, "invalid_request", "municipality"),
        ({"municipality": "umea", "channel": "fax"}, 422, "invalid_request", "channel"),
        ({"municipality": "umea", "easy": "yes"}, 422, "invalid_request", "easy"),
        ({"municipality": "umea", "language": "svenska"}, 422, "invalid_request", "language"),
        ({"municipality": "umea", "secret": "mine"}, 422, "invalid_request", "secret"),
        ([], 422, "invalid_request", None),
    ],
)
async def test_what_cannot_be_started_is_an_error(
    http: httpx.AsyncClient, body: Any, status: int, code: str, field: str | None
) -> None:
    response = await http.post(START, json=body)
    error = response.json()["error"]
    assert (response.status_code, error["code"], error.get("field")) == (status, code, field)


async def test_everything_can_be_read_again(visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    kept = await visitor.read()
    assert [m["sender"] for m in kept["messages"]] == ["citizen", "assistant"]
    assert kept["messages"][1]["quick_replies"] == ANSWER["buttons"]
    assert kept["id"] == visitor.id
    assert visitor.secret not in str(kept)


async def test_a_reload_tells_whether_it_is_open_now_not_then(visitor: Visitor) -> None:
    reply = (await visitor.say("Vad kostar det?")).json()["replies"][0]
    assert reply["contacts"][0]["open_now"] is True
    assert reply["contacts"][0]["status"] == "Telefonen är öppen nu, till klockan 11.30."
    visitor.headers["X-Lotsen-Now"] = "2026-11-18T20:00"
    contact = (await visitor.read())["messages"][1]["contacts"][0]
    assert contact["open_now"] is False
    assert contact["status"].startswith("Telefonen är stängd nu.")


@pytest.mark.parametrize(
    ("changes", "language", "easy"),
    [
        ({"easy": True}, "en", True),
        ({"language": "sv"}, "sv", False),
        ({"language": None}, None, False),
        ({}, "en", False),
    ],
)
async def test_changing_one_thing_leaves_the_other(
    http: httpx.AsyncClient, changes: dict[str, Any], language: str | None, easy: bool
) -> None:
    visitor = await Visitor.arrive(http, language="en")
    response = await http.patch(visitor.path, json=changes, headers=visitor.headers)
    assert response.status_code == 200
    for kept in (response.json(), await visitor.read()):
        assert (kept["language"], kept["easy"]) == (language, easy)


async def test_the_transcript_holds_the_whole_conversation(visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    response = await visitor.http.get(f"{visitor.path}/transcript", headers=visitor.headers)
    assert response.headers["content-type"] == "text/plain; charset=utf-8"
    name = 'attachment; filename="chatt-umea-2026-11-18.txt"'
    assert response.headers["content-disposition"] == name
    assert response.text == (
        "Samtal med Umeå kommuns digitala assistent\n2026-11-18. Assistenten är en dator.\n\n"
        f"Du skrev, 10.00:\nVad kostar det?\n\nAssistenten svarade, 10.00:\n{ANSWER['text']}\n"
    )


async def test_erased_is_gone(app: FastAPI, visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    response = await visitor.erase()
    assert (response.status_code, response.content) == (204, b"")
    assert app.state.store.export(visitor.id) is None
    assert (await visitor.erase()).status_code == 404
    assert (await visitor.say("Är du kvar?", "another-key")).status_code == 404


async def test_erasing_waits_for_the_answer_that_is_being_made(serve: Open) -> None:
    slow = Canned([ANSWER], seconds=0.05)
    async with serve(slow) as http:
        visitor = await Visitor.arrive(http)
        said, erased = await asyncio.gather(visitor.say("Vad kostar det?"), visitor.erase())
        assert erased.status_code == 204
        assert said.status_code in {200, 404}
        response = await http.get(visitor.path, headers=visitor.headers)
        assert response.status_code == 404


async def test_what_is_frozen_is_not_erased(app: FastAPI, visitor: Visitor) -> None:
    await asyncio.to_thread(app.state.store.freeze, True)
    response = await visitor.erase()
    assert (response.status_code, response.json()["error"]["code"]) == (409, "frozen")
    assert (await visitor.read())["id"] == visitor.id


async def test_errors_speak_the_language_of_the_conversation(http: httpx.AsyncClient) -> None:
    visitor = await Visitor.arrive(http, language="en")
    assert (await visitor.say("")).json()["error"]["message"] == "Write a question."
    swedish = await Visitor.arrive(http)
    assert (await swedish.say("")).json()["error"]["message"] == "Skriv en fråga."


@pytest.mark.parametrize(
    ("accepted", "message"),
    [
        ("en-GB,en;q=0.9", "Not Found"),
        ("sv-SE, en;q=0.5", "Adressen finns inte."),
        ("de, en;q=0.5", "Not Found"),
        ("", "Adressen finns inte."),
    ],
)
async def test_errors_speak_the_language_of_the_browser(
    http: httpx.AsyncClient, accepted: str, message: str
) -> None:
    response = await http.get("/nowhere", headers={"Accept-Language": accepted})
    assert response.json()["error"]["message"] == message


async def test_a_database_that_fails_leaves_nobody_without_help(
    app: FastAPI, visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*rest: object, **named: object) -> None:
        raise OperationalError("insert", {}, Exception("gone"))

    monkeypatch.setattr(writing, "add_message", fails)
    response = await visitor.say("jag vill dö")
    error = response.json()["error"]
    assert (response.status_code, error["code"]) == (503, "storage_unavailable")
    assert "112" in error["message"]
    unit = load_knowledge().municipalities["umea"].reception_unit
    assert str(unit.phone) in (await visitor.say("Vad kostar det?")).json()["error"]["message"]
    monkeypatch.setattr(app.state.store, "find", fails)
    for lost in (
        await visitor.say("hej"),
        await visitor.http.get(visitor.path, headers=visitor.headers),
    ):
        assert (lost.status_code, lost.json()["error"]["code"]) == (503, "storage_unavailable")
        assert str(unit.phone) in lost.json()["error"]["message"]


@pytest.mark.parametrize(
    ("broken", "method", "path", "body"),
    [
        ("create", "POST", "/api/v1/conversations", {"municipality": "umea"}),
        ("messages", "GET", "", None),
        ("feedback", "GET", "", None),
        ("update", "PATCH", "", {"easy": True}),
        ("give_feedback", "POST", "/messages/2/feedback", {"helped": True}),
        ("erase", "DELETE", "", None),
    ],
)
async def test_whatever_the_database_fails_at_there_is_a_number_to_call(
    app: FastAPI,
    visitor: Visitor,
    monkeypatch: pytest.MonkeyPatch,
    broken: str,
    method: str,
    path: str,
    body: dict[str, object] | None,
) -> None:
    await visitor.say("Vad kostar det?")

    def fails(*rest: object, **named: object) -> None:
        raise OperationalError("insert", {}, Exception("the disk is full"))

    monkeypatch.setattr(app.state.store, broken, fails)
    address = path if path.startswith("/api/") else f"{visitor.path}{path}"
    lost = await visitor.http.request(method, address, json=body, headers=visitor.headers)
    assert (lost.status_code, lost.json()["error"]["code"]) == (503, "storage_unavailable")
    unit = load_knowledge().municipalities["umea"].reception_unit
    assert str(unit.phone) in lost.json()["error"]["message"]


async def test_a_conversation_is_not_reached_through_rasas_contract(
    visitor: Visitor, canned: Canned
) -> None:
    await visitor.say("Vad kostar det?")
    body = {"sender": visitor.id, "message": "Vad sa du?"}
    response = await visitor.http.post(WEBHOOK, json=body)
    assert (response.status_code, response.json()["error"]["code"]) == (422, "sender_taken")
    assert len(canned.heard) == 1
    body["sender"] = "B" * 22
    assert (await visitor.http.post(WEBHOOK, json=body)).status_code == 200


async def test_what_happens_is_counted(app: FastAPI, visitor: Visitor) -> None:
    await visitor.say("Vad kostar det?")
    await visitor.say("Vad kostar det?")
    feedback = f"{visitor.path}/messages/2/feedback"
    await visitor.http.post(feedback, json={"helped": True}, headers=visitor.headers)
    await visitor.erase()
    await app.state.counters.write(app.state.store)
    day = dt.datetime.fromisoformat(MORNING).date()
    counted = {name: value for d, m, name, value in app.state.store.counters(day) if m == "umea"}
    assert counted == {
        "conversations": 1, "messages": 1, "hour.10.open": 1, "channel.web": 1,
        "replies.answer": 1, "answer.umea.ledsagning.kostnad": 1, "service.ledsagning": 1,
        "language.sv": 1, "feedback.helped": 1,
        "feedback.umea.ledsagning.kostnad.helped": 1, "erased": 1,
    }  # fmt: skip


async def test_with_no_days_of_storage_only_numbers_reach_the_database(
    serve: Open, tmp_path: Path
) -> None:
    # Not in test mode: what stands only in memory is deleted when it is old by the real clock.
    async with serve(retention_days=0, test_mode=False) as http:
        visitor = await Visitor.arrive(http)
        assert (await visitor.say("Vad kostar en katt?")).status_code == 200
        assert len((await visitor.read())["messages"]) == 2
    dump = kept_in(tmp_path)
    assert b"replies.answer" in dump
    assert b"katt" not in dump
