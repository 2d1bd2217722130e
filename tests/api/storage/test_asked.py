"""Questions and what became of them, read from the conversations of one municipality."""

from __future__ import annotations

import datetime as dt
from typing import Any

from api.settings import Settings
from api.storage.asked import Asked, asked_since
from api.storage.store import Store, open_store

NOW = dt.datetime(2026, 11, 18, 9, tzinfo=dt.timezone.utc)
ANSWERED = {"kind": "answer", "answer": "umea.ledsagning.kostnad"}
MISSED = {"kind": "not_defined", "answer": None, "understood": {"topic": "ledsagning.tid"}}


def conversation(
    store: Store, municipality: str, question: str, custom: dict[str, Any], at: dt.datetime
) -> str:
    """A conversation of a question and its reply."""
    new, _ = store.create(municipality, "web", None, False, at)
    asked = store.add(new.id, "citizen", question, at)
    store.add(new.id, "assistant", "Svar", at, body={"custom": custom}, in_reply_to=asked.number)
    store.add(new.id, "notice", "Du väntar", at, in_reply_to=asked.number)
    return new.id


def test_newest_first_with_what_was_said_of_them(address: str) -> None:
    store = open_store(Settings(database_url=address))
    try:
        early, late = NOW - dt.timedelta(days=3), NOW - dt.timedelta(hours=1)
        rated = conversation(store, "umea", "vad kostar det", ANSWERED, early)
        store.give_feedback(rated, 2, False, "Inget belopp.", NOW)
        gone = conversation(store, "umea", "hur länge", MISSED, late)
        conversation(store, "ludvika", "vad kostar det här", ANSWERED, late)
        conversation(store, "umea", "för länge sedan", ANSWERED, NOW - dt.timedelta(days=9))
        since = NOW - dt.timedelta(days=7)
        with store.desk.connect_texts() as connection:
            found = asked_since(connection, "umea", since, 10)
            assert asked_since(connection, "umea", since, 1) == found[:1]
        assert found == [
            Asked("hur länge", "not_defined", None, "ledsagning.tid", late, None, None),
            Asked(
                "vad kostar det", "answer", ANSWERED["answer"], None, early, False, "Inget belopp."
            ),
        ]
        store.erase(gone)
        with store.desk.connect_texts() as connection:
            assert asked_since(connection, "umea", since, 10) == found[1:]
    finally:
        store.close()
