"""The load of a soak, as a process of its own: mixed conversations through every public door.

    python -m bench.soak_talk URL SECONDS MESSAGES_A_SECOND

It prints what came of it as one line of JSON. Each message is due at its own time: a server that
is slow is not spared.
"""

from __future__ import annotations

import asyncio
import json
import re
import sys
import time
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from itertools import count

import aiohttp

from bench.questions import Conversation, conversations, variant
from bench.running import REST, message

API = "/api/v1/conversations"
CARRIED = re.compile(r'name="(conversation|secret|key|after)" value="([^"]*)"')
PATIENCE = aiohttp.ClientTimeout(total=60)

Say = Callable[[str], Awaitable[int]]


class Talk:
    """Conversations, one after the other or several at once, and what was answered."""

    def __init__(self, http: aiohttp.ClientSession, url: str) -> None:
        self._http, self._url = http, url
        self.answers: Counter[str] = Counter()
        self._numbers = count()
        self._doors = (self._rest, self._api, self._rest, self._page)

    async def hold(self, talk: Conversation, due: Callable[[], Awaitable[None]]) -> None:
        """One conversation, through the next door."""
        number = next(self._numbers)
        door = self._doors[number % len(self._doors)]
        async for say in door(talk.municipality, number):
            for text in talk.turns:
                await due()
                await self._count(say, variant(text, number))

    async def _count(self, say: Say, text: str) -> None:
        try:
            status = await say(text)
        except (aiohttp.ClientError, asyncio.TimeoutError) as error:
            self.answers[type(error).__name__] += 1
        else:
            self.answers[str(status)] += 1

    async def _rest(self, municipality: str, number: int) -> AsyncIterator[Say]:
        async def say(text: str) -> int:
            body = message(f"{municipality}--soak-{number}", text)
            async with self._http.post(self._url + REST, json=body) as reply:
                await reply.read()
                return reply.status

        yield say

    async def _api(self, municipality: str, number: int) -> AsyncIterator[Say]:
        """As the widget does it: it follows the events, judges the answer, erases now and then."""
        body = {"municipality": municipality}
        async with self._http.post(self._url + API, json=body) as reply:
            begun = await reply.json()
        path, keys = f"{self._url}{API}/{begun['id']}", count()
        headers = {"Authorization": f"Bearer {begun['secret']}"}

        async def say(text: str) -> int:
            sent = {"text": text, "key": f"soak-{number}-{next(keys):04}"}
            async with self._http.post(f"{path}/messages", json=sent, headers=headers) as reply:
                told = await reply.json()
            if reply.status == 200 and told["replies"]:
                judged = f"{path}/messages/{told['replies'][0]['number']}/feedback"
                await self._http.post(judged, json={"helped": True}, headers=headers)
            return reply.status

        async with self._http.get(f"{path}/events", headers=headers):
            yield say
        if number % 3 == 0:
            await self._http.delete(path, headers=headers)

    async def _page(self, municipality: str, number: int) -> AsyncIterator[Say]:
        """As a browser without scripts: what the page carries is sent with the next message."""
        carried: dict[str, str] = {}

        async def say(text: str) -> int:
            fields = {**carried, "do": "say", "text": text}
            async with self._http.post(f"{self._url}/chat/{municipality}", data=fields) as reply:
                carried.update(CARRIED.findall(await reply.text()))
                return reply.status

        yield say


async def soak(url: str, seconds: float, rate: float) -> Counter[str]:
    """So many messages a second for so long; how often each answer came."""
    begun, sent, talks = time.monotonic(), count(), conversations()

    async def due() -> None:
        at = begun + next(sent) / rate
        await asyncio.sleep(max(0.0, at - time.monotonic()))

    async with aiohttp.ClientSession(timeout=PATIENCE) as http:
        talk = Talk(http, url)

        async def person(first: int) -> None:
            for number in count(first, 3):
                if time.monotonic() - begun >= seconds:
                    return
                await talk.hold(talks[number % len(talks)], due)

        await asyncio.gather(*(person(first) for first in range(3)))
        return talk.answers


if __name__ == "__main__":
    found = asyncio.run(soak(sys.argv[1], float(sys.argv[2]), float(sys.argv[3])))
    print(json.dumps(found))
