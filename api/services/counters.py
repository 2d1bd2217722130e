"""How much is asked and answered, by day and municipality: numbers without anybody's words.

Counted in memory and written every few seconds, since a write for each message would cost more
than the message. A process that is killed loses the last seconds' numbers. Names of counters are
told in docs/numbers.md; no name holds anything that a citizen wrote.
"""

from __future__ import annotations

import asyncio
import datetime as dt
import logging
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from api.numbers.meter import Meter
from api.storage.store import Store
from bot.dialogue.contacts import contact_status
from bot.dialogue.turn import in_stockholm
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import parse_topic

logger = logging.getLogger(__name__)

NOWHERE = "-"
"""Stands for the municipality where none was given."""

SURE = 0.5
"""From this confidence on, a question without an answer is counted to the service it named."""


class Counters:
    """What has been counted and is not written yet. ``meter`` is for the operator's monitoring."""

    def __init__(self) -> None:
        self._new: Counter[tuple[dt.date, str, str]] = Counter()
        self.meter = Meter()
        self._phones: dict[str | None, tuple[dt.datetime, str]] = {}

    def add(self, municipality: str | None, name: str, now: dt.datetime, by: int = 1) -> None:
        """Add to a counter of the day, Swedish time."""
        self._new[in_stockholm(now).date(), municipality or NOWHERE, name] += by

    def add_message(self, municipality: str | None, channel: str, now: dt.datetime) -> None:
        """Count a message: its hour, whether the phone is answered then, and where it was sent."""
        moment = in_stockholm(now).replace(second=0, microsecond=0)
        minute, phone = self._phones.get(municipality, (None, ""))
        if minute != moment:
            # Once a minute: reading the hours costs more than all that is counted.
            phone = _phone(municipality, moment)
            self._phones[municipality] = moment, phone
        for name in ("messages", f"hour.{moment.hour:02}.{phone}"):
            self.add(municipality, name, now)
        self.add(municipality, f"channel.{channel}", now)

    def add_replies(
        self,
        municipality: str | None,
        replies: Sequence[Mapping[str, Any]],
        now: dt.datetime,
        seconds: float | None = None,
    ) -> None:
        """Count the replies to a message: kinds, answers, services, and the language once."""
        customs = [reply.get("custom") or {} for reply in replies]
        for custom in customs:
            kind = str(custom.get("kind") or "unknown")
            self.add(municipality, f"replies.{kind}", now)
            self.meter.replied(kind)
            for name in _subjects(custom):
                self.add(municipality, name, now)
        for language in _languages(customs):
            self.add(municipality, f"language.{language}", now)
        if seconds is not None:
            self.meter.took(seconds)

    def add_feedback(
        self,
        municipality: str,
        answer: str | None,
        helped: bool,
        before: bool | None,
        now: dt.datetime,
    ) -> None:
        """Count what somebody thinks of an answer in place of what they thought ``before``."""
        if helped == before:
            return
        for verdict, by in ((helped, 1), (before, -1)):
            if verdict is None:
                continue
            word = "helped" if verdict else "not_helped"
            self.add(municipality, f"feedback.{word}", now, by)
            if answer is not None and _is_of_content(answer):
                self.add(municipality, f"feedback.{answer}.{word}", now, by)

    async def write(self, store: Store) -> None:
        """Write what is new; what can't be written waits for the next time."""
        new, self._new = self._new, Counter()
        if not new:
            return
        try:
            await asyncio.to_thread(store.count, new)
        except Exception:
            self._new.update(new)
            logger.exception("not counted")


def _phone(municipality: str | None, now: dt.datetime) -> str:
    """Whether somebody answers the municipality's phone: open, closed or, untold, unknown."""
    known = load_knowledge().municipalities.get(municipality or "")
    status = contact_status(known.reception_unit, now) if known else None
    if status is None:
        return "unknown"
    return "open" if status.is_open else "closed"


def _is_of_content(answer: str) -> bool:
    """Crisis cards have ids too: which of them somebody was shown is nobody's to count."""
    return answer.partition(".")[0] in load_knowledge().municipalities


def _subjects(custom: Mapping[str, Any]) -> Iterable[str]:
    """The counters of the answer that was given, and of the service that was asked about."""
    answer = custom.get("answer")
    if custom.get("kind") == "crisis":
        return
    if answer and _is_of_content(answer):
        yield f"answer.{answer}"
        service = str(answer).split(".")[1]
    else:
        understood = custom.get("understood") or {}
        if (understood.get("confidence") or 0) < SURE:
            return
        service = _service(str(understood.get("topic")))
    if service in load_knowledge().services:
        yield f"service.{service}"


def _service(topic: str) -> str:
    try:
        return parse_topic(topic)[0]
    except ValueError:
        return ""


def _languages(customs: Iterable[Mapping[str, Any]]) -> Iterable[str]:
    """The language that the citizen wrote; where that is untold, the one of the reply."""
    for custom in customs:
        language = (custom.get("understood") or {}).get("language") or custom.get("language")
        if language:
            yield str(language)
            return
