"""Tell what a run of digits in a message is: an identity number, a card, a telephone number.

Digits may be written apart, with any dash, with ``streck`` as speech-to-text writes it, in full
width or in Arabic or Persian figures. Dates, clock times and amounts look alike, so grouping, dates
and check digits decide together. Every step looks a bounded way ahead: time grows with length only.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

_DASHES = "‐‑‒–—―−﹣－⁃˗"
_SPACES = "".join(
    map(chr, [0x09, 0xA0, *range(0x2000, 0x200C), 0x202F, 0x205F, 0x2060, 0x3000, 0xFEFF])
)
_FLAT = str.maketrans(_DASHES + _SPACES + "＋．／", "-" * len(_DASHES) + " " * len(_SPACES) + "+./")
_RUN = re.compile(r"\d(?:(?:[ .\-+/_:]{0,3}| ?(?:binde)?streck(?:et)? ?| minus )\d)*", re.ASCII)
_GROUP = re.compile(r"\d+", re.ASCII)
_RESERVE = re.compile(
    r"(?<![\dA-Za-z])((?:19|20)?\d{2}(\d{2})(\d{2}))[-+ ]?(?=[A-Za-z0-9]{4}(?![A-Za-z0-9]))"
    r"[A-Za-z]{1,2}\d{1,3}[A-Za-z]?",
    re.ASCII,
)
_USUAL_GROUPS = {(10,), (12,), (6, 4), (8, 4), (2, 6, 4), (4, 2, 2, 4), (2, 2, 2, 4), (4, 4, 4)}
_CARD_GROUPS = {(4, 4, 4, 4), (4, 6, 5), (4, 6, 4), (4, 4, 4, 4, 3), (4, 4, 4, 1), (4, 4, 5)}
_FIRM_GROUPS = {(10,), (6, 4)}
_SERVICE_NUMBERS = ("020", "077", "0900", "0939", "0944")
"""Free and shared-cost numbers belong to services, not to persons."""
_MAX_DIGITS = 19


@dataclass(frozen=True, slots=True)
class Found:
    """A stretch of text to be masked, and what it is."""

    start: int
    end: int
    kind: str


@dataclass(frozen=True, slots=True)
class Group:
    """Digits that stand together, and what stands between them and the group before."""

    digits: str
    start: int
    end: int
    before: str


def flatten(text: str) -> str:
    """Write every digit, dash and blank in its plain form, each at its own place."""
    if text.isascii():
        return text
    text = text.translate(_FLAT)
    return "".join(_plain_digit(char) for char in text)


def _plain_digit(char: str) -> str:
    return str(unicodedata.digit(char)) if char.isdigit() and not char.isascii() else char


def luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of those before it."""
    total = 0
    for place, char in enumerate(reversed(digits)):
        value = int(char) * (2 if place % 2 else 1)
        total += value - 9 if value > 9 else value
    return total % 10 == 0


def find_numbers(flat: str, own_phones: frozenset[str]) -> Iterator[Found]:
    """Find the numbers of persons in a flattened text."""
    for match in _RESERVE.finditer(flat):
        if 1 <= int(match[2]) <= 12 and 1 <= int(match[3]) % 60 <= 31:
            yield Found(match.start(), match.end(), "reservnummer")
    for match in _RUN.finditer(flat):
        yield from _in_run(flat, match, own_phones)


def _in_run(flat: str, run: re.Match[str], own_phones: frozenset[str]) -> Iterator[Found]:
    groups: list[Group] = []
    for part in _GROUP.finditer(flat, run.start(), run.end()):
        before = flat[groups[-1].end : part.start()] if groups else _sign(flat, part.start())
        groups.append(Group(part[0], part.start(), part.end(), before))
    place = 0
    while place < len(groups):
        size, kind = _longest(groups, place, own_phones)
        if kind and kind != "egen":
            last = groups[place + size - 1]
            sign = len(_sign(flat, groups[place].start)) if kind == "telefonnummer" else 0
            yield Found(groups[place].start - sign, last.end, kind)
        place += size


def _sign(flat: str, start: int) -> str:
    return "+" if start and flat[start - 1] == "+" else ""


def _longest(groups: list[Group], place: int, own_phones: frozenset[str]) -> tuple[int, str | None]:
    """The longest row of groups from ``place`` that is a number of a known kind."""
    best: tuple[int, str | None] = (1, None)
    digits = ""
    for size in range(1, min(_MAX_DIGITS, len(groups) - place) + 1):
        digits += groups[place + size - 1].digits
        if len(digits) > _MAX_DIGITS:
            break
        kind = _kind(digits, groups[place : place + size], own_phones)
        if kind:
            best = (size, kind)
            if kind in ("egen", "personnummer", "samordningsnummer"):
                break
    return best


def _kind(digits: str, groups: list[Group], own_phones: frozenset[str]) -> str | None:
    sizes = tuple(len(group.digits) for group in groups)
    if national(digits) in own_phones:
        return "egen"
    if identity := _identity_number(digits, sizes, groups):
        return identity
    grouped_as_card = len(groups) == 1 or sizes in _CARD_GROUPS or set(sizes) == {1}
    if len(digits) >= 13 and digits[0] in "23456" and grouped_as_card and luhn(digits):
        return "kortnummer"
    return "telefonnummer" if _is_phone(digits, sizes, groups) else None


def _identity_number(digits: str, sizes: tuple[int, ...], groups: list[Group]) -> str | None:
    if len(digits) not in (10, 12) or (len(digits) == 12 and digits[:2] not in ("18", "19", "20")):
        return None
    ten = digits[-10:]
    month, day = int(ten[2:4]), int(ten[4:6])
    checked = luhn(ten)
    usual = sizes in _USUAL_GROUPS or set(sizes) == {1}
    if 1 <= month <= 12 and 1 <= day % 60 <= 31 and day <= 91:
        if _is_clock_time(groups) or _is_day_and_year(groups) or not (checked or usual):
            return None
        if len(digits) == 10 and not checked and _starts_as_phone(digits, sizes):
            return None
        return "samordningsnummer" if day > 60 else "personnummer"
    if len(digits) == 10 and digits[0] != "0" and month >= 20 and checked and sizes in _FIRM_GROUPS:
        return "organisationsnummer"
    return None


def _is_clock_time(groups: list[Group]) -> bool:
    """A date and a time, as 2019-08-06 08.30, or two times: neither is anybody's number."""
    tail = groups[-2:]
    return (
        len(tail) == 2
        and all(len(group.digits) == 2 for group in tail)
        and tail[1].before.strip() in (".", ":")
        and int(tail[0].digits) < 25
        and int(tail[1].digits) < 60
    )


def _is_day_and_year(groups: list[Group]) -> bool:
    """Two days in a row, as 2024-01-02 2024-03-04."""
    last = groups[-1]
    return (
        len(groups) > 1
        and last.before == " "
        and last.digits[:2] in ("19", "20")
        and (len(groups) == 4 and len(groups[0].digits) == 4)
    )


def _starts_as_phone(digits: str, sizes: tuple[int, ...]) -> bool:
    return digits[0] == "0" and (sizes[0] in (2, 3, 4) or (digits[1] == "7" and sizes == (10,)))


def national(digits: str) -> str:
    """Write a telephone number without the country's own prefix: 4690… becomes 090…."""
    for prefix in ("0046", "46"):
        if digits.startswith(prefix) and len(digits) > len(prefix) + 6:
            return "0" + digits[len(prefix) :].lstrip("0")
    return digits


def _is_phone(digits: str, sizes: tuple[int, ...], groups: list[Group]) -> bool:
    if groups[0].before.strip() not in ("", "+", ":"):
        return False  # the tail of something else, as of a date
    between = {group.before.strip() for group in groups[1:]}
    if groups[0].before.strip() == "+" or digits.startswith("00"):
        return 9 <= len(digits) <= 15 and between <= {"", "-", "."}
    if not digits.startswith("0") or not 8 <= len(digits) <= 11:
        return False
    if digits.startswith(_SERVICE_NUMBERS) or not _parted_as_phone(digits, sizes, between):
        return False
    return not _two_times(digits, sizes) and not _is_date(digits, sizes)


def _parted_as_phone(digits: str, sizes: tuple[int, ...], between: set[str]) -> bool:
    """090/16 10 02 and 070.123.45.67 are numbers to call, 01/05-31/08 and 08.30 are not."""
    if "/" in between and not (sizes[0] in (2, 3, 4) and sizes[1] > 2):
        return False
    dotted_mobile = digits.startswith("07") and between == {"."} and sizes[0] == 3
    return dotted_mobile or not between & {".", ":", "_"}


def _two_times(digits: str, sizes: tuple[int, ...]) -> bool:
    """0830-1130 and 08 30 - 11 30 are hours."""
    if len(digits) != 8 or sizes not in {(4, 4), (2, 2, 2, 2)}:
        return False
    hours, minutes = (digits[0:2], digits[4:6]), (digits[2:4], digits[6:8])
    return all(int(hour) < 25 for hour in hours) and all(int(minute) < 60 for minute in minutes)


def _is_date(digits: str, sizes: tuple[int, ...]) -> bool:
    """06-08-2019 is a day."""
    return sizes == (2, 2, 4) and int(digits[:2]) <= 31 and int(digits[2:4]) <= 12
