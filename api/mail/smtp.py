"""Hand one message to the mail server, and tell apart what may be tried again.

Problems are short codes, as ``recipient 550``: what a server says may quote addresses and text.
"""

from __future__ import annotations

import asyncio
import ssl
from contextlib import suppress
from email.message import EmailMessage
from typing import Protocol

from aiosmtplib import (
    SMTP,
    SMTPAuthenticationError,
    SMTPConnectError,
    SMTPDataError,
    SMTPException,
    SMTPNotSupported,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPSenderRefused,
    SMTPServerDisconnected,
    SMTPTimeoutError,
)

from api.mail.addresses import domain_of
from api.settings_desk import MailSettings

STEP_SECONDS = 30.0
"""How long the server may take for one step, as RFC 5321 lets it for most of them and less."""

WHOLE_SECONDS = 120.0
"""How long one mail may take: far less than its lease."""


class Unsent(Exception):  # noqa: N818 - read at the caller: `except Unsent`
    """The server did not take it, or may not have; ``final`` when it never will."""

    def __init__(self, problem: str, *, final: bool = False) -> None:
        super().__init__(problem)
        self.problem, self.final = problem, final


class MailServer(Protocol):
    """Where messages go."""

    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Return when the message is taken; raise Unsent."""


class SmtpServer:
    """The server of the settings. Each message has a connection of its own: they are few."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._tls = None if settings.tls == "none" else _tls_context(settings.ca_file)

    async def send(self, message: EmailMessage, recipient: str) -> None:
        """Return when the message is taken; raise Unsent."""
        try:
            await asyncio.wait_for(self._send(message, recipient), WHOLE_SECONDS)
        except asyncio.TimeoutError as error:
            raise Unsent("timeout") from error
        except (SMTPException, OSError, ValueError) as error:
            raise _unsent(error) from error

    async def _send(self, message: EmailMessage, recipient: str) -> None:
        ours = self._settings
        client = SMTP(
            hostname=ours.host,
            port=ours.port,
            username=ours.user or None,
            password=ours.password or None,
            local_hostname=domain_of(ours.sender),
            use_tls=ours.tls == "tls",
            start_tls=ours.tls == "starttls",
            tls_context=self._tls,
            timeout=STEP_SECONDS,
        )
        await client.connect()
        try:
            await client.send_message(message, recipients=[recipient])
        except BaseException:
            client.close()
            raise
        # It is taken now. That the server says goodbye badly changes nothing.
        with suppress(SMTPException, OSError):
            await client.quit()
        client.close()


def _tls_context(ca_file: str) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=ca_file or None)


def _unsent(error: Exception) -> Unsent:
    """What to tell of an error, and whether another try could help."""
    if isinstance(error, SMTPRecipientsRefused) and error.recipients:
        code = error.recipients[0].code
        return Unsent(f"recipient {code}", final=code >= 500)
    if isinstance(error, SMTPDataError):
        return Unsent(f"content {error.code}", final=error.code >= 500)
    # The rest is about us and the server: somebody will mend a password or a certificate.
    for kind, name in (
        (SMTPAuthenticationError, "sign-in"),
        (SMTPSenderRefused, "sender"),
        (SMTPResponseException, "server"),
    ):
        if isinstance(error, kind):
            return Unsent(f"{name} {error.code}")
    return Unsent(_lost(error))


def _lost(error: Exception) -> str:
    if isinstance(error, ssl.SSLError) or isinstance(error.__cause__, ssl.SSLError):
        return "certificate"
    if isinstance(error, SMTPTimeoutError | asyncio.TimeoutError):
        return "timeout"
    if isinstance(error, SMTPConnectError | SMTPServerDisconnected | OSError):
        return "connection"
    return "not supported" if isinstance(error, SMTPNotSupported) else "server"
