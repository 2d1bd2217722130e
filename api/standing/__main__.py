"""Withdraw and restore answers while the assistant runs, and read a page again."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from api.commands import run_command
from api.standing import commands


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one line."""
    return run_command(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.standing", description=__doc__)
    made = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[..., None], words: str) -> argparse.ArgumentParser:
        new = made.add_parser(name, help=words, description=words)
        new.set_defaults(run=run)
        return new

    def of_subject(name: str, run: Callable[..., None], words: str) -> None:
        new = command(name, run, words)
        new.add_argument(
            "id", help="an answer's id (umea.ledsagning.kostnad); flag takes a contact's too"
        )
        new.add_argument("--why", required=True, help="a few words for colleagues")

    command("list", commands.show, "print what is withdrawn or flagged (tab-separated)")
    of_subject("withdraw", commands.withdraw, "say an answer no longer, within five seconds")
    of_subject("flag", commands.flag, "go on saying it, with a warning that the page has changed")
    of_subject("restore", commands.restore, "say it again as it is")
    again = command("again", commands.again, "read a page again and act on what has changed")
    again.add_argument("municipality", help="id of the municipality")
    again.add_argument("page", help="id of the page in pages.yml")
    again.add_argument("source", help="an address (https://…) or a saved file (.html, .txt)")
    words = "go on although hardly anything of the page is left"
    again.add_argument("--another", action="store_true", help=words)
    return parser


if __name__ == "__main__":
    sys.exit(main())
