"""Commands for whoever looks after the mail: ``python -m api.mail``."""

from __future__ import annotations

import argparse
import asyncio
import secrets
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace

from api.clock import utc_now
from api.commands import Refused, run_command
from api.mail.addresses import is_address
from api.mail.message import message_of
from api.mail.smtp import SmtpServer, Unsent
from api.settings import Settings
from api.storage import outbox
from api.storage.store import Store

TRIAL = outbox.Mail(
    kind="trial",
    municipality="-",
    recipient="",
    subject="Prov från Medborgarlotsen",
    body="Mejlet fungerar.\n",
)


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; what went wrong is one line."""
    return run_command(_parser(), arguments)


def failed(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Print what was given up, without contents, as tab-separated lines."""
    print("id", "municipality", "kind", "receipt", "recipient", "failed", "problem", sep="\t")
    with store.desk.connect() as connection:
        found = outbox.failed(connection)
    for one in found:
        at = one.failed_at.isoformat(timespec="seconds")
        told = (one.municipality, one.kind, one.receipt or "-", one.recipient, at, one.problem)
        print(one.id, *told, sep="\t")


def retry(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Let the service send one after all."""
    with store.desk.begin() as connection:
        if not outbox.retry(connection, chosen.id, utc_now(), chosen.to):
            raise Refused(f"No mail {chosen.id} was given up.")
    print(f"Mail {chosen.id} is sent again by the service that runs.")


def trial(store: Store, settings: Settings, chosen: argparse.Namespace) -> None:
    """Send a mail at once, to see whether the settings are right."""
    mail = settings.desk.mail
    if not mail.is_set:
        raise Refused("No mail server is set: write LOTSEN_SMTP_HOST and LOTSEN_SMTP_FROM.")
    addressed = replace(TRIAL, recipient=chosen.to)
    waiting = outbox.Waiting(0, secrets.token_hex(16), addressed, utc_now(), 1)
    message = message_of(waiting, mail.sender)
    try:
        asyncio.run(SmtpServer(mail).send(message, chosen.to))
    except Unsent as error:
        raise Refused(f"The mail server did not take it: {error.problem}.") from error
    print(f"{mail.host} took the mail to {chosen.to}.")


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m api.mail", description=__doc__)
    commands = parser.add_subparsers(required=True, metavar="command")

    def command(run: Callable[..., None], words: str) -> argparse.ArgumentParser:
        made = commands.add_parser(run.__name__, help=words, description=words)
        made.set_defaults(run=run)
        return made

    command(failed, "print which mail was given up, without contents (tab-separated)")
    again = command(retry, "send one that was given up after all")
    again.add_argument("id", type=int)
    again.add_argument("--to", type=_address, help="to this address instead")
    command(trial, "send a mail now, to see whether the settings are right").add_argument(
        "to", type=_address
    )
    return parser


def _address(text: str) -> str:
    if not is_address(text):
        raise ValueError
    return text


if __name__ == "__main__":
    sys.exit(main())
