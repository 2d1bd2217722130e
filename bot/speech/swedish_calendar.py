"""Dates, seasons, weekdays and clock times as Swedish says them.

``halv nio`` is natural for 08.30 but mixes badly with a clock of 24 hours, so it is ``åtta och
trettio``; what stands between two times or days is always said: ``till``.
"""

from __future__ import annotations

import re
from typing import Final

from bot.speech.numbers import cardinal, ordinal, year
from bot.speech.rules import DASH, Rule, preceded_by

MONTHS: Final = (
    *("januari", "februari", "mars", "april", "maj", "juni", "juli"),
    *("augusti", "september", "oktober", "november", "december"),
)
_MONTH_NUMBERS: Final = {m[:3]: n for n, m in enumerate(MONTHS, start=1)}
_DAY_NAMES: Final = "måndag tisdag onsdag torsdag fredag lördag söndag".split()
_DAY_STEMS: Final = {name[:2]: name for name in _DAY_NAMES}

_MONTH: Final = (
    "januari|februari|mars|april|maj|juni|juli|augusti|september|oktober|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec)\b\.?"
)
_DAY_NUMBER: Final = r"(?:0?[1-9]|[12]\d|3[01])(?::?e)?"
_D_M: Final = r"(0?[1-9]|[12]\d|3[01])/(1[0-2]|0?[1-9])"
_ISO: Final = r"(\d{4})-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])"
_YEAR: Final = r"(?:19|20)\d\d"

_CLOCK: Final = r"(?:[01]?\d|2[0-4])[.:][0-5]\d"
_SPAN: Final = rf"{_CLOCK}{DASH}{_CLOCK}"
_LEAD: Final = r"(?:\b(?:kl\b\.?|klockan)\s?)?"
_AFTER: Final = r"(?![\d]|[.:,]\d| ?(?:kr|%)\b)"

_SHORT_DAY: Final = r"(?:mån|tis|ons|tors?|fre|lör|sön)"
_FULL_DAY: Final = r"(?:(?:mån|tis|ons|tors|fre|lör|sön)dag(?:ar|en|arna)?)"
_ANY_DAY: Final = rf"\b(?:{_FULL_DAY}|{_SHORT_DAY}\b\.?)"
_TWO_LETTERS: Final = r"(?:må|ti|on|to|fr|lö|sö)"


def _clock(written: str) -> str:
    """``08.30`` as ``åtta och trettio``, ``13.00`` as ``tretton``, ``00.15`` as ``noll noll …``."""
    hour, minute = re.split("[.:]", written)
    hours = cardinal(int(hour)) if int(hour) else "noll noll"
    if int(minute) == 0:
        return hours
    return f"{hours} och {'noll ' if minute.startswith('0') else ''}{cardinal(int(minute))}"


def _span(written: str) -> str:
    start, end = re.findall(_CLOCK, written)
    return f"{_clock(start)} till {_clock(end)}"


def _spans(match: re.Match[str]) -> str:
    """One stretch of time or several: ``… till …, och … till …``."""
    said = [_span(span) for span in re.findall(_SPAN, match[0])]
    several = ", ".join(said[:-1]) + f", och {said[-1]}" if len(said) > 1 else said[0]
    return _with_word(match, several)


def _with_word(match: re.Match[str], said: str) -> str:
    """``klockan`` before a time, unless the text has it or begins with the time."""
    written = re.match(r"kl", match[0], re.IGNORECASE) is not None
    if written:
        return ("Klockan " if match[0][0] == "K" else "klockan ") + said
    after_another = preceded_by(match, r"kl(?:ockan|\.)? ?[\d.:, –-]+(?:och|till|eller|,)")
    return said if match.start() == 0 or after_another else f"klockan {said}"


def _single(match: re.Match[str]) -> str:
    said = _clock(re.search(_CLOCK, match[0])[0])  # type: ignore[index]
    return _with_word(match, said)


def _between(match: re.Match[str]) -> str:
    """``mellan 08.30 och 11.30``: with minutes there would be three ``och``: from … to."""
    start, end = re.findall(_CLOCK, match[0])
    if start.endswith("00"):
        return f"{match[1]} klockan {_clock(start)} och {_clock(end)}"
    lead = "Från" if match[1][0] == "M" else "från"
    return f"{lead} klockan {_clock(start)} till {_clock(end)}"


def _with_seconds(match: re.Match[str]) -> str:
    return f"{_clock(f'{match[1]}.{match[2]}')} och {cardinal(int(match[3]))} sekunder"


def _whole_hours(match: re.Match[str]) -> str:
    """``kl 8-12`` and ``vardagar 8–16``, and more of them after a comma."""
    spans = re.findall(rf"(\d{{1,2}}){DASH}(\d{{1,2}})", match[2])
    said = [f"{cardinal(int(a))} till {cardinal(int(b))}" for a, b in spans]
    several = ", ".join(said[:-1]) + f", och {said[-1]}" if len(said) > 1 else said[0]
    word = match[1]
    if re.match(r"kl", word, re.IGNORECASE):
        return ("Klockan " if word[0] == "K" else "klockan ") + several
    return f"{word} klockan {several}"


def _day_of_month(day: str, month: str) -> str:
    return f"{ordinal(int(re.sub(r'[^0-9]', '', day)))} {_month(month)}"


def _month(written: str) -> str:
    if written.isdecimal():
        return MONTHS[int(written) - 1]
    return MONTHS[_MONTH_NUMBERS[written[:3].lower()] - 1]


def _and_year(written: str | None) -> str:
    return f" {year(int(written))}" if written else ""


def _from(match: re.Match[str]) -> str:
    """``från`` before a season, unless the text says something like it."""
    begun = preceded_by(match, r"från|mellan|perioden|period|tiden|under|den|datum|:")
    return "" if begun or match.start() == 0 else "från "


def _season(match: re.Match[str]) -> str:
    start = _day_of_month(match[1], match[2])
    return f"{_from(match)}{start} till {_day_of_month(match[3], match[4])}{_and_year(match[5])}"


def _written_season(match: re.Match[str]) -> str:
    start = _day_of_month(match[1], match[2]) + _and_year(match[3])
    return f"{_from(match)}{start} till {_day_of_month(match[4], match[5])}{_and_year(match[6])}"


def _days_of_month(match: re.Match[str]) -> str:
    first = ordinal(int(re.sub(r"\D", "", match[1])))
    return f"{first} till {_day_of_month(match[2], match[3])}{_and_year(match[4])}"


def _iso(match: re.Match[str]) -> str:
    return f"{_day_of_month(match[3], match[2])} {year(int(match[1]))}"


def _iso_range(match: re.Match[str]) -> str:
    start, end = (_day_of_month(match[n + 2], match[n + 1]) for n in (1, 4))
    return f"{start} {year(int(match[1]))} till {end} {year(int(match[4]))}"


def _day(written: str) -> str:
    """``mån`` and ``mån.`` as ``måndag``; what is written out stays as it is."""
    if "dag" in written.lower():
        return written
    whole = _DAY_STEMS[written[:2].lower()]
    return whole.capitalize() if written[0].isupper() else whole


def _day_range(match: re.Match[str]) -> str:
    return f"{_day(match[1])} till {_day(match[2])}"


def _day_list(match: re.Match[str]) -> str:
    said = re.sub(rf"\b{_SHORT_DAY}\b\.?", lambda m: _day(m[0]), match[0], flags=re.IGNORECASE)
    return re.sub(r"\s?/\s?", " och ", said)


def _school_year(match: re.Match[str]) -> str:
    """``2025/26`` and ``2025/2026``."""
    second = match[2] if len(match[2]) == 4 else match[1][:2] + match[2]
    return f"{year(int(match[1]))} till {year(int(second))}"


def _share(match: re.Match[str]) -> str:
    """``2/3 av`` is a share and no day of March."""
    parts = {"3": "tredjedel", "4": "fjärdedel", "5": "femtedel"}[match[2]]
    return f"en {parts}" if match[1] == "1" else f"{cardinal(int(match[1]))} {parts}ar"


_MORE_SPANS: Final = rf"(?:(?:, | och |, och | samt ){_SPAN})"
_HOURS: Final = r"(?:[01]?\d|2[0-4])"
_HOUR_SPAN: Final = rf"{_HOURS}{DASH}{_HOURS}"

DATES: Final = (
    Rule(rf"\b{_ISO}{DASH}{_ISO}\b", _iso_range),
    Rule(rf"(?<![\d-]){_ISO}(?![\d-])(?:T(?=\d))?", _iso),
    Rule(rf"(?<![\d/]){_D_M}{DASH}{_D_M}(?:[ -/]({_YEAR}))?(?![\d/])", _season),
    Rule(
        rf"(?<![\d.,/])({_DAY_NUMBER}) ({_MONTH})(?: ({_YEAR}))?{DASH}({_DAY_NUMBER}) ({_MONTH})"
        rf"(?: ({_YEAR}))?(?!\w)",
        _written_season,
    ),
    Rule(
        rf"(?<![\d.,/])({_DAY_NUMBER}){DASH}({_DAY_NUMBER}) ({_MONTH})(?: ({_YEAR}))?(?!\w)",
        _days_of_month,
    ),
    Rule(
        rf"(?<![\d.,/])({_DAY_NUMBER}) ({_MONTH})(?: ({_YEAR}))?(?!\w)",
        lambda m: _day_of_month(m[1], m[2]) + _and_year(m[3]),
    ),
    Rule(r"(?<![\d/])([1-3])/([345])(?= av\b)", _share),
    Rule(r"(?<![\d/])1/2(?= (?:timm|tim\b|dag|år|kilo|kg|liter|tjänst))", lambda m: "en halv"),
    Rule(
        rf"(?<![\d/]){_D_M}(?:[ -/]({_YEAR}))?(?![\d/])",
        lambda m: _day_of_month(m[1], m[2]) + _and_year(m[3]),
    ),
    Rule(rf"\b({_YEAR})/((?:{_YEAR}|\d\d))(?![\d/])", _school_year),
    Rule(rf"\b({_YEAR}){DASH}({_YEAR})\b", lambda m: f"{year(int(m[1]))} till {year(int(m[2]))}"),
)

CLOCKS: Final = (
    Rule(r"\b(kl|tel|tfn|nr|ca)\.(?=\d)", lambda m: f"{m[1]}. "),
    Rule(rf"(?<![\d.,:/-])({_HOURS}){DASH}(?={_CLOCK}{_AFTER})", lambda m: f"{m[1]}.00–"),
    Rule(rf"(?<![\d.,:/])({_CLOCK}{DASH}{_HOURS})(?!\d|[.:/]\d)", lambda m: f"{m[1]}.00"),
    # After times with minutes too: elva och trettio och tretton would be heard as one.
    Rule(
        rf"({_SPAN}(?:, | och |, och | samt ))({_HOURS}){DASH}({_HOURS})"
        r"(?=[.,;)]?(?:\s*$|\s(?-i:[A-ZÅÄÖ])))",
        lambda m: f"{m[1]}{m[2]}.00–{m[3]}.00",
    ),
    Rule(r"\b([01]?\d|2[0-3]):([0-5]\d):([0-5]\d)\b", _with_seconds),
    Rule(
        rf"\b(mellan) {_LEAD}{_CLOCK} och {_LEAD}{_CLOCK}{_AFTER}",
        _between,
    ),
    Rule(rf"{_LEAD}(?<![\d.,:]){_SPAN}{_AFTER}(?:{_MORE_SPANS}{_AFTER})*", _spans),
    Rule(rf"{_LEAD}(?<![\d.,:/]){_CLOCK}{_AFTER}", _single),
    Rule(
        r"\b(?:kl\b\.?|klockan) ?([01]\d|2[0-3])([0-5]\d)\b",
        lambda m: f"klockan {_clock(f'{m[1]}.{m[2]}')}",
    ),
    Rule(
        rf"\b(kl\b\.?|klockan|vardag(?:ar)?|{_FULL_DAY}|{_SHORT_DAY}\b\.?|dagligen) ?"
        rf"({_HOUR_SPAN}(?:(?:, | och |, och | samt ){_HOUR_SPAN})*)"
        rf"(?!\d|[.:/]\d|{DASH}\d| (?:{_MONTH}))",
        _whole_hours,
    ),
)

DAYS: Final = (
    Rule(rf"({_ANY_DAY}){DASH}({_ANY_DAY})(?!\w)", _day_range),
    Rule(rf"\b({_TWO_LETTERS}){DASH}({_TWO_LETTERS})\b", _day_range),
    Rule(
        rf"{_ANY_DAY}(?:(?:, ?| och | eller | samt | ?/ ?|, och ){_ANY_DAY})+(?!\w)",
        _day_list,
    ),
    # Alone: only forms that are no words, and mån before a time.
    Rule(
        r"\b(?:tis|ons|tors|fre|lör|sön)\b\.?(?= ?(?:kl|\d|:|stängt|öppet))", lambda m: _day(m[0])
    ),
    Rule(r"\b(?:tis|ons|tors|fre|lör|sön)\.(?= (?-i:[a-zåäö]))", lambda m: _day(m[0])),
    Rule(r"\bmån\b\.?(?= ?(?:kl|\d\d?[.: –-]|:))", lambda m: _day(m[0])),
    Rule(r"(?<=på )(?:mån|tis|ons|tors|fre|lör|sön)\b(?!\w)", lambda m: _day(m[0])),
)
