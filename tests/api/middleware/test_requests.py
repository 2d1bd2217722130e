"""Who goes away in the middle of a form is no fault of ours."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest
from starlette.types import Message

from tests.api.helpers import Canned, application


async def test_a_form_that_ends_half_way_is_told_as_that_and_not_as_a_fault(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    sent: list[Message] = []
    parts: list[Message] = [
        {"type": "http.request", "body": b"text=Vad", "more_body": True},
        {"type": "http.disconnect"},
    ]

    async def receive() -> Message:
        return parts.pop(0)

    async def send(message: Message) -> None:
        sent.append(message)

    scope = {
        "type": "http", "method": "POST", "path": "/chat/umea", "raw_path": b"/chat/umea",
        "query_string": b"", "http_version": "1.1", "scheme": "http", "root_path": "",
        "client": ("127.0.0.1", 1), "server": ("127.0.0.1", 80),
        "headers": [
            (b"content-type", b"application/x-www-form-urlencoded"),
            (b"content-length", b"20"),
        ],
    }  # fmt: skip
    with caplog.at_level(logging.INFO):
        await application(Canned(), tmp_path)(scope, receive, send)
    assert sent == []
    assert "client_gone" in caplog.messages
    assert not [record for record in caplog.records if record.levelno >= logging.WARNING]
