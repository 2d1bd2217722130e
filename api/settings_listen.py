"""Settings of speech in: questions that are spoken. docs/settings.md lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Literal, cast, get_args

from api.settings_read import SettingsError, integer

ROOT = Path(__file__).resolve().parents[1]

Listen = Literal["off", "browser", "whisper"]
MODES: Final = get_args(Listen)


@dataclass(frozen=True, slots=True)
class ListenSettings:
    """Who hears spoken questions: nobody, the citizen's own browser, or a model here."""

    mode: Listen = "off"
    whisper_dir: Path = ROOT / "var" / "whisper"
    most_seconds: int = 30
    most_bytes: int = 2_000_000

    @property
    def on(self) -> bool:
        """Whether our pages may ask for a microphone."""
        return self.mode != "off"


def load_listen(values: Mapping[str, str]) -> ListenSettings:
    """Read them; raise SettingsError for a value that can't be used."""
    folder = Path(values.get("LOTSEN_WHISPER_DIR") or "var/whisper")
    return ListenSettings(
        mode=_mode(values),
        whisper_dir=folder if folder.is_absolute() else ROOT / folder,
        most_seconds=integer(values, "LOTSEN_LISTEN_SECONDS", 30, 5, 120),
        most_bytes=integer(values, "LOTSEN_LISTEN_BYTES", 2_000_000, 100_000, 20_000_000),
    )


def _mode(values: Mapping[str, str]) -> Listen:
    name = "LOTSEN_LISTEN"
    text = (values.get(name) or "off").strip().lower()
    if text not in MODES:
        raise SettingsError(f"{name} is {text!r}: write {', '.join(MODES)}")
    return cast("Listen", text)
