"""Settings of speech. docs/settings.md lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.settings_read import integer, switch

ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True, slots=True)
class SpeechSettings:
    """Whether answers can be heard, in which voice, and how much sound is kept."""

    enabled: bool = True
    piper_dir: Path = ROOT / "var" / "voices"
    cache_mb: int = 64


def load_speech(values: Mapping[str, str]) -> SpeechSettings:
    """Read them; raise SettingsError for a value that can't be used."""
    folder = Path(values.get("LOTSEN_PIPER_DIR") or "var/voices")
    return SpeechSettings(
        enabled=switch(values, "LOTSEN_SPEECH", default="1"),
        piper_dir=folder if folder.is_absolute() else ROOT / folder,
        cache_mb=integer(values, "LOTSEN_SPEECH_CACHE_MB", 64, 0, 10_000),
    )
