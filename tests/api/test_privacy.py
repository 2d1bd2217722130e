"""A whole conversation with personal numbers in it: none is in the database or in the log."""

from __future__ import annotations

import io
import re
from pathlib import Path

import pytest
from fastapi import FastAPI

from api.services.answering import logger as failing
from tests.api.helpers import WEBHOOK, Canned, Stream, Visitor, kept_in
from tests.api.test_logs import stream

__all__ = ["stream"]

SECRETS = (
    "480615-9846",
    "19480615-9846",
    "4806159846",
    "070-123 45 67",
    "anna.andersson@example.se",
    "hemlig saga om vår katt",
)
PERSONAL = SECRETS[:5]


async def live(app: FastAPI, visitor: Visitor) -> None:
    """Everything that can be done with text, with something secret in each."""
    async with Stream(app, f"{visitor.path}/events", visitor.headers) as events:
        for number, secret in enumerate(SECRETS):
            await visitor.say(f"Jag skriver {secret} här", f"key-number-{number}")
            body = {"helped": False, "words": f"fel: {secret}"}
            path = f"{visitor.path}/messages/{2 * number + 2}/feedback"
            await visitor.http.post(path, json=body, headers=visitor.headers)
            rest = {"sender": f"sender-{number}", "message": f"Jag är {secret}"}
            await visitor.http.post(WEBHOOK, json=rest)
            wrong = {"text": secret, "key": secret, secret: secret}
            await visitor.http.post(f"{visitor.path}/messages", json=wrong, headers=visitor.headers)
        await events.numbers(2 * len(SECRETS))
    await visitor.http.get(f"{visitor.path}/transcript", headers=visitor.headers)
    await visitor.http.get(f"/nowhere/{SECRETS[0]}?x={SECRETS[1]}")


async def test_no_personal_number_is_kept_or_logged(
    app: FastAPI, visitor: Visitor, stream: io.StringIO, tmp_path: Path
) -> None:
    await live(app, visitor)
    dump = kept_in(tmp_path)
    assert b"[personnummer]" in dump
    assert [s for s in PERSONAL if s.encode() in dump] == []
    logged = stream.getvalue()
    assert '"event": "request"' in logged
    told = [s for s in (*SECRETS, visitor.id, visitor.secret, "Det är gratis") if s in logged]
    assert told == []
    assert re.search(r"\d{6}[- ]?\d{4}", logged) is None


async def test_a_failure_does_not_quote_what_was_said(
    visitor: Visitor, stream: io.StringIO, canned: Canned
) -> None:
    canned._error = RuntimeError(f"can't understand {SECRETS[5]}")
    assert (await visitor.say(SECRETS[5])).status_code == 200
    assert failing.name in stream.getvalue()
    assert "RuntimeError" in stream.getvalue()
    assert SECRETS[5] not in stream.getvalue()


async def test_requests_are_logged_by_their_route(visitor: Visitor, stream: io.StringIO) -> None:
    await visitor.read()
    assert '"route": "/api/v1/conversations/{conversation_id}"' in stream.getvalue()


@pytest.mark.parametrize("path", ["/nowhere", "/assets/none.js"])
async def test_what_is_nowhere_has_no_name_in_the_log(
    visitor: Visitor, stream: io.StringIO, path: str
) -> None:
    await visitor.http.get(path)
    assert "nowhere" not in stream.getvalue()
    assert "none.js" not in stream.getvalue()
