"""Which of the offered times somebody means: by its number, its day, its hour or its own words."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from bot.dialogue.callback_reading import NO_ANSWER, FieldReading, given, refused
from bot.dialogue.callback_wishes import asks
from bot.understanding.text import fold, folded_words

_ORDINALS = (
    ("1", "ett", "ettan", "forsta", "first", "one"),
    ("2", "tva", "tvaan", "andra", "second", "two"),
    ("3", "tre", "trean", "tredje", "third", "three"),
    ("4", "fyra", "fyran", "fjarde", "fourth", "four"),
    ("5", "fem", "femman", "femte", "fifth", "five"),
    ("6", "sex", "sexan", "sjatte", "sixth", "six"),
    ("7", "sju", "sjuan", "sjunde", "seventh", "seven"),
    ("8", "atta", "attan", "attonde", "eighth", "eight"),
)
_FILLER = frozenset(
    "nummer nr alternativ tid tiden den det ta tar valjer jag vill ha number option the i take"
    " choose kan far fa boka passar bra blir gar tack thanks please helst garna fine is".split()
)
_ANY = re.compile(
    r"nar\s+som\s+helst|spelar\s+ingen\s+roll|kvittar|vilken\s+som\s+helst|sa\s+(?:snart|fort)"
    r"|forst\w*\s+(?:lediga|mojliga|basta)|tidigaste|any\s?time|as\s+soon\s+as|earliest|doesn.?t\s+matter"
)
_WEEKDAYS = (
    (r"mandag\w*|man", r"monday\w*|mon"),
    (r"tisdag\w*|tis", r"tuesday\w*|tue"),
    (r"onsdag\w*|ons", r"wednesday\w*|wed"),
    (r"torsdag\w*|tors?", r"thursday\w*|thu"),
    (r"fredag\w*|fre", r"friday\w*|fri"),
    (r"lordag\w*|lor", r"saturday\w*|sat"),
    (r"sondag\w*|son", r"sunday\w*|sun"),
)
_DAY = tuple(re.compile(rf"\b(?:{'|'.join(names)})\b") for names in _WEEKDAYS)
_MONTHS = (
    *("januari|january", "februari|february", "mars|march", "april", "maj|may", "juni|june"),
    *("juli|july", "augusti|august", "september", "oktober|october", "november", "december"),
)
_MONTH = "|".join(_MONTHS)
_DATE = re.compile(
    rf"\b(\d{{1,2}})(?::?e|th|st|nd|rd)?\s+(?:of\s+)?({_MONTH})\b"
    r"|\bden\s+(\d{1,2})\b|\b(\d{1,2})/(\d{1,2})\b"
)
_SPAN = re.compile(r"(\d{1,2})[.:](\d{2})\s*(?:-|to|till|and|och)\s*(\d{1,2})[.:](\d{2})")
_CLOCK = re.compile(
    r"\b(?:kl(?:ockan)?\.?|vid|efter|fran|mellan|at|after|from|between)\s+(?:kl(?:ockan)?\.?\s+)?"
    r"(\d{1,2})(?:[.:](\d{2}))?\b|\b(\d{1,2})[.:](\d{2})\b"
)
_PARTS = (
    (re.compile(r"\b(?:formiddag\w*|(?:pa\s+)?morgonen|mornings?)\b"), dt.time(0), dt.time(12)),
    (re.compile(r"\b(?:eftermiddag\w*|afternoons?)\b"), dt.time(12), dt.time.max),
)
_RELATIVE = (
    (re.compile(r"\b(?:i\s?dag|today)\b"), 0),
    (re.compile(r"\b(?:i\s?morgon|tomorrow)\b"), 1),
    (re.compile(r"\b(?:i\s?overmorgon|day\s+after\s+tomorrow)\b"), 2),
)


@dataclass(frozen=True, slots=True)
class _Offer:
    title: str
    words: tuple[str, ...]
    weekday: int | None
    day: tuple[int, int | None] | None
    begins: dt.time | None
    ends: dt.time | None

    @property
    def known(self) -> tuple[dt.time, dt.time]:
        return self.begins or dt.time(0), self.ends or dt.time.max


def read_time(said: str, times: Sequence[str], now: dt.datetime | None = None) -> FieldReading:
    """The title that is meant; refused when none or several of them fit."""
    offers = [_offer(title) for title in times]
    chosen = _by_number_or_words(said, offers)
    if chosen is not None:
        return given(chosen)
    folded = fold(said)
    if offers and _ANY.search(folded):
        return given(offers[0].title)
    fitting, constrained = _fitting(folded, offers, now)
    if constrained and len(fitting) == 1:
        return given(fitting[0].title)
    if asks(said):
        return NO_ANSWER
    return refused("several" if constrained and fitting else "unknown")


def _offer(title: str) -> _Offer:
    folded = fold(title)
    span = _SPAN.search(folded)
    hours = [int(part) for part in span.groups()] if span else []
    return _Offer(
        title,
        tuple(folded_words(title)),
        _weekday(folded),
        _date(folded),
        dt.time(hours[0], hours[1]) if hours else None,
        dt.time(hours[2], hours[3]) if hours else None,
    )


def _by_number_or_words(said: str, offers: list[_Offer]) -> str | None:
    words = folded_words(said)
    for offer in offers:
        if tuple(words) == offer.words:
            return offer.title
    kept = [w for w in words if w not in _FILLER]
    if len(kept) != 1:
        return None
    for offer, names in zip(offers, _ORDINALS, strict=False):
        if kept[0] in names:
            return offer.title
    return None


def _fitting(
    folded: str, offers: list[_Offer], now: dt.datetime | None
) -> tuple[list[_Offer], bool]:
    """The offers that what was said allows, and whether it said anything about time."""
    tests: list[Callable[[_Offer], bool]] = []
    day = _date(folded) or _relative(folded, now)
    weekday = _weekday(folded)
    if day is not None:
        tests.append(lambda o: o.day is not None and _same_day(o.day, day))
    elif weekday is not None:
        tests.append(lambda o: o.weekday == weekday)
    for pattern, start, end in _PARTS:
        if pattern.search(folded):
            tests.append(partial(_begins_within, start, end))
    clock = _clock(folded)
    if clock is not None:
        tests.append(lambda o: o.known[0] <= clock < o.known[1])
    return [o for o in offers if all(test(o) for test in tests)], bool(tests)


def _begins_within(start: dt.time, end: dt.time, offer: _Offer) -> bool:
    return start <= offer.known[0] < end


def _weekday(folded: str) -> int | None:
    found = [i for i, pattern in enumerate(_DAY) if pattern.search(folded)]
    return found[0] if len(found) == 1 else None


def _date(folded: str) -> tuple[int, int | None] | None:
    """Day and month; the month is None when only ``den 23`` was said."""
    found = _DATE.search(folded)
    if found is None:
        return None
    if found[2]:
        return int(found[1]), _month(found[2])
    return (int(found[3]), None) if found[3] else (int(found[4]), int(found[5]))


def _month(name: str) -> int:
    return next(i for i, names in enumerate(_MONTHS, 1) if name in names.split("|"))


def _same_day(offered: tuple[int, int | None], said: tuple[int, int | None]) -> bool:
    return offered[0] == said[0] and (said[1] is None or said[1] == offered[1])


def _relative(folded: str, now: dt.datetime | None) -> tuple[int, int | None] | None:
    if now is None:
        return None
    days = [days for pattern, days in _RELATIVE if pattern.search(folded)]
    if not days:
        return None
    day = now.date() + dt.timedelta(days=max(days))
    return day.day, day.month


def _clock(folded: str) -> dt.time | None:
    found = _CLOCK.search(_DATE.sub(" ", folded))
    if found is None:
        return None
    hour, minute = int(found[1] or found[3]), int(found[2] or found[4] or 0)
    return dt.time(hour, minute) if hour < 24 and minute < 60 else None
