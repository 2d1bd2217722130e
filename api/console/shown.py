"""A played turn as the console's page shows it: names for ids, quotes in their pages, times."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from api.console.names import KINDS, answer_title
from api.console.records import Compared, Played
from api.console.shown_memory import SlotShown, slots_shown
from api.console.shown_pages import PassageShown, passages_shown
from api.schemas_console import Trace, read_trace
from api.speech.texts import in_sentences
from bot.dialogue.wording import text_language
from bot.speech.segments import Segment


@dataclass(frozen=True, slots=True)
class ReplyShown:
    """A message of the assistant's, with its sentences as they are heard."""

    text: str
    kind: str
    answer: str
    buttons: tuple[str, ...]
    language: str
    sentences: tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class TurnShown:
    """A turn: what was understood, and what was said."""

    number: int
    masked_text: str
    masked: tuple[str, ...]
    replies: tuple[ReplyShown, ...]
    trace: Trace | None
    passages: tuple[PassageShown, ...]
    slots: tuple[SlotShown, ...]
    ms: float
    heard: tuple[str, ...] = ()
    """For each reply the key of its sound; empty where it can't be heard."""


@dataclass(frozen=True, slots=True)
class PairShown:
    """A turn with two models."""

    first: TurnShown
    second: TurnShown
    differs: tuple[str, ...]


def turn_shown(played: Played) -> TurnShown:
    """A turn for the page."""
    trace = read_trace(played.trace)
    return TurnShown(
        number=played.turn,
        masked_text=played.masked_text,
        masked=played.masked,
        replies=tuple(_reply(r) for r in played.replies),
        trace=trace,
        passages=tuple(passages_shown(trace, played.replies)) if trace else (),
        slots=tuple(slots_shown(trace.slots)) if trace else (),
        ms=played.ms,
    )


def pair_shown(compared: Compared) -> PairShown:
    """A turn with two models, for the page."""
    return PairShown(turn_shown(compared.first), turn_shown(compared.second), compared.differs)


def _reply(reply: Mapping[str, Any]) -> ReplyShown:
    custom: Mapping[str, Any] = reply.get("custom") or {}
    language = text_language(str(custom.get("language") or "sv"))
    kind = str(custom.get("kind") or "")
    aloud = custom.get("aloud")
    return ReplyShown(
        text=str(reply.get("text") or ""),
        kind=KINDS.get(kind, kind),
        answer=answer_title(custom.get("answer")),
        buttons=tuple(str(b["title"]) for b in reply.get("buttons") or ()),
        language=language,
        sentences=tuple(in_sentences(aloud if isinstance(aloud, list) else [], language)),
    )
