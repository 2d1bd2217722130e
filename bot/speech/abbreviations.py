"""Swedish abbreviations written out, with or without full stops and spaces.

Which of them can end a sentence is known here too: the full stop of ``m.m.`` may be that of the
sentence, that of ``kl.`` never is (bot.speech.sentences asks).
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import Final

from bot.speech.rules import Rule

# Letters that are written with full stops, spaces or neither. Those marked * only with something
# between them, since without it they are words (from, tom).
_LEADING: Final = {
    "t ex": "till exempel", "bl a *": "bland annat", "d v s": "det vill säga",
    "dvs": "det vill säga",
    "fr o m *": "från och med", "t o m *": "till och med", "p g a": "på grund av",
    "pga": "på grund av", "s k *": "så kallad",
    "f d *": "före detta", "f n *": "för närvarande", "i st f": "i stället för",
    "f ö *": "för övrigt",
    "m a o": "med andra ord", "o dyl": "och dylikt",
}  # fmt: skip
_CLOSING: Final = {
    "kr": "kronor",
    "m m": "med mera", "mm": "med mera", "mfl": "med flera", "m fl": "med flera",
    "o s v": "och så vidare", "osv": "och så vidare",
    "vxl": "växel", "ggr": "gånger",
    "etc": "och så vidare", "o d *": "och dylikt", "e d *": "eller dylikt", "f m *": "förmiddag",
    "e m *": "eftermiddag",
}  # fmt: skip
# Whole words cut short: the full stop is written or not (*: must be, without it they are words).
_LEADING_WORDS: Final = {
    "kl": "klockan", "ca": "cirka", "tfn": "telefon", "tel": "telefon", "nr": "nummer",
    "resp": "respektive",
    "inkl": "inklusive", "exkl": "exklusive", "jfr": "jämför", "ang": "angående", "enl": "enligt",
    "ev *": "eventuellt", "avd": "avdelning", "mob *": "mobil", "sid *": "sidan",
    "kap *": "kapitlet",
    "red *": "redaktör", "dr *": "doktor", "vån *": "våning", "lgh": "lägenhet",
    "exv": "exempelvis", "näml *": "nämligen", "alt *": "alternativt",
}  # fmt: skip
# After a number only: 30 min, 3 st, 10 tim. The second form is that of one.
_UNITS: Final = {
    "kr": ("kronor", "krona"), "sek": ("sekunder", "sekund"), "tkr": ("tusen kronor",
    "tusen kronor"),
    "mnkr": ("miljoner kronor", "miljon kronor"), "mkr": ("miljoner kronor", "miljon kronor"),
    "st": ("stycken", "styck"), "tim": ("timmar", "timme"), "h": ("timmar", "timme"),
    "min": ("minuter", "minut"), "mån": ("månader", "månad"),
    "km": ("kilometer", "kilometer"), "cm": ("centimeter", "centimeter"), "mm": ("millimeter",
    "millimeter"),
    "m": ("meter", "meter"), "m2": ("kvadratmeter", "kvadratmeter"), "kvm": ("kvadratmeter",
    "kvadratmeter"),
    "kg": ("kilo", "kilo"), "g": ("gram", "gram"), "l": ("liter", "liter"), "tr": ("trappor",
    "trappa"),
    "dl": ("deciliter", "deciliter"), "p": ("poäng", "poäng"), "v": ("veckor", "vecka"),
}  # fmt: skip
_PER: Final = {
    "mån": "i månaden", "månad": "i månaden", "månaden": "i månaden", "vecka": "i veckan",
    "v": "i veckan",
    "veckan": "i veckan", "dag": "om dagen", "dygn": "per dygn", "år": "om året", "tim": "i timmen",
    "timme": "i timmen", "h": "i timmen", "person": "per person", "gång": "per gång",
    "besök": "per besök",
    "natt": "per natt", "termin": "per termin", "tillfälle": "per tillfälle", "barn": "per barn",
    "st": "per styck", "km": "per kilometer", "min": "i minuten", "kg": "per kilo",
}  # fmt: skip
ENGLISH: Final = {
    "e.g.": "for example", "i.e.": "that is", "etc.": "and so on", "etc": "and so on",
    "approx.": "about",
    "tel.": "phone", "no.": "number", "incl.": "including", "excl.": "excluding", "vs.": "versus",
    "a.m.": "ay em", "p.m.": "pee em", "mr.": "mister", "mrs.": "missus", "dr.": "doctor",
    "st.": "street",
}  # fmt: skip
_ENGLISH_CLOSING: Final = frozenset(("etc.", "a.m.", "p.m.", "st."))
_SENTENCE: Final = r"(?=\s*$|\s+[”\"(]?[A-ZÅÄÖ])"


def expand(text: str) -> str:
    """A Swedish text with its abbreviations in words."""
    return _whole().sub(_say, text)


def units() -> Rule:
    """A rule for what follows a number while its digits still stand: 30 min."""
    names = "|".join(sorted(map(re.escape, _UNITS), key=lambda u: (-len(u), u)))
    return Rule(rf"(?<=\d) ?({names})\b(?:\.(?!\s*$|\s+[A-ZÅÄÖ]))?(?![\w/])", _unit)


def per() -> Rule:
    """A rule for what is per something: tim/mån, 10 timmar/månad."""
    names = "|".join(sorted(_PER, key=lambda u: (-len(u), u)))
    counted = (
        r"\d|kr\.?|kronor|tim\.?|timm(?:ar|e)|h|min\.?|minuter|gång(?:er)?|ggr|dagar|dygn|avgift"
        r"|besök|pass|träff(?:ar)?|tillfällen?|km|kilometer"
    )
    return Rule(
        rf"(?:(?<=\d)|\b)({counted}) ?/ ?({names})\b(?:\.(?=\s[a-zåäö]|[,;)]))?(?!\w)",
        lambda m: f"{_per_what(m[1])} {_PER[m[2].lower()]}",
    )


def _per_what(counted: str) -> str:
    """The unit before ``per something``, which may stand without a number: tim/mån."""
    short = {"tim": "timmar", "h": "timmar", "min": "minuter", "kr": "kronor", "km": "kilometer"}
    short["ggr"] = "gånger"
    return short.get(counted.lower().rstrip("."), counted)


def leading_end(text: str) -> bool:
    """Whether a text ends in an abbreviation that never ends a sentence, such as ``kl.``"""
    return _never_last().search(text) is not None


def _unit(match: re.Match[str]) -> str:
    several, one = ("kronor", "krona") if match[1] == "SEK" else _UNITS[match[1].lower()]
    alone = re.search(r"(?<![\d.,/:–-])1$", match.string[: match.start()])
    return f" {one if alone else several}"


def _say(match: re.Match[str]) -> str:
    written = match[0]
    key = re.sub(r"[.\s]", "", written.lower())
    words = _table()[key]
    if written[0].isupper() and not written.isupper():
        words = words[0].upper() + words[1:]
    ends = written.endswith(".") and key in _closers() and _ends_sentence(match)
    return f"{words}." if ends else words


def _ends_sentence(match: re.Match[str]) -> bool:
    return re.match(_SENTENCE, match.string[match.end() : match.end() + 8]) is not None


@lru_cache(maxsize=1)
def _table() -> dict[str, str]:
    tables = (_LEADING, _CLOSING, _LEADING_WORDS)
    return {re.sub(r"[ *]", "", key): said for table in tables for key, said in table.items()}


@lru_cache(maxsize=1)
def _closers() -> frozenset[str]:
    return frozenset(re.sub(r"[ *]", "", key) for key in _CLOSING)


@lru_cache(maxsize=1)
def _whole() -> re.Pattern[str]:
    keys = [*_LEADING, *_CLOSING, *_LEADING_WORDS]
    return re.compile(rf"(?<![\w.])(?:{_either(keys)})(?!\w)", re.IGNORECASE)


@lru_cache(maxsize=1)
def _never_last() -> re.Pattern[str]:
    keys = [*_LEADING, *_LEADING_WORDS]
    english = "|".join(re.escape(a) for a in ENGLISH if a not in _ENGLISH_CLOSING)
    more = r"v|s|st|[A-ZÅÄÖ]"
    return re.compile(rf"(?<![\w.])(?:(?:{_either(keys)})|{english}|(?:{more})\.)$", re.IGNORECASE)


def _either(keys: list[str]) -> str:
    """One pattern for all, the longest first."""
    return "|".join(_pattern(key) for key in sorted(keys, key=lambda k: (-len(k), k)))


def _pattern(key: str) -> str:
    """``t ex`` as a pattern for t ex, t.ex, t.ex., t. ex. and tex."""
    must = key.endswith("*")
    letters = [re.escape(part) for part in key.removesuffix("*").split()]
    if len(letters) == 1:
        return letters[0] + (r"\." if must else r"\.?")
    between = r"(?:\. ?| )" if must or len(key) == len(letters) * 2 - 1 else r"(?:\. ?| )?"
    return between.join(letters) + r"\.?"
