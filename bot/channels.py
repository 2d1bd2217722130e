"""Rasa's REST channel with the privacy guard in front, for ``rasa run``.

The guard works on the message before Rasa sees it, so that nothing personal reaches the
tracker or a log. The product's own server (api/) does the same.
"""

from __future__ import annotations

from typing import Any

from rasa.core.channels.rest import RestInput
from sanic.request import Request

from bot.guard.intake import admit


class GuardedRestInput(RestInput):
    """``/webhooks/rest/webhook`` that masks personal data and takes no payloads from people."""

    @classmethod
    def name(cls) -> str:
        """The same address as Rasa's own channel."""
        return "rest"

    def _extract_message(self, req: Request) -> str | None:
        message = req.json.get("message")
        return None if message is None else admit(str(message)).text

    def get_metadata(self, request: Request) -> dict[str, Any] | None:
        """The client's metadata with what the guard found; the client can't set the clock."""
        metadata = dict(request.json.get("metadata") or {})
        metadata.pop("now", None)
        admitted = admit(str(request.json.get("message") or ""))
        return {**metadata, "masked": list(admitted.masked), "health": admitted.health}
