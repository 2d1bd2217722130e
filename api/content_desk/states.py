"""Which answers and contacts are withdrawn or flagged since their page lost what they rest on."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from api.standing.compare import CONTACT
from api.standing.service import Standings
from api.storage.desk_store import DeskStore

WORDS: Final = {
    "withdrawn": "Sidan har ändrats. Svaret visas inte för invånarna.",
    "flagged": "Sidan har ändrats. Svaret visas, med en varning.",
}


def states_of(store: DeskStore, municipality: str) -> Mapping[str, str]:
    """``withdrawn`` or ``flagged`` by the answers' ids. It blocks: call it in a thread."""
    marks = Standings(store).listed([municipality])
    return {mark.subject: mark.state for mark in marks if mark.state in WORDS}


def flagged_contacts(store: DeskStore, municipality: str) -> frozenset[str]:
    """The contacts of which something no longer stands on its page."""
    found = states_of(store, municipality)
    return frozenset(s.removeprefix(CONTACT) for s in found if s.startswith(CONTACT))
