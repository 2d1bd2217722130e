"""What a conversation remembers from one turn to the next.

The four slots of the dialogue (service, aspect, municipality, audience) carry the subject;
``memory`` carries what was said last, so that it can be repeated, sourced or chosen from.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

SUBJECT_SLOTS = ("municipality", "service", "aspect", "audience")
MEMORY_SLOT = "memory"


@dataclass(slots=True)
class State:
    """The state of one conversation; ``page_municipality`` is what metadata last named."""

    municipality: str | None = None
    service: str | None = None
    aspect: str | None = None
    audience: str | None = None
    unit: str | None = None
    page_municipality: str | None = None
    language: str | None = None
    answer: str | None = None
    page: str | None = None
    items_told: int = 0
    misses: int = 0
    easy: bool = False
    asked_municipality: bool = False
    pending: dict[str, Any] | None = None
    last_text: str | None = None
    last_contacts: list[dict[str, Any]] = field(default_factory=list)
    last_question: str | None = None
    times_asked: int = 0
    law_told: list[str] = field(default_factory=list)
    masked_before: bool = False
    booked: bool = False
    notices_told: list[str] = field(default_factory=list)
    offered_for: str | None = None
    card: str | None = None
    turns_since_card: int = 0
    times_answered: int = 0

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> State:
        """Rebuild the state from a tracker's slots; unknown memories are dropped."""
        memory = slots.get(MEMORY_SLOT) or {}
        known = {f.name for f in fields(cls)}
        state = cls(**{k: v for k, v in memory.items() if k in known})
        for name in SUBJECT_SLOTS:
            setattr(state, name, slots.get(name))
        return state

    def to_slots(self) -> dict[str, Any]:
        """The slots to set: the subject one by one, the rest as one memory."""
        values = asdict(self)
        slots: dict[str, Any] = {name: values.pop(name) for name in SUBJECT_SLOTS}
        slots[MEMORY_SLOT] = values
        return slots
