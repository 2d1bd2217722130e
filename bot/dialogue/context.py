"""What every handler needs to know of a turn."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue.place import Place
from bot.dialogue.state import State
from bot.dialogue.turn import Turn
from bot.knowledge.records import Knowledge, Municipality
from bot.understanding.text import fold

_AUDIENCES = (
    ("barn", re.compile(r"\b(barn\w*|ung\w*|tonar\w*|son\w*|dotter\w*|kids?|child\w*)\b")),
    ("vuxen", re.compile(r"\b(vux\w*|aldre|pensionar\w*|adults?)\b")),
)


@dataclass(slots=True)
class Context:
    """What every handler needs: the turn, the conversation and the place."""

    turn: Turn
    state: State
    knowledge: Knowledge
    place: Place

    @property
    def municipality(self) -> Municipality | None:
        """The municipality's record, when one is known."""
        return self.knowledge.municipalities.get(self.place.municipality or "")


def audience_of(text: str) -> str | None:
    """``barn`` or ``vuxen`` when the text speaks of one of them only."""
    found = [name for name, pattern in _AUDIENCES if pattern.search(fold(text))]
    return found[0] if len(found) == 1 else None
