"""Days that have a name: red days, eves, ``mellandagarna``, ``påsk``, ``jul och nyår``.

Dates come from `bot.knowledge.calendar`; here stand the ways in which people say them, in
prepared text (see `bot.understanding.dates_text`).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Final

from bot.knowledge.calendar import date_of, is_off

Days = tuple[dt.date, ...]
_ONE_DAY: Final = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Named:
    """How a named day or period is written, and its days in a year.

    ``phrase`` is set for a period, to speak of it as a whole.
    """

    pattern: re.Pattern[str]
    days: Callable[[int], Days]
    phrase: str | None = None
    phrase_en: str | None = None


@dataclass(frozen=True, slots=True)
class NamedHit:
    """A named day in a text, with the days that are meant: the next ones, from today on."""

    start: int
    end: int
    days: Days
    phrase: str | None
    phrase_en: str | None
    relation: str | None = None


def _day(name: str, offset: int = 0, length: int = 1) -> Callable[[int], Days]:
    """The days that begin ``offset`` days from a named day."""

    def days(year: int) -> Days:
        first = date_of(name, year)
        if first is None:
            return ()
        return tuple(first + dt.timedelta(days=offset + n) for n in range(length))

    return days


def _fixed(month: int, day: int, length: int = 1) -> Callable[[int], Days]:
    return lambda year: tuple(dt.date(year, month, day) + n * _ONE_DAY for n in range(length))


def _week_of_christmas(year: int) -> Days:
    eve = dt.date(year, 12, 24)
    return tuple(eve + dt.timedelta(days=n - eve.weekday()) for n in range(7))


def _named(
    pattern: str, days: Callable[[int], Days], phrase: str | None = None, english: str | None = None
) -> Named:
    return Named(re.compile(rf"\b(?:{pattern})\b"), days, phrase, english)


# The longer name comes before the shorter one that it contains.
_NAMES: Final = (
    _named(
        r"mellandag\w*|mellan jul och nyar\w*|between christmas and new year\w*",
        _fixed(12, 27, 4),
        "i mellandagarna",
        "between Christmas and New Year",
    ),
    _named(
        r"jul-? ?(?:och|o) ?nyar\w*|christmas and new year\w*|jul(?:en)? till nyar\w*",
        _fixed(12, 24, 9),
        "under jul och nyår",
        "at Christmas and New Year",
    ),
    _named(
        r"dan fore dopp\w*|dagen fore dopp\w*|lilla julafton|uppesittarkvall\w*", _fixed(12, 23)
    ),
    _named(
        r"julveck\w*|veckan (?:med|kring|vid|runt) jul|christmas week",
        _week_of_christmas,
        "under julveckan",
        "in the Christmas week",
    ),
    _named(r"julaftons?(?:en)?|christmas eve|dopparedan", _day("julafton")),
    _named(r"annan ?dag(?:en|s)? ?jul\w*|boxing day", _day("annandag jul")),
    _named(r"juldags?(?:en)?|christmas day", _day("juldagen")),
    _named(r"nyarsaftons?(?:en)?|new year'?s eve", _day("nyårsafton")),
    _named(r"nyarsdags?(?:en)?|new year'?s day", _day("nyårsdagen")),
    _named(
        r"nyar(?:et|s|shelgen)?|new year'?s?",
        _fixed(12, 31, 2),
        "under nyårshelgen",
        "at New Year",
    ),
    _named(
        r"jul|julen|julhelg\w*|juldagarna|jularna|christmas",
        _fixed(12, 24, 3),
        "under julen",
        "at Christmas",
    ),
    _named(r"trettond?e?(?:dag|n)?s? ?afton\w*", _day("trettondagsafton")),
    _named(
        r"trettonhelg\w*|trettondagshelg\w*",
        _day("trettondedag jul", -1, 2),
        "under trettonhelgen",
        "at Epiphany",
    ),
    _named(r"trettond?e?dag(?:en|s)?(?: ?jul\w*)?|epiphany", _day("trettondedag jul")),
    _named(r"skartorsdag\w*|maundy thursday", _day("skärtorsdagen")),
    _named(r"langfredag\w*|good friday", _day("långfredagen")),
    _named(r"paskafton\w*|holy saturday", _day("påskafton")),
    _named(r"annan ?dag(?:en|s)? ?pask\w*|easter monday", _day("annandag påsk")),
    _named(r"paskdag(?:en)?|easter sunday", _day("påskdagen")),
    _named(
        r"pask|pasken|paskhelg\w*|easter",
        _day("långfredagen", -1, 5),
        "under påsken",
        "at Easter",
    ),
    _named(r"annan ?dag(?:en|s)? ?pingst\w*|whit monday", _day("pingstdagen", 1)),
    _named(r"annandag(?:en|s)?", _day("annandag jul")),
    _named(r"valborgs?\w*|sista april|walpurgis\w*", _day("valborgsmässoafton")),
    _named(r"(?:forsta|1:?a?|1:?e) maj|may day", _day("första maj")),
    _named(
        r"kristi ?himmels?\w*(?: ?f[ae]rds? ?\w*)?|himmelsfards? ?dag\w*|himmelsfard\w*"
        r"|kristi flygare\w*|ascension(?: day)?",
        _day("Kristi himmelsfärdsdag"),
    ),
    _named(r"pingstafton\w*", _day("pingstafton")),
    _named(r"pingstdag(?:en)?|whit sunday|pentecost", _day("pingstdagen")),
    _named(r"pingst|pingsten|pingsthelg\w*", _day("pingstafton", 0, 2), "under pingsten"),
    _named(r"nationaldag\w*|national day|sjatte juni", _day("nationaldagen")),
    _named(r"midsommars?aftons?(?:en)?|midsummer'?s? eve", _day("midsommarafton")),
    _named(r"midsommars?dag(?:en)?|midsummer'?s? day", _day("midsommardagen")),
    _named(
        r"midsommar|midsommaren|midsommarhelg\w*|midsummer",
        _day("midsommarafton", 0, 2),
        "under midsommar",
        "at Midsummer",
    ),
    _named(r"al+a? ?hel(?:gona?|gons?)s? ?afton\w*", _day("alla helgons afton")),
    _named(
        r"al+a? ?hel(?:gona?|gons?)s? ?dag\w*|allhelgon\w*|alla helgon(?:a|en)?"
        r"|all saints'?(?: day)?",
        _day("alla helgons dag"),
    ),
    _named(r"luciadag\w*|(?<=pa )lucia", _fixed(12, 13)),
)

# Whether a text has any of the names at all: one look instead of forty.
_HINT: Final = re.compile(
    r"jul|mellan|nyar|new year|christ|dopp|uppesitt|annan ?dag|boxing|tretton|epiph|skar|langfr"
    r"|pask|east|good fri|thursday|saturday|pingst|whit|pentec|valborg|april|walp|maj|may|himmel"
    r"|flygare|ascen|nation|juni|midsom|midsum|hel[gk]|al+a? ?hel|saint|lucia"
)
_RELATION: Final = re.compile(
    r"(?:(dag(?:en|arna)?|kvallen|dan|the day) )?(fore|innan|efter|before|after) $"
)
_BRIDGE_AFTER: Final = re.compile(r"klamdag\w* (?:efter|vid|i samband med|kring|runt|after) $")


def named_hits(text: str, today: dt.date) -> Iterator[NamedHit]:
    """Every named day in a prepared text, each stretch of text once."""
    if _HINT.search(text) is None:
        return
    taken: list[tuple[int, int]] = []
    for name in _NAMES:
        for match in name.pattern.finditer(text):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            days = _next(name, today)
            if not days:
                continue
            taken.append(match.span())
            yield _related(text, match, name, days)


def _next(name: Named, today: dt.date) -> Days:
    """The days in the first year in which the last of them has not passed."""
    years = range(today.year - 1, today.year + 3)
    return next((d for y in years if (d := name.days(y)) and d[-1] >= today), ())


def _related(text: str, match: re.Match[str], name: Named, days: Days) -> NamedHit:
    """The hit, moved when the text says ``dagen före`` or ``efter`` it."""
    before = text[: match.start()]
    if bridge := _BRIDGE_AFTER.search(before):
        return NamedHit(bridge.start(), match.end(), (days[-1] + _ONE_DAY,), None, None)
    found = _RELATION.search(before)
    if found is None:
        return NamedHit(match.start(), match.end(), days, name.phrase, name.phrase_en)
    exactly_one_day = found[1] is not None
    if found[2] in ("efter", "after"):
        relation = None if exactly_one_day else "after"
        moved = days[-1] + _ONE_DAY
    else:
        relation, moved = None, days[0] - _ONE_DAY
        while not exactly_one_day and is_off(moved):
            moved -= _ONE_DAY
    return NamedHit(found.start(), match.end(), (moved,), None, None, relation)
