"""A text cut in its sentences, exactly as written, so that each is found in what is shown."""

from __future__ import annotations

import re
from typing import Final

from bot.speech.abbreviations import leading_end

_STOP: Final = re.compile(r"[.!?…。።؟]{1,12}[\"”’'»)\]]{0,3}(?=\s)|\n+")
_BEGINS: Final = re.compile(r"\s*[\"”“»«'(\[•–-]*\s*")
_LONGEST_ABBREVIATION: Final = 14
_ENUMERATED: Final = re.compile(r"(?:^|\n|[^\W\d_]{3}[.!?][ \t])[ \t]*\d{1,2}\.$")
# Cut short where a number follows: 1 jan. 2024, ons. 13/5, max. 6 personer.
_BEFORE_NUMBER: Final = re.compile(
    r"\b(?:jan|feb|mar|apr|jun|jul|aug|sept?|okt|nov|dec|mån|tis|ons|tors?|fre|lör|sön|max|min)\.$",
    re.IGNORECASE,
)
_ATTENTION: Final = re.compile(r"\bobs!+$", re.IGNORECASE)


def sentences(text: str) -> list[str]:
    """The sentences of a text. Lines are sentences of their own; no abbreviation, number or
    address is cut.
    """
    found, start = [], 0
    for stop in _STOP.finditer(text):
        if stop[0][0] == "\n" or _ends(text, stop):
            found.append(text[start : stop.end()].strip())
            start = stop.end()
    found.append(text[start:].strip())
    return [sentence for sentence in found if sentence]


def _ends(text: str, stop: re.Match[str]) -> bool:
    """Whether a full stop (or the like) is the end of a sentence."""
    follows = _BEGINS.match(text, stop.end())
    after = text[follows.end() : follows.end() + 1] if follows else ""
    if after.islower():
        return False
    before = text[max(0, stop.start() - _LONGEST_ABBREVIATION) : stop.start() + 1]
    if text[stop.start()] != ".":
        return _ATTENTION.search(before) is None
    if after.isdigit() and _BEFORE_NUMBER.search(before):
        return False
    return not (leading_end(before) or _ENUMERATED.search(before))
