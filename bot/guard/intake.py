"""What is done to every message before anything else sees it.

Hidden characters go, personal data is masked, and a text that Rasa would take for a payload
(``/intent{...}``) is made plain text: people ask questions, they do not set slots.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from bot.guard.privacy import OwnData, health_details, mask, mask_identity_numbers
from bot.knowledge.loader import load_knowledge
from bot.understanding.text import clean

MESSAGE_LIMIT = 4000
"""Characters of one message; a long story has about 1 500."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """A message that may be stored: its text, what was masked in it, and health details."""

    text: str
    masked: tuple[str, ...]
    health: bool


def admit(message: str) -> Admitted:
    """Clean and mask a message."""
    text = clean(message).lstrip("/ \t\r\n")
    found = mask(text, own_data())
    return Admitted(found.text, tuple(found.kinds), health_details(text, own_data()))


def admit_from_staff(message: str) -> Admitted:
    """Clean what an agent writes; numbers and addresses to reach somebody at are let through."""
    found = mask_identity_numbers(clean(message).strip(), own_data())
    return Admitted(found.text, tuple(found.kinds), health=False)


@cache
def own_data() -> OwnData:
    """What stands in content and is nobody's personal data: numbers, addresses, dates."""
    knowledge = load_knowledge()
    contacts = [c for m in knowledge.municipalities.values() for c in m.contacts.values()]
    pages = [p for m in knowledge.municipalities.values() for p in m.pages.values()]
    return OwnData(
        phones=frozenset(c.phone for c in contacts if c.phone),
        emails=frozenset(c.email for c in contacts if c.email),
        dates=frozenset(p.dated.isoformat() for p in pages if p.dated),
        texts=frozenset(
            [c.name for c in contacts]
            + [n for m in knowledge.municipalities.values() for n in (*m.names, *m.places)]
        ),
    )
