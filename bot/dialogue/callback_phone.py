"""A telephone number as people write it, and as it is read back to them.

Swedish numbers come with or without country code, with any dashes, blanks and brackets; others
need their country code. What looks like a personal identity number is refused as that.
"""

from __future__ import annotations

import re

from bot.dialogue.callback_reading import NO_ANSWER, FieldReading, given, refused
from bot.dialogue.callback_wishes import asks
from bot.guard.privacy_numbers import flatten, luhn

_NUMBER = re.compile(r"\+?\s*\(?\d(?:[\s().\-/]{0,3}\d)*", re.ASCII)
_TRUNK = re.compile(r"\(\s*0\s*\)")
_GROUPED_AS_IDENTITY = re.compile(r"^\s*(?:\d{2})?\d{6}\s*-\s*\d{4}\s*$")
_FEW_DIGITS = 5
"""Below this a run of digits beside a longer one is a floor, a time or an age."""

_AREA_2 = ("08",)
_AREA_3 = frozenset(
    "010 011 013 016 018 019 020 021 023 026 031 033 035 036 040 042 044 046 054 060 063 090"
    " 070 072 073 076 077 079".split()
)
_COSTLY = ("0900", "0939", "0944", "099")
_NATIONAL = range(8, 11)
_MOBILE = ("070", "072", "073", "076", "079")
_MOBILE_SIZE = 10
_INTERNATIONAL = range(8, 16)
_COUNTRY = re.compile(
    r"\+(?:1|7|2[07]|3[0-469]|4[013-9]|5[1-8]|6[0-6]|8[1246]|9[0-58])"  # the others have three
)
_BY_THREE = r"\d{4}$|\d{1,3}"
_GROUPS = {5: (3, 2), 6: (2, 2, 2), 7: (3, 2, 2), 8: (3, 3, 2)}


def read_phone(said: str) -> FieldReading:
    """The number in a text, in its usual groups; or why there is none."""
    flat = flatten(said)
    found = [m[0] for m in _NUMBER.finditer(flat)]
    if not found:
        return NO_ANSWER if asks(said) else refused("no_number")
    long = [n for n in found if len(_digits(n)) >= _FEW_DIGITS] or found[:1]
    numbers = list(dict.fromkeys(_plain(n) for n in long))
    if len(numbers) > 1:
        return refused("several")
    return _checked(numbers[0], long[0])


def _digits(number: str) -> str:
    return "".join(c for c in number if c.isdigit())


def _plain(number: str) -> str:
    """Digits with the trunk 0 of Swedish numbers, or with + and a country code."""
    digits = _digits(_TRUNK.sub("", number))
    if number.lstrip("( ").startswith("+") or digits.startswith("00"):
        digits = digits.removeprefix("00")
        return "0" + digits[2:].lstrip("0") if digits.startswith("46") else f"+{digits}"
    if digits.startswith("46") and len(digits) in (10, 11) and not _is_identity(digits, number):
        return "0" + digits[2:].lstrip("0")
    return digits


def _checked(number: str, written: str) -> FieldReading:
    if _is_identity(number, written):
        return refused("identity")
    foreign = number.startswith("+")
    if not foreign and not number.startswith("0"):
        return refused("area" if len(number) >= _FEW_DIGITS else "short")
    allowed = _INTERNATIONAL if foreign else _NATIONAL
    if number.startswith(_MOBILE):
        allowed = range(_MOBILE_SIZE, _MOBILE_SIZE + 1)
    size = len(number) - foreign
    if number.startswith(_COSTLY):
        return refused("costly")
    if size < allowed.start or size >= allowed.stop:
        return refused("short" if size < allowed.start else "long")
    return given(_in_groups(number))


def _is_identity(number: str, written: str) -> bool:
    """Ten or twelve digits that begin with a day; ten that begin with 0 are mostly a phone."""
    if not number.isdigit() or len(number) not in (10, 12):
        return False
    if len(number) == 12 and number[:2] not in ("18", "19", "20"):
        return False
    month, day = int(number[-8:-6]), int(number[-6:-4])
    dated = 1 <= month <= 12 and 1 <= day % 60 <= 31
    sure = not number.startswith("0") or bool(_GROUPED_AS_IDENTITY.match(written))
    return dated and sure and (luhn(number[-10:]) or not number.startswith("0"))


def _in_groups(number: str) -> str:
    if number.startswith("+"):
        code = _COUNTRY.match(number)
        size = code.end() if code else 4
        return f"{number[:size]} {' '.join(re.findall(_BY_THREE, number[size:]))}"
    size = 2 if number.startswith(_AREA_2) else 3 if number[:3] in _AREA_3 else 4
    area, rest = number[:size], number[size:]
    parts, place = [], 0
    for length in _GROUPS.get(len(rest), (len(rest),)):
        parts.append(rest[place : place + length])
        place += length
    return f"{area}-{' '.join(parts)}"
