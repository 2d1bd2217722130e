"""What Swedish texts write and how it is said: laws, amounts, ranges, numbers, signs.

Rules are tried one after the other, what is most particular first: a telephone number before a
range, a date before a fraction, and bare numbers last.
"""

from __future__ import annotations

import re
from typing import Final

from bot.speech import abbreviations
from bot.speech.letters import say_capitals
from bot.speech.numbers import cardinal, decimal, ordinal, plain, year
from bot.speech.rules import DASH, NAMES, Rule, apply_all, compiled
from bot.speech.swedish_calendar import CLOCKS, DATES, DAYS

SIGNS: Final = {
    "%": " procent ", "&": " och ", "+": " plus ", "=": " är ", "@": " snabel-a ", "€": " euro ",
    "$": " dollar ",
    "£": " pund ", "°C": " grader ", "°": " grader ", "×": " gånger ", "§": " paragraf ",
    "#": " nummer ", "½": " en halv ", "¼": " en fjärdedel ", "¾": " tre fjärdedelar ",
    "≥": " minst ", "≤": " högst ", "±": " plus minus ",
}  # fmt: skip
TO: Final = " till "
OR: Final = " eller "

_EN_WORDS: Final = (
    r"dag|arbetsdag|vardag|timme|timma|minut|sekund|vecka|månad|termin|gång|person|krona|meter|liter|mil|kilometer"
    r"|sida|plats|träff|trappa|förälder|vuxen|anhörig|kontaktperson|ledsagare|ansökan|tjänst|punkt|miljon|miljard"
)
_THOUSANDS: Final = r"\d{1,3}(?:[ .]\d{3})+(?!\d)"
_NUMBER: Final = rf"(?:{_THOUSANDS}|\d+)"
_ACT: Final = re.compile(r"\bSoL\b(?:-(\w+))?")
_ACT_NAMED: Final = re.compile(r"socialtjänstlag|\bSoL\b", re.IGNORECASE)


def worded(text: str) -> str:
    """A Swedish text without digits and abbreviations. Addresses and phones have been said."""
    if "/" in text:
        text = _PER.apply(text)
    if compiled(r"\d").search(text):
        text = apply_all(_WITH_DIGITS, text)
    text = apply_all(DAYS, text)
    text = abbreviations.expand(text)
    return apply_all(_WORDS, text)


def say_act(text: str, heard: bool) -> str:
    """``SoL`` as ``socialtjänstlagen`` the first time it is heard of, then letter by letter."""

    def say(match: re.Match[str]) -> str:
        known = heard or _ACT_NAMED.search(text[: match.start()]) is not None
        with_word = match[1]
        if known:
            return "ess o ell" + (f"-{with_word}" if with_word else "")
        return f"{with_word} enligt socialtjänstlagen" if with_word else "socialtjänstlagen"

    return _ACT.sub(say, text) if "SoL" in text else text


def names_act(text: str) -> bool:
    """Whether somebody who has heard the text knows which act ``SoL`` is."""
    return _ACT_NAMED.search(text) is not None


def say_letters(text: str) -> str:
    """Abbreviations in capitals letter by letter."""
    return say_capitals(text, "sv")


def _bare(written: str) -> int:
    return int(re.sub(r"\D", "", written))


def _chapter(match: re.Match[str]) -> str:
    letter = f" {match[2]}" if match[2] else ""
    ends = "." if re.match(r"\s+[A-ZÅÄÖ]|\s*$", match.string[match.end() :]) else ""
    return f"{ordinal(int(match[1]))} kapitlet{letter}{ends}"


def _section(match: re.Match[str]) -> str:
    """``9 § 4``, ``3 a §``, ``11-14 §§``, ``9 och 10 §§``."""
    first, letter, joined, second, point = match.groups()
    if second:
        joining = "och" if joined.strip() == "och" else "till"
        return f"{ordinal(int(first))} {joining} {ordinal(int(second))} paragraferna"
    said = f"{ordinal(int(first))}{f' {letter}' if letter else ''} paragrafen"
    return f"{said} punkt {cardinal(int(point))}" if point else said


def _law_number(match: re.Match[str]) -> str:
    return f"{year(int(match[1]))} kolon {cardinal(int(match[2]))}"


def _european(match: re.Match[str]) -> str:
    """``(EU) 2016/679``"""
    return f"{match[1]}{year(int(match[2]))} snedstreck {cardinal(int(match[3]))}"


def _kronor(match: re.Match[str]) -> str:
    """``12,50 kr`` as ``tolv kronor och femtio öre``, ``25:- `` as ``tjugofem kronor``."""
    whole, cents = _bare(match[1]), match[2] or "00"
    unit = "krona" if whole == 1 else "kronor"
    said = f"{'en' if whole == 1 else cardinal(whole)} {unit}"
    return said if cents == "00" else f"{said} och {cardinal(int(cents))} öre"


def _range(match: re.Match[str]) -> str:
    return f"{plain(match[1])} till {plain(match[2])}"


def _number_range(match: re.Match[str]) -> str:
    return f"{cardinal(_bare(match[1]))} till {cardinal(_bare(match[2]))}"


def _version(match: re.Match[str]) -> str:
    """``1.2.3``"""
    return " punkt ".join(plain(part) for part in match[0].split("."))


def _age(match: re.Match[str]) -> str:
    """``12-åring`` as ``tolvåring``, ``1980-talet`` as ``nittonhundraåttiotalet``."""
    return f"{plain(match[1])}{match[2]}"


_PER: Final = abbreviations.per()
_WITH_DIGITS: Final = (
    *DATES,
    Rule(r"\b((?:EU|EG)\)? ?)(\d{4})/(\d{1,4})\b", _european),
    Rule(r"(?<![\d:])((?:1[7-9]|20)\d\d):(\d{1,4})(?![\d:])", _law_number),
    Rule(r"\b(\d{1,2})(?: ([a-z]))? ?kap\b\.?", _chapter),
    Rule(
        r"(?<![\d,.])(\d{1,3})(?: ([a-z]))?(?:( ?[–-] ?| och )(\d{1,3}))? ?§§?"
        r"(?: (\d{1,2})(?=[ .,;)]|$)(?! ?[§\d]))?",
        _section,
    ),
    Rule(r"§§? ?(\d{1,3})\b", lambda m: f"paragraf {cardinal(int(m[1]))}"),
    Rule(
        r"\b(?:artikel|art\.) (\d{1,3})\.(\d{1,2})\b",
        lambda m: f"artikel {plain(m[1])} punkt {plain(m[2])}",
    ),
    *CLOCKS,
    Rule(
        rf"(?<![\d.,:])({_NUMBER})(?:[,.:](\d\d))? ?(?:kr\b(?!/)|kronor\b|:-|SEK\b)"
        r"(?:\.(?=\s[a-zåäö]))?",
        _kronor,
    ),
    Rule(r"^[ \t]*(\d{1,2})[.)](?=[ \t]+\S)", lambda m: f"{cardinal(int(m[1])).capitalize()}:"),
    Rule(r"(?<=\d) ?[–-]? ?%", lambda m: " procent"),
    abbreviations.units(),
    Rule(r"\b(?:v|vecka)\.? (?=\d)", lambda m: "vecka "),
    Rule(r"\b(?:s|sid)\. (?=\d)", lambda m: "sidan "),
    Rule(r"\bmax\.? (?=\d)", lambda m: "högst "),
    Rule(r"\bmin\.? (?=\d)", lambda m: "minst "),
    Rule(r"(?<![\d.,/])1(?: 1/2\b|½)", lambda m: "en och en halv"),
    Rule(r"(?<=\d)½", lambda m: " och en halv"),
    Rule(r"(?<![\w−-])[−-](?=\d+ ?(?:grad|°))", lambda m: "minus "),
    Rule(r"−(?=\d)", lambda m: "minus "),
    Rule(rf"(?<![\d.,])({_THOUSANDS}){DASH}({_THOUSANDS})", _number_range),
    Rule(rf"(?<![\d.,/-])(\d{{1,6}}){DASH}(\d{{1,6}})(?![\d/-]|,\d)", _range),
    Rule(rf"(?<![\d.,])({_THOUSANDS})", lambda m: cardinal(_bare(m[1]))),
    Rule(r"(?<=\d) ?[x×] ?(?=\d)", lambda m: " gånger "),
    Rule(r"\b(\d{1,9}),(\d{1,4})\b", lambda m: decimal(m[1], m[2])),
    Rule(r"\b\d{1,4}(?:\.\d{1,4}){2,5}\b", _version),
    Rule(r"\b(\d{1,4})\.(\d{1,4})\b", lambda m: f"{plain(m[1])} punkt {plain(m[2])}"),
    Rule(r"\b(\d{1,4}):?-?(tal(?:et|s|ets)?|år(?:ing|ig|s)\w*)\b", _age),
    Rule(r"\b(\d{1,3}):(?:a|e)\b", lambda m: ordinal(int(m[1]))),
    Rule(rf"(?<![\d.,])\b1(?= (?:{_EN_WORDS})\b)", lambda m: "en"),
    Rule(r"(?<=\d)\+(?!\d)", lambda m: " plus"),
    Rule(r"\b(?:19|20)\d\d\b", lambda m: year(int(m[0]))),
    # Letters and digits in one word: E4, 12B, COVID-19.
    Rule(r"(?<=[^\W\d_])-?(?=\d)|(?<=\d)(?=[^\W\d_])", lambda m: " "),
    Rule(r"\d+", lambda m: plain(m[0])),
)  # fmt: skip

_WORDS: Final = (
    Rule(r"\bobs\b[.!:]*(?=\s+\S)", lambda m: "Observera:" if m[0][0] == "O" else "observera:"),
    Rule(r"\bobs\b", lambda m: "Observera" if m[0][0] == "O" else "observera"),
    Rule(r"\bS:t(a?)\b", lambda m: f"Sankt{m[1]}"),
    NAMES,
    Rule(r"\bc/o\b", lambda m: "hos"),
    Rule(r"\bkm/h\b", lambda m: "kilometer i timmen"),
    Rule(r"\bg:a\b", lambda m: "gamla"),
    Rule(r"\boch/eller\b", lambda m: "och eller"),
    Rule(r"(?<=\w)\((\w{1,4})\)(?=\W|$)", lambda m: m[1]),
)
