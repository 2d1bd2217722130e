"""Colours that can be read: the contrast that WCAG asks for, computed before anybody sees them.

Relative luminance and contrast ratio are defined in WCAG 2.2
(https://www.w3.org/TR/WCAG22/#dfn-relative-luminance, #dfn-contrast-ratio). Text needs 4.5 to 1
(success criterion 1.4.3), the borders of controls 3 to 1 (1.4.11).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from typing import Final

TEXT: Final = 4.5
SHAPE: Final = 3.0

_HEX: Final = re.compile(r"#[0-9a-fA-F]{6}")
_WEIGHTS: Final = (0.2126, 0.7152, 0.0722)


@dataclass(frozen=True, slots=True)
class Colours:
    """What the chat is painted with, each as ``#rrggbb``."""

    primary: str
    on_primary: str
    background: str
    surface: str
    text: str
    accent: str
    border: str


PAIRS: Final = (
    ("on_primary", "primary", TEXT),
    ("text", "background", TEXT),
    ("text", "surface", TEXT),
    ("accent", "background", TEXT),
    ("accent", "surface", TEXT),
    ("border", "background", SHAPE),
    ("border", "surface", SHAPE),
    ("primary", "background", SHAPE),
)
"""What stands on what, and the least contrast that it needs."""

COLOUR_NAMES: Final = tuple(field.name for field in fields(Colours))

NEUTRAL: Final = Colours(
    primary="#1f4e6b",
    on_primary="#ffffff",
    background="#ffffff",
    surface="#f1f4f6",
    text="#1b2226",
    accent="#0b5583",
    border="#5f6c75",
)
"""For whoever has chosen none."""

NEUTRAL_DARK: Final = Colours(
    primary="#9cc3e6",
    on_primary="#10222f",
    background="#14191d",
    surface="#20272d",
    text="#f2f4f5",
    accent="#a9cdec",
    border="#8a969f",
)
"""The same for screens that are set to dark."""


WARNING: Final = "#b3261e"
WARNING_DARK: Final = "#ffb4ab"
"""What danger and mistakes are written in, whatever was chosen: ``--lotsen-danger`` of chat.css."""


def luminance(colour: str) -> float:
    """The relative luminance of ``#rrggbb``: 0 is black, 1 is white."""
    shares = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares]
    return sum(weight * value for weight, value in zip(_WEIGHTS, linear, strict=True))


def contrast(first: str, second: str) -> float:
    """The contrast ratio of two colours, from 1 to 21, whichever comes first."""
    dark, light = sorted((luminance(first), luminance(second)))
    return (light + 0.05) / (dark + 0.05)


def problems(colours: Colours, warning: str) -> Iterator[tuple[str, str]]:
    """Each colour that can't be used, and what to change; nothing when all can be read."""
    broken = [name for name in COLOUR_NAMES if not _HEX.fullmatch(getattr(colours, name))]
    for name in broken:
        yield name, f"write a colour as #1f4e6b, not {getattr(colours, name)!r}"
    for upper, lower, least in PAIRS:
        if upper not in broken and lower not in broken:
            pair = (getattr(colours, upper), getattr(colours, lower))
            if told := _too_weak(*pair, f"to {lower}", least):
                yield upper, told
    if "background" not in broken:
        where = f"to warnings, which are written in {warning},"
        if told := _too_weak(colours.background, warning, where, TEXT):
            yield "background", told


def _too_weak(first: str, second: str, where: str, least: float) -> str | None:
    ratio = contrast(first, second)
    if ratio >= least:
        return None
    # Cut, never rounded: 4.497 must not be told as the 4.5 that it fails to reach.
    told = f"the contrast {where} is {int(ratio * 100) / 100:.2f}"
    return f"{told}, at least {least} is needed: make one darker or lighter"
