"""A canned assistant, so that the API is tested without a model."""

from __future__ import annotations

import asyncio
import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import httpx
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.types import ASGIApp, Message

from api.app import create_app
from api.settings import Settings
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import Admitted

WEBHOOK = "/webhooks/rest/webhook"
LOCAL = "http://127.0.0.1"


class Canned:
    """Answers every message alike, and remembers what it was asked."""

    def __init__(
        self,
        replies: list[dict[str, Any]] | None = None,
        *,
        error: Exception | None = None,
        seconds: float = 0.0,
    ) -> None:
        self.heard: list[tuple[str, Admitted, dict[str, Any]]] = []
        self.forgotten: list[str] = []
        self._replies = [{"recipient_id": "me", "text": "Svar."}] if replies is None else replies
        self._error, self._seconds = error, seconds

    async def reply(
        self, sender: str, admitted: Admitted, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The canned messages, or the canned failure."""
        self.heard.append((sender, admitted, metadata))
        await asyncio.sleep(self._seconds)
        if self._error:
            raise self._error
        return self._replies

    async def forget(self, sender: str) -> None:
        """Note who is forgotten: it keeps nothing itself."""
        self.forgotten.append(sender)

    async def warm_up(self) -> float:
        """It is never cold."""
        return 0.0


def client(assistant: Canned | None = None, **settings: Any) -> TestClient:
    """A client of an application that was started with this assistant, or with none yet."""
    app = create_app(Settings(**settings))
    app.state.assistant = assistant
    return TestClient(app, base_url=LOCAL, raise_server_exceptions=False)


def message(text: str = "Vad kostar det?", **metadata: Any) -> Mapping[str, Any]:
    """A request as a channel sends it."""
    return {"sender": "me", "message": text, "metadata": metadata}


MORNING = "2026-11-18T10:00:00+01:00"
"""A Wednesday on which Umeå's phone is open."""

ANSWER: dict[str, Any] = {
    "recipient_id": "me",
    "text": "Det är gratis.\nKälla: Umeå kommun, sidan ”Ledsagning”.\nRing 090-16 10 02 eller 112.",
    "buttons": [{"title": "Vem kan få det?", "payload": "Vem kan få det?"}],
    "custom": {
        "kind": "answer",
        "answer": "umea.ledsagning.kostnad",
        "source": {
            "municipality": "umea",
            "title": "Ledsagning",
            "updated": None,
            "quote": "gratis",
            "line": "Källa: Umeå kommun, sidan ”Ledsagning”.",
        },
        "contacts": [
            {
                "id": "mottagningsenheten",
                "name": "Socialtjänstens mottagningsenhet",
                "phone": "090-16 10 02",
                "email": "mottagningsenheten@umea.se",
                "visit_address": "Kungsgatan 71–73",
                "open_now": False,
            }
        ],
        "spoken": "Det är gratis.",
        "body": "Det är gratis.",
        "items": [],
        "language": "sv",
    },
}


def application(assistant: Canned, folder: Path, **settings: Any) -> FastAPI:
    """An application in test mode with a database of its own and no limits but those asked for."""
    free: dict[str, Any] = {
        "rate_client": "", "rate_conversation": "", "rate_start": "", "rate_rest": "",
        "test_mode": True, "data_dir": folder,
    }  # fmt: skip
    app = create_app(Settings(**{**free, **settings}), assistant)
    # What is done beside the requests lives at the time of the tests from the start.
    app.state.ahead = in_stockholm(dt.datetime.fromisoformat(MORNING)) - in_stockholm(None)
    return app


class Visitor:
    """Somebody with a conversation: sends what the widget sends."""

    def __init__(self, http: httpx.AsyncClient, started: Mapping[str, Any]) -> None:
        self.http, self.id, self.secret = http, str(started["id"]), str(started["secret"])
        self.path = f"/api/v1/conversations/{self.id}"
        self.headers = {"Authorization": f"Bearer {self.secret}", "X-Lotsen-Now": MORNING}

    @classmethod
    async def arrive(cls, http: httpx.AsyncClient, **wanted: Any) -> Visitor:
        """Start a conversation."""
        body = {"municipality": "umea", **wanted}
        headers = {"X-Lotsen-Now": MORNING}
        response = await http.post("/api/v1/conversations", json=body, headers=headers)
        assert response.status_code == 201, response.text
        return cls(http, response.json())

    async def say(self, text: str, key: str = "a-first-key") -> httpx.Response:
        """Send a message."""
        body = {"text": text, "key": key}
        return await self.http.post(f"{self.path}/messages", json=body, headers=self.headers)

    async def read(self) -> dict[str, Any]:
        """The conversation as it stands."""
        response = await self.http.get(self.path, headers=self.headers)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def erase(self) -> httpx.Response:
        """Erase the conversation."""
        return await self.http.delete(self.path, headers=self.headers)


class Stream:
    """A reader of server-sent events, in this process: test clients wait for a response's end."""

    def __init__(self, app: ASGIApp, path: str, headers: Mapping[str, str]) -> None:
        self._app, self._gone = app, asyncio.Event()
        self._parts: asyncio.Queue[bytes | None] = asyncio.Queue()
        self._begun = asyncio.Event()
        self._buffer = ""
        self.status = 0
        bare, _, query = path.partition("?")
        self._scope = {
            "type": "http", "method": "GET", "path": bare, "raw_path": bare.encode(),
            "query_string": query.encode(), "http_version": "1.1", "scheme": "http",
            "root_path": "", "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
            "headers": [(k.lower().encode(), v.encode()) for k, v in headers.items()],
        }  # fmt: skip

    async def __aenter__(self) -> Stream:
        self._task = asyncio.create_task(self._run())
        await asyncio.wait_for(self._begun.wait(), 10)
        return self

    async def __aexit__(self, *error: object) -> None:
        self._gone.set()
        await asyncio.wait_for(self._task, 10)

    async def event(self) -> dict[str, str] | None:
        """The next event, or None when the stream has ended. Comments are passed over."""
        while True:
            block, mark, rest = self._buffer.partition("\r\n\r\n")
            if not mark:
                part = await asyncio.wait_for(self._parts.get(), 10)
                if part is None:
                    return None
                self._buffer += part.decode()
                continue
            self._buffer = rest
            lines = [line.partition(": ") for line in block.split("\r\n") if line[:1] != ":"]
            if lines:
                return {name: value for name, _, value in lines}

    async def numbers(self, count: int) -> list[int]:
        """The numbers of the next messages."""
        events = [await self.event() for _ in range(count)]
        return [int(e["id"]) for e in events if e]

    async def _run(self) -> None:
        await self._app(self._scope, self._receive, self._send)
        self._parts.put_nowait(None)

    async def _receive(self) -> Message:
        if not self._begun.is_set():
            return {"type": "http.request", "body": b"", "more_body": False}
        await self._gone.wait()
        return {"type": "http.disconnect"}

    async def _send(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.status = message["status"]
            self._begun.set()
        elif message.get("body"):
            self._parts.put_nowait(message["body"])


def kept_in(folder: Path) -> bytes:
    """Everything that the database has written."""
    return b"".join(file.read_bytes() for file in sorted(folder.glob("conversations.db*")))
