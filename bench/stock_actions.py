"""The action server's side of the stock project: look the answer up in the same content.

``rasa run actions --actions bench.stock_actions``. It does less than our dialogue does: no
second reading, no opening hours, no evidence, nothing aloud. That is in the stock project's favour.
"""

from __future__ import annotations

from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.knowledge.loader import load_knowledge

UNKNOWN = "Det står inte på kommunens sidor."
BETWEEN = "--"
"""Stands in a sender's name after the municipality: Rasa's own channel passes no metadata on."""


class ActionReply(Action):
    """The answer of the municipality to the topic that the intent names."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[dict[str, Any]]:
        """Send one message."""
        intent = str((tracker.latest_message.get("intent") or {}).get("name") or "")
        dispatcher.utter_message(text=answer(tracker.sender_id, intent))
        return []


def answer(sender: str, intent: str) -> str:
    """What the content says to an intent like ``ledsagning.kostnad``."""
    service, _, aspect = intent.partition(".")
    found = load_knowledge().answers(sender.partition(BETWEEN)[0], (service, aspect))
    return found[0].text if found else UNKNOWN
