"""Before and after the rules: one kind of space, dash and digit; then only letters and pauses.

What an engine gets holds letters of any script, spaces, ``. , ; : ! ?`` and hyphens inside words.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from typing import Final

_PLAIN: Final = re.compile(r"[\x20-\x7eåäöÅÄÖéÉü–”\n]*\Z")
_FRACTIONS: Final = frozenset("½¼¾")
_SAME: Final = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u202f\u205f\u3000\t\u1361\u200c", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200B)), " "),
        **dict.fromkeys("\u2010\u2011\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2012\u2014\u2015\u2e3a\u2e3b", "–"),
        **dict.fromkeys("\u00ad\u200b\u200d\u200e\u200f\u2060\ufeff", None),
        **dict.fromkeys("\r\u2028\u2029\x0b\x0c\x85", "\n"),
        **dict.fromkeys("，،、፣", ","), **dict.fromkeys("؛；፤", ";"), **dict.fromkeys("؟？፧", "?"),
        **dict.fromkeys("。።۔።", "."), **dict.fromkeys("：፦፥", ":"), "！": "!", "…": "...",
        "·": "•", "‣": "•", "▪": "•", "●": "•", "◦": "•",
    }
)  # fmt: skip
_BULLET: Final = re.compile(r"^[ ]*(?:[•*]|[–-](?= ))[ ]*", re.MULTILINE)
_LINE_END: Final = re.compile(r"(?<=[^\s.!?:;,])([\"”’')\]]*)[ ]*\n")
_APOSTROPHE: Final = re.compile(r"(?<=\w)[’'ʼ`´](?=\w)")
_QUOTES: Final = re.compile(r"[”“„\"»«’‘'`´]+")
_OPEN: Final = re.compile(r"[ ]*[(\[{][ ]*")
_CLOSE: Final = re.compile(r"[ ]*[)\]}]")
_BREAK: Final = re.compile(r" [–-]+(?= )")
_HANGING: Final = re.compile(r"(?<=[^\W_])-(?=[\s,.;:!?]|$)|(?:^|(?<=[\s,.;:!?]))-+")
_INNER_DASH: Final = re.compile(r"(?<=[^\W_])–(?=[^\W_])")
_SLASH: Final = re.compile(r"(?<=[^\W_])\s*/\s*(?=[^\W_])")
_OTHER: Final = re.compile(r"[^\w\s.,;:!?-]|_")
_PAUSES: Final = re.compile(r"[\s,;:.!?]*[,;:.!?]")
_SPACES: Final = re.compile(r"\s+")


def prepared(text: str) -> str:
    """The text with one kind of space, dash, digit and line end; bullets are gone."""
    if not _PLAIN.match(text):
        text = unicodedata.normalize("NFC", text).translate(_SAME)
        text = "".join(map(_simple, text)) if not _PLAIN.match(text) else text
    text = _BULLET.sub("", text)
    text = _LINE_END.sub(r"\1.\n", text)
    return re.sub(r" {2,}", " ", text)


def bare(text: str, signs: Mapping[str, str], to: str, either: str) -> str:
    """Letters and pauses only: brackets are pauses, quotes are gone, signs are words."""
    text = _APOSTROPHE.sub("", _SPACES.sub(" ", text))
    text = _QUOTES.sub("", text)
    text = _CLOSE.sub(", ", _OPEN.sub(", ", text))
    text = _INNER_DASH.sub(to, text)
    text = _SLASH.sub(either, text)
    for sign, said in signs.items():
        if sign in text:
            text = text.replace(sign, said)
    text = _BREAK.sub(", ", text)
    text = _OTHER.sub(_letter_or_space, text)
    text = re.sub(r"-{2,}", "-", text)
    text = _HANGING.sub("", text)
    text = _PAUSES.sub(_pause, text)
    text = _SPACES.sub(" ", text)
    return text.strip(" ,;-").lstrip(".:!? ")


def _simple(char: str) -> str:
    """A character as the rules know it: digits of any script are 0 to 9."""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    if char.isalpha() or char.isascii() or char in _FRACTIONS:
        return char
    if unicodedata.category(char) in ("No", "Nl"):
        return unicodedata.normalize("NFKC", char) if _is_digits(char) else " "
    return char


def _is_digits(char: str) -> bool:
    return unicodedata.normalize("NFKC", char).isascii()


def _letter_or_space(match: re.Match[str]) -> str:
    """Marks belong to their letter (Arabic, Devanagari); all else is a space."""
    return match[0] if unicodedata.category(match[0]) in ("Mn", "Mc") else " "


def _pause(match: re.Match[str]) -> str:
    """One pause for several: the strongest of them."""
    marks = match[0]
    for mark in "?!.:;":
        if mark in marks:
            return f"{mark} "
    return ", "
