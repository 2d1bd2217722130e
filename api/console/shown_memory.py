"""What the assistant remembers before and after a turn, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from textwrap import shorten
from typing import Any

from api.console.names import answer_title, language_name
from api.schemas_console import SlotsTrace
from bot.dialogue.titles import name_of
from bot.knowledge.loader import load_knowledge

LONGEST = 160
"""Characters of something remembered."""

SLOTS = {
    "municipality": "Kommun",
    "service": "Insats",
    "aspect": "Fråga om",
    "audience": "Gäller",
    "unit": "Enhet",
    "page_municipality": "Sidans kommun",
    "language": "Språk",
    "answer": "Senaste svaret",
    "page": "Senaste sidan",
    "items_told": "Rader i en lista som sagts",
    "misses": "Missar i rad",
    "easy": "Lätt svenska",
    "asked_municipality": "Har frågat efter kommun",
    "pending": "Väntar på svar om",
    "last_text": "Sa senast",
    "last_contacts": "Senaste kontakter",
    "last_question": "Senaste frågan",
    "times_asked": "Samma fråga i rad",
    "law_told": "Har sagt att lagen är ny",
    "masked_before": "Har dolt personuppgifter",
    "booked": "Uppringning bokad",
    "notices_told": "Besked som sagts",
    "offered_for": "Erbjöd en människa för",
    "card": "Krisråd",
    "turns_since_card": "Repliker sedan krisrådet",
    "times_answered": "Gånger svaret getts",
}
_EMPTY: tuple[Any, ...] = (None, "", [], {}, False, 0)


@dataclass(frozen=True, slots=True)
class SlotShown:
    """Something the assistant remembers."""

    title: str
    before: str
    after: str
    changed: bool


def slots_shown(slots: SlotsTrace) -> list[SlotShown]:
    """What is remembered; what was empty and stayed so is left out."""
    before, after = _flat(slots.before), _flat(slots.after)
    place = str(after.get("municipality") or after.get("page_municipality") or "")
    changed = {c.rpartition(".")[2] for c in slots.changed}
    shown = []
    for name in dict.fromkeys([*before, *after]):
        was, is_now = before.get(name), after.get(name)
        if was in _EMPTY and is_now in _EMPTY:
            continue
        differs = was != is_now or name in changed
        title = SLOTS.get(name, name)
        shown.append(
            SlotShown(title, _named(name, was, place), _named(name, is_now, place), differs)
        )
    return sorted(shown, key=lambda s: not s.changed)


def _flat(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The subject and the memory beside it, as one."""
    memory = slots.get("memory") or {}
    own = {name: value for name, value in slots.items() if name != "memory"}
    return {**own, **memory}


def _named(slot: str, value: Any, place: str) -> str:
    """A remembered value by the name that people know it by."""
    if value in _EMPTY or not isinstance(value, str):
        return _said(value)
    if slot == "answer":
        return answer_title(value)
    if slot == "language":
        return language_name(value)
    kind = "municipality" if slot == "page_municipality" else slot
    return _said(name_of(kind, f"{place}/{value}" if kind == "unit" else value, load_knowledge()))


def _said(value: Any) -> str:
    """A remembered value in words."""
    if value in _EMPTY:
        return "–"
    if value is True:
        return "ja"
    if isinstance(value, Mapping):
        return str(value.get("name") or value.get("text") or value.get("kind") or len(value))
    if isinstance(value, (list, tuple)):
        return ", ".join(_said(v) for v in value)
    return shorten(str(value), LONGEST, placeholder=" …")
