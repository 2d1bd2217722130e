"""Several people talking at once: how many replies a second, and how long each waits."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import aiohttp

from bench.running import REST, message


@dataclass(slots=True)
class Load:
    """What came of one slice of time."""

    seconds: float = 0.0
    empty: int = 0
    failed: int = 0
    waits: list[float] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Replies a second."""
        return len(self.waits) / self.seconds


async def talk(
    url: str, people: Iterator[tuple[str, tuple[str, ...]]], at_once: int, seconds: float
) -> Load:
    """Let so many people hold one conversation after the other for so long.

    Each sends their next message when the reply is there. A reply that is under way when the time
    is up is waited for and counts, and so does the time until then.
    """
    found = Load()
    begun = time.perf_counter()
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=at_once)) as http:
        await asyncio.gather(
            *(_person(http, url, people, begun + seconds, found) for _ in range(at_once))
        )
    found.seconds = time.perf_counter() - begun
    return found


async def _person(
    http: aiohttp.ClientSession,
    url: str,
    people: Iterator[tuple[str, tuple[str, ...]]],
    until: float,
    found: Load,
) -> None:
    while time.perf_counter() < until:
        sender, turns = next(people)
        for text in turns:
            begun = time.perf_counter()
            async with http.post(f"{url}{REST}", json=message(sender, text)) as reply:
                told = await reply.json() if reply.status == 200 else None
            if told is None:
                found.failed += 1
                continue
            found.waits.append(time.perf_counter() - begun)
            found.empty += not any(m.get("text") for m in told)
            if time.perf_counter() >= until:
                return
