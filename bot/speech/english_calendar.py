"""Dates, weekdays and clock times as English says them: ``eight thirty to eleven thirty ay em``.

The hours of 24 that the pages write are said with twelve, since ``thirteen hundred`` is an army's.
"""

from __future__ import annotations

import re
from typing import Final

from bot.speech.numbers import cardinal, ordinal, year
from bot.speech.rules import DASH, Rule

_MONTHS: Final = (
    *("January", "February", "March", "April", "May", "June", "July"),
    *("August", "September", "October", "November", "December"),
)
_NUMBERS: Final = {m[:3].lower(): n for n, m in enumerate(_MONTHS, start=1)}
_MONTH: Final = (
    "January|February|March|April|May|June|July|August|September|October|November|December"
    r"|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?"
)
_DAYS: Final = {
    d[:2]: d for d in "monday tuesday wednesday thursday friday saturday sunday".split()
}
_YEAR: Final = r"(?:19|20)\d\d"
_DAY_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?"
_D_M: Final = r"(0?[1-9]|[12]\d|3[01])/(1[0-2]|0?[1-9])"
_ISO: Final = r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_CLOCK: Final = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_AFTER: Final = r"(?!\d|[.:,]\d| ?(?:kr|SEK|%|per cent))(?: ?[ap]\.?m\b\.?)?"
_FULL_DAY: Final = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?"
_ANY_DAY: Final = rf"(?:{_FULL_DAY}|(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?)"


def _halves(written: str, marked: str = "") -> tuple[str, str]:
    """A time in words, and the half of the day that it is in."""
    hour, minute = (int(part) for part in re.split("[.:]", written))
    if marked.lower().startswith("p") and hour < 12:
        hour += 12
    if minute == 0 and hour in (0, 12, 24):
        return ("noon" if hour == 12 else "midnight"), ""
    words = cardinal((hour - 1) % 12 + 1, "en")
    if minute:
        words += f" {'oh ' if minute < 10 else ''}{cardinal(minute, 'en')}"
    return words, "ay em" if hour % 24 < 12 else "pee em"


def _clock(match: re.Match[str]) -> str:
    found = re.match(rf"({_CLOCK}) ?([ap])?", match[0])
    return " ".join(_halves(found[1], found[2] or "")).strip() if found else match[0]


def _span(match: re.Match[str]) -> str:
    start, end = (_halves(time) for time in re.findall(_CLOCK, match[0]))
    first = start[0] if start[1] == end[1] else " ".join(start).strip()
    joining = "and" if " and " in match[0] else "to"
    return f"{first} {joining} {' '.join(end).strip()}"


def _spans(match: re.Match[str]) -> str:
    """Several stretches of time, with ``and`` before the last."""
    spans = re.finditer(rf"{_CLOCK}{DASH}{_CLOCK}", match[0])
    said = [_span(span) for span in spans]
    return ", ".join(said[:-1]) + f", and {said[-1]}"


def _day_of_month(day: str, month: str) -> str:
    number = int(month) if month.isdecimal() else _NUMBERS[month[:3].lower()]
    return f"{ordinal(int(re.sub(r'[^0-9]', '', day)), 'en')} of {_MONTHS[number - 1]}"


def _and_year(written: str | None) -> str:
    return f" {year(int(written), 'en')}" if written else ""


def _the(match: re.Match[str], said: str) -> str:
    before = match.string[max(0, match.start() - 4) : match.start()].lower()
    return said if before.endswith("the ") else f"the {said}"


def _date(match: re.Match[str]) -> str:
    return _the(match, _day_of_month(match[1], match[2]) + _and_year(match[3]))


def _month_first(match: re.Match[str]) -> str:
    return _the(match, _day_of_month(match[2], match[1]) + _and_year(match[3]))


def _iso(match: re.Match[str]) -> str:
    return _the(match, f"{_day_of_month(match[3], match[2])} {year(int(match[1]), 'en')}")


def _season(match: re.Match[str]) -> str:
    start, end = _day_of_month(match[1], match[2]), _day_of_month(match[3], match[4])
    return _the(match, f"{start} to the {end}")


def _days_of_month(match: re.Match[str]) -> str:
    first = ordinal(int(re.sub(r"\D", "", match[1])), "en")
    return _the(match, f"{first} to the {_day_of_month(match[2], match[3])}{_and_year(match[4])}")


def _day(written: str) -> str:
    folded = written.lower().rstrip(".")
    if folded.endswith(("day", "days")):
        return written
    return _DAYS[folded[:2]].capitalize()


def _day_range(match: re.Match[str]) -> str:
    return f"{_day(match[1])} to {_day(match[2])}"


def _day_list(match: re.Match[str]) -> str:
    return re.sub(_ANY_DAY, lambda m: _day(m[0]), match[0], flags=re.IGNORECASE)


DATES: Final = (
    Rule(rf"(?<![\d-]){_ISO}(?![\d-])(?:T(?=\d))?", _iso),
    Rule(rf"(?<![\d/]){_D_M}{DASH}{_D_M}(?![\d/])", _season),
    Rule(
        rf"(?<![\d.,/])({_DAY_NUMBER})(?:{DASH}| to )({_DAY_NUMBER}) ({_MONTH})"
        rf"(?: ({_YEAR}))?(?!\w)",
        _days_of_month,
    ),
    Rule(
        rf"(?<![\d.,/])({_DAY_NUMBER}) (?:of )?({_MONTH})(?:,? ({_YEAR}))?(?!\w)",
        _date,
    ),
    Rule(rf"\b({_MONTH}) ({_DAY_NUMBER})\b(?:,? ({_YEAR})\b)?(?![.:]\d)", _month_first),
    Rule(rf"(?<![\d/]){_D_M}(?:[ /]({_YEAR}))?(?![\d/])", _date),
    Rule(
        rf"\b({_YEAR}){DASH}({_YEAR})\b",
        lambda m: f"{year(int(m[1]), 'en')} to {year(int(m[2]), 'en')}",
    ),
)
CLOCKS: Final = (
    Rule(r"\b([01]?\d|2[0-3]):([0-5]\d):[0-5]\d\b", lambda m: _clock_of(f"{m[1]}:{m[2]}")),
    Rule(
        rf"(?<![\d.,:]){_CLOCK}{DASH}{_CLOCK}{_AFTER}"
        rf"(?:(?:, | and |, and ){_CLOCK}{DASH}{_CLOCK}{_AFTER})+",
        _spans,
    ),
    Rule(rf"(?<![\d.,:]){_CLOCK}(?:{DASH}| to | and ){_CLOCK}{_AFTER}", _span),
    Rule(rf"(?<![\d.,:/]){_CLOCK}{_AFTER}", _clock),
)
DAYS: Final = (
    Rule(rf"\b({_ANY_DAY}){DASH}({_ANY_DAY})(?!\w)", _day_range),
    Rule(rf"\b{_ANY_DAY}(?:(?:, ?| and |, and ){_ANY_DAY})+(?!\w)", _day_list),
    Rule(r"\b(?:Mon|Tues?|Wed|Thu(?:rs?)?|Fri)\b\.?(?= \d)", lambda m: _day(m[0])),
)


def _clock_of(written: str) -> str:
    return " ".join(_halves(written)).strip()
