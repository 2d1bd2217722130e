"""The reply to a message. What is said is decided in bot.dialogue, from content."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.callback import FORM, left
from bot.actions.sending import Events, heard, kept, send
from bot.dialogue.callback import START
from bot.dialogue.person_offers import CHAT
from bot.dialogue.respond import respond_safely


class ActionReply(Action):
    """Read the turn from the tracker, let the dialogue answer, and keep its state in slots."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_reply"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send one message; the events set the slots that changed."""
        turn, state = heard(tracker)
        reply = respond_safely(turn, state)
        if reply.action == START:
            # The form asks its first question itself.
            return [*kept(state), *left(), FollowupAction(FORM)]
        send(dispatcher, reply)
        if reply.action == CHAT:
            return [*kept(state), *left(), ActiveLoop(None)]
        return kept(state)
