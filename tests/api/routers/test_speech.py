"""Listening to answers: one's own, sentence by sentence, and the chat goes on without it."""

from __future__ import annotations

import asyncio
import datetime as dt
import io
import wave
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from api.settings_speech import SpeechSettings
from api.speech.service import Speech
from bot.speech.engine import NotStarted
from tests.api.helpers import ANSWER, Canned, Visitor
from tests.api.running import Open, started
from tests.api.speech.engines import Spy, spoken_by

CONTACT = "contacts/mottagningsenheten/speech"
ALOUD = {
    **ANSWER,
    "custom": {**ANSWER["custom"], "aloud": ["Det är gratis.", "Ring 090-16 10 02 eller 112."]},
}


@pytest.fixture
def canned() -> Canned:
    """An assistant that says what is to be heard."""
    return Canned([ALOUD])


@pytest.fixture
def spy(app: FastAPI) -> Spy:
    """The engine of the application."""
    engine = Spy()
    app.state.speech = Speech(app.state.settings, spoken_by(engine))
    return engine


@pytest.fixture
async def listener(spy: Spy, visitor: Visitor) -> Visitor:
    """Somebody who has an answer, with number 2."""
    await visitor.say("Vad kostar det?")
    return visitor


async def get(visitor: Visitor, path: str, **query: Any) -> httpx.Response:
    """Something of the conversation."""
    address = f"{visitor.path}/{path}"
    return await visitor.http.get(address, params=query, headers=visitor.headers)


def code(response: httpx.Response) -> tuple[int, str]:
    return response.status_code, response.json()["error"]["code"]


async def add(app: FastAPI, visitor: Visitor, sender: str, text: str, **custom: Any) -> int:
    """Put a message into the conversation; its number."""
    body, now = {"custom": custom} if custom else None, dt.datetime.now(dt.timezone.utc)
    store = app.state.store
    added = await asyncio.to_thread(store.add, visitor.id, sender, text, now, body=body)
    return int(added.number)


async def test_an_answer_is_heard_sentence_by_sentence(listener: Visitor, spy: Spy) -> None:
    told = (await get(listener, "messages/2/speech")).json()
    assert told["language"] == "sv"
    assert [(s["index"], s["text"]) for s in told["sentences"]] == [
        (0, "Det är gratis."),
        (1, "Ring 090-16 10 02 eller 112."),
    ]
    assert "noll nio noll" in told["sentences"][1]["spoken"]
    for sentence in told["sentences"]:
        response = await get(listener, f"messages/2/speech/{sentence['index']}")
        assert response.status_code == 200
        assert response.headers["content-type"] == "audio/wav"
        assert "no-store" in response.headers["cache-control"]
        with wave.open(io.BytesIO(response.content)) as file:
            assert file.getnframes() / file.getframerate() > 0.3
    assert [words for words, *_ in spy.heard] == [s["spoken"] for s in told["sentences"]]
    opus = await get(listener, "messages/2/speech/0", format="opus", slow="true")
    assert (opus.headers["content-type"], opus.content[:4]) == ("audio/ogg", b"OggS")
    assert spy.heard[-1][2] < 1.0


async def test_a_phone_number_is_heard_to_be_written_down(listener: Visitor, spy: Spy) -> None:
    (sentence, *_) = (await get(listener, CONTACT)).json()["sentences"]
    assert "090-16 10 02" in sentence["text"]
    assert (await get(listener, f"{CONTACT}/0")).status_code == 200
    assert spy.heard == [(sentence["spoken"], "sv", 0.75)]
    slow = (await get(listener, "messages/2/speech", slow="true")).json()["sentences"][1]
    plain = (await get(listener, "messages/2/speech")).json()["sentences"][1]
    assert len(slow["spoken"].split()) > 1.5 * len(plain["spoken"].split())


@pytest.mark.parametrize(
    ("path", "status", "told"),
    [
        ("messages/1/speech", 404, "unknown_message"),
        ("messages/1/speech/0", 404, "unknown_message"),
        ("messages/3/speech/0", 404, "unknown_message"),
        ("messages/2/speech/2", 404, "unknown_sentence"),
        ("contacts/nobody/speech", 404, "unknown_contact"),
        (f"{CONTACT}/9", 404, "unknown_sentence"),
        ("messages/0/speech", 422, "invalid_request"),
        ("messages/2/speech/-1", 422, "invalid_request"),
        ("messages/2/speech/1000", 422, "invalid_request"),
        ("messages/2/speech/..%2f..%2fpasswd", 404, "not_found"),
        ("contacts/..%2e%2e/speech", 422, "invalid_request"),
        ("messages/2/speech/0?format=mp3", 422, "invalid_request"),
        ("messages/2/speech/0?slow=perhaps", 422, "invalid_request"),
    ],
)
async def test_nothing_else_is_said(
    listener: Visitor, spy: Spy, path: str, status: int, told: str
) -> None:
    response = await listener.http.get(f"{listener.path}/{path}", headers=listener.headers)
    assert code(response) == (status, told)
    assert spy.heard == []


async def test_only_words_of_the_pages_are_kept_as_sound(
    app: FastAPI, listener: Visitor, folder: Path
) -> None:
    private = [
        await add(app, listener, "agent", "Hej Märta, jag heter Anna."),
        await add(app, listener, "notice", "Anna är här nu."),
        await add(app, listener, "assistant", "Du heter [namn].", fill=True),
        await add(app, listener, "assistant", "Du heter [[name]].", aloud=["Du heter [[name]]."]),
        await add(app, listener, "assistant", "Numret är UM-7K3F-92QX.", aloud=["Numret är."]),
        await add(app, listener, "assistant", "Vad heter du?", callback={"step": "name"}),
    ]
    for number in private:
        assert (await get(listener, f"messages/{number}/speech/0")).status_code == 200
        assert (await get(listener, f"messages/{number}/speech/0?format=opus")).status_code == 200
    assert not (folder / "speech").exists()
    await get(listener, "messages/2/speech/0")
    await get(listener, f"{CONTACT}/0")
    assert len(list((folder / "speech").iterdir())) == 2


async def test_a_sentence_without_end_is_heard_in_parts(
    app: FastAPI, listener: Visitor, spy: Spy
) -> None:
    clauses = await add(app, listener, "agent", ", ".join(["ett ord till"] * 100) + ".")
    words = await add(app, listener, "agent", "ord " * 400)
    letters = await add(app, listener, "agent", "o" * 1500 + ".")
    for number in (clauses, words, letters):
        found = (await get(listener, f"messages/{number}/speech")).json()["sentences"]
        assert len(found) >= 3
        assert max(len(s["text"]) for s in found) <= 600
    told = (await get(listener, f"messages/{clauses}/speech")).json()["sentences"]
    assert all(s["text"].endswith(("till,", "till.")) for s in told)
    silent = await add(app, listener, "agent", "…\n👍\n")
    assert (await get(listener, f"messages/{silent}/speech")).json()["sentences"] == []


@pytest.mark.parametrize("broken", [True, False])
async def test_the_chat_goes_on_without_speech(
    serve: Open, folder: Path, canned: Canned, broken: bool
) -> None:
    settings = SpeechSettings(enabled=broken)
    async with serve(canned, speech=settings) as http:
        app: Any = http._transport.app  # type: ignore[attr-defined]
        if broken:
            app.state.speech = Speech(app.state.settings, spoken_by(Spy(NotStarted("x"))))
        visitor = await Visitor.arrive(http)
        answer = await visitor.say("Vad kostar det?")
        assert answer.json()["replies"][0]["spoken"] == "Det är gratis."
        for path in ("messages/2/speech/0", "messages/2/speech", CONTACT, f"{CONTACT}/0"):
            assert code(await get(visitor, path)) == (503, "no_speech")
        assert (await visitor.say("Hej igen", "another-key")).status_code == 200
        told = await http.get("/api/v1/municipalities/umea")
    assert told.json()["speech"] is False
    assert not (folder / "speech").exists()


async def test_a_chat_is_told_whether_it_can_be_heard(http: httpx.AsyncClient) -> None:
    assert (await http.get("/api/v1/municipalities/umea")).json()["speech"] is True
    started = await http.post("/api/v1/conversations", json={"municipality": "umea"})
    assert started.json()["municipality"]["speech"] is True


async def test_what_is_for_the_ear_is_told_with_each_message(
    app: FastAPI, listener: Visitor
) -> None:
    await add(app, listener, "notice", "Ring 112.")
    mine, answer, notice = (await listener.read())["messages"]
    assert (mine["spoken"], answer["spoken"]) == (None, "Det är gratis.")
    assert notice["spoken"] == "Ring ett ett två."


async def test_the_engine_is_awake_before_the_first_sentence(listener: Visitor, spy: Spy) -> None:
    await get(listener, "messages/2/speech")
    await get(listener, "messages/2/speech/0")
    assert spy.starts == 1


async def test_an_application_that_starts_again_can_be_heard_again(app: FastAPI) -> None:
    for _ in range(2):
        async with started(app) as http:
            visitor = await Visitor.arrive(http)
            await visitor.say("Vad kostar det?")
            sound = await get(visitor, "messages/2/speech/0")
            assert sound.status_code == 200
            assert sound.content.startswith(b"RIFF")
        assert app.state.speech.is_closed
