"""What the assistant said to one message, gathered from what the REST channel sends."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class Heard:
    """What the assistant said to one message."""

    text: str
    kind: str = ""
    answer: str | None = None
    source: Mapping[str, Any] | None = None
    contacts: tuple[Mapping[str, Any], ...] = ()
    spoken: str = ""
    buttons: tuple[str, ...] = field(default=())
    action: str | None = None
    reason: str | None = None
    step: str | None = None
    customs: tuple[Mapping[str, Any], ...] = ()


def heard(messages: Sequence[Mapping[str, Any]]) -> Heard:
    """The messages that answer one message, as one thing to look at."""
    customs = tuple(m["custom"] for m in messages if "custom" in m)
    custom: Mapping[str, Any] = customs[0] if customs else {}
    return Heard(
        text="\n".join(m["text"] for m in messages if m.get("text")),
        kind=custom.get("kind") or "",
        answer=custom.get("answer"),
        source=custom.get("source"),
        contacts=tuple(custom.get("contacts") or ()),
        spoken=custom.get("spoken") or "",
        buttons=tuple(b["title"] for m in messages for b in m.get("buttons") or ()),
        action=next((c["action"] for c in customs if "action" in c), None),
        reason=next((c["reason"] for c in customs if "reason" in c), None),
        step=next((c["callback"]["step"] for c in customs if "callback" in c), None),
        customs=customs,
    )
