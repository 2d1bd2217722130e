"""Settings of the desk, its sign-in and its mail, and what a value that can't be used gets."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.settings_desk import DeskSettings, MailSettings, OidcSettings, load_desk
from api.settings_read import SettingsError

SMTP = {"LOTSEN_SMTP_HOST": "mejl.se", "LOTSEN_SMTP_FROM": "lotsen@kommun.example"}
OIDC = {"LOTSEN_OIDC_ISSUER": "https://sso.se/", "LOTSEN_OIDC_CLIENT_ID": "lotsen"}


def test_nothing_set_is_the_default() -> None:
    assert load_desk({}) == DeskSettings()
    assert not load_desk({}).mail.is_set
    assert not load_desk({}).oidc.is_set


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("LOTSEN_LOCAL_ACCOUNTS", "0", "local_accounts", False),
        ("LOTSEN_SESSION_HOURS", "8", "session_hours", 8),
        ("LOTSEN_SESSION_IDLE_MINUTES", "30", "idle_minutes", 30),
        ("LOTSEN_AGENT_GONE_SECONDS", "60", "agent_gone_seconds", 60),
        ("LOTSEN_CITIZEN_GONE_MINUTES", "20", "citizen_gone_minutes", 20),
        ("LOTSEN_LONG_WAIT_MINUTES", "5", "long_wait_minutes", 5),
        ("LOTSEN_CALLBACK_DAYS", "0", "callback_days", 0),
        ("LOTSEN_AUDIT_DAYS", "365", "audit_days", 365),
        ("LOTSEN_RATE_SIGN_IN", "5/minute", "rate_sign_in", "5/minute"),
        ("LOTSEN_RATE_CALLBACK", "3/hour", "rate_callback", "3/hour"),
    ],
)
def test_each_is_read(name: str, value: str, field: str, read: object) -> None:
    assert getattr(load_desk({name: value}), field) == read


def test_a_mail_server() -> None:
    mail = load_desk(SMTP | {"LOTSEN_SMTP_USER": "u", "LOTSEN_SMTP_PASSWORD": "p"}).mail
    assert mail == MailSettings("mejl.se", 587, "u", "p", "starttls", "lotsen@kommun.example")
    assert mail.is_set
    assert load_desk(SMTP | {"LOTSEN_SMTP_TLS": "TLS"}).mail.port == 465
    assert load_desk(SMTP | {"LOTSEN_SMTP_TLS": "tls", "LOTSEN_SMTP_PORT": "25"}).mail.port == 25


def test_a_sender_may_have_a_name() -> None:
    sender = "Umeå kommun <lotsen@kommun.example>"
    assert load_desk(SMTP | {"LOTSEN_SMTP_FROM": sender}).mail.sender == sender


def test_a_provider() -> None:
    assert load_desk(OIDC).oidc == OidcSettings("https://sso.se", "lotsen")
    named = load_desk(
        OIDC | {"LOTSEN_OIDC_ROLES_CLAIM": "groups", "LOTSEN_OIDC_NAME": "Inloggning"}
    )
    assert (named.oidc.roles_claim, named.oidc.name) == ("groups", "Inloggning")
    assert load_desk(OIDC | {"LOTSEN_OIDC_ISSUER": "http://127.0.0.1:9"}).oidc.is_set


@pytest.mark.parametrize(
    ("values", "said"),
    [
        ({"LOTSEN_LOCAL_ACCOUNTS": "kanske"}, "LOTSEN_LOCAL_ACCOUNTS"),
        ({"LOTSEN_SESSION_HOURS": "25"}, "LOTSEN_SESSION_HOURS"),
        ({"LOTSEN_SESSION_IDLE_MINUTES": "4"}, "LOTSEN_SESSION_IDLE_MINUTES"),
        ({"LOTSEN_AGENT_GONE_SECONDS": "0"}, "LOTSEN_AGENT_GONE_SECONDS"),
        ({"LOTSEN_CALLBACK_DAYS": "-1"}, "LOTSEN_CALLBACK_DAYS"),
        ({"LOTSEN_AUDIT_DAYS": "1"}, "LOTSEN_AUDIT_DAYS"),
        ({"LOTSEN_RATE_SIGN_IN": "ofta"}, "LOTSEN_RATE_SIGN_IN"),
        ({"LOTSEN_SMTP_TLS": "ssl"}, "LOTSEN_SMTP_TLS is 'ssl': write starttls, tls, none"),
        ({"LOTSEN_SMTP_HOST": "mejl.se"}, "LOTSEN_SMTP_FROM is '': write the address"),
        (SMTP | {"LOTSEN_SMTP_FROM": "lotsen"}, "LOTSEN_SMTP_FROM is 'lotsen'"),
        (SMTP | {"LOTSEN_SMTP_FROM": "a@b.se, c@d.se"}, "LOTSEN_SMTP_FROM"),
        (SMTP | {"LOTSEN_SMTP_PORT": "0"}, "LOTSEN_SMTP_PORT"),
        (SMTP | {"LOTSEN_SMTP_CA_FILE": "/finns/inte.pem"}, "LOTSEN_SMTP_CA_FILE is '/finns"),
        (SMTP | {"LOTSEN_SMTP_CA_FILE": __file__}, "write a file of certificates"),
        ({"LOTSEN_OIDC_ISSUER": "http://sso.se"}, "LOTSEN_OIDC_ISSUER"),
        (OIDC | {"LOTSEN_OIDC_ISSUER": "http://localhost.sso.se"}, "LOTSEN_OIDC_ISSUER"),
        (OIDC | {"LOTSEN_OIDC_ISSUER": "http://127.0.0.1@sso.se"}, "LOTSEN_OIDC_ISSUER"),
        ({"LOTSEN_OIDC_ISSUER": "https://sso.se"}, "LOTSEN_OIDC_CLIENT_ID is missing"),
    ],
)
def test_what_can_not_be_used_is_named(values: dict[str, str], said: str) -> None:
    with pytest.raises(SettingsError, match=said):
        load_desk(values)


def test_every_setting_is_explained() -> None:
    root = Path(__file__).resolve().parents[2]
    table = (root / "docs/settings.md").read_text("utf-8")
    source = (root / "api/settings_desk.py").read_text("utf-8")
    names = set(re.findall(r"LOTSEN_[A-Z_]+", source))
    assert len(names) == 23
    assert [name for name in names if f"`{name}`" not in table] == []
