"""What the desk keeps goes by times of its own, and stays while deletion is frozen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from api.settings import Settings
from api.settings_desk import DeskSettings
from api.storage import audit, outbox
from api.storage import callbacks as table
from api.storage.callbacks import DRAFT_OPEN, Draft
from api.storage.store import Store, open_store
from api.storage.tables_desk import audit as audit_table
from api.storage.tables_desk import callback_drafts, callbacks, handoffs
from api.storage.tables_desk import outbox as outbox_table
from tests.api.storage.helpers import DAY, NOW, start

ALL = (handoffs, callbacks, callback_drafts, outbox_table, audit_table)
DESK = DeskSettings(callback_days=7, audit_days=730)


@pytest.fixture(params=[30, 0], ids=["kept", "in memory"])
def store(address: str, request: pytest.FixtureRequest) -> Iterator[Store]:
    """Conversations are kept for a month, or only in memory."""
    opened = open_store(
        Settings(database_url=address, retention_days=int(request.param), desk=DESK)
    )
    yield opened
    opened.close()


def ended_handoff(store: Store, conversation_id: str, ended_at: datetime | None = NOW) -> None:
    add(
        store,
        handoffs,
        id=f"h-{conversation_id}",
        conversation_id=conversation_id,
        municipality="umea",
        unit="mottagningsenheten",
        state="closed" if ended_at else "waiting",
        channel="web",
        danger=False,
        created_at=NOW,
        changed_at=NOW,
        citizen_seen_at=NOW,
        told_long_wait=False,
        ended_at=ended_at,
    )


def callback(
    store: Store, state: str, ended_at: datetime | None, conversation_id: str | None = None
) -> None:
    add(
        store,
        callbacks,
        conversation_id=conversation_id,
        receipt=f"UM-{state}",
        secret_hash="-",
        key_hash=state,
        municipality="umea",
        unit="mottagningsenheten",
        state=state,
        name="Åsa Öberg",
        phone="070-174 06 58",
        about="ledsagning",
        due_from=NOW,
        due_to=NOW,
        consent_at=NOW,
        created_at=NOW,
        changed_at=NOW,
        attempts=0,
        ended_at=ended_at,
    )


def failed_mail(store: Store) -> None:
    mail = outbox.Mail("callback", "umea", "enheten@kommun.example", "Ring upp", "Åsa Öberg")
    with store.desk.begin() as connection:
        outbox.put(connection, mail, NOW)
        waiting = outbox.lease(connection, NOW)
        assert waiting is not None
        outbox.give_up(connection, waiting, NOW, "recipient 550")


def add(store: Store, table: sa.Table, **values: Any) -> None:
    with store.desk.begin() as connection:
        connection.execute(table.insert().values(**values))


def left(store: Store) -> dict[str, int]:
    with store.desk.connect() as connection:
        counts = {
            t.name: connection.execute(sa.select(sa.func.count()).select_from(t)).scalar_one()
            for t in ALL
        }
    return {name: count for name, count in counts.items() if count}


def one_of_each(store: Store) -> None:
    ended_handoff(store, "c1")
    callback(store, "done", NOW)
    failed_mail(store)
    audit.write(store.desk, NOW, None, "umea", "claimed", "h1")


def test_each_goes_in_its_time(store: Store) -> None:
    one_of_each(store)
    kept_days = 30
    store.purge(NOW + 7 * DAY, kept_days)
    assert set(left(store)) == {"handoffs", "callbacks", "outbox", "audit"}
    store.purge(NOW + 7.01 * DAY, kept_days)
    assert set(left(store)) == {"handoffs", "audit"}
    store.purge(NOW + 30.01 * DAY, kept_days)
    assert set(left(store)) == {"audit"}
    store.purge(NOW + 730 * DAY, kept_days)
    assert set(left(store)) == {"audit"}
    store.purge(NOW + 730.01 * DAY, kept_days)
    assert left(store) == {}


def test_ended_chats_are_kept_a_day_where_conversations_are_not(store: Store) -> None:
    ended_handoff(store, "c1")
    store.purge(NOW + DAY, 0)
    assert left(store) == {"handoffs": 1}
    store.purge(NOW + 1.01 * DAY, 0)
    assert left(store) == {}


def test_what_was_written_into_a_form_that_was_left_goes_within_the_hour(store: Store) -> None:
    draft = Draft("c1", "umea", "phone", {"name": "Åsa Öberg"}, NOW)
    with store.desk.begin() as connection:
        table.put_draft(connection, draft)
    store.purge(NOW + DRAFT_OPEN, 30)
    with store.desk.connect() as connection:
        assert table.find_draft(connection, "c1") == draft
    store.purge(NOW + DAY / 24, 30)
    with store.desk.connect() as connection:
        assert table.find_draft(connection, "c1") == replace(draft, fields={})
    store.purge(NOW + 1.01 * DAY, 30)
    assert left(store) == {}


def test_what_goes_on_stays(store: Store) -> None:
    ended_handoff(store, "c1", None)
    callback(store, "waiting", None)
    mail = outbox.Mail("callback", "umea", "enheten@kommun.example", "Ring upp", "Text")
    with store.desk.begin() as connection:
        outbox.put(connection, mail, NOW)
    store.purge(NOW + 31 * DAY, 30)
    assert left(store) == {"handoffs": 1, "callbacks": 1, "outbox": 1}


def test_nothing_goes_while_deletion_is_frozen(store: Store) -> None:
    one_of_each(store)
    store.freeze(True)
    store.purge(NOW + 1000 * DAY, 30)
    assert len(left(store)) == 4
    store.freeze(False)
    store.purge(NOW + 1000 * DAY, 30)
    assert left(store) == {}


def test_chats_of_a_conversation_that_is_kept_are_kept(address: str) -> None:
    store = open_store(Settings(database_url=address, retention_days=30, desk=DESK))
    mine = start(store).id
    ended_handoff(store, mine)
    callback(store, "done", NOW, mine)
    callback(store, "cancelled", NOW)
    store.freeze(True, mine)
    store.purge(NOW + 40 * DAY, 30)
    assert left(store) == {"handoffs": 1, "callbacks": 1}
    store.freeze(False, mine)
    store.purge(NOW + 40 * DAY, 30)
    assert left(store) == {}
    store.close()


def test_a_name_that_went_is_not_in_the_file(tmp_path: Path) -> None:
    file = tmp_path / "lotsen.db"
    settings = Settings(database_url=f"sqlite:///{file}", desk=replace(DESK, callback_days=0))
    store = open_store(settings)
    callback(store, "done", NOW)
    failed_mail(store)

    def written() -> bytes:
        return b"".join(path.read_bytes() for path in tmp_path.glob("lotsen.db*"))

    assert "Åsa Öberg".encode() in written()
    store.purge(NOW + 1.01 * DAY, 30)
    assert "Åsa Öberg".encode() not in written()
    store.close()
