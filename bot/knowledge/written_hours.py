"""Weekdays and clock times as Swedish pages write them: ``mån–fre 8–12``, ``tors. kl. 8.30-11``.

The short ways of writing count beside opening hours only: elsewhere ``ons`` and ``8-12`` may be
anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final, NamedTuple

_DAYS: Final = {
    "mån": 0, "måndag": 0, "tis": 1, "tisdag": 1, "ons": 2, "onsdag": 2, "tor": 3, "tors": 3,
    "torsdag": 3, "fre": 4, "fredag": 4, "lör": 5, "lördag": 5, "sön": 6, "söndag": 6,
}  # fmt: skip
_NAMES: Final = "|".join(sorted(_DAYS, key=len, reverse=True))
_INFLECTED: Final = r"(?:arna|ar|en|s)?\.?"
_TO: Final = r"\s*(?:[–—−-]|till(?:\s+och\s+med)?|t\.?o\.?m\.?)\s*"
WEEKDAYS: Final = re.compile(
    rf"(?<!\w)(?P<first>{_NAMES}){_INFLECTED}(?:{_TO}(?P<last>{_NAMES}){_INFLECTED})?(?!\w)",
    re.IGNORECASE,
)
GROUPS: Final = re.compile(
    r"(?<!\w)(?<!övriga )(?:(?P<workdays>(?:helgfri\w*\s+)?vardag(?:ar|en|arna)?)"
    r"|(?P<weekend>helg(?:er|erna|en)?)"
    r"|(?P<all>alla\s+dagar|dagligen|varje\s+dag))(?!\w)",
    re.IGNORECASE,
)
REST: Final = re.compile(r"(?<!\w)övriga\s+(?:(?P<workdays>vardagar)|dagar)(?!\w)", re.IGNORECASE)
"""The days that nothing was said of before."""

SHUT: Final = re.compile(r"(?<!\w)stängt(?!\w)", re.IGNORECASE)
LUNCH: Final = re.compile(
    r"(?<!\w)(?:lunch\s*-?\s*stängt|stängt\s+(?:för|under)\s+lunch|lunch(?:stängning)?)(?!\w)",
    re.IGNORECASE,
)
"""What comes before times at which it is closed, on every day that was named."""

_TIME: Final = r"(?:kl\.?\s*|klockan\s+)?(\d{1,2})(?:[.:](\d{2}))?"
# "08-16 10 02" is a phone number, "8-12 13-16" two openings.
_COUNTED: Final = (
    r"timm\w*|tim|minut\w*|min|dag(?:ar|arna)?|vecko?r?|veckorna|månad\w*|år(?:en)?|åring\w*"
    r"|gång\w*|ggr|procent|kr|kronor|personer|barn|platser|meter|mil|km"
)
_NO_MORE: Final = (
    r"(?![\w/]|[.:]\d|[–-]\d|\s\d{2}(?![\d.:]|\s?[–—-])"
    rf"|\s*%|\s*(?:{_COUNTED})(?!\w))"
)
_RANGES: Final = (
    re.compile(rf"(?<![\w.:/-]){_TIME}{_TO}{_TIME}{_NO_MORE}", re.IGNORECASE),
    re.compile(rf"(?<!\w)mellan\s+{_TIME}\s+och\s+{_TIME}{_NO_MORE}", re.IGNORECASE),
)

_ABOUT_HOURS: Final = re.compile(
    r"(?<!\w)(?:kl|klockan)(?!\w)|öppe[tn]|stängt|lunch|drop-?in|telefon|besök|vardag|(?<!\w)(?:tid|dagar)(?!\w)",
    re.IGNORECASE,
)
_AFTER_BARE: Final = re.compile(
    rf"\s*(?:$|[^\w\s]|\d|(?:och|samt|men|lunch\w*|stängt|på|via|för|utom|övriga|{_NAMES})(?!\w)"
    rf"|(?:{_NAMES}){_INFLECTED}(?!\w)|(?:helg|vardag|alla|daglig|varje|mellan|telefon|besök)\w*)",
    re.IGNORECASE,
)
"""What may follow ``8-12`` when that is a time: no thing that is counted."""


class Opening(NamedTuple):
    """A stretch of one day, as ``08:30`` and ``11:30``."""

    opens: str
    closes: str


class Days(NamedTuple):
    """Where weekdays are named, and which (0 is Monday)."""

    start: int
    end: int
    days: tuple[int, ...]


class Times(NamedTuple):
    """Where two clock times stand together."""

    start: int
    end: int
    opening: Opening


def days_in(written: str) -> Iterator[Days]:
    """Every naming of weekdays, in no particular order."""
    for match in WEEKDAYS.finditer(written):
        first = _DAYS[match["first"].casefold()]
        last = _DAYS[match["last"].casefold()] if match["last"] else first
        named = tuple((first + step) % 7 for step in range((last - first) % 7 + 1))
        yield Days(*match.span(), named)
    for match in GROUPS.finditer(written):
        kind = match.lastgroup
        span = {"workdays": range(5), "weekend": range(5, 7)}.get(kind or "", range(7))
        yield Days(*match.span(), tuple(span))


def times_in(written: str) -> Iterator[Times]:
    """Every pair of clock times; two bare numbers are times beside days or a label only."""
    about_hours = bool(_ABOUT_HOURS.search(written)) or any(True for _ in days_in(written))
    for match in (match for pattern in _RANGES for match in pattern.finditer(written)):
        bare = not (match[2] or match[4] or "kl" in match[0].casefold())
        if bare and not (about_hours and _AFTER_BARE.match(written, match.end())):
            continue
        opens, closes = _clock(match[1], match[2]), _clock(match[3], match[4])
        if opens and closes and opens < closes:
            yield Times(*match.span(), Opening(opens, closes))


def _clock(hour: str, minute: str | None) -> str | None:
    if int(hour) > 24 or int(minute or 0) > 59 or (int(hour) == 24 and int(minute or 0)):
        return None
    return f"{int(hour):02}:{int(minute or 0):02}"
