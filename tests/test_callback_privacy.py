"""Being called back through the real assistant: name and number are nowhere but where they must be.

The whole database is read, with Rasa's memory in it, and all that was logged.
"""

from __future__ import annotations

import io
import re
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import httpx
import pytest
import sqlalchemy as sa
from fastapi import FastAPI

from api.app import create_app
from api.settings import Settings
from api.storage.store import Store
from tests.api.callbacks.helpers import with_mail
from tests.api.helpers import MORNING, WEBHOOK, Visitor
from tests.api.running import started
from tests.api.test_logs import stream
from tests.conftest import Talk

__all__ = ["stream"]

ALLOWED = frozenset({"callbacks", "callback_drafts", "outbox"})
NAME, PHONE, ABOUT = "Xerxes Qvarnström", "070-174 06 77", "ledsagning till zumbalektionen"
SECRETS = (
    *("Xerxes", "Qvarnstr", "qvarnstr", "zumbalektion"),
    *("070-174 06 77", "0701740677", "+46701740677", "174 06 77", "1740677"),
)
WORDS = (
    "Bli uppringd",
    ABOUT,
    f"Jag heter {NAME} 7",  # can't be used, and is kept out all the same
    "Vad kostar ledsagning?",  # asked in between
    f"Jag heter {NAME}",
    "Ring inte efter klockan fem",
    "070 174 06 77 70",
    "0701740677",
    "den första",
)


@pytest.fixture
def app(converse: Talk, database: Path, stream: io.StringIO) -> FastAPI:
    """With the assistant that was trained, a mail server, and no limits."""
    limits = ("rate_client", "rate_conversation", "rate_start", "rate_rest")
    free: dict[str, Any] = dict.fromkeys(limits, "")
    address = f"sqlite:///{database}"
    settings = Settings(test_mode=True, database_url=address, **with_mail(), **free)
    return create_app(settings, converse._assistant)


Play = Callable[[httpx.AsyncClient], Coroutine[Any, Any, None]]


def play(converse: Talk, app: FastAPI, scene: Play) -> None:
    """Let it happen while the application runs, in the assistant's own loop."""

    async def run() -> None:
        async with started(app) as http:
            await scene(http)

    converse._loop.run_until_complete(run())


def everywhere_else(store: Store) -> dict[str, str]:
    """All rows of every table in which nothing personal may be, Rasa's too."""
    with store.texts.connect() as connection:
        names = set(sa.inspect(connection).get_table_names()) - ALLOWED
        assert {"messages", "events", "conversations", "audit", "counters"} <= names
        return {
            name: repr(
                [tuple(row) for row in connection.execute(sa.text(f'SELECT * FROM "{name}"'))]
            )
            for name in sorted(names)
        }


def check(app: FastAPI, stream: io.StringIO) -> None:
    """No name and no number anywhere else, and none in the log."""
    kept = everywhere_else(app.state.store)
    for name, rows in kept.items():
        # JSON writes ö as an escape.
        said = rows.replace("\\\\u00f6", "ö").replace("\\u00f6", "ö")
        assert [s for s in SECRETS if s in said] == [], name
    assert "[namn]" in kept["events"]
    assert "[telefonnummer]" in kept["events"]
    logged = stream.getvalue()
    assert '"event": "request"' in logged
    assert [s for s in SECRETS if s in logged] == []


@pytest.mark.bot
def test_in_the_chat_of_api_v1(converse: Talk, app: FastAPI, stream: io.StringIO) -> None:
    async def scene(http: httpx.AsyncClient) -> None:
        visitor = await Visitor.arrive(http)
        for number, text in enumerate(WORDS[:-1]):
            await visitor.say(text, f"key-number-{number}")
        exchange = (await visitor.say(WORDS[-1], "key-number-49")).json()
        read_back = exchange["replies"][-1]["text"]
        time = "onsdag 18 november, klockan 10.30–11.30"
        for told in (NAME, PHONE, ABOUT, time, "7 dagar"):
            assert told in read_back
        # Again after a reload, and from another tab: the form is still open.
        assert NAME in (await visitor.read())["messages"][-1]["text"]
        check(app, stream)
        sent = (await visitor.say("Ja, det stämmer", "key-number-50")).json()
        (kept,) = await app.state.callbacks.of_conversation(visitor.id)
        assert (kept.name, kept.phone, kept.about) == (NAME, PHONE, ABOUT)
        assert kept.receipt in sent["replies"][-1]["text"]
        assert [m for m in (await visitor.read())["messages"] if "Xerxes" in m["text"]] == []
        transcript = await http.get(f"{visitor.path}/transcript", headers=visitor.headers)
        assert kept.receipt in transcript.text
        assert "Xerxes" not in transcript.text
        asked = (await visitor.say("Vad är mitt ärendenummer?", "key-number-51")).json()
        assert kept.receipt in asked["replies"][-1]["text"]
        ended = (await visitor.say("Jag vill avboka", "key-number-52")).json()
        assert "avbokat" in ended["replies"][-1]["text"]
        (kept,) = await app.state.callbacks.of_conversation(visitor.id)
        assert kept.state == "cancelled"
        check(app, stream)

    play(converse, app, scene)


@pytest.mark.bot
def test_through_rasas_rest_contract(converse: Talk, app: FastAPI, stream: io.StringIO) -> None:
    async def scene(http: httpx.AsyncClient) -> None:
        async def say(text: str) -> str:
            metadata = {"municipality": "umea", "now": MORNING}
            body = {"sender": "besok-7f3a", "message": text, "metadata": metadata}
            response = await http.post(WEBHOOK, json=body)
            assert response.status_code == 200, response.text
            return "\n".join(str(m.get("text")) for m in response.json())

        for text in WORDS[:-1]:
            await say(text)
        told = await say(WORDS[-1])
        assert NAME in told
        assert PHONE in told
        told = await say("ja")
        found = re.search(r"UM-\w{4}-\w{4}", told)
        assert found is not None, told
        kept = await app.state.callbacks.look(found.group())
        assert (kept.name, kept.phone, kept.conversation_id) == (NAME, PHONE, None)
        check(app, stream)

    play(converse, app, scene)
