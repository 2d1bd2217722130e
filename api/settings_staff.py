"""Settings of the staff pages: testing, review, content, import, figures. docs/settings.md."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.settings_read import SettingsError, integer, switch

LOST = ("withdraw", "flag")
CHECKOUT = (Path(__file__).resolve().parents[1] / ".git").exists()
_LEAST_TOKEN = 16


@dataclass(frozen=True, slots=True)
class StaffSettings:
    """How staff test and improve the assistant.

    ``working_copy``: the server runs in a checkout that may be written to when somebody asks for
    it. ``lost_evidence``: what becomes of an answer whose evidence is gone from its page.
    """

    working_copy: bool = CHECKOUT
    lost_evidence: str = "withdraw"
    metrics_token: str = ""
    import_mb: int = 5
    import_seconds: int = 15
    import_private: bool = False


def load_staff(values: Mapping[str, str]) -> StaffSettings:
    """Read them; raise SettingsError for a value that can't be used."""
    lost = (values.get("LOTSEN_LOST_EVIDENCE") or "withdraw").strip().lower()
    if lost not in LOST:
        raise SettingsError(f"LOTSEN_LOST_EVIDENCE is {lost!r}: write {' or '.join(LOST)}")
    return StaffSettings(
        working_copy=switch(values, "LOTSEN_WORKING_COPY", default=str(int(CHECKOUT))),
        lost_evidence=lost,
        metrics_token=_token(values),
        import_mb=integer(values, "LOTSEN_IMPORT_MB", 5, 1, 50),
        import_seconds=integer(values, "LOTSEN_IMPORT_SECONDS", 15, 2, 120),
        import_private=switch(values, "LOTSEN_IMPORT_PRIVATE"),
    )


def _token(values: Mapping[str, str]) -> str:
    token = (values.get("LOTSEN_METRICS_TOKEN") or "").strip()
    if token and len(token) < _LEAST_TOKEN:
        raise SettingsError(
            f"LOTSEN_METRICS_TOKEN has {len(token)} characters: write {_LEAST_TOKEN} or more"
        )
    return token
