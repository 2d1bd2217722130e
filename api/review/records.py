"""What the review page shows, as plain records."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from api.review.titles import Choice
from api.storage.review import LOW, Mark, Question

REASONS: Final[Mapping[str, str]] = {
    "unanswered": "Fick inget svar",
    "unclear": "Fick en motfråga",
    "outside": "Togs för att inte höra hit",
    "bad": "Fick tummen ner",
    "unsure": "Svaret var osäkert",
}
"""Why a question is in the list. One may be there for several reasons."""

KINDS: Final[Mapping[str, str]] = {
    "passage": "Visade ett stycke från sidan",
    "not_defined": "Sa att det inte står på sidorna",
    "clarify": "Frågade vad som menades",
    "out_of_scope": "Sa att det inte hör hit",
    "handoff": "Hänvisade till en människa",
    "answer": "Gav ett svar",
    "notice": "Gav ett meddelande",
    "smalltalk": "Småpratade",
}


def reasons_of(question: Question) -> frozenset[str]:
    """Why a question is in the list."""
    low = question.kind == "answer" and (question.confidence or 0.0) < LOW
    found = {
        "unanswered": question.kind in {"not_defined", "passage"},
        "unclear": question.kind == "clarify",
        "outside": question.kind == "out_of_scope",
        "bad": question.helped is False,
        "unsure": low and question.confidence is not None,
    }
    return frozenset(name for name, holds in found.items() if holds)


@dataclass(frozen=True, slots=True)
class Wording:
    """One way in which something was asked; ``count`` how often in just these words."""

    key: str
    text: str
    language: str | None
    count: int
    newest: datetime


@dataclass(frozen=True, slots=True)
class Group:
    """Questions that mean the same, named by the most central one."""

    key: str
    name: str
    language: str | None
    wordings: tuple[Wording, ...]
    count: int
    conversations: int
    newest: datetime
    reasons: tuple[tuple[str, int], ...]
    replies: tuple[tuple[str, int], ...]
    words: tuple[str, ...]
    topics: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Overview:
    """The list of a municipality: what waits, what was chosen, what editors were asked."""

    groups: tuple[Group, ...]
    questions: int
    is_capped: bool
    counts: Mapping[str, int]
    picked: tuple[Mark, ...]
    asked: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class Opened:
    """One group with what it can be made an example of, the likeliest first."""

    group: Group
    likely: tuple[Choice, ...]
    choices: tuple[tuple[str, tuple[Choice, ...]], ...]


class ReviewError(Exception):
    """It can't be done; the message is Swedish. ``problems`` are by a question's key."""

    def __init__(self, message: str, problems: Mapping[str, str] | None = None) -> None:
        super().__init__(message)
        self.problems = problems or {}
