"""What every action does: hear the message in the tracker, send a reply, keep what is known."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from bot.dialogue import trace
from bot.dialogue.reading import read_turn
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn

Events = list[dict[str, Any]]


def heard(tracker: Tracker) -> tuple[Turn, State]:
    """The message, and what the conversation remembers."""
    state = State.from_slots(tracker.current_slot_values())
    return read_turn(tracker.latest_message, state, dt.datetime.now(dt.timezone.utc)), state


def send(dispatcher: CollectingDispatcher, reply: Reply) -> None:
    """One message with everything in it."""
    trace.answered(reply)
    with trace.step("aloud"):
        custom = reply.custom()
    dispatcher.utter_message(
        text=reply.text,
        buttons=[{"title": b, "payload": b} for b in reply.buttons] or None,
        json_message=custom,
    )


def kept(state: State) -> Events:
    """All slots of the dialogue each time: the store reads the newest events only."""
    return [SlotSet(name, value) for name, value in state.to_slots().items()]
