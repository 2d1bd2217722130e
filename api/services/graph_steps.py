"""How long each part of Rasa's graph takes for a message that is being recorded."""

from __future__ import annotations

import time
from typing import Any

from rasa.core.agent import Agent
from rasa.engine.graph import ExecutionContext, GraphNodeHook

from bot.dialogue import trace

NAMES = {
    "LanguageGuesser": "language",
    "ContentNames": "names",
    "TopicIntentClassifier": "topics",
    "MessageTokenizer": "tokens",
    "RulePolicy": "policy",
}
"""The components that are told apart, and their names in bot.dialogue.trace_words."""


class StepTimer(GraphNodeHook):
    """Adds the time of one node of the graph to the open recording."""

    def __init__(self, name: str) -> None:
        self._name = name

    def on_before_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        received_inputs: dict[str, Any],
    ) -> dict[str, Any]:
        """Look at the clock, while something is recorded."""
        return {} if trace.active() is None else {"start": time.perf_counter()}

    def on_after_node(
        self,
        node_name: str,
        execution_context: ExecutionContext,
        config: dict[str, Any],
        output: Any,
        input_hook_data: dict[str, Any],
    ) -> None:
        """Note what has passed since."""
        start = input_hook_data.get("start")
        if start is not None:
            trace.spent(self._name, (time.perf_counter() - start) * 1000)


def time_steps(agent: Agent) -> None:
    """Hang a timer on the nodes that are told apart. Rasa takes hooks only while it trains."""
    nodes = agent.processor.graph_runner._instantiated_nodes  # noqa: SLF001
    for node in nodes.values():
        name = NAMES.get(node._component_class.__name__)  # noqa: SLF001
        if name is not None:
            node._hooks.append(StepTimer(name))  # noqa: SLF001
