"""The Swedish words that replies about hours are made of: times, days, what is open."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.knowledge.hours import (
    DayHours,
    Hours,
    HoursException,
    Span,
    Status,
    day_hours,
    lunch,
    status,
)

WEEKDAYS: Final = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")
MONTHS: Final = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip

_THIS_WEEK: Final = 7
_FIRST_OF_MAY: Final = "första maj"  # the date beside it says the same
# A phone that has a name of its own, and its definite form.
_OWN_NOUN: Final = re.compile(r"(\w*(?:telefon|telefonlinje|växel|linje|jour))(?:en|n)?$")
_LABEL: Final = re.compile(r"^[^\W\d][^\d:]*: ?")


@dataclass(frozen=True, slots=True)
class Subject:
    """What is open or closed, with the forms of the words that go with it.

    The short forms follow a sentence that has said what it is about.
    """

    noun: str
    pronoun: str
    open: str
    closed: str
    open_short: str
    closed_short: str
    opens: str
    title: str

    @property
    def is_visit(self) -> bool:
        """Whether it is about visits, of which nothing can be said to open or close."""
        return self.noun == self.pronoun


_VISITS: Final = Subject(
    noun="det",
    pronoun="det",
    open="öppet för besök",
    closed="stängt för besök",
    open_short="öppet",
    closed_short="stängt",
    opens="öppnar för besök",
    title="Besökstider",
)


def subject_of(contact_name: str, kind: str) -> Subject:
    """Visits are ``det``; a phone goes by its own name when it has one (växeln), else telefonen."""
    if kind == "visit":
        return _VISITS
    own = _OWN_NOUN.search(contact_name.strip().casefold())
    noun = "telefonen"
    if own:
        noun = own[1] + ("n" if own[1].endswith(("l", "e")) else "en")
    title = f"{noun[:1].upper()}{noun[1:]}s tider" if own else "Telefontider"
    return Subject(noun, "den", "öppen", "stängd", "öppen", "stängd", "öppnar", title)


@dataclass(frozen=True, slots=True)
class Context:
    """Whose hours are told, and the moment (wall clock, Europe/Stockholm) of the question."""

    subject: Subject
    hours: Hours
    now: dt.datetime
    exceptions: Sequence[HoursException]

    @property
    def today(self) -> dt.date:
        """The day of the question."""
        return self.now.date()

    def status(self, moment: dt.datetime | None = None) -> Status:
        """Open or closed at a moment, by default at the moment of the question."""
        return status(self.hours, moment or self.now, self.exceptions)

    def day(self, day: dt.date) -> DayHours:
        """The hours of a day."""
        return day_hours(self.hours, day, self.exceptions)


def clock(moment: dt.datetime | dt.time) -> str:
    """``08.30``"""
    return moment.strftime("%H.%M")


def span_times(span: Span) -> str:
    """``08.30–11.30``; a span that lasts to midnight ends at 24.00."""
    end = "24.00" if span.end.date() > span.start.date() else clock(span.end)
    return f"{clock(span.start)}–{end}"


def times(spans: Iterable[Span]) -> str:
    """``klockan 08.30–11.30 och 13.00–16.00``; ``dygnet runt`` for a whole day."""
    spans = tuple(spans)
    if len(spans) == 1 and spans[0].end - spans[0].start == dt.timedelta(days=1):
        return "dygnet runt"
    return "klockan " + listed(span_times(s) for s in spans)


def listed(parts: Iterable[str]) -> str:
    """``a, b och c``"""
    items = list(parts)
    return " och ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def date_words(day: dt.date, today: dt.date) -> str:
    """``torsdag 26 november``, with the year when it is another one."""
    year = f" {day.year}" if day.year != today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def on_day(day: dt.date, today: dt.date) -> str:
    """A day inside a sentence: ``i dag``, ``i morgon, fredag 1 maj,``, ``torsdag 3 december``."""
    words = date_words(day, today)
    if day == today:
        return "i dag"
    if day == today + dt.timedelta(days=1):
        return f"i morgon, {words},"
    return f"på {words}" if today < day < today + dt.timedelta(days=_THIS_WEEK) else words


def opens_at(moment: dt.datetime, today: dt.date) -> str:
    """``klockan 13.00 i dag``, ``i morgon, onsdag 25 november, klockan 08.30``."""
    if moment.date() == today:
        return f"klockan {clock(moment)} i dag"
    return f"{on_day(moment.date(), today).removeprefix('på ')} klockan {clock(moment)}"


def sentence(text: str) -> str:
    """The text as a sentence: a capital first, a full stop last, no comma before it."""
    text = text.strip().rstrip(",.")
    return f"{text[:1].upper()}{text[1:]}."


def as_written(text: str) -> str:
    """The page's own words for its hours, with clock times as elsewhere: ``09.00–12.00``."""
    text = re.sub(r"\b(\d{1,2})[.:](\d\d)\b", lambda m: f"{int(m[1]):02}.{m[2]}", text.strip())
    text = re.sub(r"(?<=\d)\s*[-–]\s*(?=\d)", "–", text).rstrip(".")
    text = _LABEL.sub("", text)
    return text[:1].lower() + text[1:]


def month_day(text: str) -> str:
    """``1 maj`` for ``05-01``."""
    month, day = text.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def caution(context: Context, day: DayHours | None, phrase: str | None = None) -> str | None:
    """What the page does not say: that a day may be short, and for which weekdays it speaks."""
    silent = "" if context.hours.weekdays_named else "nämner inga veckodagar"
    if day is None or not day.may_be_short or day.special is None:
        return f"Sidan {silent}." if silent else None
    more = f" och {silent}" if silent else ""
    short = phrase or day.special.phrase
    return f"Tiderna kan vara kortare {short}; sidan säger inget om det{more}."


def note(day: DayHours) -> str | None:
    """What the operator wrote about an exception."""
    text = day.exception.note if day.exception else None
    return sentence(text) if text else None


def reopening(context: Context, after: dt.datetime | None = None, word: str = "igen") -> str | None:
    """``Den öppnar igen måndag 30 november klockan 08.30.``"""
    opening = context.status(after).next_open
    if opening is None:
        return None
    subject = context.subject
    verb = subject.opens if subject.is_visit else f"{subject.opens} {word}".strip()
    return sentence(f"{subject.pronoun} {verb} {opens_at(opening, context.today)}")


def lunch_or_pause(context: Context, day: DayHours) -> str | None:
    """When it is closed between a day's hours: ``Den är stängd för lunch klockan 12.00–13.00.``"""
    gaps = [Span(a.end, b.start) for a, b in zip(day.spans, day.spans[1:], strict=False)]
    if not gaps:
        return None
    why = " för lunch" if len(gaps) == 1 and lunch(day, gaps[0].start) else ""
    state = context.subject.closed_short + why
    return sentence(f"{context.subject.pronoun} är {state} {times(gaps)}")


def closed_all_day(context: Context, day: DayHours) -> list[str | None]:
    """Why there are no hours on a day, and when it opens again. Our inferences say so."""
    subject, lead = context.subject, on_day(day.day, context.today)
    end_of_day = dt.datetime.combine(day.day, dt.time(23, 59))
    again = reopening(context, end_of_day)
    closed = f"{subject.noun} är {subject.closed}"
    if day.closed in ("red", "eve") and day.special is not None:
        what = day.special.name
        if day.closed == "red":
            what = "en röd dag" if what == _FIRST_OF_MAY else f"{what}, en röd dag"
        silent = "röda dagar" if day.closed == "red" else day.special.name
        return [
            sentence(f"{lead} är det {what}"),
            f"Räkna med att {closed}; sidan säger inget om {silent}.",
            again,
        ]
    weekday = WEEKDAYS[day.day.weekday()]
    near = context.today <= day.day <= context.today + dt.timedelta(days=1)
    short_lead = lead.split(",")[0]
    if day.closed == "weekend" and day.inferred:
        first = f"{short_lead} är det {weekday}" if near else f"{lead} är det helg"
        return [sentence(first), f"Räkna med att {closed}; sidan nämner inga veckodagar.", again]
    if day.closed == "weekend" and near:
        then = f"och då är {subject.noun} {subject.closed}"
        return [sentence(f"{short_lead} är det {weekday}, {then}"), again]
    return [sentence(f"{lead} är {subject.noun} {subject.closed}"), note(day), again]
