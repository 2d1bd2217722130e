"""The form for being called back. Its slots say that a field was given, never what was written.

What a message was to the form (an answer, one that can't be used, none) the API says in the
metadata, which alone has the raw text. Without the API there is no form (docs/adr/0010).
"""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from bot.actions.sending import Events, heard, kept, send
from bot.dialogue import callback
from bot.dialogue.callback_fields import STEPS
from bot.dialogue.callback_wishes import cancels, changes
from bot.dialogue.guards import by_rules, danger
from bot.dialogue.person import person_reply
from bot.dialogue.respond import respond_safely
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import text_language
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

FORM = "callback_form"
GIVEN = "given"
REQUESTED = "requested_slot"

_TOKEN = re.compile(r"\[\w+\]")
"""What stands in place of an answer to the form, as in ``[namn]``."""


class ValidateCallbackForm(Action):
    """Mark the field as given or not; stop the form when that is wanted."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "validate_callback_form"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """No event at all lets the rules answer the message, and the form asks again."""
        asked = tracker.get_slot(REQUESTED)
        if asked is None:
            return []
        turn, _ = heard(tracker)
        told = turn.callback
        if told is None:
            return [] if danger(turn, by_rules(turn)) else left()
        if told.get("answer") == "given":
            return [SlotSet(_slot(str(told["step"])), GIVEN)]
        if told.get("answer") == "refused":
            return [SlotSet(_slot(str(told["step"])), None)]
        if cancels(turn.text):
            return left()
        field = changes(turn.text)
        return [SlotSet(_slot(field), None)] if field else []


class ActionAskCallbackAbout(Action):
    """Ask what the call is about."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_callback_about"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        return _ask("about", dispatcher, tracker)


class ActionAskCallbackName(Action):
    """Ask for a name."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_callback_name"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        return _ask("name", dispatcher, tracker)


class ActionAskCallbackPhone(Action):
    """Ask for a number."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_callback_phone"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        return _ask("phone", dispatcher, tracker)


class ActionAskCallbackTime(Action):
    """Ask which of the times suits."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_callback_time"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        return _ask("time", dispatcher, tracker)


class ActionAskCallbackConfirm(Action):
    """Read everything back, and ask whether it is right and agreed to."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_ask_callback_confirm"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Send the question."""
        return _ask("confirm", dispatcher, tracker)


class ActionSubmitCallback(Action):
    """The form is over: it is sent, was stopped, or was left lying too long."""

    def name(self) -> str:
        """The action's name in the domain."""
        return "action_submit_callback"

    def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> Events:
        """Say which, and forget the fields."""
        turn, state = heard(tracker)
        if tracker.get_slot(_slot("confirm")) == GIVEN:
            reply = callback.sent(turn)
            state.booked = True
        elif turn.callback is None:
            reply = _answer(turn, state)
            if reply.action == callback.START:
                return [*kept(state), *left(), FollowupAction(FORM)]
            reply = callback.with_lost(reply, turn)
        elif cancels(turn.text) or turn.callback.get("times"):
            reply = callback.cancelled(turn)
        else:
            reply = _without_times(turn, state)
        _send(reply, turn, dispatcher)
        return [*kept(state), *left()]


def _answer(turn: Turn, state: State) -> Reply:
    """The reply to a message that came too late for the form: ways to a person to an answer."""
    municipality = _municipality(turn, state)
    if municipality is None or not _TOKEN.fullmatch(turn.text):
        return respond_safely(turn, state)
    return person_reply("human_handoff", municipality.reception_unit, municipality, turn)


def _without_times(turn: Turn, state: State) -> Reply:
    """There is nothing left to choose: the other ways to a person."""
    municipality = _municipality(turn, state)
    if municipality is None:
        return callback.cancelled(turn)
    unit = municipality.reception_unit
    turn = replace(turn, person={**turn.person, "callback": False})
    reply = person_reply("callback_no_times", unit, municipality, turn)
    reply.action = callback.CANCEL
    return reply


def _send(reply: Reply, turn: Turn, dispatcher: CollectingDispatcher) -> None:
    reply.language = text_language(turn.language)
    send(dispatcher, reply)


def left() -> Events:
    """What ends the form, or lets it begin anew: no field is given and none is asked for."""
    return [*(SlotSet(_slot(step), None) for step in STEPS), SlotSet(REQUESTED, None)]


def _slot(step: str) -> str:
    return f"callback_{step}"


def _ask(step: str, dispatcher: CollectingDispatcher, tracker: Tracker) -> Events:
    """Ask, and say again what is known of the form, so that it outlives the bounded history."""
    turn, state = heard(tracker)
    if step == "time" and not (turn.callback or {}).get("times"):
        return [*kept(state), *left(), ActiveLoop(None)]
    before = tracker.get_slot(REQUESTED)
    municipality = _municipality(turn, state)
    answered = (turn.callback or {}).get("answer")
    if before is None:
        reply = callback.begin(turn)
    elif before == _slot(step) and answered not in {"given", "refused"}:
        reply = callback.ask_again(step, turn, municipality)
    else:
        reply = callback.ask(step, turn, municipality)
    _send(reply, turn, dispatcher)
    fields = [SlotSet(_slot(s), tracker.get_slot(_slot(s))) for s in STEPS]
    return [ActiveLoop(FORM), *kept(state), *fields]


def _municipality(turn: Turn, state: State) -> Municipality | None:
    municipalities = load_knowledge().municipalities
    return municipalities.get(state.municipality or turn.municipality or "")
