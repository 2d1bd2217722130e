"""Numbers as words, in Swedish and English: what an engine is to say instead of digits.

num2words knows cardinals and ordinals; years, decimals and digits one by one are ours, and so is
the mending of what it misspells. Only numbers are remembered here, never the text they stood in.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from num2words import num2words

_DIGITS: Final = {
    "sv": ("noll", "ett", "två", "tre", "fyra", "fem", "sex", "sju", "åtta", "nio"),
    "en": ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine"),
}
_LARGEST: Final = 999_999_999
_GROUP: Final = 3
# num2words writes three t where Swedish has two, and misspells forty and twentieth.
_MENDED: Final = (("etttusen", "ettusen"), ("tjugode", "tjugonde"), ("förtio", "fyrtio"))


@lru_cache(maxsize=4096)
def cardinal(number: int, language: str = "sv") -> str:
    """``21`` as ``tjugoett``; what is too long to be understood is said digit by digit."""
    if number > _LARGEST:
        return grouped(str(number), language)
    words = str(num2words(number, lang=language)).replace(",", "")
    return _mend(words) if language == "sv" else words


@lru_cache(maxsize=1024)
def ordinal(number: int, language: str = "sv") -> str:
    """``5`` as ``femte``."""
    words = str(num2words(number, lang=language, to="ordinal")).replace(",", "")
    return _mend(words) if language == "sv" else words


@lru_cache(maxsize=1024)
def year(number: int, language: str = "sv") -> str:
    """``1993`` as ``nittonhundranittiotre``, ``2001`` as ``tvåtusenett``."""
    if language == "en":
        return str(num2words(number, lang="en", to="year"))
    hundreds, rest = divmod(number, 100)
    if hundreds % 10 == 0 and rest < 10:  # tvåtusenett, but tjugohundratio
        return cardinal(number)
    return f"{cardinal(hundreds)}hundra{cardinal(rest) if rest else ''}"


def plain(text: str, language: str = "sv") -> str:
    """A number written without spaces: a cardinal, or digit by digit when nobody could follow it.

    Swedish says ``femtonhundra`` for a bare 1500, as for a year.
    """
    if len(text) > 6 or (text.startswith("0") and len(text) > 1):
        return grouped(text, language)
    number = int(text)
    if language == "sv" and 1100 <= number < 2000:
        return year(number)
    return cardinal(number, language)


def decimal(whole: str, part: str, language: str = "sv", point: str = "") -> str:
    """``7,5`` as ``sju komma fem``."""
    point = point or ("point" if language == "en" else "komma")
    return f"{plain(whole, language)} {point} {digits(part, language)}"


def digits(text: str, language: str = "sv") -> str:
    """Each digit by itself."""
    names = _DIGITS[language]
    return " ".join(names[int(c)] for c in text if c.isdecimal())


def grouped(text: str, language: str = "sv") -> str:
    """Many digits, three at a time."""
    groups = [text[n : n + _GROUP] for n in range(0, len(text), _GROUP)]
    return ", ".join(digits(group, language) for group in groups)


def _mend(words: str) -> str:
    for wrong, right in _MENDED:
        words = words.replace(wrong, right)
    return "tusen" if words == "ettusen" else words
