"""What every command on our database does: open it, run, tell what went wrong in one line."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from sqlalchemy.exc import SQLAlchemyError

from api.settings import Settings, load_settings
from api.settings_read import SettingsError
from api.storage.records import StorageError
from api.storage.store import Store, open_store

NOTHING_DONE, UNUSABLE = 1, 2
"""What the process answers when it could not do what was asked, and when it could not start."""


class Refused(Exception):  # noqa: N818 - read at the caller: `except Refused`
    """What was asked for can't be done; the message says why."""


def run_command(parser: argparse.ArgumentParser, arguments: Sequence[str] | None) -> int:
    """Run the function that the parser chose, as ``run``; the process's exit code."""
    chosen = parser.parse_args(arguments)
    try:
        settings = load_settings()
        store = open_store(settings)
    except (SettingsError, StorageError) as error:
        return _failed(str(error), UNUSABLE)
    run: Callable[[Store, Settings, argparse.Namespace], None] = chosen.run
    try:
        run(store, settings, chosen)
    except (Refused, StorageError) as error:
        return _failed(str(error), NOTHING_DONE)
    except SQLAlchemyError as error:
        return _failed(f"the database did not take it ({type(error).__name__}).", NOTHING_DONE)
    finally:
        store.close()
    return 0


def _failed(message: str, code: int) -> int:
    print(f"Error: {message}", file=sys.stderr)
    return code
