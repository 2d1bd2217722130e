"""Counters of a municipality and a period to the figures that are shown.

Small figures that could point at somebody (who wrote Ukrainian in a small municipality on a
Tuesday, who was in danger) are hidden: ``Figure.hidden`` stands for one to four.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from statistics import median

from api.clock import utc
from api.numbers import words
from api.numbers.periods import Period, Span
from api.storage import counting, figures
from api.storage.store import Store

FEW = 5
"""What is sensitive is told from this number on."""

SENSITIVE = ("language.", "replies.crisis")
MOST_ANSWERS = 10
HOURS = [f"{hour:02}" for hour in range(24)]

Row = tuple[dt.date, str, int]


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure with its name."""

    name: str
    title: str
    value: int

    @property
    def hidden(self) -> bool:
        """Whether it is so small that it could point at somebody."""
        return self.name.startswith(SENSITIVE) and 0 < self.value < FEW

    @property
    def told(self) -> str:
        """The figure as it may be shown."""
        return f"färre än {FEW}" if self.hidden else str(self.value)


@dataclass(frozen=True, slots=True)
class Hour:
    """An hour of the day: how many asked while the phone was answered, and while it was not."""

    hour: int
    open: int
    closed: int
    unknown: int


@dataclass(frozen=True, slots=True)
class Waits:
    """How long people waited for a person, as far back as the queue is kept."""

    taken: int
    median: int
    longest: int


@dataclass(frozen=True, slots=True)
class Asked:
    """An answer with how often it was given and what people thought of it."""

    title: str
    asked: int
    yes: int
    no: int


@dataclass(frozen=True, slots=True)
class Summary:
    """All figures of a municipality in a period."""

    municipality: str
    period: Period
    totals: Mapping[str, int]
    volume: Sequence[tuple[Span, int]]
    hours: Sequence[Hour]
    kinds: Sequence[Figure]
    services: Sequence[Figure]
    languages: Sequence[Figure]
    channels: Sequence[Figure]
    person: Sequence[Figure]
    waited: Sequence[Figure]
    answers: Sequence[Asked]
    waits: Waits | None

    def total(self, name: str) -> int:
        """A counter's sum."""
        return self.totals.get(name, 0)

    @property
    def when_closed(self) -> tuple[int, int]:
        """How many asked while nobody answered the phone, of how many where that is known."""
        closed = sum(h.closed for h in self.hours)
        return closed, closed + sum(h.open for h in self.hours)

    @property
    def to_person(self) -> int:
        """How many asked for a person: in a chat, by phone or by mail."""
        return sum(self.total(n) for n in ("handoff.joined", "callback.asked", "mail.asked"))


def read_rows(store: Store, municipality: str, period: Period) -> list[Row]:
    """The counters of the period; blocks."""
    with store.desk.connect() as connection:
        return counting.of_municipality(connection, municipality, period.first, period.last)


def read_summary(store: Store, municipality: str, period: Period) -> Summary:
    """The figures of the period; blocks."""
    first, after = (utc(moment) for moment in period.moments())
    rows = read_rows(store, municipality, period)
    with store.desk.connect() as connection:
        waited = figures.waits(connection, municipality, first, after)
    return summary(municipality, period, rows, waited)


def summary(
    municipality: str, period: Period, rows: Iterable[Row], waited: Sequence[int] = ()
) -> Summary:
    """Rows of counters, and sorted seconds of waiting, to figures."""
    totals: dict[str, int] = defaultdict(int)
    by_day: dict[dt.date, int] = defaultdict(int)
    for day, name, value in rows:
        totals[name] += value
        if name == "messages":
            by_day[day] += value
    return Summary(
        municipality=municipality,
        period=period,
        totals=dict(totals),
        volume=[(span, _within(by_day, span)) for span in period.spans()],
        hours=[_hour(totals, hour) for hour in HOURS],
        kinds=_listed(totals, "replies.", words.KINDS),
        services=_found(totals, "service.", words.service_name),
        languages=_found(totals, "language.", words.language_name),
        channels=_listed(totals, "channel.", words.CHANNELS),
        person=[f for f in _listed(totals, "", words.PERSON) if f.value],
        waited=_listed(totals, "handoff.waited.", words.WAITED),
        answers=_answers(totals, municipality),
        waits=Waits(len(waited), round(median(waited)), waited[-1]) if waited else None,
    )


def _within(by_day: Mapping[dt.date, int], span: Span) -> int:
    return sum(value for day, value in by_day.items() if span.first <= day <= span.last)


def _hour(totals: Mapping[str, int], hour: str) -> Hour:
    at = {state: totals.get(f"hour.{hour}.{state}", 0) for state in words.PHONE}
    return Hour(int(hour), **at)


def _listed(totals: Mapping[str, int], start: str, names: Mapping[str, str]) -> list[Figure]:
    """The figures that have a name of their own, in its order, also where they are none."""
    return [Figure(start + n, title, totals.get(start + n, 0)) for n, title in names.items()]


def _found(totals: Mapping[str, int], start: str, name: Callable[[str], str]) -> list[Figure]:
    """The figures that were counted, the largest first; hidden ones tell no order among them."""
    found = [
        Figure(counter, name(counter[len(start) :]), value)
        for counter, value in totals.items()
        if counter.startswith(start) and value > 0
    ]
    return sorted(found, key=lambda f: (f.hidden, 0 if f.hidden else -f.value, f.title))


def _answers(totals: Mapping[str, int], municipality: str) -> list[Asked]:
    own = f"answer.{municipality}."
    given = [(name[len("answer.") :], n) for name, n in totals.items() if name.startswith(own)]
    given.sort(key=lambda pair: (-pair[1], pair[0]))
    return [
        Asked(
            words.answer_name(answer),
            asked,
            max(0, totals.get(f"feedback.{answer}.helped", 0)),
            max(0, totals.get(f"feedback.{answer}.not_helped", 0)),
        )
        for answer, asked in given[:MOST_ANSWERS]
    ]
