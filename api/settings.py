"""Settings from environment variables, also from ``.env``. docs/settings.md lists them all."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from dotenv import dotenv_values

ROOT = Path(__file__).resolve().parents[1]


class SettingsError(Exception):
    """A setting that can't be used; the message names it and what to write."""


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
    history: int = 60

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
    return Settings(
        host=values.get("LOTSEN_HOST") or "127.0.0.1",
        port=_integer(values, "LOTSEN_PORT", 8000, 0, 65535),
        test_mode=_switch(values, "LOTSEN_TEST_MODE"),
        data_dir=data_dir if data_dir.is_absolute() else ROOT / data_dir,
        database_url=values.get("LOTSEN_DATABASE_URL") or "",
        model=Path(values.get("LOTSEN_MODEL") or ROOT / "models" / "medborgarlotsen.tar.gz"),
        message_limit=_integer(values, "LOTSEN_MESSAGE_LIMIT", 4000, 100, 100_000),
        body_limit=_integer(values, "LOTSEN_BODY_LIMIT", 65536, 1024, 10_000_000),
        reply_seconds=float(_integer(values, "LOTSEN_REPLY_SECONDS", 15, 1, 300)),
        history=_integer(values, "LOTSEN_HISTORY", 60, 20, 10_000),
    )


def _integer(values: Mapping[str, str], name: str, default: int, least: int, most: int) -> int:
    text = values.get(name) or str(default)
    if not text.strip().isdecimal() or not least <= int(text) <= most:
        raise SettingsError(f"{name} is {text!r}: write a whole number from {least} to {most}")
    return int(text)


def _switch(values: Mapping[str, str], name: str) -> bool:
    text = (values.get(name) or "0").strip().lower()
    if text not in {"0", "1", "false", "true", "no", "yes", "off", "on"}:
        raise SettingsError(f"{name} is {text!r}: write 1 or 0")
    return text in {"1", "true", "yes", "on"}
