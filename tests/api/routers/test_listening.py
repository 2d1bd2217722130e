"""A recording becomes text to look at: within limits, for its own conversation, and unkept."""

from __future__ import annotations

import io
import logging
from collections.abc import AsyncIterator, Mapping
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.services.listening import Listening
from api.settings_listen import ListenSettings
from bot.speech.engine import EngineFailed, NotStarted
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener
from tests.api.helpers import Canned, Visitor, application
from tests.api.running import Open, started
from tests.api.test_logs import stream

__all__ = ["stream"]

SOUND = b"OggS" + b"hemligt ljud " * 10_000
"""Larger than any other body may be."""

SAID = "jag heter Anna och min mamma har ramlat"
WHISPER = ListenSettings("whisper", most_bytes=200_000)
KIND = "audio/webm;codecs=opus"


class Played(Listener):
    """Hears what it is told to, and remembers as what it was asked."""

    name = "played"

    def __init__(self) -> None:
        self.asked: list[tuple[int, str]] = []
        self.error: Exception | None = None

    def start(self) -> None:
        """It is ready."""

    def hear(self, audio: bytes, language: str) -> str:
        """The same, whatever was said."""
        self.asked.append((len(audio), language))
        if self.error:
            raise self.error
        return SAID

    def close(self) -> None:
        """It holds nothing."""


@pytest.fixture
def played() -> Played:
    return Played()


@pytest.fixture
async def app(folder: Path, canned: Canned, played: Played) -> FastAPI:
    """An application that listens."""
    made = application(canned, folder, listen=WHISPER, rate_conversation="6/minute")
    made.state.listening = Listening(made.state.settings, played)
    return made


@pytest.fixture
async def http(app: FastAPI) -> AsyncIterator[httpx.AsyncClient]:
    async with started(app) as client:
        yield client


async def send(
    visitor: Visitor, sound: bytes = SOUND, kind: str = KIND, more: Mapping[str, str] = {}
) -> httpx.Response:
    """A recording, as the widget sends it."""
    sent = {**visitor.headers, "Content-Type": kind, **more}
    return await visitor.http.post(f"{visitor.path}/heard", content=sound, headers=sent)


def files_in(folder: Path) -> bytes:
    """All that was written there."""
    return b"".join(f.read_bytes() for f in folder.rglob("*") if f.is_file())


async def test_what_is_said_is_told_and_kept_nowhere(
    visitor: Visitor, played: Played, stream: io.StringIO, folder: Path
) -> None:
    heard = await send(visitor)
    assert (heard.status_code, heard.json()) == (200, {"text": SAID})
    assert heard.headers["cache-control"] == "no-store"
    await visitor.http.patch(visitor.path, json={"language": "en"}, headers=visitor.headers)
    await send(visitor, kind="audio/wav")
    assert played.asked == [(len(SOUND), "sv"), (len(SOUND), "en")]
    assert (await visitor.read())["messages"] == []
    kept = files_in(folder)
    assert kept and b"hemligt ljud" not in kept and b"ramlat" not in kept
    logged = stream.getvalue()
    assert "/conversations/{conversation_id}/heard" in logged
    assert "ramlat" not in logged and "hemligt" not in logged and visitor.id not in logged


@pytest.mark.parametrize(
    ("error", "status", "code"),
    [
        (AudioTooLong("x"), 413, "audio_too_long"),
        (AudioUnreadable("x"), 422, "audio_unreadable"),
        (EngineFailed("x"), 503, "no_listening"),
    ],
)
async def test_what_cannot_be_heard(
    visitor: Visitor, played: Played, error: Exception, status: int, code: str
) -> None:
    played.error = error
    refused = await send(visitor)
    assert (refused.status_code, refused.json()["error"]["code"]) == (status, code)
    played.error = None
    assert (await send(visitor)).status_code == 200


async def test_only_sound_of_ones_own_and_within_the_limits(
    visitor: Visitor, played: Played
) -> None:
    other = {"Authorization": "Bearer wrong"}
    unmeasured = {"Transfer-Encoding": "chunked", "Content-Length": "0"}
    refused = {
        413: await send(visitor, bytes(200_001)),
        415: await send(visitor, kind="application/json"),
        422: await send(visitor, b""),
        404: await send(visitor, more=other),
        411: await send(visitor, b"", more=unmeasured),
    }
    assert {r.status_code for r in refused.values()} == set(refused)
    assert played.asked == []
    # Two have been counted by now: those that came as far as being looked at.
    statuses = [(await send(visitor)).status_code for _ in range(5)]
    assert statuses == [200, 200, 200, 200, 429]
    text = await visitor.http.post(
        f"{visitor.path}/messages", content=bytes(70_000), headers=visitor.headers
    )
    assert text.status_code == 413, "only a recording may be so large"


async def test_a_model_that_cannot_be_loaded_turns_it_off(
    visitor: Visitor, played: Played, caplog: pytest.LogCaptureFixture
) -> None:
    address = "/api/v1/municipalities/umea"
    told = (await visitor.http.get(address)).json()
    assert (told["listen"], told["limits"]["listen_seconds"]) == ("whisper", 30)
    played.error = NotStarted("the model can't be loaded")
    with caplog.at_level(logging.WARNING):
        assert [(await send(visitor)).status_code for _ in range(2)] == [503, 503]
    warned = [r.getMessage() for r in caplog.records if "listening" in r.getMessage()]
    assert warned == ["listening_is_off: the model can't be loaded"]
    assert (await visitor.http.get(address)).json()["listen"] == "off"


@pytest.mark.parametrize("mode", ["off", "browser", "whisper"])
async def test_where_nothing_listens_it_is_said_so(
    serve: Open, tmp_path: Path, mode: str, caplog: pytest.LogCaptureFixture
) -> None:
    settings = ListenSettings(mode, tmp_path / "none")  # type: ignore[arg-type]
    with caplog.at_level(logging.WARNING):
        async with serve(listen=settings) as http:
            visitor = await Visitor.arrive(http)
            refused = await send(visitor, b"OggS")
            told = (await http.get("/api/v1/municipalities/umea")).json()["listen"]
    assert refused.status_code == 503
    assert refused.json()["error"]["code"] == "no_listening"
    assert "skriv" in refused.json()["error"]["message"].lower()
    assert told == ("browser" if mode == "browser" else "off")
    assert ("listening_is_off" in caplog.text) is (mode == "whisper")
