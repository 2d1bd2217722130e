"""What in a text can be proven: numbers, amounts, times, dates, days, addresses, ways to reach.

Facts of a text are compared with those of the passages that it rests on. The languages need
not agree: "10 hours a month" is proven by "10 timmar/månad".
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Final

from bot.knowledge import validator_dates as dates
from bot.knowledge import validator_numbers as numbers
from bot.knowledge.validator_text import squeeze

_EMAIL: Final = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_WEB: Final = re.compile(
    r"(?:https?://|www\.)\S+[^\s.,;)]|(?<!\w)[\w-]+\.(?:se|nu|com|net|org)(?!\w)"
)
_PHONE: Final = re.compile(
    r"(?<![\w.,:-])(?:(?:\+\d{2}\s?(?:\(0\))?\s?|0)\d{1,3}(?:\s?[-–/]\s?|\s)\d{2,3}(?:\s?\d{2,3}){0,3}"
    r"|0\d{6,})(?![\w:]|[.,]\d)"
)
_BOX: Final = re.compile(r"(?<!\w)(?:P\.?O\.?\s)?[Bb]ox \d+")
_POSTCODE: Final = re.compile(r"(?<![\w-])\d{3} \d{2}(?= [A-ZÅÄÖ])")
_STREET: Final = re.compile(
    r"(?<!\w)[A-ZÅÄÖ]\w*?\s?"
    r"(?:gatan?|vägen?|gränden?|torget?|allén?|stigen?|backen?|plan|platsen|leden)"
    r" \d+(?:\s?[A-Z](?!\w))?(?:\s?[–-]\s?\d+)?"
)
_DIALLED: Final = re.compile(
    rf"(?<!\w)(?:{numbers.WORD_PATTERN}|ett)(?:[\s,]+(?:{numbers.WORD_PATTERN}|ett)){{3,}}(?!\w)",
    re.IGNORECASE,
)
_ORDINAL: Final = re.compile(
    rf"(?<!\w)(?:{'|'.join(numbers.ORDINALS)}|\d+(?::[ae]|rd|th))(?!\w)", re.IGNORECASE
)
_TAKEN: Final = "\N{BULLET}"


@dataclass(frozen=True, slots=True)
class Fact:
    """Something provable: its kind, what it means, and how it is written."""

    kind: str
    value: object
    written: str

    def proven_by(self, others: Iterable[Fact]) -> bool:
        """Whether one of the others says the same."""
        return any(_proves(other, self) for other in others)


@lru_cache(maxsize=8192)
def facts(text: str) -> tuple[Fact, ...]:
    """Every provable fact of a Swedish or English text, in no particular order."""
    scan = _Scan(squeeze(text))
    scan.ways_to_reach()
    scan.dates()
    scan.amounts_and_times()
    scan.days_and_numbers()
    return tuple(scan.found)


def unproven(text: str, evidence: Collection[Fact]) -> list[Fact]:
    """The facts of a text that its evidence does not state."""
    return [fact for fact in facts(text) if not fact.proven_by(evidence)]


def digits(text: str) -> str:
    """A phone number's digits, a Swedish country code written as 0."""
    return re.sub(r"\D", "", re.sub(r"\+46\s?(?:\(0\))?", "0", text))


def _proves(evidence: Fact, fact: Fact) -> bool:
    if isinstance(fact.value, dates.Day) and isinstance(evidence.value, dates.Day):
        return fact.value.proven_by(evidence.value)
    if isinstance(fact.value, dates.Clock) and isinstance(evidence.value, dates.Clock):
        return fact.value.proven_by(evidence.value)
    return (fact.kind, fact.value) == (evidence.kind, evidence.value)


class _Scan:
    """Takes facts out of a text, the longest kind of thing first, so that each counts once."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.found: list[Fact] = []

    def _take(
        self, kind: str, pattern: re.Pattern[str], read: Callable[[re.Match[str]], object]
    ) -> None:
        def replace(match: re.Match[str]) -> str:
            value = read(match)
            if value is None:
                return match.group()
            values = value if isinstance(value, list) else [value]
            self.found += [Fact(kind, one, match.group()) for one in values]
            return f" {_TAKEN} "

        self.text = pattern.sub(replace, self.text)

    def ways_to_reach(self) -> None:
        """E-mail and web addresses, phone numbers, street and postal addresses."""
        self._take("e-mail address", _EMAIL, lambda m: m.group().casefold())
        self._take("web address", _WEB, lambda m: m.group().casefold())
        self._take("postcode", _POSTCODE, lambda m: m.group())
        self._take("phone number", _PHONE, lambda m: digits(m.group()))
        self._take("phone number", _DIALLED, _dialled)
        self._take("address", _STREET, _address)
        self._take("address", _BOX, _address)

    def dates(self) -> None:
        """Dates, months and years."""
        self._take("date", dates.ISO_DATE, lambda m: dates.Day(int(m[1]), int(m[2]), int(m[3])))
        self._take("date", dates.DAY_MONTH, dates.read_named)
        self._take("date", dates.MONTH_DAY, dates.read_named)
        self._take("date", dates.PART_YEAR, dates.read_named)
        self._take("date", dates.SLASHED, dates.read_slashed)
        self._take("date", dates.YEAR, lambda m: dates.Day(int(m.group()), None, None))
        self._take("date", dates.MONTH, lambda m: dates.read_month(m.group()))

    def amounts_and_times(self) -> None:
        """Amounts with their unit, and clock times."""
        self._take("amount", numbers.AMOUNT, numbers.read_amount)
        self._take("time", dates.CLOCK, dates.read_clock)
        self._take("time", dates.HOUR_12, dates.read_clock)
        self._take("time", dates.SPOKEN_RANGE, dates.read_spoken_range)
        self._take("time", dates.SPOKEN_MINUTES, dates.read_spoken_minutes)
        for pattern, minute in dates.SPOKEN_TIMES:
            self._take("time", pattern, partial(dates.read_spoken, minute=minute))

    def days_and_numbers(self) -> None:
        """Weekdays, and every number that is left."""
        self._take("weekday", dates.WEEKDAY, lambda m: list(dates.read_weekdays(m)))
        self._take("weekday", dates.WORKDAYS, lambda m: m.lastgroup)
        self._take("number", _ORDINAL, _ordinal)
        self._take("number", numbers.NUMBER, lambda m: numbers.read_number(m.group()))


def _dialled(match: re.Match[str]) -> str:
    """A number as it is said, "noll nio noll, sexton tio noll två", as digits."""
    said = re.split(r"[\s,]+", match.group().casefold())
    return "".join(str(numbers.NUMBER_WORDS[word]) for word in said)


def _address(match: re.Match[str]) -> str:
    return re.sub(r"\s?[–-]\s?", "-", match.group().removeprefix("P.O. ")).casefold()


def _ordinal(match: re.Match[str]) -> str:
    written = match.group().casefold()
    return f"nth {numbers.ORDINALS.get(written) or int(re.sub(r'[^0-9]', '', written))}"
