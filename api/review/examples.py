"""The training examples as they stand, and what may be added to them.

The rules are those that tests/bot/test_nlu_data.py holds all examples to: none stands twice, none
names a municipality or a person, none holds a number to reach somebody at.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Final

from api.review.titles import title_of
from bot.guard.intake import admit
from bot.knowledge.files import read_yaml
from bot.knowledge.loader import load_knowledge
from bot.understanding.analyse import label_of
from bot.understanding.mentions import Vocabulary
from bot.understanding.text import fold

NLU: Final = "bot/data/nlu"
LONGEST: Final = 300
"""Characters of an example; longer messages hold more than one question."""

_LEAST_NAME: Final = 6
_REACH: Final = re.compile(r"@\w|www\.|\d{2,4}[ -]?\d{2,3} ?\d{2}(?: ?\d{2})?")
_MARKUP: Final = re.compile(r"[\[\]{}()|<>]")


@dataclass(frozen=True, slots=True)
class Row:
    """An example: its words, what it is an example of, and the file that it stands in."""

    text: str
    label: str
    file: str


@dataclass(frozen=True)
class Examples:
    """All examples of a project at one moment."""

    rows: tuple[Row, ...]

    def problem(self, text: str, label: str, also: Iterable[Row] = ()) -> str | None:
        """Why a text may not become an example of a label, in Swedish; None when it may.

        ``also`` are examples that are about to be added.
        """
        return unfit(text) or self._taken(text, label, also)

    def file_of(self, label: str) -> str | None:
        """The file with the most examples of a label; None for one without examples."""
        files = Counter(row.file for row in self.rows if row.label == label)
        return files.most_common(1)[0][0] if files else None

    @cached_property
    def _held(self) -> dict[str, str]:
        """What each text is an example of, whatever its accents and signs."""
        return {_near(row.text): row.label for row in self.rows}

    def _taken(self, text: str, label: str, also: Iterable[Row]) -> str | None:
        waiting = {_near(row.text): row.label for row in also}
        held = self._held.get(_near(text)) or waiting.get(_near(text))
        if held is None:
            return None
        if held == label:
            return "Frågan finns redan bland exemplen för det här."
        return f"Frågan är redan exempel på något annat: {title_of(held)}"


def load_examples(root: Path) -> Examples:
    """The examples of the project at ``root``; read anew when a file has changed."""
    files = sorted((root / NLU).glob("*.yml"))
    return _load(root, tuple((f.name, f.stat().st_mtime_ns, f.stat().st_size) for f in files))


@lru_cache(maxsize=2)
def _load(root: Path, files: tuple[tuple[str, int, int], ...]) -> Examples:
    return Examples(tuple(row for name, _, _ in files for row in _rows(root, f"{NLU}/{name}")))


def _rows(root: Path, file: str) -> Iterator[Row]:
    for block in read_yaml(root / file).get("nlu") or ():
        if "intent" in block:
            label = label_of(block["intent"], block.get("metadata") or {})
            for line in str(block["examples"]).splitlines():
                if text := line.strip().removeprefix("-").strip():
                    yield Row(text, label, file)


def unfit(text: str) -> str | None:
    """What is wrong with a text whatever it is to be an example of."""
    if not text.strip():
        return "Skriv frågan, eller avmarkera den."
    if len(text) > LONGEST:
        return f"Frågan är för lång. Korta den till högst {LONGEST} tecken."
    if _MARKUP.search(text):
        return "Ta bort parenteser och det som är dolt inom klamrar."
    if admit(text).masked or _REACH.search(text):
        return "Ta bort nummer, adresser och namn på personer."
    return _names_somebody(text)


def _names_somebody(text: str) -> str | None:
    own = any(mention.exact for mention in _own_places().find(text))
    if own or _other_places().search(text):
        return "Ta bort namnet på orten eller kommunen: ett exempel gäller alla kommuner."
    if any(name in fold(text) for name in _people()):
        return "Ta bort namnet på personen."
    return None


@cache
def _own_places() -> Vocabulary:
    municipalities = load_knowledge().municipalities.values()
    return Vocabulary({("place", m.id): [*m.names, *m.places] for m in municipalities})


@cache
def _other_places() -> re.Pattern[str]:
    names = {n for n in load_knowledge().other_municipalities if len(n) >= _LEAST_NAME}
    return re.compile(rf"\b(?:{'|'.join(map(re.escape, sorted(names)))})s?\b")


@cache
def _people() -> frozenset[str]:
    """Who is named on the pages, first and last name."""
    municipalities = load_knowledge().municipalities.values()
    staff = {fold(c.name) for m in municipalities for c in m.contacts.values() if c.role == "staff"}
    return frozenset(n for n in staff if " " in n and " for " not in n)


def _near(text: str) -> str:
    return " ".join(fold(text).split()).strip(" .?!")
