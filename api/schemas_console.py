"""What the test console shows of a turn: everything the assistant made of a message.

The recorder in the bot (bot.dialogue.trace) writes plain data into ``custom.trace``; these views
are its contract with the page. A key that nobody has agreed on is refused, so that a test of real
traces finds what the page would leave out.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field

Band = Literal["sure", "unsure", "none"]


class _Part(BaseModel):
    """A part of a trace. All has a value, so that half a trace is shown for what it holds."""

    class Config:
        """Nothing unknown, nothing changed."""

        extra = Extra.forbid
        allow_mutation = False


class LanguageTrace(_Part):
    """The language that was decided on: its code, and how it was told, in Swedish."""

    code: str = "sv"
    how: str = ""


class GuessTrace(_Part):
    """A topic that the classifier guessed, with its readable title."""

    label: str
    title: str
    confidence: float


class ClauseTrace(_Part):
    """A clause of the message: its guesses best first, and the names found in it by kind."""

    text: str
    is_question: bool = False
    guesses: list[GuessTrace] = Field(default_factory=list)
    names: dict[str, list[str]] = Field(default_factory=dict)


class IntentTrace(_Part):
    """An intent in Rasa's ranking."""

    name: str
    confidence: float
    title: str = ""


class FactorTrace(_Part):
    """Something that made a reading more or less likely. ``why`` is a Swedish sentence.

    ``value`` multiplies the reading's weight; where it was ``added``, it is the weight that came.
    """

    name: str
    value: float
    why: str = ""
    added: bool = False


class ReadingTrace(_Part):
    """A way to read the message, and for one that was not taken why not, in Swedish."""

    topic: str
    title: str
    weight: float
    classifier: float = 0.0
    factors: list[FactorTrace] = Field(default_factory=list)
    answer: str | None = None
    why_not: str = ""


class EntityTrace(_Part):
    """An entity and where it stands in the masked message."""

    entity: str
    value: str
    start: int | None = None
    end: int | None = None


class SlotsTrace(_Part):
    """The conversation's memory before and after; ``changed`` are the names of what differs."""

    before: dict[str, Any] = Field(default_factory=dict)
    after: dict[str, Any] = Field(default_factory=dict)
    changed: list[str] = Field(default_factory=list)


class RuleTrace(_Part):
    """The rule that fired, with what it does, in Swedish."""

    name: str = ""
    title: str = ""


class PathTrace(_Part):
    """A place in the dialogue that the message passed, and what was decided there, in Swedish."""

    step: str
    said: str


class EvidenceTrace(_Part):
    """A quote and where it stands in its page's text: characters from ``start`` to ``end``.

    ``page`` is the page's id in its municipality, ``title`` its title; without a place (the quote
    is in no page's text) ``start`` and ``end`` are None.
    """

    page: str
    title: str
    quote: str
    start: int | None = None
    end: int | None = None
    municipality: str | None = None


class AloudTrace(_Part):
    """A sentence as it is written and as a voice says it."""

    written: str
    spoken: str


class StepTrace(_Part):
    """A part of the work and how long it took."""

    name: str
    ms: float
    title: str = ""


class Trace(_Part):
    """All of ``custom.trace``: ``Trace.parse_obj(custom["trace"])``."""

    language: LanguageTrace = Field(default_factory=LanguageTrace)
    clauses: list[ClauseTrace] = Field(default_factory=list)
    intents: list[IntentTrace] = Field(default_factory=list)
    band: Band | None = None
    readings: list[ReadingTrace] = Field(default_factory=list)
    entities: list[EntityTrace] = Field(default_factory=list)
    slots: SlotsTrace = Field(default_factory=SlotsTrace)
    rule: RuleTrace = Field(default_factory=RuleTrace)
    path: list[PathTrace] = Field(default_factory=list)
    evidence: list[EvidenceTrace] = Field(default_factory=list)
    aloud: list[AloudTrace] = Field(default_factory=list)
    steps: list[StepTrace] = Field(default_factory=list)


def read_trace(data: Mapping[str, Any] | None) -> Trace | None:
    """The trace of a turn; None for a reply that was made without the model."""
    return Trace.parse_obj(data) if data else None
