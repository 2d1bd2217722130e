"""Two applications over one PostgreSQL, as two processes are: any of them goes on with anything."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from typing import Any

import httpx
import pytest
from fastapi import FastAPI

from bot.guard.intake import Admitted
from tests.api.helpers import ANSWER, WEBHOOK, Canned, Visitor, application, message
from tests.api.running import started
from tests.api.staff_pages import at_work, page_at
from tests.postgres import Postgres

TIMES = 10


class Overheard(Canned):
    """Takes its time, and notes for whom it is at work."""

    def __init__(self) -> None:
        super().__init__([ANSWER])
        self.at_work: set[str] = set()
        self.mixed: set[str] = set()

    async def reply(
        self, sender: str, admitted: Admitted, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Let others come between, if they may."""
        if sender in self.at_work:
            self.mixed.add(sender)
        self.at_work.add(sender)
        for _ in range(TIMES):
            await asyncio.sleep(0.001)
        self.at_work.discard(sender)
        return await super().reply(sender, admitted, metadata)


class Two:
    """The applications, their clients, and the assistant that hears both."""

    def __init__(self) -> None:
        self.assistant = Overheard()
        self.apps: list[FastAPI] = []
        self.clients: list[httpx.AsyncClient] = []


@pytest.fixture
async def two(postgres: Postgres, tmp_path: Path) -> AsyncIterator[Two]:
    """Both of them, started."""
    both = Two()
    async with AsyncExitStack() as stack:
        address = stack.enter_context(postgres.database())
        for name in ("one", "other"):
            app = application(both.assistant, tmp_path / name, database_url=address)
            both.apps.append(app)
            both.clients.append(await stack.enter_async_context(started(app)))
        yield both


async def test_messages_of_one_sender_to_both_are_heard_one_after_the_other(two: Two) -> None:
    """On Rasa's REST channel, where a message has no key."""
    sent = [
        two.clients[number % 2].post(WEBHOOK, json={**message(), "sender": f"sender {number // 6}"})
        for number in range(12)
    ]
    responses = await asyncio.gather(*sent)
    assert [response.status_code for response in responses] == [200] * 12
    assert len(two.assistant.heard) == 12
    assert two.assistant.mixed == set()


async def test_one_message_sent_to_both_is_answered_once(two: Two) -> None:
    visitor = await Visitor.arrive(two.clients[0])
    elsewhere = Visitor(two.clients[1], {"id": visitor.id, "secret": visitor.secret})
    said = await asyncio.gather(*(v.say("Vad kostar det?") for v in (visitor, elsewhere) * 3))
    assert {response.text for response in said} == {said[0].text}
    assert len(two.assistant.heard) == 1
    assert len((await elsewhere.read())["messages"]) == 2


async def test_who_signed_in_at_one_is_in_at_the_other(two: Two) -> None:
    here, there = two.clients
    await at_work(two.apps[0], here, umea="editor")
    there.cookies.update(here.cookies)
    there.headers.update({n: here.headers[n] for n in ("Sec-Fetch-Site", "X-Lotsen-Now")})
    token = (await page_at(here, "/staff/standing")).response.text
    assert (await page_at(there, "/staff/standing")).response.text == token
