"""Settings of the staff desk, its sign-in and its mail. docs/settings.md lists them all."""

from __future__ import annotations

import re
import ssl
from collections.abc import Mapping
from dataclasses import dataclass, field

from api.mail.addresses import is_sender
from api.settings_read import SettingsError, integer, rate, switch

TLS = ("starttls", "tls", "none")

_ON_THIS_MACHINE = re.compile(r"http://(?:127\.0\.0\.1|localhost)(?::\d+)?(?:/|$)")


@dataclass(frozen=True, slots=True)
class MailSettings:
    """The mail server that takes our mail; without a host no mail is sent or promised."""

    host: str = ""
    port: int = 587
    user: str = ""
    password: str = ""
    tls: str = "starttls"
    sender: str = ""
    ca_file: str = ""

    @property
    def is_set(self) -> bool:
        """Whether mail can be sent at all."""
        return bool(self.host)


@dataclass(frozen=True, slots=True)
class OidcSettings:
    """The sign-in provider; without an issuer only local accounts can sign in."""

    issuer: str = ""
    client_id: str = ""
    client_secret: str = ""
    roles_claim: str = "roles"
    name: str = "kommunens inloggning"

    @property
    def is_set(self) -> bool:
        """Whether staff can sign in through a provider."""
        return bool(self.issuer)


@dataclass(frozen=True, slots=True)
class DeskSettings:
    """How the desk works."""

    local_accounts: bool = True
    session_hours: int = 10
    idle_minutes: int = 60
    agent_gone_seconds: int = 90
    citizen_gone_minutes: int = 30
    long_wait_minutes: int = 10
    callback_days: int = 7
    audit_days: int = 730
    rate_sign_in: str = "10/minute"
    rest_callback: bool = False
    rate_callback: str = "10/hour"
    mail: MailSettings = field(default_factory=MailSettings)
    oidc: OidcSettings = field(default_factory=OidcSettings)


def load_desk(values: Mapping[str, str]) -> DeskSettings:
    """Read them; raise SettingsError for a value that can't be used."""
    return DeskSettings(
        local_accounts=switch(values, "LOTSEN_LOCAL_ACCOUNTS", default="1"),
        session_hours=integer(values, "LOTSEN_SESSION_HOURS", 10, 1, 24),
        idle_minutes=integer(values, "LOTSEN_SESSION_IDLE_MINUTES", 60, 5, 1440),
        agent_gone_seconds=integer(values, "LOTSEN_AGENT_GONE_SECONDS", 90, 5, 3600),
        citizen_gone_minutes=integer(values, "LOTSEN_CITIZEN_GONE_MINUTES", 30, 1, 1440),
        long_wait_minutes=integer(values, "LOTSEN_LONG_WAIT_MINUTES", 10, 1, 240),
        callback_days=integer(values, "LOTSEN_CALLBACK_DAYS", 7, 0, 365),
        audit_days=integer(values, "LOTSEN_AUDIT_DAYS", 730, 30, 3650),
        rest_callback=switch(values, "LOTSEN_REST_CALLBACK"),
        rate_sign_in=rate(values, "LOTSEN_RATE_SIGN_IN", "10/minute"),
        rate_callback=rate(values, "LOTSEN_RATE_CALLBACK", "10/hour"),
        mail=_mail(values),
        oidc=_oidc(values),
    )


def _mail(values: Mapping[str, str]) -> MailSettings:
    host, sender = (values.get(n) or "" for n in ("LOTSEN_SMTP_HOST", "LOTSEN_SMTP_FROM"))
    tls = (values.get("LOTSEN_SMTP_TLS") or "starttls").strip().lower()
    if tls not in TLS:
        raise SettingsError(f"LOTSEN_SMTP_TLS is {tls!r}: write {', '.join(TLS)}")
    if host and not is_sender(sender):
        raise SettingsError(
            f"LOTSEN_SMTP_FROM is {sender!r}: write the address that mail comes from"
        )
    ca_file = values.get("LOTSEN_SMTP_CA_FILE") or ""
    _check_certificates(ca_file)
    return MailSettings(
        host=host,
        port=integer(values, "LOTSEN_SMTP_PORT", 465 if tls == "tls" else 587, 1, 65535),
        user=values.get("LOTSEN_SMTP_USER") or "",
        password=values.get("LOTSEN_SMTP_PASSWORD") or "",
        tls=tls,
        sender=sender,
        ca_file=ca_file,
    )


def _check_certificates(ca_file: str) -> None:
    try:
        if ca_file:
            ssl.create_default_context(cafile=ca_file)
    except OSError as error:
        raise SettingsError(
            f"LOTSEN_SMTP_CA_FILE is {ca_file!r}: write a file of certificates (PEM)"
        ) from error


def _oidc(values: Mapping[str, str]) -> OidcSettings:
    issuer = (values.get("LOTSEN_OIDC_ISSUER") or "").strip().rstrip("/")
    client_id = values.get("LOTSEN_OIDC_CLIENT_ID") or ""
    local = bool(_ON_THIS_MACHINE.match(issuer))
    if issuer and not issuer.startswith("https://") and not local:
        raise SettingsError(f"LOTSEN_OIDC_ISSUER is {issuer!r}: write https://…")
    if issuer and not client_id:
        raise SettingsError("LOTSEN_OIDC_CLIENT_ID is missing: write the id the provider gave")
    return OidcSettings(
        issuer=issuer,
        client_id=client_id,
        client_secret=values.get("LOTSEN_OIDC_CLIENT_SECRET") or "",
        roles_claim=values.get("LOTSEN_OIDC_ROLES_CLAIM") or "roles",
        name=values.get("LOTSEN_OIDC_NAME") or "kommunens inloggning",
    )
