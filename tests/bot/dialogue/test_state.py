"""The state goes into Rasa's slots and comes back the same."""

from __future__ import annotations

import json

import pytest

from bot.dialogue.state import MEMORY_SLOT, SUBJECT_SLOTS, State


def test_what_goes_into_the_slots_comes_back() -> None:
    state = State("umea", "ledsagning", "kostnad", "barn", misses=1, law_told=["p"], easy=True)
    state.pending = {"kind": "choice", "options": {"a": "b.c"}}
    slots = state.to_slots()
    assert set(slots) == {*SUBJECT_SLOTS, MEMORY_SLOT}
    assert not set(slots[MEMORY_SLOT]) & set(SUBJECT_SLOTS)
    assert State.from_slots(json.loads(json.dumps(slots))) == state


@pytest.mark.parametrize("slots", [{}, {MEMORY_SLOT: None}, {MEMORY_SLOT: {"long_gone": 1}}])
def test_missing_and_unknown_memories_are_a_fresh_start(slots: dict[str, object]) -> None:
    assert State.from_slots(slots) == State()


def test_the_subject_is_read_from_its_own_slots() -> None:
    state = State.from_slots({"service": "ledsagning", MEMORY_SLOT: {"service": "other"}})
    assert state.service == "ledsagning"


def test_two_conversations_share_nothing() -> None:
    first, second = State(), State()
    first.law_told.append("page")
    assert second.law_told == []
