"""Pages that were read together, and what a person has decided of their drafts."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final

from api.storage.imports import ImportRow
from bot.knowledge.files import NOT_MUNICIPALITIES
from bot.understanding.text import fold

ACCEPTED: Final = "ja"
REJECTED: Final = "nej"
USED: Final = "svar"
"""What became of a sentence that a person has made an answer of."""

SKIPPED: Final = "skip"
OPEN: Final = ""

Draft = Mapping[str, Any]
"""A draft of bot.importing as it is kept: plain data."""


class ImportingError(Exception):
    """Something that a person has to change; the message is Swedish. ``about`` names a draft."""

    def __init__(self, message: str, about: str = "") -> None:
        super().__init__(message)
        self.about = about


@dataclass(frozen=True, slots=True)
class NewMunicipality:
    """A municipality that content does not have yet: its names."""

    id: str
    name: str
    short: str

    @classmethod
    def called(cls, name: str, short: str) -> NewMunicipality:
        """By its names, ``Falu kommun`` and ``Falun``; raise ImportingError."""
        name, short = " ".join(name.split()), " ".join(short.split())
        if not 3 <= len(name) <= 60 or not 2 <= len(short) <= 40:
            raise ImportingError("Skriv kommunens namn och det korta namnet, till exempel Falun.")
        if slug(short) in NOT_MUNICIPALITIES:
            raise ImportingError("Det korta namnet är upptaget av systemet. Skriv kommunens namn.")
        return cls(slug(short), name, short)

    @property
    def genitive(self) -> str:
        """As in ”Falu kommuns sidor”."""
        return self.name if self.name[-1] in "sxz" else f"{self.name}s"


@dataclass(frozen=True, slots=True)
class Batch:
    """Pages that were read together for one municipality."""

    rows: tuple[ImportRow, ...]

    @property
    def id(self) -> str:
        """What its page is called."""
        return self.rows[0].batch

    @property
    def municipality(self) -> str:
        """Whose pages they are."""
        return self.rows[0].municipality

    @property
    def is_open(self) -> bool:
        """Whether it waits for a person."""
        return all(row.state == "open" for row in self.rows)

    @property
    def new(self) -> NewMunicipality | None:
        """The municipality that is to be added with these pages."""
        names = self.rows[0].found.get("new")
        return NewMunicipality(self.municipality, names["name"], names["short"]) if names else None

    @property
    def host(self) -> str:
        """Where the change set is listed: a new municipality has no staff yet."""
        return str(self.rows[0].found.get("host") or self.municipality)

    def drafts(self, kind: str) -> Iterator[tuple[ImportRow, Draft]]:
        """The drafts of one kind with their page."""
        for row in self.rows:
            for draft in row.found["drafts"][kind]:
                yield row, draft

    def count(self, state: str) -> int:
        """How many drafts have been decided so."""
        kinds = ("answers", "contacts", "hours")
        return sum(
            decided(row, draft).get("state", OPEN) == state
            for kind in kinds
            for row, draft in self.drafts(kind)
        )


def decided(row: ImportRow, draft: Draft) -> Mapping[str, Any]:
    """What a person decided of a draft: its state and the fields as they are to be."""
    found: Mapping[str, Any] = row.found.get("decided", {}).get(draft["id"], {})
    return found


def key_of(row: ImportRow, draft: Draft) -> str:
    """What a draft's fields are called in the form."""
    return f"{row.id.rpartition('-')[2]}-{draft['id']}"


def slug(name: str) -> str:
    """A name as content's ids are written: ``fast_omsorgskontakt``."""
    found = re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")
    return (found if found[:1].isalpha() else f"sida_{found}")[:40].strip("_")
