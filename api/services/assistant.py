"""The Rasa agent and its actions in this process: a message in, messages out.

Measured on a small bot, one process answers in a fifth of the time that `rasa run` with an
action server takes, since nothing crosses a socket (docs/adr/0001).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING, Any, Protocol

from api.services.in_threads import InThreads, to_its_end
from api.services.light_start import put_off_training_helpers, read_no_training_graph
from api.services.locks import SenderLocks
from api.settings import Settings
from api.storage.store import Store
from bot.guard import crisis
from bot.guard.intake import Admitted, admit

if TYPE_CHECKING:
    from api.services.direct_turns import DirectTurns

logger = logging.getLogger(__name__)

ACTION_PACKAGE = "bot.actions"
WARM_UP = "Vad kostar ledsagning?"


class Assistant(Protocol):
    """Anything that answers messages."""

    async def reply(
        self, sender: str, admitted: Admitted, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The messages that answer one message."""
        ...

    async def forget(self, sender: str) -> None:
        """Keep nothing of what a sender has said."""
        ...


class ModelError(Exception):
    """The model can't be loaded; the message says what to do."""


class RasaAssistant:
    """Loads the trained model and runs it; one message of a sender at a time."""

    def __init__(
        self,
        agent: Any,
        locks: SenderLocks,
        forget: Callable[[str], None] | None = None,
        direct: DirectTurns | None = None,
    ) -> None:
        self._agent = agent
        self._locks = locks
        self._forget = forget
        self._direct = direct
        self._threads = InThreads()

    @classmethod
    def load(cls, settings: Settings, store: Store | None = None) -> RasaAssistant:
        """Load model and actions. Takes some seconds, most of it importing Rasa."""
        if not settings.model.exists():
            raise ModelError(f"There is no model at {settings.model}: run `make train` first.")
        put_off_training_helpers()
        from rasa.core.agent import Agent
        from rasa.utils.log_utils import configure_structlog

        # Rasa prints every event at debug level unless told otherwise: 45 ms a message.
        configure_structlog(logging.WARNING)
        from api.services.direct_turns import DirectTurns
        from api.services.graph_steps import time_steps
        from api.services.in_process import InProcessActions, trust_own_actions
        from api.services.plain_rules import are_plain
        from api.services.straight_graph import StraightGraph
        from api.services.trackers import keep_only_here, tracker_store
        from api.services.turn_rows import TurnRows

        trust_own_actions()
        read_no_training_graph()
        conversations, actions = tracker_store(settings, store), InProcessActions(ACTION_PACKAGE)
        try:
            agent = Agent.load(
                str(settings.model),
                action_endpoint=actions,
                tracker_store=conversations,
            )
        except Exception as error:
            raise ModelError(
                f"The model at {settings.model} can't be loaded ({error}): run `make train`."
            ) from error
        agent.tracker_store.domain = agent.domain
        keep_only_here(agent.tracker_store)
        time_steps(agent)
        agent.processor.graph_runner = StraightGraph(agent.processor.graph_runner)
        direct = None
        if are_plain(agent.processor):
            session = agent.domain.session_config.session_expiration_time
            rows = TurnRows(conversations.engine, settings.history, session)
            direct = DirectTurns(agent.processor, actions.executor, rows)
        else:
            logger.warning("the model has rules of its own: every message goes through Rasa")
        return cls(agent, SenderLocks(), conversations.forget, direct)

    async def reply(
        self, sender: str, admitted: Admitted, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """Answer a message that the guard has admitted."""
        facts = {**metadata, "masked": list(admitted.masked), "health": admitted.health}
        turn = partial(self._turn, sender, admitted.text, facts)
        return await to_its_end(self._locks.of(sender), turn)

    async def _turn(self, sender: str, text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
        """The short way where it leads to the same, else Rasa's own."""
        if self._direct is not None:
            replies = await self._threads.run(self._direct.reply, sender, text, metadata)
            if replies is not None:
                return replies
        return await self._through_rasa(sender, text, metadata)

    async def _through_rasa(
        self, sender: str, text: str, metadata: dict[str, Any]
    ) -> list[dict[str, Any]]:
        """The whole of Rasa's processor, for forms and for rules of an operator's own."""
        from rasa.core.channels.channel import CollectingOutputChannel, UserMessage

        output = CollectingOutputChannel()
        parsed = await self._threads.run(self._direct.parsed, text) if self._direct else None
        message = UserMessage(
            text, output, sender, parse_data=parsed, input_channel="rest", metadata=metadata
        )
        await self._agent.handle_message(message)
        return [one_message(m) for m in merged(output.messages)]

    async def warm_up(self) -> float:
        """Answer a question once, so that the first person does not wait; seconds it took."""
        start = time.perf_counter()
        crisis.warm_up()
        sender = "warm-up"
        await self.reply(sender, admit(WARM_UP), {})
        await self.forget(sender)
        return time.perf_counter() - start

    async def forget(self, sender: str) -> None:
        """Take what was said, and the answers, out of Rasa's store."""
        if self._forget is not None:
            await asyncio.to_thread(self._forget, sender)


def merged(messages: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Rasa sends text and custom data as two messages; they are one."""
    kept: list[dict[str, Any]] = []
    for message in messages:
        if kept and "custom" in message and "text" not in message and "custom" not in kept[-1]:
            kept[-1]["custom"] = message["custom"]
        else:
            kept.append(dict(message))
    return kept


def one_message(message: dict[str, Any]) -> dict[str, Any]:
    """A message as the contract has it: no empty fields."""
    return {k: v for k, v in message.items() if v not in (None, [], {})}
