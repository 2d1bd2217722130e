"""The short way beside Rasa's own: the same replies, the same memory, in any mixture."""

from __future__ import annotations

import asyncio
import copy
import itertools
import json
import warnings
from collections.abc import Callable, Iterator
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa

from api.services.assistant import RasaAssistant
from bot.dialogue import trace
from bot.guard.intake import admit
from bot.understanding.analyse import CLAUSES, Analysis
from tools.talk import NOW, Talk

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from rasa.core.channels.channel import UserMessage
    from rasa.core.policies.rule_policy import RulePolicy
    from rasa.engine.runner.dask import DaskGraphRunner

    from api.services.direct_turns import DirectTurns
    from api.services.plain_rules import are_plain
    from api.services.straight_graph import StraightGraph

CONVERSATIONS = {
    "follow-ups": ["Vad kostar ledsagning?", "Och vem kan få det?", "Upprepa", "Hur ansöker jag?"],
    "a miss and a person": ["Vad är huvudstaden i Peru?", "asdf qwer", "Jag vill prata med någon"],
    "another municipality": ["Finns avlösning i Ludvika?", "Vad kostar det?", "Och i Umeå då?"],
    "danger": ["Jag vill inte leva längre", "Vad kostar ledsagning?"],
    "a form that is begun and left": [
        "Kan ni ringa upp mig?",
        "Ring upp mig",
        "Vad kostar ledsagning?",
        "Avbryt",
        "Vad kostar ledsagning?",
    ],
    "a chat": ["Jag vill chatta med en människa", "Chatta med en person", "Tack"],
    "chosen words": ["/greet", "hej", "1", "ja", "nej"],
}
OPEN = {"chat": True, "waiting": 0, "opens": None, "callback": True, "mail": False}

Say = Callable[[str, str], list[dict[str, Any]]]


@pytest.fixture
def assistant(converse: Talk) -> RasaAssistant:
    """The assistant of this test run."""
    return converse._assistant


@pytest.fixture
def ways(assistant: RasaAssistant) -> Iterator[tuple[Say, Say]]:
    """The same assistant by the short way where it can, and always through Rasa."""
    loop = asyncio.new_event_loop()
    through_rasa = copy.copy(assistant._direct)
    through_rasa.reply = lambda *_: None  # type: ignore[method-assign, union-attr]
    long = RasaAssistant(assistant._agent, assistant._locks, direct=through_rasa)
    metadata = {"municipality": "umea", "now": NOW, "person": OPEN}

    def by(way: RasaAssistant) -> Say:
        return lambda sender, text: loop.run_until_complete(
            way.reply(sender, admit(text), dict(metadata))
        )

    yield by(assistant), by(long)
    loop.close()


def told(replies: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [{k: v for k, v in reply.items() if k != "recipient_id"} for reply in replies]


@pytest.mark.parametrize("name", CONVERSATIONS)
def test_both_ways_say_the_same_to_the_letter(ways: tuple[Say, Say], name: str) -> None:
    short, long = ways
    for turn in CONVERSATIONS[name]:
        expected = told(long(f"long {name}", turn))
        assert expected
        assert told(short(f"short {name}", turn)) == expected


@pytest.mark.parametrize("name", CONVERSATIONS)
@pytest.mark.parametrize("first", [0, 1])
def test_each_turn_can_go_either_way(ways: tuple[Say, Say], name: str, first: int) -> None:
    mixed = itertools.cycle(ways[first:] + ways[:first])
    for turn, say in zip(CONVERSATIONS[name], mixed, strict=False):
        expected = told(ways[1](f"whole {name} {first}", turn))
        assert told(say(f"mixed {name} {first}", turn)) == expected


def test_what_is_kept_says_no_more_than_rasa_keeps(
    ways: tuple[Say, Say], assistant: RasaAssistant
) -> None:
    short, long = ways
    for turn in CONVERSATIONS["follow-ups"]:
        short("kept short", turn)
        long("kept long", turn)
    store = assistant._direct._rows._reading  # type: ignore[union-attr]

    def rows(sender: str) -> list[tuple[str, str | None]]:
        query = sa.text("SELECT type_name, action_name FROM events WHERE sender_id=:s ORDER BY id")
        with store.connect() as connection:
            return [tuple(row) for row in connection.execute(query, {"s": sender})]

    # Rasa keeps the first message's metadata once more in a slot that nothing here reads.
    theirs = [row for row in rows("kept long") if row[1] != "session_started_metadata"]
    assert rows("kept short") == theirs


def test_a_message_that_answers_a_form_goes_through_rasa(assistant: RasaAssistant) -> None:
    direct = assistant._direct
    assert direct is not None
    assert direct.reply("answers", "[namn]", {"callback": {"step": "name"}}) is None


def test_a_form_that_begins_is_recorded_once(ways: tuple[Say, Say]) -> None:
    with trace.recording() as record:
        ways[0]("recorded", "Ring upp mig")
    assert record.actions.count("action_reply") == 1


def test_a_database_that_fails_keeps_nobody_from_an_answer(
    assistant: RasaAssistant, caplog: pytest.LogCaptureFixture
) -> None:
    nowhere = sa.create_engine("sqlite://", future=True)
    rows = copy.copy(assistant._direct._rows)  # type: ignore[union-attr]
    rows._reading = rows._writing = nowhere
    actions = SimpleNamespace(actions={"action_reply": assistant._direct._act})  # type: ignore[union-attr]
    direct = DirectTurns(assistant._agent.processor, actions, rows)
    replies = direct.reply("lost", "Vad kostar ledsagning?", {"municipality": "umea", "now": NOW})
    assert replies
    assert replies[0]["custom"]["kind"] == "answer"
    assert caplog.messages == ["a conversation was not kept or read: OperationalError"] * 2
    nowhere.dispose()


def test_the_graph_gives_what_dask_gives(assistant: RasaAssistant) -> None:
    graph = assistant._agent.processor.graph_runner
    assert isinstance(graph, StraightGraph)
    target = assistant._agent.processor.model_metadata.nlu_target
    for text in ("Vad kostar ledsagning i Umeå?", "What does it cost?", "…"):
        inputs = {"__message__": [UserMessage(text)], "__tracker__": None}
        own = graph.run(inputs, [target])[target][0]
        theirs = DaskGraphRunner.run(graph, inputs, [target])[target][0]
        assert own.as_dict(True)
        assert {**own.as_dict(True), CLAUSES: plain(own)} == {
            **theirs.as_dict(True),
            CLAUSES: plain(theirs),
        }


def plain(message: Any) -> dict[str, Any]:
    analysis = message.get(CLAUSES)
    assert isinstance(analysis, Analysis)
    return analysis.as_dict()


def test_a_node_is_run_once_and_only_when_it_is_needed(assistant: RasaAssistant) -> None:
    processor = assistant._agent.processor
    graph = processor.graph_runner
    order = graph._order((processor.model_metadata.nlu_target,))
    assert len(set(order)) == len(order)
    assert not any("RulePolicy" in name for name in order)


def test_our_rules_are_plain(assistant: RasaAssistant) -> None:
    assert are_plain(assistant._agent.processor)


LISTENED = {"prev_action": {"action_name": "action_listen"}}
REPLIED = {"prev_action": {"action_name": "action_reply"}}


@pytest.mark.parametrize(
    ("state", "action", "plain"),
    [
        ({**LISTENED, "user": {"intent": "greet"}}, "utter_hej", False),
        ({**REPLIED, "user": {"intent": "greet"}}, "utter_hej", False),
        ({"user": {"intent": "greet"}}, "utter_hej", False),
        ({**LISTENED, "active_loop": {"name": "should_not_be_set"}}, "utter_hej", False),
        ({**LISTENED, "active_loop": {"name": "other_form"}}, "other_form", True),
    ],
)
def test_a_rule_of_an_operators_own_is_seen(
    assistant: RasaAssistant, state: dict[str, Any], action: str, plain: bool
) -> None:
    assert are_plain(with_rule(assistant, {json.dumps([state]): action})) is plain


def test_another_policy_is_seen(assistant: RasaAssistant) -> None:
    processor = with_rule(assistant, {})
    name, node = policy_of(processor)
    processor.graph_runner._instantiated_nodes[f"{name} again"] = node
    assert not are_plain(processor)


def policy_of(processor: Any) -> tuple[str, Any]:
    nodes = processor.graph_runner._instantiated_nodes
    return next((n, node) for n, node in nodes.items() if "RulePolicy" in n)


def with_rule(assistant: RasaAssistant, more: dict[str, str]) -> Any:
    """A processor whose policy has other rules; the real one is left as it is."""
    real = assistant._agent.processor
    name, node = policy_of(real)
    policy = copy.copy(node._component)
    assert isinstance(policy, RulePolicy)
    policy.lookup = {**policy.lookup, "rules": {**policy.lookup["rules"], **more}}
    changed = copy.copy(node)
    changed._component = policy
    nodes = {**real.graph_runner._instantiated_nodes, name: changed}
    return SimpleNamespace(graph_runner=SimpleNamespace(_instantiated_nodes=nodes))
