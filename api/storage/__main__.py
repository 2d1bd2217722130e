"""Commands for whoever looks after the database."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Sequence
from datetime import date, datetime, time, timedelta, timezone

from api.clock import utc_now
from api.commands import run_command
from api.settings import Settings
from api.storage import reading
from api.storage.records import Frozen, Gone
from api.storage.store import Store

MOST_DAYS = 36_500


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one line."""
    return run_command(_parser(), arguments)


def upgrade(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Opening the store has done it."""
    print("The database's tables are up to date.")


def purge(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Delete what is older than the setting, or than ``--days``."""
    if store.frozen():
        raise Frozen("Deletion is frozen: nothing was deleted. Run `thaw` to allow it again.")
    days = settings.retention_days if chosen.days is None else chosen.days
    gone = store.purge(utc_now(), days)
    print(f"Deleted {gone} conversations last touched more than {days} days ago.")


def freeze(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Stop deletion."""
    _set_freeze(store, True, chosen.id)
    print(f"{chosen.id or 'Everything'} is kept until `thaw`.")


def thaw(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Allow deletion again."""
    _set_freeze(store, False, chosen.id)
    print(f"{chosen.id or 'Everything'} may be deleted again.")


def conversations(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print which conversations are kept, without their words, as tab-separated lines."""
    print("id", "municipality", "channel", "begun", "last touched", sep="\t")
    midnight = datetime.combine(_since(chosen), time(), timezone.utc)
    with store.texts.connect() as connection:
        found = reading.touched_since(connection, midnight)
    for one in found:
        times = (t.isoformat(timespec="seconds") for t in (one.created_at, one.updated_at))
        print(one.id, one.municipality, one.channel, *times, sep="\t")


def export(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print everything kept of one conversation as JSON."""
    found = store.export(chosen.id)
    if found is None:
        raise _unknown(chosen.id)
    print(json.dumps(found, ensure_ascii=False, indent=2))


def counters(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print the counters as tab-separated lines that a spreadsheet can read."""
    print("day", "municipality", "name", "value", sep="\t")
    for row in store.counters(_since(chosen)):
        print(*row, sep="\t")


def _since(chosen: argparse.Namespace) -> date:
    day: date = chosen.since or utc_now().date() - timedelta(days=30)
    return day


def _set_freeze(store: Store, on: bool, conversation_id: str | None) -> None:
    try:
        store.freeze(on, conversation_id)
    except Gone as error:
        raise _unknown(conversation_id) from error


def _unknown(conversation_id: str | None) -> Gone:
    return Gone(f"Nothing is kept of a conversation {conversation_id}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.storage", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(run: Callable[..., None], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=words, description=words)
        made.set_defaults(run=run)
        return made

    command(upgrade, "bring the tables up to date (serving does it too)")
    older = command(purge, "delete old conversations now (serving does it every hour)")
    older.add_argument("--days", type=_days, help="instead of LOTSEN_RETENTION_DAYS")
    for run, words in ((freeze, "stop deletion"), (thaw, "allow deletion again")):
        command(run, words).add_argument("id", nargs="?", help="of this conversation only")
    command(export, "print all that is kept of one conversation, as JSON").add_argument("id")
    for run, words in (
        (conversations, "print which conversations are kept, to find the id of one"),
        (counters, "print the counters by day"),
    ):
        lines = command(run, f"{words} (tab-separated, of 30 days)")
        lines.add_argument("--since", type=date.fromisoformat, help="a day like 2026-11-01")
    return parser


def _days(text: str) -> int:
    if not text.isdecimal() or int(text) > MOST_DAYS:
        raise ValueError
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
