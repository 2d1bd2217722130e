"""The crisis check: does a message tell of danger to life, violence, or a child at risk?

It runs before all else, on what the person wrote, by rules alone: it works when no model is loaded.
Tier A: show the card and nothing else. Tier B: answer the question and add the line of support.
Rules and texts stand in content/common/crisis.yml; they are read when first asked for, and kept.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from bot.guard.crisis_cards import CrisisCards, SocialServices
from bot.guard.crisis_rules import CrisisFinding, CrisisRules, Kind, Tier, Variant

CONTENT = Path(__file__).resolve().parents[2] / "content" / "common" / "crisis.yml"

__all__ = [
    "CrisisCards",
    "CrisisFinding",
    "CrisisRules",
    "Kind",
    "SocialServices",
    "Tier",
    "Variant",
    "blocked_numbers",
    "card",
    "check",
    "harmless",
    "numbers",
    "support_line",
    "warm_up",
    "written_in",
]


@lru_cache(maxsize=1)
def _content() -> dict[str, Any]:
    with CONTENT.open(encoding="utf-8") as file:
        content: dict[str, Any] = yaml.load(file, Loader=yaml.CSafeLoader)
    return content


@lru_cache(maxsize=1)
def _rules() -> CrisisRules:
    return CrisisRules(_content())


@lru_cache(maxsize=1)
def _cards() -> CrisisCards:
    return CrisisCards(_content())


def warm_up() -> None:
    """Read rules and cards now, so that the first message does not wait for them."""
    _rules().check("värm upp")
    _cards()


def check(text: str) -> CrisisFinding | None:
    """Tell what danger a message speaks of, if any."""
    return _rules().check(text)


def harmless(text: str) -> bool:
    """Tell whether words that a classifier may take for danger are none."""
    return _rules().harmless(text)


def card(
    kind: Kind, language: str, contact: SocialServices | None = None, variant: Variant = ""
) -> str:
    """The fixed text for a danger; ``contact`` is the municipality's own number, if it has one."""
    return _cards().card(kind, language, contact, variant)


def written_in(kind: Kind, language: str, variant: Variant = "") -> str:
    """The language in which the card is given to who writes in a language."""
    return _cards().written_in(kind, language, variant)


def numbers(kind: Kind, variant: Variant = "") -> tuple[str, ...]:
    """The numbers that a card gives, for links and large print."""
    return _cards().numbers(kind, variant)


def support_line(kind: Kind, language: str) -> str:
    """The line that is added to the answer in tier B."""
    return _cards().support_line(kind, language)


def blocked_numbers() -> tuple[str, ...]:
    """Numbers that are closed and may stand nowhere in the content."""
    return _cards().blocked
