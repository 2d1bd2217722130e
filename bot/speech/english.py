"""What English answers write and how it is said; names of Swedish offices stay Swedish."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.abbreviations import ENGLISH
from bot.speech.english_calendar import CLOCKS, DATES, DAYS
from bot.speech.letters import say_capitals, spelled
from bot.speech.numbers import cardinal, decimal, ordinal, plain, year
from bot.speech.rules import DASH, NAMES, Rule, apply_all, compiled

SIGNS: Final = {
    "%": " per cent ", "&": " and ", "+": " plus ", "=": " is ", "@": " at ", "€": " euros ",
    "$": " dollars ",
    "£": " pounds ", "°C": " degrees ", "°": " degrees ", "½": " a half ", "¼": " a quarter ",
    "¾": " three quarters ", "×": " times ", "§": " section ", "#": " number ",
    "≥": " at least ",
    "≤": " at most ", "±": " plus or minus ",
}  # fmt: skip
TO: Final = " to "
OR: Final = " or "

_THOUSANDS: Final = r"\d{1,3}(?:[ ,]\d{3})+(?!\d)"
_CONTRACTIONS: Final = {
    "won": "will not", "can": "cannot", "shan": "shall not",
}  # fmt: skip
_ENDINGS: Final = {"ll": "will", "re": "are", "ve": "have", "m": "am", "d": "would"}
_IS: Final = "it|that|there|here|what|who|where|how|he|she"
_PER: Final = "month|week|day|year|hour|person|visit|night"


def worded(text: str) -> str:
    """An English text without digits and abbreviations. Addresses and phones have been said."""
    if "'" in text or "’" in text:
        text = apply_all(_APOSTROPHES, text)
    if compiled(r"\d").search(text):
        text = apply_all(_WITH_DIGITS, text)
    return apply_all(_WORDS, text)


def say_letters(text: str) -> str:
    """Abbreviations in capitals, and SoL, letter by letter."""
    text = text.replace("SoL", spelled("SoL", "en")) if "SoL" in text else text
    return say_capitals(text, "en")


def _bare(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _kronor(match: re.Match[str]) -> str:
    """``12.50 kr`` as ``twelve kronor and fifty öre``."""
    number, cents = _bare(match[1]), match[2] or "00"
    said = f"{cardinal(number, 'en')} {'krona' if number == 1 else 'kronor'}"
    return said if cents == "00" else f"{said} and {cardinal(int(cents), 'en')} öre"


def _abbreviation(match: re.Match[str]) -> str:
    written = match[0]
    words = ENGLISH.get(written.lower()) or ENGLISH[written.lower() + "."]
    ends = written.endswith(".") and re.match(r"\s*$|\s+[A-Z]", match.string[match.end() :])
    closing = written.lower() in ("etc.", "a.m.", "p.m.")
    return f"{words}." if ends and closing else words


def _section(match: re.Match[str]) -> str:
    return f"section {cardinal(int(match[1]), 'en')}"


def _decade(match: re.Match[str]) -> str:
    """``1980s``"""
    words = year(int(match[1] + "0"), "en")
    return f"{words[:-1]}ies" if words.endswith("y") else f"{words}s"


def _point(match: re.Match[str]) -> str:
    """The number of a point in a list."""
    return f"{cardinal(int(match[1]), 'en').capitalize()}:"


_APOSTROPHES: Final = (
    Rule(r"\b(won|can|shan)['’]t\b", lambda m: _CONTRACTIONS[m[1].lower()]),
    Rule(r"n['’]t\b", lambda m: " not"),
    Rule(r"(?<=[^\W\d_])['’](ll|re|ve|m|d)\b", lambda m: f" {_ENDINGS[m[1].lower()]}"),
    Rule(rf"\b({_IS})['’]s\b", lambda m: f"{m[1]} is"),
    Rule(r"\blet['’]s\b", lambda m: "let us"),
    Rule(r"\bo['’]clock\b", lambda m: "o clock"),
)
_WITH_DIGITS: Final = (
    # In English it is no day of July.
    Rule(r"(?<![\d/–-])24/7(?![\d/–-])", lambda m: "twenty-four seven"),
    *DATES,
    Rule(
        r"(?<![\d:])((?:1[7-9]|20)\d\d):(\d{1,4})(?![\d:])",
        lambda m: f"{year(int(m[1]), 'en')}, number {cardinal(int(m[2]), 'en')}",
    ),
    Rule(
        r"\b(EU\)? ?)(\d{4})/(\d{1,4})\b",
        lambda m: f"{m[1]}{year(int(m[2]), 'en')} slash {cardinal(int(m[3]), 'en')}",
    ),
    Rule(rf"\bSEK ({_THOUSANDS}|\d+\b)(?:\.(\d\d)\b)?", _kronor),
    *CLOCKS,
    Rule(r"\bno\. (?=\d)", lambda m: "number "),
    Rule(r"\b(\d{1,3}) ?§§?", _section),
    Rule(r"§§? ?(\d{1,3})\b", _section),
    Rule(rf"(?<![\d.,])({_THOUSANDS}|\d+)(?:\.(\d\d))? ?(?:kr\b|SEK\b|kronor\b)", _kronor),
    Rule(r"^[ \t]*(\d{1,2})[.)](?=[ \t]+\S)", _point),
    Rule(r"(?<=\d)½", lambda m: " and a half"),
    Rule(r"(?<=\d) ?h\b", lambda m: " hours"),
    Rule(r"(?<=\d) ?min\b\.?", lambda m: " minutes"),
    Rule(
        rf"(?<![\d.,/-])(\d{{1,6}}){DASH}(\d{{1,6}})(?![\d/-]|[.,]\d)",
        lambda m: f"{plain(m[1], 'en')} to {plain(m[2], 'en')}",
    ),
    Rule(rf"(?<![\d.,])({_THOUSANDS})", lambda m: cardinal(_bare(m[1]), "en")),
    Rule(r"(?<=\d) ?[x×] ?(?=\d)", lambda m: " times "),
    Rule(r"\b(\d{1,9})\.(\d{1,4})\b", lambda m: decimal(m[1], m[2], "en")),
    Rule(r"\b(\d{1,3})(?:st|nd|rd|th)\b", lambda m: ordinal(int(m[1]), "en")),
    Rule(r"\b((?:19|20)\d)0s\b", _decade),
    Rule(r"\b(?:19|20)\d\d\b", lambda m: year(int(m[0]), "en")),
    Rule(r"\b(\d{1,3})-(?=[a-z])", lambda m: f"{cardinal(int(m[1]), 'en')} "),
    Rule(r"(?<=[^\W\d_])-?(?=\d)|(?<=\d)(?=[^\W\d_])", lambda m: " "),
    Rule(r"\d+", lambda m: plain(m[0], "en")),
)  # fmt: skip
_WORDS: Final = (
    *DAYS,
    Rule(
        "|".join(
            rf"(?<![\w.]){re.escape(a)}(?!\w)"
            for a in sorted(ENGLISH, key=lambda a: (-len(a), a))
            if a not in ("st.", "no.")
        ),
        _abbreviation,
    ),
    NAMES,
    Rule(r"\band/or\b", lambda m: "and or"),
    Rule(rf" ?/ ?({_PER})\b", lambda m: f" per {m[1]}"),
    Rule(r"(?<=\w)\((\w{1,4})\)(?=\W|$)", lambda m: m[1]),
)  # fmt: skip
