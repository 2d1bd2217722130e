"""Whether a model's rules lead every message outside a form to ``action_reply``, then listen."""

from __future__ import annotations

import json
from typing import Any

from rasa.core.policies.rule_policy import RulePolicy
from rasa.core.processor import MessageProcessor
from rasa.engine.graph import GraphNode
from rasa.shared.core.constants import ACTION_LISTEN_NAME, SHOULD_NOT_BE_SET

REPLY = "action_reply"
"""The one action of every message outside a form (docs/adr/0004)."""

_NO_FORM = {"name": SHOULD_NOT_BE_SET}
"""How a rule says that no form may be open."""


def are_plain(processor: MessageProcessor) -> bool:
    """Read it off the loaded model, so that an operator's own rules and policies are honoured.

    There is one policy, RulePolicy; what it can't decide is decided as ``action_reply``; and so
    does each rule about a message while no form is open.
    """
    nodes: dict[str, GraphNode] = processor.graph_runner._instantiated_nodes  # noqa: SLF001
    policies = [
        node._component  # noqa: SLF001
        for node in nodes.values()
        if node._fn_name == "predict_action_probabilities"  # noqa: SLF001
    ]
    if len(policies) != 1 or not isinstance(policies[0], RulePolicy):
        return False
    policy = policies[0]
    undecided = policy._fallback_action_name, policy._enable_fallback_prediction  # noqa: SLF001
    rules: dict[str, str] = policy.lookup["rules"]
    return undecided == (REPLY, True) and all(_is_plain(k, v) for k, v in rules.items())


def _is_plain(states: str, action: str) -> bool:
    """Whether a rule is about a form, or says what all others say."""
    last: dict[str, Any] = json.loads(states)[-1]
    if last.get("active_loop", _NO_FORM) != _NO_FORM:
        return True
    before = last.get("prev_action", {}).get("action_name")
    if before == ACTION_LISTEN_NAME:
        return action == REPLY
    return action == ACTION_LISTEN_NAME if before == REPLY else before is not None
