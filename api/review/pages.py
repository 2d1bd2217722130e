"""What the pages of the review are filled with, and what their forms send."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, Final

from starlette.datastructures import FormData

from api.review.examples import LONGEST, unfit
from api.review.records import REASONS, Group, Opened, Overview, Wording
from api.review.service import DONE
from api.review.titles import OUT_OF_SCOPE, OUTSIDE, title_of
from bot.dialogue.turn import in_stockholm
from bot.understanding.analyse import prepare
from bot.understanding.swedish import vocabulary

PERIODS: Final = ((7, "7 dagar"), (30, "30 dagar"), (90, "90 dagar"))
USUAL: Final = 30
SHOWN: Final = 30
"""Groups on a page."""

EDITED: Final = 15
"""Wordings of a group that can be made examples at a time, the most central ones."""

_TEXT: Final = "text-"


@dataclass(frozen=True, slots=True)
class Filters:
    """Which part of the list is looked at."""

    municipality: str
    days: int = USUAL
    reason: str = ""
    page: int = 1

    @classmethod
    def read(cls, municipality: str, days: str, reason: str, page: int) -> Filters:
        """What an address tells; what it tells wrongly is taken for what is usual."""
        known = {str(number): number for number, _ in PERIODS}
        wanted = reason if reason in REASONS or reason == DONE else ""
        return cls(municipality, known.get(days, USUAL), wanted, page)

    def query(self, page: int | None = None) -> dict[str, str]:
        """The same in an address."""
        told = {
            "kommun": self.municipality,
            "dagar": str(self.days),
            "visa": self.reason,
            "sida": str(page or self.page),
        }
        return {name: value for name, value in told.items() if value and (name, value) != _FIRST}


_FIRST: Final = ("sida", "1")


@dataclass(frozen=True, slots=True)
class Asking:
    """What somebody chose on a group's page: ``texts`` are all wordings as they were changed.

    ``problem`` and ``problems`` tell what is wrong with it, when it comes back to be mended.
    """

    deed: str = ""
    texts: Mapping[str, str] = field(default_factory=dict)
    ticked: frozenset[str] = frozenset()
    more: tuple[str, ...] = ()
    label: str = ""
    outside: str = OUT_OF_SCOPE
    note: str = ""
    problem: str = ""
    problems: Mapping[str, str] = field(default_factory=dict)
    asked: Mapping[str, str] = field(default_factory=dict)

    @classmethod
    def read(cls, form: FormData) -> Asking:
        """The form as it was sent."""
        plain = {name: value for name, value in form.items() if isinstance(value, str)}
        texts = {n.removeprefix(_TEXT): v for n, v in plain.items() if n.startswith(_TEXT)}
        return cls(
            deed=plain.get("do", ""),
            texts=texts,
            ticked=frozenset(str(key) for key in form.getlist("fraga")) & texts.keys(),
            more=tuple(str(key) for key in form.getlist("fler")),
            label=plain.get("vad", ""),
            outside=plain.get("utanfor", OUT_OF_SCOPE),
            note=plain.get("meddelande", ""),
        )

    @property
    def chosen(self) -> dict[str, str]:
        """The wordings that are marked."""
        return {key: text for key, text in self.texts.items() if key in self.ticked}

    @property
    def all_keys(self) -> list[str]:
        """Those, and the rest of a large group."""
        return [*self.chosen, *self.more]

    def among(self, known: Mapping[str, str]) -> Asking:
        """Without what is not there any more; ``known`` are the citizens' words by key."""
        return replace(
            self,
            texts={key: text for key, text in self.texts.items() if key in known},
            more=tuple(key for key in self.more if key in known),
            asked=known,
        )

    def originals(self) -> dict[str, str]:
        """What citizens wrote, whatever became of it in the form."""
        return {key: self.asked[key] for key in self.all_keys}

    def told(self, problem: str, problems: Mapping[str, str] | None = None) -> Asking:
        """The same, to be mended."""
        return replace(self, problem=problem, problems=problems or {})


@dataclass(frozen=True, slots=True)
class Line:
    """A wording in the form: as it was written, and as it would stand among the examples."""

    wording: Wording
    text: str
    is_ticked: bool
    problem: str


def listing(found: Overview, filters: Filters) -> dict[str, Any]:
    """Values of the list."""
    pages = max(1, -(-len(found.groups) // SHOWN))
    page = min(filters.page, pages)
    reasons = [("", "Allt som väntar"), *REASONS.items(), (DONE, "Redan hanterat")]
    return {
        "found": found,
        "groups": found.groups[(page - 1) * SHOWN : page * SHOWN],
        "first": (page - 1) * SHOWN + 1,
        "filters": filters,
        "reasons": reasons,
        "page": page,
        "pages": pages,
        "query": filters.query,
        "title_of": title_of,
        "day": in_stockholm,
    }


def opened(found: Opened, filters: Filters, asking: Asking) -> dict[str, Any]:
    """Values of a group's page."""
    group = found.group
    return {
        "group": group,
        "likely": found.likely,
        "choices": found.choices,
        "lines": _lines(group, asking),
        "more": group.wordings[EDITED:],
        "filters": filters,
        "query": filters.query,
        "asking": asking,
        "outside": OUTSIDE,
        "is_done": filters.reason == DONE,
        "longest": LONGEST,
        "day": in_stockholm,
    }


def _lines(group: Group, asking: Asking) -> list[Line]:
    """The wordings as the form showed them last; at first without places and what is masked."""
    names = vocabulary()
    lines: list[Line] = []
    for wording in group.wordings[:EDITED]:
        text = asking.texts.get(wording.key)
        if text is None:
            text = prepare(wording.text, names)
            ticked = unfit(text) is None
        else:
            ticked = wording.key in asking.ticked
        lines.append(Line(wording, text, ticked, asking.problems.get(wording.key, "")))
    return lines
