"""The accounts of staff who work at the desk: make, change, disable and list them."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable, Sequence

from api.commands import run_command
from api.staff import commands
from api.staff.records import ROLES


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one line."""
    return run_command(_parser(), arguments)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.staff", description=__doc__)
    made = parser.add_subparsers(required=True, metavar="command")

    def command(name: str, run: Callable[..., None], words: str) -> argparse.ArgumentParser:
        new = made.add_parser(name, help=words, description=words)
        new.set_defaults(run=run)
        return new

    def of_account(name: str, run: Callable[..., None], words: str) -> argparse.ArgumentParser:
        new = command(name, run, words)
        new.add_argument("login", help="what somebody writes to sign in")
        return new

    add = of_account("add", commands.add, "make an account; asks for its password twice")
    add.add_argument("--name", required=True, help="what colleagues and citizens see")
    _roles(add, "what they may do there; may be repeated")
    password = of_account("password", commands.password, "set a new password; ends all sessions")
    for asking in (add, password):
        words = "read it from standard input, one line, and ask nothing"
        asking.add_argument("--password-stdin", action="store_true", help=words)
    changing = of_account("roles", commands.roles, "set the roles in the municipalities named")
    _roles(changing, "the roles from now on; without it none there")
    of_account("disable", commands.disable, "shut an account; ends all its sessions at once")
    of_account("enable", commands.enable, "open a disabled account again")
    of_account("remove", commands.remove, "delete an account; the log of what it did stays")
    command("list", commands.show, "print all accounts (tab-separated)")
    return parser


def _roles(parser: argparse.ArgumentParser, words: str) -> None:
    parser.add_argument("--role", action="append", default=[], choices=ROLES, help=words)
    where = "id of a municipality; may be repeated"
    parser.add_argument("--municipality", action="append", required=True, help=where)


if __name__ == "__main__":
    sys.exit(main())
