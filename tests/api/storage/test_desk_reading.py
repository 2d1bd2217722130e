"""Names, news and what was noted already: on each kind of database."""

from __future__ import annotations

import datetime as dt

import pytest

from api.settings import Settings
from api.storage import audit, callbacks, desk_reading
from api.storage.store import Store, open_store
from tests.api.desk_helpers import CALLBACK
from tests.api.staff.helpers import NOW, add_account

MINUTE = dt.timedelta(minutes=1)


def test_names_are_told_also_of_who_may_not_sign_in(store: Store) -> None:
    add_account(store, "anna", "Anna Ek", umea="agent")
    add_account(store, "olle", "Olle Ost", active=False)
    with store.desk.connect() as connection:
        known = desk_reading.names(connection, {"anna", "olle", "nobody"})
        assert known == {"anna": "Anna Ek", "olle": "Olle Ost"}
        assert desk_reading.names(connection, []) == {}


@pytest.mark.parametrize("days", [0, 30])
def test_the_newest_number_of_each_conversation(address: str, days: int) -> None:
    store = open_store(Settings(database_url=address, retention_days=days))
    one, two, silent = (store.create("umea", "web", "sv", False, NOW)[0].id for _ in range(3))
    for conversation, text in ((one, "Hej"), (one, "Hallå"), (two, "God dag")):
        store.add(conversation, "citizen", text, NOW)
    assert desk_reading.newest(store.texts, [one, two, silent, "erased:x"]) == {one: 2, two: 1}
    assert desk_reading.newest(store.texts, []) == {}
    store.close()


def test_a_callback_that_came_changed_or_ended_is_marked(store: Store) -> None:
    def marks(*municipalities: str) -> list[str]:
        with store.desk.connect() as connection:
            return desk_reading.callback_marks(connection, municipalities)

    before = marks("umea")
    with store.desk.begin() as connection:
        assert callbacks.add(connection, CALLBACK, "0" * 64, "1" * 64)
    came = marks("umea")
    with store.desk.begin() as connection:
        callbacks.change(connection, CALLBACK.receipt, ["waiting"], changed_at=NOW, state="taken")
    changed = marks("umea")
    with store.desk.begin() as connection:
        callbacks.change(connection, CALLBACK.receipt, ["taken"], ended_at=NOW, state="done")
    assert [len(before), len(came), len(changed), len(marks("umea"))] == [0, 1, 1, 0]
    assert came != changed
    assert marks("ludvika") == []
    assert not any(word in str(came) for word in (CALLBACK.name, CALLBACK.phone, CALLBACK.about))


def test_what_was_noted_is_ones_own_recent_and_of_that_kind(store: Store) -> None:
    anna = add_account(store, "anna", "Anna Ek")
    olle = add_account(store, "olle", "Olle Ost")
    with store.desk.begin() as connection:
        audit.write(connection, NOW, anna, "umea", "read", "mine")
        audit.write(connection, NOW - 2 * MINUTE, anna, "umea", "read", "old")
        audit.write(connection, NOW, anna, "umea", "claimed", "other")
        audit.write(connection, NOW, olle, "umea", "read", "his")
        asked = ["mine", "old", "other", "his", "none"]
        known = desk_reading.noted(connection, "anna", "read", asked, NOW - MINUTE)
    assert known == {"mine"}
