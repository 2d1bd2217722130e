"""Settings from environment variables, also from ``.env``. docs/settings.md lists them all."""

from __future__ import annotations

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from dotenv import dotenv_values

from api.settings_desk import DeskSettings, load_desk
from api.settings_kiosk import KioskSettings, load_kiosk
from api.settings_listen import ListenSettings, load_listen
from api.settings_read import SettingsError, integer, rate, switch
from api.settings_speech import SpeechSettings, load_speech
from api.settings_staff import StaffSettings, load_staff

ROOT = Path(__file__).resolve().parents[1]
LOG_LEVELS = ("debug", "info", "warning", "error")

_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?")
_ANCESTOR = re.compile(r"'self'|https?://(\*\.)?[a-z0-9.-]+(:\d{1,5})?")


@dataclass(frozen=True, slots=True)
class Settings:
    """How this process runs."""

    host: str = "127.0.0.1"
    port: int = 8000
    test_mode: bool = False
    data_dir: Path = ROOT / "var"
    database_url: str = ""
    model: Path = ROOT / "models" / "medborgarlotsen.tar.gz"
    message_limit: int = 4000
    body_limit: int = 65536
    reply_seconds: float = 15.0
    request_seconds: float = 60.0
    history: int = 60
    origins: tuple[str, ...] = ()
    frame_ancestors: tuple[str, ...] = ()
    retention_days: int = 30
    public_url: str = ""
    rate_client: str = "120/minute"
    rate_conversation: str = "30/minute"
    rate_start: str = "30/minute"
    rate_rest: str = "6000/minute"
    redis_url: str = ""
    trusted_proxies: str = ""
    chat_limit: int = 1000
    log_level: str = "info"
    desk: DeskSettings = field(default_factory=DeskSettings)
    speech: SpeechSettings = field(default_factory=SpeechSettings)
    kiosk: KioskSettings = field(default_factory=KioskSettings)
    listen: ListenSettings = field(default_factory=ListenSettings)
    staff: StaffSettings = field(default_factory=StaffSettings)

    @property
    def tracker_database(self) -> Path | str:
        """Where conversations are kept: the URL that is set, or an SQLite file."""
        return self.database_url or self.data_dir / "conversations.db"


def load_settings(environ: Mapping[str, str] | None = None) -> Settings:
    """Read the settings; raise SettingsError for a value that can't be used."""
    values: dict[str, str] = {}
    if environ is None:
        values.update({k: v for k, v in dotenv_values(ROOT / ".env").items() if v is not None})
        environ = os.environ
    values.update(environ)
    data_dir = Path(values.get("LOTSEN_DATA_DIR") or "var")
    public_url, desk = _public_url(values), load_desk(values)
    if desk.oidc.is_set and not public_url:
        raise SettingsError(
            "With LOTSEN_OIDC_ISSUER write LOTSEN_PUBLIC_URL, too: the address that people use, "
            "to which staff are sent back"
        )
    return Settings(
        host=values.get("LOTSEN_HOST") or "127.0.0.1",
        port=integer(values, "LOTSEN_PORT", 8000, 0, 65535),
        test_mode=switch(values, "LOTSEN_TEST_MODE"),
        data_dir=data_dir if data_dir.is_absolute() else ROOT / data_dir,
        database_url=values.get("LOTSEN_DATABASE_URL") or "",
        model=Path(values.get("LOTSEN_MODEL") or ROOT / "models" / "medborgarlotsen.tar.gz"),
        message_limit=integer(values, "LOTSEN_MESSAGE_LIMIT", 4000, 100, 100_000),
        body_limit=integer(values, "LOTSEN_BODY_LIMIT", 65536, 1024, 10_000_000),
        reply_seconds=float(integer(values, "LOTSEN_REPLY_SECONDS", 15, 1, 300)),
        request_seconds=float(integer(values, "LOTSEN_REQUEST_SECONDS", 60, 1, 3600)),
        history=integer(values, "LOTSEN_HISTORY", 60, 20, 10_000),
        origins=_addresses(values, "LOTSEN_ORIGINS", _ORIGIN),
        frame_ancestors=_addresses(values, "LOTSEN_FRAME_ANCESTORS", _ANCESTOR),
        retention_days=integer(values, "LOTSEN_RETENTION_DAYS", 30, 0, 3650),
        public_url=public_url,
        rate_client=rate(values, "LOTSEN_RATE_CLIENT", "120/minute"),
        rate_conversation=rate(values, "LOTSEN_RATE_CONVERSATION", "30/minute"),
        rate_start=rate(values, "LOTSEN_RATE_START", "30/minute"),
        rate_rest=rate(values, "LOTSEN_RATE_REST", "6000/minute"),
        redis_url=values.get("LOTSEN_REDIS_URL") or "",
        trusted_proxies=values.get("LOTSEN_TRUSTED_PROXIES") or "",
        chat_limit=integer(values, "LOTSEN_CHAT_LIMIT", 1000, 100, 10_000),
        log_level=_log_level(values),
        desk=desk,
        speech=load_speech(values),
        kiosk=load_kiosk(values),
        listen=load_listen(values),
        staff=load_staff(values),
    )


def _addresses(values: Mapping[str, str], name: str, pattern: re.Pattern[str]) -> tuple[str, ...]:
    """Addresses separated by commas. They end up in headers, so nothing else is let through."""
    parts = [p.strip().lower().rstrip("/") for p in (values.get(name) or "").split(",")]
    found = tuple(p for p in parts if p)
    for part in found:
        if not pattern.fullmatch(part):
            raise SettingsError(f"{name} is {part!r}: write https://www.example.se, with no path")
    return found


def _public_url(values: Mapping[str, str]) -> str:
    name = "LOTSEN_PUBLIC_URL"
    url = (values.get(name) or "").strip().rstrip("/")
    if url and not _ORIGIN.fullmatch(url.lower()):
        raise SettingsError(f"{name} is {url!r}: write https://chat.example.se")
    return url


def _log_level(values: Mapping[str, str]) -> str:
    name = "LOTSEN_LOG_LEVEL"
    text = (values.get(name) or "info").strip().lower()
    if text not in LOG_LEVELS:
        raise SettingsError(f"{name} is {text!r}: write {' or '.join(LOG_LEVELS)}")
    return text
