"""One message as it was understood, and the reply to it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from zoneinfo import ZoneInfo

from bot.speech.segments import segments
from bot.understanding.analyse import Part
from bot.understanding.classifier import Guess

STOCKHOLM = ZoneInfo("Europe/Stockholm")
VOICE_CHANNELS = frozenset({"kiosk", "phone"})


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause of the message: its guesses, best first, and the names found in it."""

    text: str
    is_question: bool
    guesses: tuple[Guess, ...]
    names: Mapping[str, tuple[str, ...]]
    within: Mapping[str, tuple[Guess, ...]] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Part) -> Clause:
        """A part of an analysis, as the dialogue reads it."""
        return cls(part.text, part.is_question, part.guesses, part.names, part.within)

    @classmethod
    def from_parse(cls, data: Mapping[str, Any]) -> Clause:
        """Read what the Rasa component wrote into the parse data."""
        return cls(
            text=str(data["text"]),
            is_question=bool(data["is_question"]),
            guesses=tuple(Guess(str(t), float(c)) for t, c in data["guesses"]),
            names={str(k): tuple(v) for k, v in data["names"].items()},
            within={
                str(s): tuple(Guess(str(a), float(c)) for a, c in shares)
                for s, shares in data.get("within", {}).items()
            },
        )


@dataclass(frozen=True, slots=True)
class Turn:
    """A message with everything needed to answer it. ``whole`` is the message as one clause.

    ``person`` tells which ways to a person are open now (chat, waiting, callback, mail), and
    ``callback`` what the message was to an open form (step, answer, problem, times, purpose).
    """

    text: str
    whole: Clause
    clauses: tuple[Clause, ...]
    language: str
    now: dt.datetime
    municipality: str | None = None
    channel: str = "web"
    easy: bool = False
    masked: tuple[str, ...] = ()
    health: bool = False
    person: Mapping[str, Any] = field(default_factory=dict)
    callback: Mapping[str, Any] | None = None

    @property
    def word_count(self) -> int:
        """How many words the message has."""
        return len(self.text.split())


@dataclass(slots=True)
class Reply:
    """What the assistant says. ``text`` alone is complete; the rest adds structure.

    ``told`` are the lines of ``text`` that source, contacts or buttons say again, and ``listing``
    the words that put ``items`` into a sentence: where the structure is shown, ``body`` is
    enough. ``more`` says there in place of the listing that there are more of them. ``prose`` are
    lists and what is said in place of each where there is only an ear; ``heard`` what else is
    heard in other words than it is written (none: not at all). ``action``
    is what the API is to do, ``reason`` why a person is offered, ``step`` the field of a callback
    that is asked for; ``understood`` is for the staff who read along.
    """

    text: str
    kind: str
    answer: str | None = None
    source: dict[str, Any] | None = None
    contacts: list[dict[str, Any]] = field(default_factory=list)
    buttons: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    items: list[str] = field(default_factory=list)
    listing: str = ""
    more: str = ""
    prose: list[tuple[str, str]] = field(default_factory=list)
    heard: list[tuple[str, str]] = field(default_factory=list)
    language: str = "sv"
    action: str | None = None
    reason: str | None = None
    step: str | None = None
    understood: dict[str, Any] | None = None

    @property
    def body(self) -> str | None:
        """The text without what the structure says; None when nothing is said twice."""
        if not self.told and not self.items:
            return None
        lines = [line for line in self.text.split("\n") if line not in self.told]
        text = "\n".join(lines)
        return text.replace(self.listing, self.more).strip() if self.listing else text

    @property
    def said(self) -> str:
        """The text as it is heard, still in written words: without lists, and what is for eyes."""
        text = self.text
        for written, said in [*self.prose, *self.heard]:
            text = text.replace(written, said, 1)
        return "\n".join(line.strip() for line in text.split("\n") if line.strip())

    def custom(self) -> dict[str, Any]:
        """The ``custom`` object of the public contract; what the desk needs only when there."""
        aloud = segments(self.said, self.language, own=True)
        for_desk = {
            "action": self.action,
            "reason": self.reason,
            "understood": self.understood,
            "callback": {"step": self.step} if self.step else None,
        }
        return {
            "kind": self.kind,
            "answer": self.answer,
            "source": self.source,
            "contacts": self.contacts,
            "aloud": [s.written for s in aloud],
            "spoken": " ".join(s.spoken for s in aloud),
            "body": self.body,
            "items": self.items,
            "language": self.language,
            **{name: value for name, value in for_desk.items() if value is not None},
        }


def in_stockholm(moment: dt.datetime | None) -> dt.datetime:
    """A moment in Europe/Stockholm; a naive one is taken to be there already."""
    if moment is None:
        return dt.datetime.now(STOCKHOLM)
    if moment.tzinfo is None:
        return moment.replace(tzinfo=STOCKHOLM)
    return moment.astimezone(STOCKHOLM)
