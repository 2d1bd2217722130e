"""The rows of callbacks and drafts: one key once, changes from a known state, and their end."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

from api.callbacks.records import ENDED, OPEN, Callback
from api.storage import callbacks as table
from api.storage.callbacks import Draft
from api.storage.store import Store
from tests.api.storage.helpers import DAY, NOW

ONE = Callback(
    receipt="UM-7K3F-92QX",
    municipality="umea",
    unit="mottagningsenheten",
    state="waiting",
    name="Kim Berg",
    phone="070-174 06 05",
    about="Ledsagning",
    language="sv",
    due_from=NOW,
    due_to=NOW + timedelta(hours=3),
    conversation_id=None,
    consent_at=NOW,
    created_at=NOW,
    changed_at=NOW,
    taken_by=None,
    attempts=0,
    ended_at=None,
)


def add(store: Store, *new: Callback) -> list[bool]:
    """Keep them; which were new."""
    with store.desk.begin() as connection:
        return [table.add(connection, one, "secret", f"key {one.receipt}") for one in new]


def left(store: Store) -> set[str]:
    """The receipts that are there."""
    with store.desk.connect() as connection:
        return {c.receipt for c in table.listed(connection, ["umea", "ludvika"], (*OPEN, *ENDED))}


def test_one_is_kept_as_it_came_and_once(store: Store) -> None:
    assert add(store, ONE, ONE) == [True, False]
    with store.desk.connect() as connection:
        kept = table.find(connection, ONE.receipt)
        assert kept == table.Kept(ONE, "secret")
        assert table.by_key(connection, "umea", f"key {ONE.receipt}") == ONE
        assert table.by_key(connection, "ludvika", f"key {ONE.receipt}") is None
        assert table.find(connection, "UM-AAAA-AAAA") is None


def test_a_change_is_only_from_what_was_expected(store: Store) -> None:
    add(store, ONE)
    with store.desk.begin() as connection:
        taken = table.change(connection, ONE.receipt, ["waiting"], state="taken", taken_by="anna")
        assert taken == replace(ONE, state="taken", taken_by="anna")
        assert table.change(connection, ONE.receipt, ["waiting"], state="taken") is None
        assert table.change(connection, ONE.receipt, ["taken"], "bo", state="done") is None
        assert table.change(connection, ONE.receipt, ["taken"], "anna", state="done") is not None


def test_of_many_at_once_one_changes_it(store: Store) -> None:
    add(store, ONE)

    def take(number: int) -> bool:
        with store.desk.begin() as connection:
            values = {"state": "taken", "taken_by": str(number)}
            return table.change(connection, ONE.receipt, ["waiting"], **values) is not None

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(take, range(8))) == 1


def test_what_has_ended_goes_after_its_days_and_what_nobody_finished_later(store: Store) -> None:
    add(
        store,
        replace(ONE, receipt="UM-DONE-AAAA", state="done", ended_at=NOW - 7 * DAY),
        replace(ONE, receipt="UM-LATE-AAAA", state="cancelled", ended_at=NOW - 8 * DAY),
        replace(ONE, receipt="UM-WAIT-AAAA", due_to=NOW - 36 * DAY),
        replace(ONE, receipt="UM-WAIT-CCCC", due_to=NOW - 38 * DAY),
        replace(ONE, receipt="UM-TAKE-AAAA", state="taken", due_to=NOW - 38 * DAY),
    )
    with store.desk.begin() as connection:
        assert table.purge(connection, NOW, 7) == 3
    assert left(store) == {"UM-DONE-AAAA", "UM-WAIT-AAAA"}
    with store.desk.begin() as connection:
        assert table.purge(connection, NOW, 0) == 2


def test_a_conversation_that_is_gone_is_pointed_to_no_more(store: Store) -> None:
    first = replace(ONE, conversation_id="C" * 22)
    other = replace(ONE, receipt="UM-AAAA-AAAA", conversation_id="D" * 22)
    add(store, first, other)
    with store.desk.begin() as connection:
        assert table.of_conversation(connection, "C" * 22) == [first]
        table.unlink(connection, "C" * 22)
        assert table.of_conversation(connection, "C" * 22) == []
        assert table.of_conversation(connection, "D" * 22) == [other]


def test_drafts(store: Store) -> None:
    draft = Draft("sender", "umea", "name", {"about": "Ledsagning", "times": [["a", "b"]]}, NOW)
    with store.desk.begin() as connection:
        assert table.find_draft(connection, "sender") is None
        table.put_draft(connection, draft)
        table.put_draft(connection, replace(draft, step="phone"))
        assert table.find_draft(connection, "sender") == replace(draft, step="phone")
        table.purge_drafts(connection, NOW + timedelta(minutes=30))
        assert table.find_draft(connection, "sender") == replace(draft, step="phone")
        table.purge_drafts(connection, NOW + timedelta(minutes=31))
        assert table.find_draft(connection, "sender") == replace(draft, step="phone", fields={})
        assert table.purge_drafts(connection, NOW + timedelta(days=1, minutes=1)) == 1
        assert table.find_draft(connection, "sender") is None
        table.put_draft(connection, draft)
        table.delete_draft(connection, "sender")
        assert table.find_draft(connection, "sender") is None


def test_names_of_colleagues(store: Store) -> None:
    with store.desk.connect() as connection:
        assert table.colleague(connection, None) is None
        assert table.colleague(connection, "nobody") is None


def test_what_no_database_can_hold_is_left_out(store: Store) -> None:
    add(store, replace(ONE, name="Kim\x00 \ud800Berg"))
    with store.desk.connect() as connection:
        kept = table.find(connection, ONE.receipt)
    assert kept is not None
    assert kept.callback.name == "Kim ?Berg"
