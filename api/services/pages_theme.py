"""A municipality's colours as a style sheet, and its logo.

Only values that the loader has checked come here: every colour is ``#rrggbb``, and the logo a
file in the municipality's own folder.
"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

from bot.knowledge.contrast import NEUTRAL, NEUTRAL_DARK, Colours
from bot.knowledge.loader import CONTENT_DIR
from bot.knowledge.records import Municipality

LOGO_TYPES = {".svg": "image/svg+xml", ".png": "image/png"}


def theme_css(light: Colours = NEUTRAL, dark: Colours = NEUTRAL_DARK) -> str:
    """``--lotsen-primary`` and the others, for light and dark screens."""
    within = _rule(dark).replace("\n", "\n  ")
    return f"{_rule(light)}\n@media (prefers-color-scheme: dark) {{\n  {within}\n}}\n"


def logo_file(municipality: Municipality, content: Path = CONTENT_DIR) -> Path | None:
    """Its logo, when it has one."""
    name = municipality.assistant.logo
    return content / municipality.id / name if name else None


def _rule(colours: Colours) -> str:
    lines = [
        f"  --lotsen-{name.replace('_', '-')}: {value};" for name, value in asdict(colours).items()
    ]
    return "\n".join([":root {", *lines, "}"])
