"""Every state and every event: what happens, and that nobody is left without a way."""

from __future__ import annotations

import pytest

from api.handoff.machine import (
    ENDED,
    EVENTS,
    STATES,
    Event,
    NotPossible,
    State,
    next_state,
    ways,
)

ACTIVE = ("waiting", "talking")

EXPECTED: dict[State, dict[Event, State]] = {
    "waiting": {
        "claim": "talking",
        "leave": "left",
        "erased": "left",
        "citizen_gone": "left",
        "desk_closed": "expired",
        "long_wait": "waiting",
    },
    "talking": {
        "release": "waiting",
        "transfer": "waiting",
        "agent_gone": "waiting",
        "nobody_left": "returned",
        "give_back": "returned",
        "close": "closed",
        "leave": "left",
        "erased": "left",
        "citizen_gone": "left",
    },
    "returned": {},
    "closed": {},
    "left": {},
    "expired": {},
}


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", STATES)
def test_what_each_event_does_in_each_state(state: State, event: Event) -> None:
    expected = EXPECTED[state].get(event)
    if expected is None:
        with pytest.raises(NotPossible, match=f"{event} in {state}"):
            next_state(state, event)
    else:
        assert next_state(state, event) == expected


@pytest.mark.parametrize("state", [None, *STATES])
def test_no_state_leaves_the_citizen_without_a_way(state: State | None) -> None:
    # Somebody or something answers what is written, and there is a way to a person by voice.
    assert ways(state) & {"send", "ask"}
    assert "call" in ways(state)
    # Who waits or talks can stop; who doesn't can begin.
    assert ("leave" in ways(state)) == (state in ACTIVE)
    assert ("join" in ways(state)) == (state not in ACTIVE)


@pytest.mark.parametrize("event", EVENTS)
@pytest.mark.parametrize("state", STATES)
def test_after_every_event_there_is_a_way(state: State, event: Event) -> None:
    try:
        after = next_state(state, event)
    except NotPossible:
        after = state
    assert ways(after)


def test_the_assistant_is_silent_only_while_a_person_talks() -> None:
    assert [s for s in STATES if "ask" not in ways(s)] == ["talking"]


def test_what_has_ended_stays_ended() -> None:
    assert {*ACTIVE, *ENDED} == set(STATES)
    assert not any(EXPECTED[state] for state in ENDED)
    assert {next_state(*pair) for pair in _pairs()} == {*STATES}


def _pairs() -> list[tuple[State, Event]]:
    return [(state, event) for state, after in EXPECTED.items() for event in after]
