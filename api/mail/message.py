"""A mail of the outbox as it goes over the wire: plain text in UTF-8, with safe headers.

Message-ID and date come from the outbox, so that a mail which was taken twice, because the
server fell silent in between, is the same mail twice.
"""

from __future__ import annotations

from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from email.utils import format_datetime
from typing import Final

from api.mail.addresses import domain_of, is_address, sender_parts
from api.storage.outbox import Waiting

SENDER_NAME: Final = "Medborgarlotsen"


class UnusableMail(ValueError):  # noqa: N818 - read at the caller: `except UnusableMail`
    """A mail that no server would take, however often it is tried."""


def message_of(waiting: Waiting, sender: str) -> EmailMessage:
    """The whole message; raise UnusableMail."""
    mail = waiting.mail
    if not is_address(mail.recipient):
        raise UnusableMail("the recipient is no address")
    message = EmailMessage(policy=SMTP)
    message["From"] = _from(sender)
    message["To"] = Address(addr_spec=mail.recipient)
    if mail.reply_to and is_address(mail.reply_to):
        message["Reply-To"] = Address(addr_spec=mail.reply_to)
    message["Subject"] = _one_line(mail.subject)
    message["Date"] = format_datetime(waiting.created_at)
    message["Message-ID"] = f"<{waiting.message_id}@{domain_of(sender)}>"
    # So that no absence notice is sent in reply.
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.body, charset="utf-8")
    message["Content-Language"] = "sv"  # last: setting the content takes such headers away
    return message


def _from(sender: str) -> Address:
    name, address = sender_parts(sender)
    return Address(display_name=_one_line(name) or SENDER_NAME, addr_spec=address)


def _one_line(text: str) -> str:
    """A header's value: every kind of line break, and every other control character, is gone."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())
