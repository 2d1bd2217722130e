"""Change sets at the command line: list, show, apply and drop.

    python -m api.changes list | show ID | apply ID | drop ID

Applying writes into this working copy; `git diff` then shows it, and training and a restart make
it what people meet.
"""

from __future__ import annotations

import argparse
import sys

from api.changes.records import KINDS, STATES, ChangeError, ChangeSet
from api.changes.service import Changes
from api.clock import utc_now
from api.settings import load_settings
from api.settings_read import SettingsError
from api.storage.records import StorageError
from api.storage.store import open_store


def main(arguments: list[str] | None = None) -> int:
    """Do what is asked for and return the exit code: 2 when it could not be done."""
    parser = argparse.ArgumentParser(prog="api.changes", description="Change sets.")
    parser.add_argument("what", choices=["list", "show", "apply", "drop"])
    parser.add_argument("id", nargs="?")
    given = parser.parse_args(arguments)
    try:
        store = open_store(load_settings())
        try:
            return _do(given.what, given.id, Changes(store.desk))
        finally:
            store.close()
    except (ChangeError, SettingsError, StorageError) as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return 2


def _do(what: str, set_id: str | None, changes: Changes) -> int:
    if what == "list":
        for one in changes.listed():
            print(_line(one))
        return 0
    found = changes.find(set_id) if set_id else None
    if found is None:
        raise ChangeError(f"Det finns ingen ändring {set_id or '(skriv dess nummer)'}.")
    if what == "show":
        print(_line(found), found.patch(), sep="\n\n", end="")
    elif what == "drop":
        changes.drop(found, None, utc_now())
        print(f"Släppte {found.id}.")
    else:
        print("\n".join(changes.apply(found, None, utc_now())))
    return 0


def _line(found: ChangeSet) -> str:
    kind, state = KINDS.get(found.kind, found.kind), STATES.get(found.state, found.state)
    who = found.created_name or "–"
    day = f"{found.created_at:%Y-%m-%d}"
    return f"{found.id}  {state:7}  {day}  {found.municipality}  {kind}: {found.title} ({who})"


if __name__ == "__main__":
    sys.exit(main())
