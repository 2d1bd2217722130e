"""The states of a handoff, what changes them, and what the citizen can do in each. Pure."""

from __future__ import annotations

from typing import Final, Literal, get_args

State = Literal["waiting", "talking", "returned", "closed", "left", "expired"]
Event = Literal[
    "claim",
    "release",
    "transfer",
    "give_back",
    "close",
    "leave",
    "erased",
    "agent_gone",
    "nobody_left",
    "desk_closed",
    "citizen_gone",
    "long_wait",
]
Way = Literal["send", "ask", "leave", "join", "call", "callback", "mail"]

STATES: Final[tuple[State, ...]] = get_args(State)
EVENTS: Final[tuple[Event, ...]] = get_args(Event)
ENDED: Final[frozenset[State]] = frozenset({"returned", "closed", "left", "expired"})

_NEXT: Final[dict[tuple[State, Event], State]] = {
    ("waiting", "claim"): "talking",
    ("waiting", "leave"): "left",
    ("waiting", "erased"): "left",
    ("waiting", "citizen_gone"): "left",
    ("waiting", "desk_closed"): "expired",
    ("waiting", "long_wait"): "waiting",
    ("talking", "release"): "waiting",
    ("talking", "transfer"): "waiting",
    ("talking", "agent_gone"): "waiting",
    ("talking", "nobody_left"): "returned",
    ("talking", "give_back"): "returned",
    ("talking", "close"): "closed",
    ("talking", "leave"): "left",
    ("talking", "erased"): "left",
    ("talking", "citizen_gone"): "left",
}


class NotPossible(Exception):  # noqa: N818 - read at the caller: `except NotPossible`
    """The event can't happen in the state."""

    def __init__(self, state: State, event: Event) -> None:
        super().__init__(f"{event} in {state}")
        self.state, self.event = state, event


def next_state(state: State, event: Event) -> State:
    """The state after the event; raise NotPossible."""
    try:
        return _NEXT[state, event]
    except KeyError:
        raise NotPossible(state, event) from None


def ways(state: State | None) -> frozenset[Way]:
    """What the citizen can do: write to the agent or ask the assistant, leave, reach a person.

    Whether a way is open at this moment is for ``offers`` to tell; None is no handoff.
    """
    if state == "talking":
        return frozenset({"send", "leave", "call"})
    if state == "waiting":
        return frozenset({"ask", "leave", "call", "callback", "mail"})
    return frozenset({"ask", "join", "call", "callback", "mail"})
