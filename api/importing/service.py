"""Read pages in, keep them, and make a change set of what was accepted. All of it blocks."""

from __future__ import annotations

import secrets
from collections.abc import Collection, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any, Protocol

from api.changes.records import ChangeSet, Proposal
from api.changes.service import Changes
from api.importing.checking import Told, check
from api.importing.files import files_of
from api.importing.records import Batch, ImportingError, NewMunicipality, slug
from api.settings import ROOT
from api.storage import audit, imports
from api.storage.audit import Actor
from api.storage.desk_store import DeskStore
from api.storage.imports import ImportRow, State
from bot.dialogue.turn import in_stockholm
from bot.importing.drafts import draft
from bot.importing.page import Address, ImportedPage, PastedText, SavedFile, Source
from bot.importing.placing import Placing
from bot.knowledge.loader import load_knowledge

MOST_PAGES = 3
_THERE_ALREADY = (
    "Sidan ”{title}” finns redan. Är det samma sida? Ta då bort utkasten och läs in den igen, så "
    "behåller svaren sina belägg."
)


class Reading(Protocol):
    """How a page is read; tests bring their own."""

    def __call__(self, source: Source) -> ImportedPage:
        """The page; raise PageError."""


@dataclass(frozen=True, slots=True)
class Importing:
    """The pages that were read in, of a project whose files lie under ``root``."""

    store: DeskStore
    reading: Reading
    root: Path = ROOT
    placing: Placing | None = None

    def read(
        self,
        sources: Sequence[Source],
        municipality: str | NewMunicipality,
        staff: Actor | None,
        now: datetime,
        host: str | None = None,
    ) -> Batch:
        """Read pages and keep their drafts; raise PageError or ImportingError."""
        if not 1 <= len(sources) <= MOST_PAGES:
            raise ImportingError("Skriv en adress, välj en fil eller klistra in text.")
        new = municipality if isinstance(municipality, NewMunicipality) else None
        owner = new.id if new else str(municipality)
        if new and new.id in load_knowledge().municipalities:
            raise ImportingError(f"{new.short} finns redan. Välj kommunen i listan i stället.")
        pages = [(source, self.reading(source)) for source in sources]
        batch, taken = f"{now:%y%m%d}-{secrets.token_hex(4)}", self._pages(owner)
        rows = []
        for number, (source, page) in enumerate(pages, start=1):
            page_id = _free(_page_id(page.title), taken)
            taken.add(page_id)
            found = self._found(page, owner, new, host)
            rows.append(
                ImportRow(
                    id=f"{batch}-{number}",
                    municipality=owner,
                    page=page_id,
                    title=page.title,
                    source=_named(source),
                    read_at=now,
                    text=page.text,
                    found=found,
                    state="open",
                    created_by=staff.id if staff else None,
                    created_at=now,
                    changed_at=now,
                )
            )
        with self.store.begin() as connection:
            for row in rows:
                imports.add(connection, row)
            audit.write(connection, now, staff, host or owner, "page.imported", batch)
        return Batch(tuple(rows))

    def _found(
        self, page: ImportedPage, owner: str, new: NewMunicipality | None, host: str | None
    ) -> dict[str, Any]:
        drafts = asdict(draft(page, load_knowledge(), owner, self.placing))
        about = {
            "url": page.url,
            "published": page.published.isoformat() if page.published else None,
            "updated": page.updated.isoformat() if page.updated else None,
            "warnings": [*page.warnings, *_known_already(page, owner)],
            "headings": list(page.headings),
        }
        names = {"name": new.name, "short": new.short} if new else None
        return {"page": about, "drafts": drafts, "decided": {}, "new": names, "host": host}

    def _pages(self, owner: str, but: str = "") -> set[str]:
        """The ids that the municipality's pages and other waiting drafts have."""
        known = load_knowledge().municipalities.get(owner)
        with self.store.connect() as connection:
            rows = imports.open_rows(connection, [owner])
        return {row.page for row in rows if row.batch != but} | set(known.pages if known else ())

    def _with_ids(self, batch: Batch) -> Batch:
        """The pages by the ids that are free now: other drafts may be gone since they were read."""
        taken = self._pages(batch.municipality, batch.id)
        rows = []
        for row in batch.rows:
            page = _free(_page_id(row.title), taken)
            taken.add(page)
            rows.append(replace(row, page=page))
        return Batch(tuple(rows))

    def find(self, batch: str) -> Batch | None:
        """Pages that were read together."""
        with self.store.begin() as connection:
            imports.reopen_dropped(connection)
            rows = imports.of_batch(connection, batch)
        return Batch(tuple(rows)) if rows else None

    def waiting(self, municipalities: Collection[str], *, new: bool) -> list[Batch]:
        """What waits in some municipalities, and with ``new`` in those that are to be added."""
        with self.store.begin() as connection:
            imports.reopen_dropped(connection)
            wanted = set(municipalities)
            if new:
                wanted |= imports.new_municipalities(connection, load_knowledge().municipalities)
            rows = imports.open_rows(connection, wanted)
        found: dict[str, list[ImportRow]] = {}
        for row in rows:
            found.setdefault(row.batch, []).append(row)
        return [Batch(tuple(sorted(group, key=lambda r: r.id))) for group in found.values()]

    def save(self, batch: Batch, now: datetime, state: State = "open") -> None:
        """Keep what was decided."""
        with self.store.begin() as connection:
            for row in batch.rows:
                imports.change(connection, replace(row, state=state), now)

    def drop(self, batch: Batch, staff: Actor | None, now: datetime) -> None:
        """Nothing comes of these pages."""
        self.save(batch, now, "dropped")
        audit.write(self.store, now, staff, batch.host, "page.dropped", batch.id)

    def check(self, batch: Batch, now: datetime) -> tuple[Batch, dict[str, str], list[Told]]:
        """The batch, its files, and what the validator says of them; raise ImportingError."""
        batch = self._with_ids(batch)
        changes = Changes(self.store, self.root)
        today = in_stockholm(now).date()
        files = files_of(batch, load_knowledge(), changes.read, today)
        return batch, files, check(self.root / "content", batch, files, today)

    def propose(
        self,
        batch: Batch,
        files: dict[str, str],
        advice: Sequence[Told],
        staff: Actor,
        now: datetime,
    ) -> ChangeSet:
        """One change set of all that was accepted; raise ChangeError."""
        titles = ", ".join(row.title for row in batch.rows)
        made = Changes(self.store, self.root).propose(
            Proposal(
                municipality=batch.host,
                kind="import",
                title=f"{batch.new.short}: {titles}" if batch.new else f"Inläst: {titles}",
                about={"import": batch.id, "municipality": batch.municipality},
                files=files,
            ),
            staff,
            now,
        )
        for row in batch.rows:
            row.found["change_set"] = made.id
            row.found["advice"] = [asdict(one) for one in advice]
        self.save(batch, now, "proposed")
        return made


def _known_already(page: ImportedPage, owner: str) -> list[str]:
    """That a page is there already: reading it again keeps its answers."""
    municipality = load_knowledge().municipalities.get(owner)
    for known in municipality.pages.values() if municipality else ():
        same = known.title.casefold() == page.title.casefold()
        if same or (page.url and page.url == known.url):
            return [_THERE_ALREADY.format(title=known.title)]
    return []


def _page_id(title: str) -> str:
    return slug(title or "sida")


def _free(wanted: str, taken: Collection[str]) -> str:
    found, number = wanted, 1
    while found in taken:
        number += 1
        found = f"{wanted}_{number}"
    return found


def _named(source: Source) -> str:
    if isinstance(source, Address):
        return source.url[:500]
    if isinstance(source, SavedFile):
        return f"Filen {source.name[:100]}"
    assert isinstance(source, PastedText)
    return "Inklistrad text"
