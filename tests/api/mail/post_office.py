"""A real mail server on this machine, that can be told to misbehave, and a certificate for it."""

from __future__ import annotations

import asyncio
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import SMTP as WIRE
from pathlib import Path
from typing import Any, cast

from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

HOST = "127.0.0.1"
USER, PASSWORD = "lotsen", "hemligt-lösen"


@dataclass
class PostOffice:
    """The server. What it took is in ``taken``; the other fields are what it does next."""

    port: int = 0
    taken: list[Envelope] = field(default_factory=list)
    refuse: dict[str, str] = field(default_factory=dict)
    """For a step (``MAIL``, ``RCPT``, ``DATA``) what is answered instead of OK."""
    die_after_data: int = 0
    """How many mails are still to be taken without a word: the line is cut before the reply."""
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    @property
    def messages(self) -> list[EmailMessage]:
        """What was taken, read as a mail program reads it."""
        return [message_from_bytes(cast("bytes", e.content), policy=WIRE) for e in self.taken]

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's names
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Note whether the line is encrypted and who signed in."""
        line = cast("asyncio.Transport", server.transport)
        self.encrypted.append(line.get_extra_info("sslcontext") is not None)
        if session.authenticated:
            self.users.append(cast("bytes", session.auth_data).decode())
        envelope.mail_from = address
        return self.refuse.get("MAIL", "250 OK")

    async def handle_RCPT(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        """Take a recipient."""
        if "RCPT" in self.refuse:
            return self.refuse["RCPT"]
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(  # noqa: N802
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:
        """Take the message, and say so unless the line is cut."""
        if "DATA" in self.refuse:
            return self.refuse["DATA"]
        self.taken.append(envelope)
        if self.die_after_data:
            self.die_after_data -= 1
            cast("asyncio.Transport", server.transport).abort()
        return "250 OK"

    def sign_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Only the one account."""
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        return AuthResult(success=right, handled=right, auth_data=data.login)

    @asynccontextmanager
    async def open(
        self, tls: str = "none", certificate: ssl.SSLContext | None = None, signed_in: bool = False
    ) -> AsyncIterator[PostOffice]:
        """Serve on a free port, or the one it had before it was closed."""
        loop = asyncio.get_running_loop()
        connections: list[SMTP] = []

        def connection() -> SMTP:
            made = SMTP(
                self,
                hostname="localhost",
                tls_context=certificate if tls == "starttls" else None,
                require_starttls=tls == "starttls",
                auth_required=signed_in,
                auth_require_tls=tls == "starttls",
                authenticator=self.sign_in,
                loop=loop,
            )
            connections.append(made)
            return made

        implicit = certificate if tls == "tls" else None
        server = await loop.create_server(connection, HOST, self.port, ssl=implicit)
        self.port = server.sockets[0].getsockname()[1]
        try:
            yield self
        finally:
            server.close()
            for one in connections:
                if one.transport is not None:
                    cast("asyncio.Transport", one.transport).abort()
            await server.wait_closed()


def make_certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """A server's certificate for this machine, and the file by which others know it."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "localhost")])
    day = dt.datetime.now(dt.timezone.utc)
    address = x509.IPAddress(ipaddress.ip_address(HOST))
    signed = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(day - dt.timedelta(days=1))
        .not_valid_after(day + dt.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([address]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    public, private = folder / "server.pem", folder / "server.key"
    public.write_bytes(signed.public_bytes(serialization.Encoding.PEM))
    private.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(public, private)
    return context, public
