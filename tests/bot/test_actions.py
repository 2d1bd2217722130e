"""The actions between Rasa's tracker and the dialogue."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Action, Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.callback import (
    FORM,
    ActionAskCallbackAbout,
    ActionAskCallbackConfirm,
    ActionAskCallbackName,
    ActionAskCallbackPhone,
    ActionAskCallbackTime,
    ActionSubmitCallback,
    ValidateCallbackForm,
)
from bot.actions.reply import ActionReply
from bot.dialogue.callback_fields import STEPS
from bot.dialogue.state import State
from bot.knowledge.files import read_yaml
from bot.knowledge.loader import load_knowledge

ROOT = Path(__file__).resolve().parents[2]
ASKS = (
    ActionAskCallbackAbout(),
    ActionAskCallbackName(),
    ActionAskCallbackPhone(),
    ActionAskCallbackTime(),
    ActionAskCallbackConfirm(),
)

UMEA = load_knowledge().municipalities["umea"]
METADATA = {"municipality": "umea", "now": "2026-11-18T10:00"}


def run(text: str, intent: str, slots: dict[str, Any]) -> tuple[dict[str, Any], dict[str, Any]]:
    """What was said, and which slots were set."""
    message = {"text": text, "intent": {"name": intent}, "metadata": METADATA}
    tracker = Tracker("me", slots, message, [], False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    events = ActionReply().run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    assert all(e["event"] == "slot" for e in events)
    return said, {e["name"]: e["value"] for e in events}


def test_its_name_stands_in_the_domain() -> None:
    assert ActionReply().name() == "action_reply"


def test_text_custom_and_buttons_are_one_message() -> None:
    said, _ = run("Vad kostar det?", "ledsagning.kostnad", State().to_slots())
    assert said["text"]
    assert said["custom"]["answer"] == "umea.ledsagning.kostnad"
    assert said["buttons"]
    assert all(b["title"] == b["payload"] for b in said["buttons"])


def test_every_slot_is_set_each_time_since_the_store_forgets_old_events() -> None:
    slots = State("umea", "ledsagning", "kostnad").to_slots()
    _, changed = run("tack", "thanks", slots)
    assert set(changed) == set(slots)
    assert changed["service"] == "ledsagning"


def test_choosing_to_be_called_hands_over_to_the_form() -> None:
    events = _events("Bli uppringd", {"person": {"callback": True}})
    assert {"event": "followup", "timestamp": None, "name": FORM} in events
    assert {e["name"] for e in events if e["event"] == "slot"} >= {"memory", "requested_slot"}


def test_choosing_the_chat_ends_the_form() -> None:
    events = _events("Chatta med en människa", {"person": {"chat": True}})
    assert {"event": "active_loop", "timestamp": None, "name": None} in events


@pytest.mark.parametrize(("step", "action"), zip(STEPS, ASKS, strict=True))
def test_a_question_says_again_what_is_known_of_the_form(step: str, action: Action) -> None:
    told = {"step": step, "answer": "given", "times": ["måndag"], "purpose": "För samtalet."}
    tracker = _tracker("[svar]", {"callback": told}, {"requested_slot": "callback_x"})
    dispatcher = CollectingDispatcher()
    events = action.run(dispatcher, tracker, {})
    (said,) = dispatcher.messages
    assert action.name() == f"action_ask_callback_{step}"
    assert said["custom"]["callback"] == {"step": step}
    assert events[0]["event"] == "active_loop"
    assert {e["name"] for e in events[1:]} >= {"memory", *(f"callback_{s}" for s in STEPS)}


@pytest.mark.parametrize(
    ("told", "set_to"),
    [
        ({"step": "name", "answer": "given"}, {"callback_name": "given"}),
        ({"step": "name", "answer": "refused", "problem": "digits"}, {"callback_name": None}),
        ({"step": "name", "answer": "none"}, {}),
    ],
)
def test_validation_marks_fields_and_keeps_no_words(
    told: dict[str, Any], set_to: dict[str, Any]
) -> None:
    tracker = _tracker("Hjördis", {"callback": told}, {"requested_slot": "callback_name"})
    events = ValidateCallbackForm().run(CollectingDispatcher(), tracker, {})
    assert {e["name"]: e["value"] for e in events} == set_to


def test_validation_leaves_the_first_message_alone() -> None:
    tracker = _tracker("Bli uppringd", {}, {})
    assert ValidateCallbackForm().run(CollectingDispatcher(), tracker, {}) == []


def test_every_action_of_the_domain_is_there_and_no_other() -> None:
    domain = read_yaml(ROOT / "domain.yml")
    own: list[Action] = [ActionReply(), ActionSubmitCallback(), ValidateCallbackForm(), *ASKS]
    assert sorted(domain["actions"]) == sorted(a.name() for a in own)
    assert domain["forms"][FORM]["required_slots"] == [f"callback_{s}" for s in STEPS]


def _tracker(text: str, metadata: dict[str, Any], slots: dict[str, Any]) -> Tracker:
    message = {"text": text, "intent": {"name": "thanks"}, "metadata": {**METADATA, **metadata}}
    return Tracker("me", slots, message, [], False, None, {}, "action_listen")


def _events(text: str, metadata: dict[str, Any]) -> list[dict[str, Any]]:
    return ActionReply().run(CollectingDispatcher(), _tracker(text, metadata, {}), {})


def test_an_error_inside_becomes_a_way_to_a_person(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("inside")

    monkeypatch.setattr("bot.dialogue.respond.respond", fail)
    said, _ = run("hemlig text", "greet", State().to_slots())
    assert said["custom"]["kind"] == "handoff"
    assert str(UMEA.reception_unit.phone) in said["text"]
    assert "inside" in caplog.text
    assert "hemlig" not in caplog.text
