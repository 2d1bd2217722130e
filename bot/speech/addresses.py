"""Addresses: of e-mail and the web, of streets, boxes and postal towns."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.knowledge.files import CONTENT_DIR, read_yaml
from bot.speech.letters import spelled, without_vowels
from bot.speech.numbers import cardinal, digits

_WORDS: Final = {
    "sv": {
        "@": "snabel-a", ".": "punkt", "-": "bindestreck", "_": "understreck", "+": "plus",
        "bare": "utan ring och prickar", "web": "webbadressen", "box": "box",
    },
    "en": {
        "@": "at", ".": "dot", "-": "hyphen", "_": "underscore", "+": "plus",
        "bare": "without Swedish accents", "web": "the web address", "box": "box",
    },
}  # fmt: skip
_TOP: Final = frozenset("se nu com org net eu info gov io fi no dk de".split())
_SPOKEN_TOP: Final = {"com": "kom", "org": "org", "net": "nett", "info": "info", "nu": "nu"}
_MARKS: Final = str.maketrans("åäöÅÄÖ", "aaoAAO")
# Parts of the words that offices are named by, whose letters lose their marks in an address.
_BARE_PARTS: Final = re.compile(
    r"tjanst|anhorig|avlos|aldre|forvalt|namnd|stod|vard(?!e)|forskol|overform|fragor|raddn|atervinn"
)
_HOST: Final = r"(?:[\w-]{1,63}\.){1,5}"
_EMAIL: Final = re.compile(rf"(?<![\w.+-])[\w.+-]{{1,64}}@{_HOST}[A-Za-zÅÄÖåäö]{{2,12}}(?![\w-])")
_LINK: Final = re.compile(r"\[([^\[\]\n]{1,200})\]\((?:https?://|/)[^\s()]{0,500}\)")
_URL: Final = re.compile(
    r"(?:https?://|www\.)\S*[\w/]"
    rf"|(?<![\w@.-]){_HOST}(?:{'|'.join(sorted(_TOP))})(?:/[\w./?=&%#-]*[\w/])?(?![\w@-])",
    re.IGNORECASE,
)
_BOX: Final = re.compile(r"\b([Bb])ox (\d{1,5})\b")
_POSTCODE: Final = re.compile(r"(?<![\d.,:-])\b(?:SE-)?(\d{3}) (\d{2})(?=[ ,]+[A-ZÅÄÖ])")
_STREET_LETTER: Final = re.compile(
    r"\b([A-ZÅÄÖ][\w-]{1,40}) (\d{1,4}) ?([A-Ha-f])(?!\w)(?:[–-]([A-Ha-f])\b)?"
)


def say_addresses(text: str, language: str) -> str:
    """A text without addresses of e-mail and the web: the first in words, the second named."""
    if "](" in text:
        text = _LINK.sub(r"\1", text)
    if "@" in text:
        text = _EMAIL.sub(lambda m: spoken_email(m[0], language), text)
    if "." in text or "://" in text:
        text = _URL.sub(_WORDS[language]["web"], text)
    return text


def say_places(text: str, language: str) -> str:
    """Boxes, postcodes and the letters of street numbers in words."""
    text = _BOX.sub(lambda m: f"{m[1]}ox {_box(m[2], language)}", text)
    text = _POSTCODE.sub(lambda m: f"{digits(m[1], language)}, {digits(m[2], language)},", text)
    return _STREET_LETTER.sub(lambda m: _street(m, language), text)


def spoken_email(address: str, language: str = "sv") -> str:
    """``mottagningsenheten, snabel-a, umea, utan ring och prickar, punkt, s e``."""
    words = _WORDS[language]
    name, _, domain = address.partition("@")
    host, _, top = domain.rpartition(".")
    end = _SPOKEN_TOP.get(top.lower()) or " ".join(top.lower())
    return ", ".join(
        [*_parts(name, language), words["@"], *_parts(host, language), words["."], end]
    )


def _parts(text: str, language: str) -> list[str]:
    """What a part is made of, each by name, and what is to be known of its letters."""
    words = _WORDS[language]
    pieces = re.findall(r"[^\W\d_]+|\d+|[._+-]", text)
    said = [words.get(piece) or _piece(piece, language) for piece in pieces]
    if any(_is_bare(piece) for piece in pieces):
        said.append(words["bare"])
    return said


def _piece(piece: str, language: str) -> str:
    """A word as it is, what can't be said as one letter by letter."""
    if piece.isdecimal():
        return digits(piece, language)
    return spelled(piece, language) if without_vowels(piece) or len(piece) < 3 else piece.lower()


def _is_bare(piece: str) -> bool:
    """Whether a word is written without the marks that its Swedish letters have elsewhere."""
    folded = piece.lower()
    return folded in _bare_places() or _BARE_PARTS.search(folded) is not None


@lru_cache(maxsize=1)
def _bare_places() -> frozenset[str]:
    """The names of municipalities as addresses write them: umea, ostersund."""
    names = (str(name).lower() for name in read_yaml(CONTENT_DIR / "common" / "municipalities.yml"))
    return frozenset(n.translate(_MARKS) for n in names if n != n.translate(_MARKS))


def _box(number: str, language: str) -> str:
    """``3045`` as ``trettio fyrtiofem``, so that pairs are heard and no thousands."""
    if len(number) == 4 and number[0] != "0" and number[2] != "0":
        return f"{cardinal(int(number[:2]), language)} {cardinal(int(number[2:]), language)}"
    return digits(number, language) if len(number) > 3 else cardinal(int(number), language)


def _street(match: re.Match[str], language: str) -> str:
    letters = spelled(match[3], language)
    if match[4]:
        to = "to" if language == "en" else "till"
        letters = f"{letters} {to} {spelled(match[4], language)}"
    return f"{match[1]} {cardinal(int(match[2]), language)} {letters}"
