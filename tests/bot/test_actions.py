"""The action between Rasa's tracker and the dialogue."""

from __future__ import annotations

from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from bot.actions.reply import ActionReply
from bot.dialogue.state import State
from bot.knowledge.loader import load_knowledge

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
