"""A canned assistant, so that the API is tested without a model."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from fastapi.testclient import TestClient

from api.app import create_app
from api.settings import Settings
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
