"""What a turn reads and adds, beside what Rasa's own store makes of the same rows."""

from __future__ import annotations

import asyncio
import time
import warnings
from collections.abc import Iterator

import pytest
import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActiveLoop,
    ConversationPaused,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)

from api.settings import Settings
from api.storage.store import open_store

with warnings.catch_warnings():
    warnings.simplefilter("ignore")
    from api.services.trackers import Conversations, tracker_store
    from api.services.turn_rows import NEWEST_FIRST, TurnRows

    DOMAIN = Domain.from_dict(
        {
            "slots": {
                name: {"type": "any", "mappings": [{"type": "custom"}]}
                for name in ("municipality", "memory")
            },
            "forms": {"form": {"required_slots": []}},
        }
    )

HISTORY = 20
MINUTES = 60


@pytest.fixture
def rasa(address: str) -> Iterator[Conversations]:
    """Rasa's store."""
    settings = Settings(database_url=address, history=HISTORY)
    store = open_store(settings)
    found = tracker_store(settings, store)
    found.domain = DOMAIN
    yield found
    store.close()


@pytest.fixture
def rows(rasa: Conversations) -> TurnRows:
    """The rows of the same database."""
    return TurnRows(rasa.engine, HISTORY, MINUTES)


def said(*slots: SlotSet, ago: float = 0.0) -> list[Event]:
    return [
        UserUttered("hej", {"name": "greet"}, timestamp=time.time() - ago),
        ActionExecuted("action_reply"),
        *slots,
        ActionExecuted("action_listen"),
    ]


def test_nobody_has_said_anything_yet(rows: TurnRows) -> None:
    found = rows.recall("a")
    assert (found.slots, found.plain, found.new_session) == ({}, True, True)


def test_the_newest_value_of_each_slot_is_known_and_nobody_elses(rows: TurnRows) -> None:
    rows.keep("a", said(SlotSet("municipality", "umea"), SlotSet("memory", {"misses": 1})))
    rows.keep("b", said(SlotSet("municipality", "ludvika")))
    rows.keep("a", said(SlotSet("memory", {"misses": 2})))
    found = rows.recall("a")
    assert found.slots == {"municipality": "umea", "memory": {"misses": 2}}
    assert (found.plain, found.new_session) == (True, False)


def test_rasas_store_reads_what_was_kept_and_the_other_way_round(
    rows: TurnRows, rasa: Conversations
) -> None:
    rows.keep("a", said(SlotSet("municipality", "umea")))

    async def go_on() -> object:
        tracker = await rasa.get_or_create_tracker("a")
        before = tracker.get_slot("municipality")
        for event in said(SlotSet("municipality", "leksand")):
            tracker.update(event, DOMAIN)
        await rasa.save(tracker)
        return before

    assert asyncio.run(go_on()) == "umea"
    assert rows.recall("a").slots == {"municipality": "leksand"}


def test_what_is_older_than_the_bounded_history_is_not_read(rows: TurnRows) -> None:
    rows.keep("a", said(SlotSet("municipality", "umea")))
    for _ in range(HISTORY):
        rows.keep("a", said())
    assert rows.recall("a").slots == {}


@pytest.mark.parametrize(
    ("events", "plain"),
    [
        ([ActiveLoop("form")], False),
        ([ActiveLoop("form"), ActiveLoop(None)], True),
        ([ActiveLoop(None), ActiveLoop("form")], False),
        ([ConversationPaused()], False),
    ],
)
def test_an_open_form_or_a_strange_event_is_not_plain(
    rows: TurnRows, events: list[Event], plain: bool
) -> None:
    rows.keep("a", [*said(), *events])
    rows.keep("a", said())
    assert rows.recall("a").plain is plain


def test_a_session_ends_an_hour_after_the_last_message(rows: TurnRows) -> None:
    rows.keep("a", said(SlotSet("municipality", "umea"), ago=(MINUTES - 1) * 60))
    assert rows.recall("a").slots == {"municipality": "umea"}
    rows.keep("b", said(SlotSet("municipality", "umea"), ago=(MINUTES + 1) * 60))
    found = rows.recall("b")
    assert (found.slots, found.new_session) == ({}, True)


def test_an_open_form_of_an_hour_ago_is_closed(rows: TurnRows) -> None:
    rows.keep("a", [ActiveLoop("form"), *said(ago=(MINUTES + 1) * 60)])
    assert rows.recall("a").plain


def test_a_session_that_never_ends_does_not(rasa: Conversations) -> None:
    endless = TurnRows(rasa.engine, HISTORY, 0)
    endless.keep("a", said(SlotSet("municipality", "umea"), ago=10 * 24 * 3600))
    assert endless.recall("a").slots == {"municipality": "umea"}


def test_a_new_session_knows_nothing_of_the_one_before(rows: TurnRows) -> None:
    rows.keep("a", said(SlotSet("municipality", "umea")))
    rows.keep("a", [SessionStarted(), *said()])
    found = rows.recall("a")
    assert (found.slots, found.new_session) == ({}, False)


def test_the_newest_rows_are_found_by_an_index(rows: TurnRows, rasa: Conversations) -> None:
    names = {index["name"] for index in sa.inspect(rasa.engine).get_indexes("events")}
    assert NEWEST_FIRST in names


def test_what_somebody_wrote_is_in_no_error(rows: TurnRows, rasa: Conversations) -> None:
    with rasa.engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE events"))
    with pytest.raises(sa.exc.SQLAlchemyError) as error:
        rows.keep("a", [UserUttered("hemlighet")])
    assert "hemlighet" not in str(error.value)
