"""All that is kept of one conversation, as JSON."""

from __future__ import annotations

import json

from api.settings import Settings
from api.storage.store import Store
from tests.api.handoff.helpers import NOW as HANDOFF_NOW
from tests.api.handoff.helpers import agent, employ, wait
from tests.api.storage.helpers import NOW, rasa_writes, start


def test_everything_is_in_it_but_the_secret(store: Store) -> None:
    made, _ = store.create("umea", "web", "sv", True, NOW)
    store.add(made.id, "citizen", "Vad kostar det?", NOW, key="nyckel-1")
    store.add(made.id, "assistant", "Ingenting.", NOW, body={"kind": "answer"}, in_reply_to=1)
    store.give_feedback(made.id, 2, False, "Stämmer inte", NOW)
    rasa_writes(store, made.id, "Vad kostar det?", "Ingenting.")
    rasa_writes(store, start(store).id, "något annat")
    store.freeze(True, made.id)
    moment = "2026-11-18T10:00:00+00:00"
    expected = {
        "id": made.id,
        "conversation": {
            "id": made.id,
            "municipality": "umea",
            "channel": "web",
            "language": "sv",
            "easy": True,
            "created_at": moment,
            "updated_at": moment,
            "frozen": True,
        },
        "messages": [
            {
                "number": 1,
                "sender": "citizen",
                "text": "Vad kostar det?",
                "body": None,
                "in_reply_to": None,
                "key": "nyckel-1",
                "created_at": moment,
            },
            {
                "number": 2,
                "sender": "assistant",
                "text": "Ingenting.",
                "body": {"kind": "answer"},
                "in_reply_to": 1,
                "key": None,
                "created_at": moment,
            },
        ],
        "feedback": [{"number": 2, "helped": False, "words": "Stämmer inte", "created_at": moment}],
        "handoffs": [],
        "callbacks": [],
        "rasa_events": [{"text": "Vad kostar det?"}, {"text": "Ingenting."}],
    }
    kept = store.export(made.id)
    assert kept == expected
    assert json.loads(json.dumps(kept)) == expected


def test_a_sender_of_rasas_contract_has_events_alone(store: Store) -> None:
    rasa_writes(store, "kiosk", "hej")
    kept = store.export("kiosk")
    assert kept == {
        "id": "kiosk",
        "conversation": None,
        "messages": [],
        "feedback": [],
        "handoffs": [],
        "callbacks": [],
        "rasa_events": [{"text": "hej"}],
    }


def test_the_way_to_a_person_is_told_too(settings: Settings, store: Store) -> None:
    employ(store, agent())
    made = start(store, HANDOFF_NOW)
    wait(settings, store, made)
    kept = store.export(made.id)
    assert kept is not None
    (told,) = kept["handoffs"]
    assert (told["state"], told["unit"], told["danger"]) == ("waiting", "mottagningsenheten", False)
    assert told["created_at"] == HANDOFF_NOW.isoformat()
    assert json.loads(json.dumps(kept)) == kept


def test_of_nobody_there_is_nothing(store: Store) -> None:
    assert store.export("nobody") is None
