"""A town hall in small: the real server with a desk, its staff, and a real mail server.

The plays and the screenshots share it. The chat of Umeå is kept open by hand, since plays run at
any hour; what depends on opening hours is tested with a frozen clock elsewhere.
"""

from __future__ import annotations

import datetime as dt
import threading
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller

from tools.desk_page import PASSWORD
from tools.server import free_port
from tools.stage import Stage

GONE_SECONDS = 30
"""A play waits for it; a page that has lost its server has to be back sooner."""

STAFF = (
    ("anna", "Anna", "agent", "umea"),
    ("bo", "Bo", "agent", "umea"),
    ("lars", "Lars", "agent", "ludvika"),
    ("eva", "Eva", "admin", "umea"),
)


class Mailbox:
    """A mail server that keeps what it takes, and can be away."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.port = free_port()
        self._taken = threading.Condition()
        self._controller: Controller | None = None

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        """Keep a mail."""
        mail = message_from_bytes(envelope.content, _class=EmailMessage, policy=default)
        with self._taken:
            self.mails.append(mail)
            self._taken.notify_all()
        return "250 taken"

    def about(self, receipt: str, seconds: float = 60.0) -> EmailMessage:
        """The mail about a receipt, as soon as it has come."""
        with self._taken:
            came = self._taken.wait_for(lambda: self._find(receipt), seconds)
        assert came, f"no mail about {receipt} came"
        return came[0]

    def _find(self, receipt: str) -> list[EmailMessage]:
        return [mail for mail in self.mails if receipt in str(mail["Subject"])]

    def start(self) -> None:
        """Take mail."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Take none; whoever tries is refused a connection."""
        if self._controller:
            self._controller.stop()
            self._controller = None


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
        self.stage.add_staff(STAFF, PASSWORD)
        self.stage.start()

    def close(self) -> None:
        """Stop everything."""
        self.stage.stop()
        self.mailbox.stop()


def after(minutes: int) -> str:
    """So many minutes from now, as a server in test mode is told of it."""
    return (dt.datetime.now(dt.timezone.utc) + dt.timedelta(minutes=minutes)).isoformat()


def in_an_hour() -> str:
    """A moment that the desk can be kept open until."""
    return after(60)
