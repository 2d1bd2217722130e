"""Settings of the kiosk. docs/settings.md lists them all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from api.settings_read import integer, switch


@dataclass(frozen=True, slots=True)
class KioskSettings:
    """How a screen in a library or a reception works."""

    on: bool = True
    idle_seconds: int = 75
    countdown_seconds: int = 30


def load_kiosk(values: Mapping[str, str]) -> KioskSettings:
    """Read them; raise SettingsError for a value that can't be used."""
    return KioskSettings(
        on=switch(values, "LOTSEN_KIOSK", default="1"),
        idle_seconds=integer(values, "LOTSEN_KIOSK_IDLE_SECONDS", 75, 20, 600),
        countdown_seconds=integer(values, "LOTSEN_KIOSK_COUNTDOWN_SECONDS", 30, 10, 120),
    )
