"""A town hall in small: the real server with a desk, its staff, and a real mail server.

The plays and the screenshots share it. The chat of Umeå is kept open by hand, since plays run at
any hour; what depends on opening hours is tested with a frozen clock elsewhere.
"""

from __future__ import annotations

import datetime as dt
from email import message_from_bytes
from email.message import Message
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tools.desk_page import PASSWORD
from tools.server import free_port
from tools.stage import Stage

GONE_SECONDS = 15
"""A play waits for it; a page that has lost its server has to be back sooner."""

STAFF = (
    ("anna", "Anna", "agent", "umea"),
    ("bo", "Bo", "agent", "umea"),
    ("lars", "Lars", "agent", "ludvika"),
    ("eva", "Eva", "admin", "umea"),
)


class Mailbox:
    """A mail server that keeps what it takes."""

    def __init__(self) -> None:
        self.mails: list[Message] = []
        self.port = free_port()
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a mail."""
        self.mails.append(message_from_bytes(envelope.content, policy=default))
        return "250 taken"

    def start(self) -> None:
        """Take mail."""
        self._controller.start()

    def stop(self) -> None:
        """Take none."""
        self._controller.stop()


class Office:
    """The server with its desk, and everybody's accounts."""

    def __init__(self, folder: Path, origins: tuple[str, ...] = ()) -> None:
        self.mailbox = Mailbox()
        self.stage = Stage(
            folder,
            origins,
            {
                "LOTSEN_AGENT_GONE_SECONDS": str(GONE_SECONDS),
                "LOTSEN_RATE_SIGN_IN": "0",
                "LOTSEN_RATE_CALLBACK": "0",
                "LOTSEN_SMTP_HOST": "127.0.0.1",
                "LOTSEN_SMTP_PORT": str(self.mailbox.port),
                "LOTSEN_SMTP_TLS": "none",
                "LOTSEN_SMTP_FROM": "lotsen@example.se",
            },
        )

    @property
    def url(self) -> str:
        """Where it is served."""
        return self.stage.url

    def open(self) -> None:
        """Start everything."""
        self.mailbox.start()
        for login, name, role, municipality in STAFF:
            self.stage.add_staff(login, name, role, municipality, PASSWORD)
        self.stage.start()

    def close(self) -> None:
        """Stop everything."""
        self.stage.stop()
        self.mailbox.stop()


def in_an_hour() -> str:
    """A moment that the desk can be kept open until."""
    return (dt.datetime.now(dt.timezone.utc) + dt.timedelta(hours=1)).isoformat()
