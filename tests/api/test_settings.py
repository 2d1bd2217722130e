"""Settings from the environment, and what a value that can't be used is answered with."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from api import settings as module
from api.settings import ROOT, Settings, load_settings
from api.settings_read import SettingsError


def test_nothing_set_is_the_default() -> None:
    assert load_settings({}) == Settings()
    assert load_settings({"LOTSEN_PORT": "", "LOTSEN_HOST": ""}) == Settings()


@pytest.mark.parametrize(
    ("name", "value", "field", "read"),
    [
        ("LOTSEN_HOST", "0.0.0.0", "host", "0.0.0.0"),
        ("LOTSEN_PORT", "8001", "port", 8001),
        ("LOTSEN_PORT", " 8001 ", "port", 8001),
        ("LOTSEN_PORT", "0", "port", 0),
        ("LOTSEN_TEST_MODE", "1", "test_mode", True),
        ("LOTSEN_TEST_MODE", " Yes ", "test_mode", True),
        ("LOTSEN_TEST_MODE", "off", "test_mode", False),
        ("LOTSEN_DATA_DIR", "data", "data_dir", ROOT / "data"),
        ("LOTSEN_DATA_DIR", "/srv/data", "data_dir", Path("/srv/data")),
        ("LOTSEN_DATABASE_URL", "sqlite:///x.db", "database_url", "sqlite:///x.db"),
        ("LOTSEN_MODEL", "/srv/m.tar.gz", "model", Path("/srv/m.tar.gz")),
        ("LOTSEN_MESSAGE_LIMIT", "100", "message_limit", 100),
        ("LOTSEN_BODY_LIMIT", "1024", "body_limit", 1024),
        ("LOTSEN_REPLY_SECONDS", "3", "reply_seconds", 3.0),
        ("LOTSEN_HISTORY", "20", "history", 20),
        (
            "LOTSEN_ORIGINS",
            "https://a.se, http://b.se:81/",
            "origins",
            ("https://a.se", "http://b.se:81"),
        ),
        (
            "LOTSEN_FRAME_ANCESTORS",
            "'self',https://*.a.se",
            "frame_ancestors",
            ("'self'", "https://*.a.se"),
        ),
        ("LOTSEN_RETENTION_DAYS", "0", "retention_days", 0),
        ("LOTSEN_PUBLIC_URL", "https://chat.a.se/", "public_url", "https://chat.a.se"),
        ("LOTSEN_RATE_CLIENT", "0", "rate_client", ""),
        ("LOTSEN_RATE_CONVERSATION", "5/minute;9/day", "rate_conversation", "5/minute;9/day"),
        ("LOTSEN_RATE_START", "1/hour", "rate_start", "1/hour"),
        ("LOTSEN_RATE_REST", "7 per second", "rate_rest", "7 per second"),
        ("LOTSEN_REDIS_URL", "redis://r", "redis_url", "redis://r"),
        ("LOTSEN_TRUSTED_PROXIES", "10.0.0.1", "trusted_proxies", "10.0.0.1"),
        ("LOTSEN_CHAT_LIMIT", "500", "chat_limit", 500),
        ("LOTSEN_LOG_LEVEL", " DEBUG ", "log_level", "debug"),
    ],
)
def test_each_setting(name: str, value: str, field: str, read: object) -> None:
    loaded = load_settings({name: value})
    assert getattr(loaded, field) == read
    assert replace(loaded, **{field: getattr(Settings(), field)}) == Settings()


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOTSEN_PORT", "http"),
        ("LOTSEN_PORT", "65536"),
        ("LOTSEN_PORT", "-1"),
        ("LOTSEN_PORT", "8000.0"),
        ("LOTSEN_TEST_MODE", "maybe"),
        ("LOTSEN_MESSAGE_LIMIT", "99"),
        ("LOTSEN_BODY_LIMIT", "1"),
        ("LOTSEN_REPLY_SECONDS", "0"),
        ("LOTSEN_HISTORY", "19"),
        ("LOTSEN_ORIGINS", "*"),
        ("LOTSEN_ORIGINS", "www.a.se"),
        ("LOTSEN_ORIGINS", "https://a.se/chatt"),
        ("LOTSEN_FRAME_ANCESTORS", "https://a.se; script-src *"),
        ("LOTSEN_RETENTION_DAYS", "-1"),
        ("LOTSEN_PUBLIC_URL", "chat.a.se"),
        ("LOTSEN_RATE_CLIENT", "many"),
        ("LOTSEN_RATE_START", "0/minute"),
        ("LOTSEN_CHAT_LIMIT", "99"),
        ("LOTSEN_LOG_LEVEL", "all"),
    ],
)
def test_a_value_that_cannot_be_used_is_named(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is '{re.escape(value)}': write"):
        load_settings({name: value})


def test_a_digit_that_is_no_number_is_named_too() -> None:
    with pytest.raises(SettingsError):
        load_settings({"LOTSEN_PORT": "²"})


def test_the_environment_outranks_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / ".env").write_text("LOTSEN_PORT=8001\nLOTSEN_HISTORY=30\n", encoding="utf-8")
    monkeypatch.setattr(module, "ROOT", tmp_path)
    monkeypatch.setenv("LOTSEN_PORT", "8002")
    monkeypatch.delenv("LOTSEN_HISTORY", raising=False)
    loaded = load_settings()
    assert (loaded.port, loaded.history) == (8002, 30)


@pytest.mark.parametrize(
    ("url", "where"),
    [("", Path("/srv/conversations.db")), ("postgresql://db/x", "postgresql://db/x")],
)
def test_where_conversations_are_kept(url: str, where: Path | str) -> None:
    assert Settings(data_dir=Path("/srv"), database_url=url).tracker_database == where


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    source = Path(module.__file__).read_text(encoding="utf-8")
    names = {part.split('"')[0] for part in source.split('"LOTSEN_')[1:]}
    assert len(names) > 8
    assert [n for n in sorted(names) if f"LOTSEN_{n}" not in text] == []


def test_a_provider_needs_an_address_to_send_people_back_to() -> None:
    provider = {"LOTSEN_OIDC_ISSUER": "https://sso.se", "LOTSEN_OIDC_CLIENT_ID": "lotsen"}
    with pytest.raises(SettingsError, match="write LOTSEN_PUBLIC_URL"):
        load_settings(provider)
    address = {"LOTSEN_PUBLIC_URL": "https://chat.example.se"}
    assert load_settings(provider | address).desk.oidc.is_set
