"""The time of day that a question asks about: ``halv nio``, ``kl 16.10``, ``efter lunch``.

A text has to be prepared by `bot.understanding.dates_text`. A clock time from one to six is
in the afternoon unless the text says morning, since it is office hours that are asked about.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass
from typing import Final

from bot.understanding.dates_clock_words import (
    AFTER_DAY,
    ALONE,
    AM_PM,
    DAY_THEN_RANGE,
    DIGIT_RANGE,
    DIGITS,
    HALF,
    HOURS,
    LUNCH,
    NEAR,
    OCLOCK,
    OFFSET,
    PART_WORDS,
    PREPOSED,
    RANGE,
    RANGE_THEN_DAY,
    RELATIONS,
    RELATIVE,
    Part,
    Relation,
)
from bot.understanding.dates_text import NUMBER_WORDS


@dataclass(frozen=True, slots=True)
class Clock:
    """A time of day, or a stretch of it when ``until`` is set; ``part`` when it was named."""

    moment: dt.time
    until: dt.time | None = None
    relation: Relation = "at"
    part: Part | None = None


PARTS: Final[dict[Part, tuple[dt.time, dt.time]]] = {
    "morning": (dt.time(6), dt.time(10)),
    "forenoon": (dt.time(6), dt.time(12)),
    "lunch": (dt.time(12), dt.time(12, 30)),
    "afternoon": (dt.time(12), dt.time(17)),
    "evening": (dt.time(17), dt.time(23)),
    "night": (dt.time(0), dt.time(6)),
}

_LAST_AFTERNOON_HOUR: Final = 6


def find_clock(text: str, now: dt.datetime) -> tuple[Clock | None, dt.datetime | None]:
    """The time of day in a prepared text; for ``om en timme`` also the moment that it means."""
    if match := RELATIVE.search(text):
        moment = now + _duration(match)
        return Clock(moment.time().replace(second=0, microsecond=0)), moment
    part = _part(text)
    for pattern in (RANGE, DIGIT_RANGE, RANGE_THEN_DAY, DAY_THEN_RANGE):
        if match := pattern.search(text):
            start, end = (_read(match[n], part) for n in (1, 2))
            if start and end and start < end:
                return Clock(start, end, "between"), None
    if found := _single(text, part):
        moment_of_day, position = found
        return Clock(moment_of_day, None, _relation(text[:position]), part), None
    if match := LUNCH.search(text):
        return _lunch(match), None
    if part:
        return Clock(*PARTS[part], "between", part), None
    return None, None


def _lunch(match: re.Match[str]) -> Clock:
    part: Part = "afternoon" if match[1] else "forenoon" if match[2] else "lunch"
    if part == "lunch":
        return Clock(PARTS[part][0], None, "at", part)
    return Clock(*PARTS[part], "between", part)


Found = tuple[dt.time, int]
"""A clock time and where in the text it stands."""


def _single(text: str, part: Part | None) -> Found | None:
    """One clock time, the most telling form first."""
    readers = (_with_minutes, _half_hour, _in_digits, _twelve_hour, _whole_hour, _nothing_else)
    return next((found for read in readers if (found := read(text, part))), None)


def _with_minutes(text: str, part: Part | None) -> Found | None:
    """``kvart över åtta``, ``fem i halv nio``, ``quarter to nine``"""
    for match in OFFSET.finditer(text):
        hour = _hour(match[5], part)
        if hour is not None:
            minutes = 15 if match[1] else NUMBER_WORDS.get(match[2]) or int(match[2])
            sign = -1 if match[3] in ("i", "fore", "to") else 1
            return _clock(hour * 60 - (30 if match[4] else 0) + sign * minutes), match.start()
    return None


def _half_hour(text: str, part: Part | None) -> Found | None:
    """``halv nio``, ``half past eight``"""
    for match in HALF.finditer(text):
        hour = _hour(match[1] or match[2], part, half=match[1] is not None)
        if hour is not None:
            return _clock(hour * 60 + (30 if match[2] else -30)), match.start()
    return None


def _in_digits(text: str, part: Part | None) -> Found | None:
    """``16.10``, ``kl 0830``"""
    match = DIGITS.search(text)
    if match is None:
        return None
    hour, minute = (match[1], match[2]) if match[1] else (match[3], match[4])
    return dt.time(_read_hour(hour, part), int(minute)), match.start()


def _twelve_hour(text: str, part: Part | None) -> Found | None:
    """``3 pm``"""
    match = AM_PM.search(text)
    if match is None:
        return None
    hour = (NUMBER_WORDS.get(match[1]) or int(match[1])) % 12
    return dt.time(hour + (12 if match[2].startswith("p") else 0)), match.start()


def _whole_hour(text: str, part: Part | None) -> Found | None:
    """``klockan tio``, ``efter tre på fredag``, ``torsdag elva``"""
    for pattern in (NEAR, OCLOCK, HOURS, PREPOSED, AFTER_DAY):
        if match := pattern.search(text):
            word = next(g for g in match.groups() if g)
            hour = 12 if word == "noon" else _hour(word, part)
            if hour is not None:
                return _clock(hour * 60), match.start(match.lastindex or 0)
    return None


def _nothing_else(text: str, part: Part | None) -> Found | None:
    """A message that is only a number word: ``elva?``"""
    match = ALONE.fullmatch(text)
    hour = _hour(match[1], part) if match and match[1] in NUMBER_WORDS else None
    return None if hour is None else (_clock(hour * 60), 0)


def _relation(before: str) -> Relation:
    """How the question relates to the time: the word in front of it tells."""
    lead = re.sub(r" (?:klockan|ungefar|cirka|ca|typ|runt)$", "", before.rstrip())
    if re.search(r"\bstrax (?:efter|fore|innan)$|\bsen(?:ast|aste)$", lead):
        return "at"
    found = (relation for relation, words in RELATIONS if re.search(rf"\b{words}$", lead))
    return next(found, "at")


def _part(text: str) -> Part | None:
    return next((part for part, pattern in PART_WORDS if pattern.search(text)), None)


def _read(text: str, part: Part | None) -> dt.time | None:
    """A time as _TIME finds it."""
    if match := re.fullmatch(r"(\d{1,2})[.:](\d\d)", text):
        return dt.time(_read_hour(match[1], part), int(match[2]))
    if text.startswith("halv "):
        hour = _hour(text.removeprefix("halv "), part, half=True)
        return None if hour is None else _clock(hour * 60 - 30)
    hour = _hour(text, part)
    return None if hour is None else _clock(hour * 60)


def _hour(word: str, part: Part | None, *, half: bool = False) -> int | None:
    """The hour that a word or digits mean; None for what is no hour."""
    value = NUMBER_WORDS.get(word)
    if value is None:
        return _read_hour(word, part, half=half) if word.isdigit() and int(word) <= 24 else None
    return _afternoon(value, part, half=half) if value <= 12 else value


def _read_hour(digits: str, part: Part | None, *, half: bool = False) -> int:
    hour = int(digits) % 24
    if digits.startswith("0") or hour > 12:
        return hour
    return _afternoon(hour, part, half=half)


def _afternoon(hour: int, part: Part | None, *, half: bool = False) -> int:
    """Office hours are meant: one to six is after noon unless the morning is named."""
    if part in ("morning", "forenoon", "night") or hour == 12:
        return hour
    last = _LAST_AFTERNOON_HOUR + (1 if half else 0)
    return hour + 12 if hour <= last or part == "evening" else hour


def _clock(minutes: int) -> dt.time:
    minutes %= 24 * 60
    return dt.time(minutes // 60, minutes % 60)


def _duration(match: re.Match[str]) -> dt.timedelta:
    if match[1]:
        return dt.timedelta(minutes=15 if "kvart" in match[1] else 30)
    count, unit = (match[2] or "1", match[3]) if match[3] else (match[4] or "1", match[5])
    number = 1 if count == "en" else NUMBER_WORDS.get(count) or int(count)
    if unit.startswith(("tim", "hour")):
        return dt.timedelta(hours=number)
    return dt.timedelta(minutes=number)
