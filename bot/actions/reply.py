"""The reply to a message. What is said is decided in bot.dialogue, from content."""

from __future__ import annotations

import datetime as dt
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.dialogue.reading import read_turn
from bot.dialogue.respond import respond_safely
from bot.dialogue.state import State


class ActionReply(Action):
    """Read the turn from the tracker, let the dialogue answer, and keep its state in slots."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Send one message; the events set the slots that changed."""
        slots = tracker.current_slot_values()
        state = State.from_slots(slots)
        turn = read_turn(tracker.latest_message, state, dt.datetime.now(dt.timezone.utc))
        reply = respond_safely(turn, state)
        dispatcher.utter_message(
            text=reply.text,
            buttons=[{"title": b, "payload": b} for b in reply.buttons] or None,
            json_message=reply.custom(),
        )
        # All of them each time: the store reads the newest events only.
        return [SlotSet(name, value) for name, value in state.to_slots().items()]
