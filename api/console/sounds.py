"""What a played conversation can be heard saying, for as long as somebody looks at it.

Only sentences that the assistant made a moment ago can be heard, each by its number, and only by
the session that played them. They lie in this process, never on disk, and in Redis for the other
processes, where nobody can read them without the number.
"""

from __future__ import annotations

import datetime as dt
import json
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from api.services.redis_link import RedisLink
from bot.speech.segments import Segment

MINUTES = 10
MOST = 200
"""Replies that can be heard at a time, of all who test. The oldest go first."""


@dataclass(frozen=True, slots=True)
class _Kept:
    session: str
    until: dt.datetime
    language: str
    words: tuple[str, ...]


class Sounds:
    """One for the process."""

    def __init__(self, link: RedisLink) -> None:
        self._kept: dict[str, _Kept] = {}
        self._link = link

    async def keep(
        self, session: str, sentences: Sequence[Segment], language: str, now: dt.datetime
    ) -> str:
        """The key under which the sentences can be heard."""
        self._forget(now)
        key = secrets.token_urlsafe(12)
        until = now + dt.timedelta(minutes=MINUTES)
        words = tuple(s.spoken for s in sentences)
        self._kept[key] = _Kept(session, until, language, words)
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        shared = json.dumps([session, until.isoformat(), language, words])
        await self._link.keep(f"sound {key}", shared, MINUTES * 60)
        return key

    async def find(
        self, session: str, key: str, index: int, now: dt.datetime
    ) -> tuple[str, str] | None:
        """The words and their language; None when they are gone or somebody else's."""
        self._forget(now)
        kept = self._kept.get(key) or await self._elsewhere(key, now)
        if kept is None or kept.session != session or not 0 <= index < len(kept.words):
            return None
        return kept.words[index], kept.language

    async def _elsewhere(self, key: str, now: dt.datetime) -> _Kept | None:
        """What another process keeps."""
        shared = await self._link.find(f"sound {key}")
        if shared is None:
            return None
        session, until, language, words = json.loads(shared)
        kept = _Kept(session, dt.datetime.fromisoformat(until), language, tuple(words))
        return kept if kept.until >= now else None

    def _forget(self, now: dt.datetime) -> None:
        for key in [k for k, kept in self._kept.items() if kept.until < now]:
            del self._kept[key]
