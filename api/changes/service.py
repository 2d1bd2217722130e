"""Make, list, apply and drop change sets. All of it blocks: call it in a thread."""

from __future__ import annotations

import secrets
from collections.abc import Collection
from datetime import datetime
from pathlib import Path

from api.changes.applying import written
from api.changes.records import ChangeError, ChangeSet, FileChange, Proposal, check_path
from api.settings import ROOT
from api.storage import audit, changes
from api.storage.audit import Actor
from api.storage.desk_store import DeskStore

_LONGEST_TITLE = 200
_MOST_TEXT = 2_000_000
_WAITS_NO_MORE = "Ändringen väntar inte längre."


class Changes:
    """The change sets of a project whose files lie under ``root``."""

    def __init__(self, store: DeskStore, root: Path = ROOT) -> None:
        self._store, self._root = store, root

    def read(self, path: str) -> str | None:
        """A file as it is now, for who wants to change it; None when there is none."""
        return _read(self._root / check_path(path))

    def propose(self, proposal: Proposal, staff: Actor | None, now: datetime) -> ChangeSet:
        """Keep a change set for review; ChangeError when it would change nothing."""
        files = [
            FileChange(check_path(path), self.read(path), text)
            for path, text in sorted(proposal.files.items())
        ]
        changed = tuple(change for change in files if change.before != change.after)
        if not changed:
            raise ChangeError("Det blev ingen skillnad mot det som redan finns.")
        if sum(len(change.after or "") for change in changed) > _MOST_TEXT:
            raise ChangeError("Ändringen är för stor. Dela upp den.")
        new = ChangeSet(
            id=f"{now:%y%m%d}-{secrets.token_hex(3)}",
            municipality=proposal.municipality,
            kind=proposal.kind,
            title=" ".join(proposal.title.split())[:_LONGEST_TITLE],
            about=dict(proposal.about),
            state="proposed",
            created_by=staff.id if staff else None,
            created_name=staff.name if staff else None,
            created_at=now,
            changed_at=now,
            files=changed,
        )
        with self._store.begin() as connection:
            changes.add(connection, new)
            audit.write(connection, now, staff, new.municipality, "change.proposed", new.id)
        return new

    def listed(self, municipalities: Collection[str] | None = None) -> list[ChangeSet]:
        """Those of some municipalities (None: all), newest first, without their files."""
        with self._store.connect() as connection:
            if municipalities is None:
                return changes.all_listed(connection)
            return changes.listed(connection, municipalities)

    def find(self, set_id: str) -> ChangeSet | None:
        """One with its files."""
        with self._store.connect() as connection:
            return changes.find(connection, set_id)

    def drop(self, found: ChangeSet, staff: Actor | None, now: datetime) -> None:
        """It is not to be; ChangeError when it waits no more."""
        with self._store.begin() as connection:
            if not changes.set_state(connection, found.id, "dropped", now):
                raise ChangeError(_WAITS_NO_MORE)
            audit.write(connection, now, staff, found.municipality, "change.dropped", found.id)

    def apply(self, found: ChangeSet, staff: Actor | None, now: datetime) -> list[str]:
        """Write its files into the project; what was done, in words.

        ChangeError leaves all as it was. What runs is not changed: that takes a restart.
        """
        current = self.find(found.id)
        if current is None or current.state != "proposed":
            raise ChangeError(_WAITS_NO_MORE)
        # Writing and checking take a while, in which the database is everybody else's.
        with written(found.files, self._root) as done, self._store.begin() as connection:
            if not changes.set_state(connection, found.id, "applied", now):
                raise ChangeError(_WAITS_NO_MORE)
            audit.write(connection, now, staff, found.municipality, "change.applied", found.id)
        return done


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
