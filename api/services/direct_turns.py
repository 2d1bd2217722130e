"""A turn without Rasa's processor, for a message that can only lead to one action.

Rasa's processor keeps a tracker of everything that has happened, works out the state after each
event, asks its policies twice and saves event by event. With our rules (docs/adr/0004) the
outcome is the same for every message outside a form: the action ``action_reply``, then listen.
So that is done: parse, act, keep. It parses with the model's own graph, runs the same action and
keeps the same rows, so each turn can go either way. Whatever is not plain goes through Rasa: a
form, an event that is no slot, a model with other rules (docs/adr/0017).
"""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from typing import Any

from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    BotUttered,
    DefinePrevUserUtteredFeaturization,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa_sdk import Tracker
from rasa_sdk.executor import ActionExecutor, CollectingDispatcher
from sqlalchemy.exc import SQLAlchemyError

from api.services.plain_rules import REPLY
from api.services.turn_rows import Recalled, TurnRows
from bot.components.topics import TopicIntentClassifier
from bot.dialogue import trace
from bot.understanding.analyse import CLAUSES, Analysis

logger = logging.getLogger(__name__)

CHANNEL = "rest"
FORM_ANSWER = "callback"
"""Metadata of a message that answers a form."""


class DirectTurns:
    """Turns of conversations. What is public blocks, and may be called from several threads."""

    def __init__(
        self, processor: MessageProcessor, actions: ActionExecutor, rows: TurnRows
    ) -> None:
        self._processor = processor
        self._act = actions.actions[REPLY]
        self._rows = rows
        self._nothing_known = {slot.name: slot.initial_value for slot in processor.domain.slots}
        for node in processor.graph_runner._instantiated_nodes.values():  # noqa: SLF001
            if isinstance(node._component, TopicIntentClassifier):  # noqa: SLF001
                # Its analysis goes from hand to hand here; made plain it takes 1 ms more.
                node._component.as_objects = True  # noqa: SLF001

    def parsed(self, text: str) -> dict[str, Any]:
        """Rasa's parse data of a text, all of it plain, for a message that goes through Rasa."""
        found = self._parse(UserMessage(text, input_channel=CHANNEL))
        return {**found, CLAUSES: _plain(found.get(CLAUSES))}

    def _parse(self, message: UserMessage) -> dict[str, Any]:
        found: dict[str, Any] = self._processor._parse_message_with_graph(  # noqa: SLF001
            message, None
        )
        return found

    def reply(
        self, sender: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]] | None:
        """The messages that answer one message, or None when it has to go through Rasa."""
        if metadata.get(FORM_ANSWER):
            return None
        recalled = self._recall(sender)
        if not recalled.plain:
            return None
        message = UserMessage(text, None, sender, input_channel=CHANNEL, metadata=metadata)
        parsed = self._parse(message)
        said, told = self._acted(message, parsed, recalled.slots)
        if not all(map(_is_plain, told)):
            trace.begin_anew()
            return None
        self._keep(sender, _events(message, parsed, recalled.new_session, said, told))
        return [{"recipient_id": sender, **_filled(one)} for one in said]

    def _recall(self, sender: str) -> Recalled:
        """What is known; nothing when the database fails, as with Rasa's own store."""
        try:
            with trace.step("memory"):
                return self._rows.recall(sender)
        except (SQLAlchemyError, ValueError) as error:
            _tell(error)
            return Recalled()

    def _keep(self, sender: str, events: list[Event]) -> None:
        """Add the turn; a database that fails keeps nobody from the answer."""
        try:
            with trace.step("memory"):
                self._rows.keep(sender, events)
        except (SQLAlchemyError, ValueError) as error:
            _tell(error)

    def _acted(
        self, message: UserMessage, parsed: dict[str, Any], slots: Mapping[str, Any]
    ) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
        """What the action says, and its events, as rasa_sdk gives them."""
        known = {**self._nothing_known, **slots}
        heard = {
            **parsed,
            "text": message.text,
            "message_id": message.message_id,
            "metadata": message.metadata,
        }
        dispatcher = CollectingDispatcher()
        tracker = Tracker(message.sender_id, known, heard, [], False, None, {}, ACTION_LISTEN_NAME)
        if trace.active() is not None:
            trace.acts(REPLY, known, {**heard, CLAUSES: _plain(heard.get(CLAUSES))})
        with trace.step("action"):
            told: list[dict[str, Any]] = self._act(dispatcher, tracker, {})
        trace.acted(told)
        return dispatcher.messages, told


def _plain(analysis: Analysis | None) -> dict[str, Any] | None:
    return analysis.as_dict() if analysis is not None else None


def _is_plain(event: Mapping[str, Any]) -> bool:
    """Whether an event only sets a slot, or ends a form that is not open."""
    if event["event"] == ActiveLoop.type_name:
        return event["name"] is None
    return bool(event["event"] == SlotSet.type_name)


def _logged(event: Mapping[str, Any]) -> Event:
    """A plain event of rasa_sdk as one of Rasa's own."""
    if event["event"] == SlotSet.type_name:
        return SlotSet(event["name"], event["value"])
    return ActiveLoop(None)


def _filled(said: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in said.items() if value}


def _tell(error: Exception) -> None:
    # What the database quotes in its error may be what somebody wrote.
    logger.error("a conversation was not kept or read: %s", type(error).__name__)


def _events(
    message: UserMessage,
    parsed: Mapping[str, Any],
    new_session: bool,
    said: Sequence[Mapping[str, Any]],
    told: list[dict[str, Any]],
) -> list[Event]:
    """The events of the turn, as Rasa's processor would have logged them.

    Of the parse only what a later turn's policies look at: the rest of it has been used.
    """
    intent, entities = parsed["intent"], parsed["entities"]
    kept = {"text": message.text, "intent": intent, "entities": entities}
    heard = UserUttered(
        message.text,
        intent,
        entities,
        kept,
        input_channel=CHANNEL,
        message_id=message.message_id,
        metadata=message.metadata,
    )
    begun = [
        ActionExecuted(ACTION_SESSION_START_NAME),
        SessionStarted(),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
    return [
        *(begun if new_session else []),
        heard,
        DefinePrevUserUtteredFeaturization(False),
        ActionExecuted(REPLY),
        *(BotUttered(one["text"], {"buttons": one["buttons"] or None}) for one in said),
        *map(_logged, told),
        ActionExecuted(ACTION_LISTEN_NAME),
    ]
