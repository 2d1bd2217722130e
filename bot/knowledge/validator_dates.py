"""Dates, clock times and weekdays in Swedish and English text."""

from __future__ import annotations

import re
from typing import Final, NamedTuple

from bot.knowledge.validator_numbers import NUMBER_WORDS, ORDINALS, WORD_PATTERN


class Day(NamedTuple):
    """A date, or as much of it as is written; ``part`` is a month's number or a season."""

    year: int | None
    part: int | str | None
    day: int | None

    def proven_by(self, other: Day) -> bool:
        """Whether all that it says stands in the other one."""
        return all(mine in (None, theirs) for mine, theirs in zip(self, other, strict=True))


class Clock(NamedTuple):
    """A time of day; ``loose`` when twelve hours more may be meant: "halv nio"."""

    hour: int
    minute: int
    loose: bool = False

    def proven_by(self, other: Clock) -> bool:
        """Whether it is the same time."""
        hours = (self.hour % 12, other.hour % 12) if self.loose else (self.hour, other.hour)
        return hours[0] == hours[1] and self.minute == other.minute


_MONTHS_SV: Final = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september",
    "oktober", "november", "december",
)  # fmt: skip
_MONTHS_EN: Final = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September",
    "October", "November", "December",
)  # fmt: skip
_MONTHS: Final = {
    name.casefold(): number
    for names in (_MONTHS_SV, _MONTHS_EN)
    for number, name in enumerate(names, start=1)
}
_SEASONS: Final = {
    "våren": "spring", "spring": "spring", "sommaren": "summer", "summer": "summer",
    "hösten": "autumn", "autumn": "autumn", "vintern": "winter", "winter": "winter",
}  # fmt: skip
_WEEKDAYS: Final = {
    name: number
    for names in (
        "måndag tisdag onsdag torsdag fredag lördag söndag",
        "monday tuesday wednesday thursday friday saturday sunday",
    )
    for number, name in enumerate(names.split())
}

_ANY_MONTH: Final = "|".join(_MONTHS)
_YEAR: Final = r"(?:19|20)\d{2}"
_NTH: Final = rf"\d{{1,2}}(?::?[ae]|st|nd|rd|th)?|{'|'.join(ORDINALS)}|första|andra|first|second"
_FIRST_TWO: Final = {"första": 1, "first": 1, "andra": 2, "second": 2}

ISO_DATE: Final = re.compile(r"(?<![\w-])(\d{4})-(\d{2})-(\d{2})(?![\w-])")
DAY_MONTH: Final = re.compile(
    rf"(?<!\w)(?P<day>{_NTH})\s+(?:of\s+)?(?P<month>{_ANY_MONTH})(?:,?\s+(?P<year>{_YEAR}))?(?!\w)",
    re.IGNORECASE,
)
MONTH_DAY: Final = re.compile(
    rf"(?<!\w)(?P<month>{'|'.join(_MONTHS_EN)})\s+(?P<day>\d{{1,2}})(?:st|nd|rd|th)?"
    rf"(?:,?\s+(?P<year>{_YEAR}))?(?!\w)"
)
PART_YEAR: Final = re.compile(
    rf"(?<!\w)(?P<part>{_ANY_MONTH}|{'|'.join(_SEASONS)})(?:\s+of)?\s+(?P<year>{_YEAR})(?!\w)",
    re.IGNORECASE,
)
SLASHED: Final = re.compile(r"(?<![\w/])(\d{1,2})/(\d{1,2})(?![\w/])")
YEAR: Final = re.compile(rf"(?<![\w.,:/-]){_YEAR}(?![\w:/-])")
# "mars", "may" and "march" are also other words: alone they count only as written for a month.
MONTH: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(m for m in _MONTHS_SV)}|January|February|April|June|July|August)(?!\w)"
)

_HOUR: Final = rf"\d{{1,2}}|{WORD_PATTERN}|ett|one"
_KINDS: Final = (
    (rf"halv\s+(?P<before>{_HOUR})", 30),
    (rf"kvart\s+i\s+(?P<before>{_HOUR})|quarter\s+to\s+(?P<before_en>{_HOUR})", 45),
    (rf"kvart\s+över\s+(?P<after>{_HOUR})|quarter\s+past\s+(?P<after_en>{_HOUR})", 15),
    (rf"half\s+past\s+(?P<after>{_HOUR})", 30),
    (rf"(?:klockan|kl\.?)\s+(?P<after>{_HOUR})|(?P<after_en>{_HOUR})\s+o['’]clock", 0),
)
SPOKEN_TIMES: Final = tuple(
    (re.compile(rf"(?<!\w)(?:{pattern})(?![\w.:]*\d)(?!\w)", re.IGNORECASE), minute)
    for pattern, minute in _KINDS
)
SPOKEN_RANGE: Final = re.compile(
    rf"(?<!\w)(?:klockan|kl\.?)\s+({_HOUR})\s*(?:[–-]|till|och)\s*({_HOUR})(?![\w.:]*\d)(?!\w)",
    re.IGNORECASE,
)
SPOKEN_MINUTES: Final = re.compile(
    rf"(?<!\w)(?:klockan|kl\.?|från|till|mellan|och)\s+({WORD_PATTERN}|ett)"
    r"\s+(?:och\s+)?(femton|trettio|fyrtiofem)(?!\w)",
    re.IGNORECASE,
)
CLOCK: Final = re.compile(
    r"(?<![\w.:,])(\d{1,2})[.:](\d{2})(?![\d:])(?:\s*([ap])\.?m\b\.?)?", re.IGNORECASE
)
HOUR_12: Final = re.compile(r"(?<![\w.:])(\d{1,2})()\s*([ap])\.?m\b\.?", re.IGNORECASE)
WEEKDAY: Final = re.compile(
    rf"(?<!\w)(?P<first>{'|'.join(_WEEKDAYS)})(?:s|en|ens|ar|ars|arna|arnas)?"
    rf"(?:\s*(?:[–-]|till|to|through)\s*(?P<last>{'|'.join(_WEEKDAYS)})(?:s|en|ar|arna)?)?(?!\w)",
    re.IGNORECASE,
)
WORKDAYS: Final = re.compile(
    r"(?<!\w)(?:(?P<workday>(?:helgfri\s+)?vardag(?:ar|en|arna)?|weekdays?)"
    r"|(?P<weekend>helg(?:en|er|erna)?|weekend(?:en|s)?))(?!\w)",
    re.IGNORECASE,
)


def read_named(match: re.Match[str]) -> Day:
    """The date of a match of DAY_MONTH, MONTH_DAY or PART_YEAR."""
    groups = match.groupdict()
    part = (groups.get("month") or groups.get("part") or "").casefold()
    return Day(
        int(groups["year"]) if groups.get("year") else None,
        _MONTHS.get(part) or _SEASONS[part],
        _nth(groups["day"]) if groups.get("day") else None,
    )


def read_slashed(match: re.Match[str]) -> Day | None:
    """The date of ``31/8``; None when it can be no date."""
    day, month = int(match[1]), int(match[2])
    return Day(None, month, day) if 1 <= day <= 31 and 1 <= month <= 12 else None


def read_month(written: str) -> Day:
    """A month that stands alone."""
    return Day(None, _MONTHS[written.casefold()], None)


def read_clock(match: re.Match[str]) -> Clock | None:
    """The time of a match of CLOCK or HOUR_12; None when there is no such time."""
    hour, minute = int(match[1]), int(match[2] or 0)
    half = (match[3] or "").casefold()
    if half:
        hour = hour % 12 + (12 if half == "p" else 0)
    return Clock(hour, minute) if hour <= 24 and minute < 60 else None


def read_spoken(match: re.Match[str], minute: int) -> Clock | None:
    """The time of a match of SPOKEN_TIMES; its pattern gives the minute."""
    groups = {name.removesuffix("_en"): hour for name, hour in match.groupdict().items() if hour}
    name, written = next(iter(groups.items()))
    return _spoken(written, minute, before=name == "before")


def read_spoken_range(match: re.Match[str]) -> list[Clock] | None:
    """The two times of "klockan åtta till sexton"."""
    times = [_spoken(match[1], 0), _spoken(match[2], 0)]
    return [time for time in times if time] if all(times) else None


def read_spoken_minutes(match: re.Match[str]) -> Clock | None:
    """The time of "klockan åtta och trettio"."""
    return _spoken(match[1], NUMBER_WORDS[match[2].casefold()])


def _spoken(written: str, minute: int, *, before: bool = False) -> Clock | None:
    """An hour in figures or as a word; up to twelve it may be meant for the afternoon."""
    known = NUMBER_WORDS.get(written.casefold())
    hour = int(written) if known is None else known
    return Clock((hour - before) % 24, minute, loose=hour <= 12) if hour <= 24 else None


def read_weekdays(match: re.Match[str]) -> tuple[int, ...]:
    """The weekdays (0 is Monday) of a match of WEEKDAY: one, or all of a range."""
    first = _WEEKDAYS[match["first"].casefold()]
    last = _WEEKDAYS[match["last"].casefold()] if match["last"] else first
    return tuple((first + step) % 7 for step in range((last - first) % 7 + 1))


def _nth(written: str) -> int:
    word = written.casefold()
    known = ORDINALS.get(word) or _FIRST_TWO.get(word)
    return known or int(re.sub(r"\D", "", written))
