"""Numbers in Swedish and English text: digits, words, and amounts with their unit.

An amount is a number with all that gives it its meaning: ``upp till 10 timmar/månad`` is not
proven by "10 år", by "10 timmar/vecka" or by "minst 10 timmar/månad".
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Final, NamedTuple


class Amount(NamedTuple):
    """A number, what is counted, and how: at most (``<=``), at least, over, under, about."""

    comparison: str
    number: float
    unit: str
    period: str


_UNITS_SV: Final = (
    "noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio", "tio", "elva", "tolv",
    "tretton", "fjorton", "femton", "sexton", "sjutton", "arton", "nitton",
)  # fmt: skip
_UNITS_EN: Final = (
    "zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten",
    "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen",
    "nineteen",
)  # fmt: skip
_TENS_SV: Final = (
    "tjugo", "trettio", "fyrtio", "femtio", "sextio", "sjuttio", "åttio", "nittio",
)  # fmt: skip
_TENS_EN: Final = (
    "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
)  # fmt: skip

_ORDINALS_SV: Final = (
    "tredje", "fjärde", "femte", "sjätte", "sjunde", "åttonde", "nionde", "tionde", "elfte",
    "tolfte", "trettonde", "fjortonde", "femtonde", "sextonde", "sjuttonde", "artonde",
    "nittonde", "tjugonde",
)  # fmt: skip
_ORDINALS_EN: Final = (
    "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth", "eleventh",
    "twelfth", "thirteenth", "fourteenth", "fifteenth", "sixteenth", "seventeenth", "eighteenth",
    "nineteenth", "twentieth",
)  # fmt: skip


def _number_words() -> dict[str, int]:
    known = {"en": 1, "hundra": 100, "tusen": 1000, "hundred": 100, "thousand": 1000}
    for units, tens, joints in ((_UNITS_SV, _TENS_SV, ("",)), (_UNITS_EN, _TENS_EN, ("-", " "))):
        known |= {word: number for number, word in enumerate(units)}
        for number, word in enumerate(tens, start=2):
            known[word] = number * 10
            for joint in joints:
                known |= {f"{word}{joint}{units[n]}": number * 10 + n for n in range(1, 10)}
    return known


NUMBER_WORDS: Final = _number_words()
"""Every number word with what it means. ``en``, ``ett`` and ``one`` count beside a unit only."""

ORDINALS: Final = {
    word: number
    for words in (_ORDINALS_SV, _ORDINALS_EN)
    for number, word in enumerate(words, start=3)
}
"""From the third on: ``andra`` and ``second`` have other meanings."""

_UNITS: Final = {
    "hour": r"timm(?:e|ar)(?:na|n|s)?|tim|hours?|h",
    "minute": r"minut(?:er|erna|en)?|minutes?",
    "day": r"dag(?:ar|arna|en|ars)?|dygn(?:et)?|days?",
    "week": r"veck(?:a|or|an|orna)|weeks?",
    "month": r"månad(?:er|en|erna)?|mån|months?",
    "year": r"år(?:en|et|s)?|åring(?:ar|en|arna)?|årig(?:a|t)?|years?(?:[ -]old|\s+of\s+age)?",
    "krona": r"kron(?:or|a)|kr|sek",
    "percent": r"procent|per\s?cent|%",
    "time": r"gång(?:er|en)?|tillfälle(?:n|t)?|times?|occasions?",
}
_COMPARISONS: Final = {
    "<=": r"upp till|högst|max(?:imalt)?|som mest|up to|at most|not? more than|maximum(?: of)?",
    ">=": r"minst|åtminstone|lägst|från och med|at least|minimum(?: of)?",
    ">": r"över|(?:mer|fler|äldre) än|over|above|(?:more|older) than",
    "<": r"under|(?:mindre|färre|yngre) än|below|(?:less|fewer|younger) than",
    "~": r"ungefär|cirka|ca|about|around|approximately",
}
_PERIODS: Final = ("hour", "day", "week", "month", "year")


def any_of(words: Iterable[str]) -> str:
    """A pattern for any of these words, the longest that fits first.

    Words that begin alike share their beginning. Tried one after another, two hundred number words
    at each word of a text were a fifth of the time that checking content took.
    """
    by_first: dict[str, list[str]] = {}
    for word in words:
        by_first.setdefault(word[:1], []).append(word[1:])
    ends = "" in by_first
    parts = [
        re.escape(first) + (any_of(rest) if len(rest) > 1 else re.escape(rest[0]))
        for first, rest in by_first.items()
        if first
    ]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)}){'?' if ends else ''}"


WORD_PATTERN: Final = any_of(w for w in NUMBER_WORDS if w not in {"en", "ett", "one"})
"""Every number word that needs no unit beside it."""

DIGITS_PATTERN: Final = r"\d{1,3}(?:[ \u00a0]\d{3})+(?![\d-])|\d+(?:[.,]\d+)?"


def _named(prefix: str, patterns: dict[str, str], names: tuple[str, ...]) -> str:
    return "|".join(f"(?P<{prefix}{at}>{patterns[name]})" for at, name in enumerate(names))


_UNIT_NAMES: Final = tuple(_UNITS)
_COMPARISON_NAMES: Final = tuple(_COMPARISONS)
_PERIOD: Final = (
    r"(?:\s*/\s*|\s+(?:i|om|per|an?|each|every|varje)\s+)"
    rf"(?:{_named('period', _UNITS, _PERIODS)})(?!\w)"
)
AMOUNT: Final = re.compile(
    rf"(?:(?<!\w)(?:{_named('comparison', _COMPARISONS, _COMPARISON_NAMES)})\s+)?"
    r"(?<![\w.,:/-])(?:"
    rf"(?P<number>{DIGITS_PATTERN}|{WORD_PATTERN}|ett|en|one)(?:\s+enda)?[\s-]*"
    rf"(?:{_named('unit', _UNITS, _UNIT_NAMES)})(?!\w)"
    rf"|(?P<times>once|twice)(?!\w))(?:{_PERIOD})?",
    re.IGNORECASE,
)
NUMBER: Final = re.compile(rf"(?<!\w)(?:{DIGITS_PATTERN}|{WORD_PATTERN})(?!\w)", re.IGNORECASE)


def read_number(written: str) -> float:
    """What a number means, in digits or as a word: ``10 000``, ``2,5``, ``tolv``."""
    known = NUMBER_WORDS.get(written.casefold())
    if known is not None:
        return known
    return float(re.sub(r"[ \u00a0]", "", written).replace(",", "."))


def read_amount(match: re.Match[str]) -> Amount:
    """What a match of AMOUNT says."""
    groups = match.groupdict()
    times = groups["times"]
    number = {"once": 1, "twice": 2}[times.casefold()] if times else read_number(groups["number"])
    unit = "time" if times else _chosen(groups, "unit", _UNIT_NAMES)
    return Amount(
        comparison=_chosen(groups, "comparison", _COMPARISON_NAMES),
        number=number,
        unit=unit,
        period=_chosen(groups, "period", _PERIODS),
    )


def _chosen(groups: dict[str, str | None], prefix: str, names: tuple[str, ...]) -> str:
    return next((name for at, name in enumerate(names) if groups[f"{prefix}{at}"]), "")
