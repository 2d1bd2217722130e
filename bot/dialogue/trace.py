"""What the assistant makes of one message, recorded for the staff who test it.

Nothing is recorded unless ``recording()`` is open around the message, and only the test console
opens it: no message and no metadata can. While it is closed each call here costs one look at a
context variable. What was recorded is put into words by bot.dialogue.trace_report.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from contextvars import ContextVar
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypeVar

if TYPE_CHECKING:
    from bot.dialogue.questions import Question
    from bot.dialogue.turn import Clause, Reply, Turn

T = TypeVar("T")
Key = tuple[str | None, str]
"""A reading: service and aspect, or None and an intent about no service."""


@dataclass(slots=True)
class Weighing:
    """The readings of a clause after each stage of weighing, in the order of the stages."""

    clause: Clause
    stages: list[tuple[str, dict[Key, float]]] = field(default_factory=list)


@dataclass(slots=True)
class Record:
    """What was seen of one message. ``path`` are the places it passed, with what was known."""

    parsed: Mapping[str, Any] = field(default_factory=dict)
    turn: Turn | None = None
    language_by: str = ""
    reply: Reply | None = None
    questions: list[Question] = field(default_factory=list)
    weighings: list[Weighing] = field(default_factory=list)
    path: list[tuple[str, dict[str, Any]]] = field(default_factory=list)
    actions: list[str] = field(default_factory=list)
    before: dict[str, Any] = field(default_factory=dict)
    after: dict[str, Any] = field(default_factory=dict)
    steps: dict[str, float] = field(default_factory=dict)

    def values(self, step: str, name: str) -> list[Any]:
        """What was noted under a name at each passing of a step."""
        return [values[name] for passed, values in self.path if passed == step]


_RECORD: ContextVar[Record | None] = ContextVar("trace", default=None)
_NOT_TIMED: AbstractContextManager[None] = nullcontext()


@contextmanager
def recording() -> Iterator[Record]:
    """Record what is done within, also by tasks that are started there."""
    record = Record()
    token = _RECORD.set(record)
    try:
        yield record
    finally:
        _RECORD.reset(token)


def begin_anew() -> None:
    """Forget what was recorded but for the time it took: the message is answered once more."""
    record = _RECORD.get()
    if record is not None:
        for name in Record.__slots__:
            if name != "steps":
                setattr(record, name, getattr(Record(), name))


def active() -> Record | None:
    """The open recording, for who would have to work out what to note."""
    return _RECORD.get()


def passed(step: str, **values: Any) -> None:
    """The message came to a place in the dialogue."""
    record = _RECORD.get()
    if record is not None:
        record.path.append((step, values))


def taken(step: str, reply: T) -> T:
    """The reply as it is; when there is one, the message took this way."""
    record = _RECORD.get()
    if record is not None and reply is not None:
        record.path.append((step, {}))
    return reply


def read(turn: Turn, language_by: str) -> None:
    """The message was read, its language told by something."""
    record = _RECORD.get()
    if record is not None:
        record.turn, record.language_by = turn, language_by


def weighing(clause: Clause) -> None:
    """The readings of a clause are about to be weighed."""
    record = _RECORD.get()
    if record is not None:
        record.weighings.append(Weighing(clause))


def weighed(stage: str, weights: Mapping[Key, float]) -> None:
    """The readings of the clause as they stand after a stage."""
    record = _RECORD.get()
    if record is not None:
        record.weighings[-1].stages.append((stage, dict(weights)))


def asked(questions: list[Question]) -> list[Question]:
    """The questions of the message, as they are."""
    record = _RECORD.get()
    if record is not None:
        record.questions = questions
    return questions


def answered(reply: Reply) -> None:
    """A reply is sent."""
    record = _RECORD.get()
    if record is not None and record.reply is None:
        record.reply = reply


def acts(action: str, slots: Mapping[str, Any], parsed: Mapping[str, Any]) -> None:
    """An action is about to run, with what the conversation remembers and the parsed message."""
    record = _RECORD.get()
    if record is None:
        return
    if not record.actions:
        record.before, record.after, record.parsed = dict(slots), dict(slots), parsed
    record.actions.append(action)


def acted(events: Iterable[Mapping[str, Any]]) -> None:
    """An action has run: what the conversation remembers now."""
    record = _RECORD.get()
    if record is not None:
        record.after.update({e["name"]: e.get("value") for e in events if e["event"] == "slot"})


def spent(name: str, milliseconds: float) -> None:
    """A part of the work has taken so long; one that is done several times is added up."""
    record = _RECORD.get()
    if record is not None:
        record.steps[name] = record.steps.get(name, 0.0) + milliseconds


def step(name: str) -> AbstractContextManager[None]:
    """Time a part of the work."""
    return _NOT_TIMED if _RECORD.get() is None else _timed(name)


@contextmanager
def _timed(name: str) -> Iterator[None]:
    start = time.perf_counter()
    try:
        yield
    finally:
        spent(name, (time.perf_counter() - start) * 1000)
