"""What the citizen is told in the chat when something happens on the way to a person. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, Literal

from api.handoff.machine import Event
from api.handoff.records import Handoff
from api.schemas_handoff import RouteView
from bot.dialogue.wording import say, text_language
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.loader import load_knowledge

Happening = Event | Literal["join"]

SILENT: Final[frozenset[Happening]] = frozenset({"erased"})
_WITH_WAYS: Final[frozenset[Happening]] = frozenset({"desk_closed", "long_wait", "nobody_left"})
"""After these the citizen has to choose anew: every other way is told."""

_CHOICES: Final = {"callback": "button_callback"}
"""Replies that the assistant understands, as it writes them itself."""


@dataclass(frozen=True, slots=True)
class Notice:
    """A message of the chat itself, with the replies that may be chosen under it."""

    text: str
    language: str
    buttons: tuple[str, ...] = ()

    def body(self) -> dict[str, Any]:
        """What is kept beside its text."""
        custom: dict[str, Any] = {
            "kind": "handoff",
            "body": None,
            "items": [],
            "language": self.language,
            "contacts": [],
        }
        if not self.buttons:
            return {"custom": custom}
        return {"custom": custom, "buttons": [{"title": b, "payload": b} for b in self.buttons]}


@dataclass(frozen=True, slots=True)
class Scene:
    """What there is to tell of: who, where, how long, and the ways that are open now.

    ``hours_open`` tells a desk that closed from one where nobody is left.
    """

    before: Handoff
    after: Handoff
    language: str
    place: int
    wait: str
    ways: Sequence[RouteView]
    hours_open: bool = True
    colleague: str | None = None


def first_name(name: str | None, language: str | None) -> str:
    """What citizens are told of an agent's name."""
    parts = (name or "").split()
    return parts[0] if parts else load_desk_words().say("handoff_agent", language)


def unit_name(handoff: Handoff) -> str:
    """The unit, as a part of a sentence."""
    return load_knowledge().municipalities[handoff.municipality].unit(handoff.unit).definite


def notice(happening: Happening, scene: Scene) -> Notice | None:
    """What is told; None for what happens silently."""
    if happening in SILENT:
        return None
    language = text_language(scene.language)
    agent = first_name(scene.before.claimed_name or scene.after.claimed_name, language)
    text = load_desk_words().say(
        _key(happening, scene),
        language,
        agent=agent[:1].upper() + agent[1:],
        unit=unit_name(scene.after),
        colleague=first_name(scene.colleague, language),
        place=scene.place,
        wait=scene.wait,
    )
    told = Notice(text.strip(), language)
    return _with_ways(told, scene.ways) if happening in _WITH_WAYS else told


def other_ways(ways: Sequence[RouteView], language: str | None) -> str:
    """The ways that are no chat, one on each line; the chat's next opening first."""
    words = load_desk_words()
    lines = [w.text for w in ways if w.id != "chat"]
    opens = [
        words.say("told_chat_opens", language, opens=w.opens)
        for w in ways
        if w.id == "chat" and w.opens
    ]
    return "\n".join([*opens, words.say("told_other_ways", language), *lines])


def _with_ways(told: Notice, ways: Sequence[RouteView]) -> Notice:
    text = f"{told.text}\n{other_ways(ways, told.language)}"
    offered = {way.id for way in ways}
    titles = (say(key, told.language) for way, key in _CHOICES.items() if way in offered)
    return replace(told, text=text, buttons=tuple(titles))


def _key(happening: Happening, scene: Scene) -> str:
    if happening == "transfer":
        return "told_transfer_staff" if scene.colleague else "told_transfer_unit"
    if happening == "leave":
        return "told_leave_talk" if scene.before.state == "talking" else "told_leave_queue"
    if happening == "desk_closed" and scene.hours_open:
        return "told_desk_empty"
    return f"told_{happening}"
