"""What a played conversation can be heard saying, for as long as somebody looks at it.

Only sentences that the assistant made a moment ago can be heard, each by its number, and only by
the session that played them. They lie in this process alone and never on disk.
"""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

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

    def __init__(self) -> None:
        self._kept: dict[str, _Kept] = {}

    def keep(
        self, session: str, sentences: Sequence[Segment], language: str, now: dt.datetime
    ) -> str:
        """The key under which the sentences can be heard."""
        self._forget(now)
        key = secrets.token_urlsafe(12)
        until = now + dt.timedelta(minutes=MINUTES)
        self._kept[key] = _Kept(session, until, language, tuple(s.spoken for s in sentences))
        while len(self._kept) > MOST:
            del self._kept[next(iter(self._kept))]
        return key

    def find(self, session: str, key: str, index: int, now: dt.datetime) -> tuple[str, str] | None:
        """The words and their language; None when they are gone or somebody else's."""
        self._forget(now)
        kept = self._kept.get(key)
        if kept is None or kept.session != session or not 0 <= index < len(kept.words):
            return None
        return kept.words[index], kept.language

    def _forget(self, now: dt.datetime) -> None:
        for key in [k for k, kept in self._kept.items() if kept.until < now]:
            del self._kept[key]
