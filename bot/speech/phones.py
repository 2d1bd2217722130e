"""Telephone numbers as they are said, so that a listener can write them down.

There is no standard for reading them aloud: the groups in which a number is written are kept, and
hundreds are never said (Mediespråk): 0247-800 00 is no ``åttahundra noll noll``. The slow way gives
each digit by itself, a pause after each group, and the whole number twice.
"""

from __future__ import annotations

import re
from typing import Final

from bot.speech.letters import RECEIPT, receipt, receipt_groups
from bot.speech.numbers import cardinal, digits

# Numbers that are said in a way of their own: their groups, for both ways of saying them.
_SHORT: Final = {
    "112": ("112",),
    "1177": ("11", "77"),
    "11414": ("114", "14"),
    "11313": ("113", "13"),
    "116111": ("116", "111"),
    "116000": ("116", "000"),
    "90101": ("90", "101"),
    "90390": ("90", "390"),
}
_SAID: Final = {
    "1177": {"sv": "elva sjuttiosju", "en": "eleven seventy-seven"},
    "11414": {"sv": "ett ett fyra, ett fyra"},
    "11313": {"sv": "ett ett tre, ett tre"},
}
_AGAIN: Final = {"sv": "Jag upprepar:", "en": "I repeat:"}
_PLUS: Final = "plus"
_MOST_DIGITS: Final = 15

# What is counted is no telephone number: 112 personer, 1177 kronor.
_COUNTED: Final = r"(?! ?(?:kr|SEK|%|kronor|procent|personer|barn|timmar|dagar|år|people|hours)\b)"
PHONE: Final = re.compile(
    # From abroad: +46 90-16 10 02, +46 (0)90 16 10 02, 0046 90 16 10 02.
    r"(?<![\w+])(?:\+|00(?=[1-9]))\d{1,3}(?:[ -]?\(0\))?(?:[ -]?\d){6,12}(?![\w-])"
    # With its area code: 090-16 10 02, 08 123 456 78, (090) 16 10 02, 0701740605.
    r"|(?<![\w-])(?<!\d )(?:\(0[1-9]\d{0,2}\) ?|0[1-9]\d{0,2} ?[-–/] ?)"
    r"\d{2,8}(?: \d{2,3}(?![.:]?\d)){0,3}(?![\w-])"
    r"|(?<![\w-])(?<!\d )0[1-9]\d{0,2} \d{2,3} \d{2,3}(?: \d{2,3}(?![.:]?\d))?(?![.:]?\d)"
    r"|(?<![\w-])0[1-9]\d{6,8}(?![\w-])"
)
KNOWN: Final = re.compile(
    r"(?:(?<![\w,.:/+-])|(?<=112/)|(?<=1177/))"
    r"(?:112|1177|114 ?14|113 ?13|116 ?111|116 ?000|90 ?101|90 ?390)"
    rf"(?![\w-]|/(?!1177|112)|[.,:]\d| \d{{2,3}}(?!\w)){_COUNTED}"
)


def say_phones(text: str, language: str, slow: bool) -> str:
    """A text with its telephone and receipt numbers in words."""
    if "-" in text:
        text = RECEIPT.sub(lambda m: _apart(m, _receipt(m[0], language, slow)), text)
    text = PHONE.sub(lambda m: _apart(m, _phone(m[0], language, slow)), text)
    return KNOWN.sub(lambda m: _apart(m, phone(m[0], language, slow)), text)


def phone(number: str, language: str = "sv", slow: bool = False) -> str:
    """A telephone number in its groups: ``noll nio noll, sexton, tio, noll två``."""
    groups = _groups(number)
    lead = f"{_PLUS} " if number.lstrip().startswith("+") else ""
    if slow:
        return twice([lead + digits(groups[0], language), *_each(groups[1:], language)], language)
    said = _SAID.get("".join(groups), {}).get(language)
    return said or lead + ", ".join(_group(group, language) for group in groups)


def twice(groups: list[str], language: str) -> str:
    """The groups with a pause after each, and all of it once more.

    espeak-ng passes over a full stop that a small letter follows; at a semicolon it pauses.
    """
    said = ". ".join([groups[0], *(group.capitalize() for group in groups[1:])])
    return f"{said}. {_AGAIN[language]} {said};"


def _apart(match: re.Match[str], said: str) -> str:
    """A number of several groups with a pause before the next word, so that its end is heard."""
    follows = re.match(r" [^\W\d]", match.string[match.end() : match.end() + 2])
    return f"{said}," if follows and ", " in said else said


def _receipt(number: str, language: str, slow: bool) -> str:
    return twice(receipt_groups(number, language), language) if slow else receipt(number, language)


def _phone(number: str, language: str, slow: bool) -> str:
    """A match of the pattern; what is too short or too long is no telephone number."""
    count = sum(c.isdigit() for c in number)
    least = 6 if re.match(r"0\d{1,3} ?[-–/]", number) else 8
    return phone(number, language, slow) if least < count <= _MOST_DIGITS else number


def _each(groups: list[str], language: str) -> list[str]:
    return [digits(group, language) for group in groups]


def _groups(number: str) -> list[str]:
    """The groups in which a number is written; a long run of digits in twos and threes."""
    bare = re.sub(r"\D", "", number)
    if bare in _SHORT:
        return list(_SHORT[bare])
    written = re.findall(r"\d+", number.replace("(0)", ""))
    if len(written) == 1 and number.startswith("+"):
        return [bare[:2], *_cut(bare[2:])]
    if len(written) == 1 and len(bare) > 4:
        return [bare[:3], *_cut(bare[3:])]
    return [written[0], *(part for group in written[1:] for part in _cut(group))]


def _cut(group: str) -> list[str]:
    """``1740605`` as 174, 06, 05: at most three digits at a time."""
    if len(group) <= 3:
        return [group]
    first = 3 if len(group) % 2 else 2
    return [group[:first], *(group[n : n + 2] for n in range(first, len(group), 2))]


def _group(group: str, language: str) -> str:
    """Pairs from ten to nineteen are words, all else is digit by digit."""
    if language == "sv" and len(group) == 2 and group[0] == "1":
        return cardinal(int(group), language)
    return digits(group, language)
