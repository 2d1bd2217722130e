"""What an agent sees of a chat, until its end, and what is noted of it."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from fastapi import FastAPI

from tests.api.desk_helpers import Person, code_of, noted, queued
from tests.api.helpers import ANSWER, Canned, Visitor, application
from tests.api.running import started
from tests.api.staff.helpers import NOW

ID = "H" * 22
PATH = f"/handoffs/{ID}"
KEY = "the-key-1"


@pytest.fixture
def canned() -> Canned:
    custom = {**ANSWER["custom"], "understood": {"topic": "ledsagning.kostnad", "confidence": 0.93}}
    return Canned([{**ANSWER, "custom": custom}])


@pytest.fixture
async def anna(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})


@pytest.fixture
async def olle(app: FastAPI, visitor: Visitor) -> Person:
    return await Person.sign_in(app, "Olle Öst", {"umea": ["agent"]})


async def actions(app: FastAPI) -> list[tuple[str | None, str]]:
    """Who did what, to the one handoff that there is."""
    entries = await noted(app)
    assert {subject for *_, subject in entries} <= {ID}
    return [(name, action) for name, action, _ in entries]


async def talk(app: FastAPI, visitor: Visitor, person: Person) -> None:
    """The person has the citizen's chat."""
    await queued(app, visitor.id)
    assert (await person.post(f"{PATH}/claim")).status_code == 200


async def test_the_understanding_stands_beside_each_message(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await visitor.say("Vad kostar ledsagning? Jag heter 19121212-1212.")
    await queued(app, visitor.id)
    detail = (await anna.get(PATH)).json()
    citizen, assistant = detail["messages"]
    assert (citizen["sender"], assistant["sender"]) == ("citizen", "assistant")
    assert "1212" not in citizen["text"]
    assert citizen["understood"] == {
        "kind": "answer",
        "answer": "umea.ledsagning.kostnad",
        "topic": "ledsagning.kostnad",
        "confidence": 0.93,
        "masked": ["personnummer"],
    }
    assert assistant["understood"] is None
    assert assistant["text"] == ANSWER["text"]
    assert detail["row"]["id"] == ID


async def test_citizens_are_not_told_what_was_understood(visitor: Visitor) -> None:
    await visitor.say("Vad kostar ledsagning?")
    assert "understood" not in json.dumps(await visitor.read())


@pytest.mark.parametrize(("language", "wanted"), [("sv", "Hej!"), ("en", "Hello!"), ("fi", "Hej!")])
async def test_all_that_is_needed_to_answer_is_there(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person, language: str, wanted: str
) -> None:
    await queued(app, visitor.id, language=language)
    detail = (await anna.get(PATH)).json()
    canned = {c["id"]: c for c in detail["canned"]}
    assert canned["welcome"]["text"].startswith(wanted)
    assert "090-16 10 02" in canned["no_case_in_chat"]["text"]
    assert "{" not in json.dumps([c["text"] for c in detail["canned"]])
    assert {"id": "answered", "title": "Frågan fick svar"} in detail["outcomes"]
    assert detail["colleagues"] == [{"id": olle.staff.id, "name": "Olle Öst", "state": "away"}]
    assert "mottagningsenheten" not in {u["id"] for u in detail["units"]}


async def test_a_reading_is_noted_once_in_a_while_for_each(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    await queued(app, visitor.id)
    for reader in (anna, anna, olle, anna):
        assert (await reader.get(PATH)).status_code == 200
    read = "read_transcript"
    assert await actions(app) == [("Anna Ek", read), ("Olle Öst", read)]
    anna.headers["X-Lotsen-Now"] = (NOW + dt.timedelta(minutes=11)).isoformat()
    await anna.get(PATH)
    assert (await actions(app))[2:] == [("Anna Ek", read)]


async def test_what_can_not_be_noted_is_not_shown(
    app: FastAPI, visitor: Visitor, anna: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*rest: object) -> None:
        raise RuntimeError("the log is full")

    await queued(app, visitor.id)
    monkeypatch.setattr("api.storage.audit.write", fails)
    assert (await anna.get(PATH)).status_code == 500


async def test_what_is_said_after_the_end_is_not_for_staff(
    app: FastAPI, visitor: Visitor, anna: Person, olle: Person
) -> None:
    await talk(app, visitor, anna)
    await anna.post(f"{PATH}/messages", {"text": "Hej då!", "key": KEY})
    await anna.post(f"{PATH}/close", {"outcome": "answered"})
    visitor.headers["X-Lotsen-Now"] = (NOW + dt.timedelta(seconds=1)).isoformat()
    await visitor.say("En hemlighet för assistenten")
    mine = await anna.get(PATH)
    assert "Hej då!" in mine.text
    assert "hemlighet" not in mine.text
    others = await olle.get(PATH)
    assert (others.status_code, code_of(others)) == (404, "nothing_here")


async def test_of_an_erased_conversation_nothing_is_left_to_see(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await visitor.say("Vad kostar ledsagning?")
    await talk(app, visitor, anna)
    assert (await visitor.erase()).status_code == 204
    response = await anna.get(PATH)
    assert response.json()["messages"] == []
    assert response.json()["row"]["state"] == "left"
    assert response.json()["row"]["subject"] is None
    reply = await anna.post(f"{PATH}/messages", {"text": "Hej", "key": KEY})
    assert reply.status_code in {404, 409}


async def test_the_audit_log_holds_nothing_that_was_said(
    app: FastAPI, visitor: Visitor, anna: Person
) -> None:
    await visitor.say("En hemlig fråga")
    await talk(app, visitor, anna)
    await anna.get(PATH)
    await anna.post(f"{PATH}/messages", {"text": "Ett hemligt svar", "key": KEY})
    told = str(await noted(app))
    for secret in ("hemlig", "tandläkaren", visitor.id, visitor.secret):
        assert secret not in told


async def test_conversations_that_are_only_in_memory_are_shown_too(folder: Path) -> None:
    app = application(Canned([ANSWER]), folder, retention_days=0)
    async with started(app) as http:
        visitor = await Visitor.arrive(http)
        await visitor.say("Vad kostar ledsagning?")
        await queued(app, visitor.id)
        anna = await Person.sign_in(app, "Anna Ek", {"umea": ["agent"]})
        assert (await anna.post(f"{PATH}/claim")).status_code == 200
        reply = await anna.post(f"{PATH}/messages", {"text": "Hej!", "key": KEY})
        assert reply.status_code == 201
        said = [m["sender"] for m in (await anna.get(PATH)).json()["messages"]]
        assert said == ["citizen", "assistant", "notice", "agent"]
