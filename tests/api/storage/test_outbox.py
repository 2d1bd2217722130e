"""The outbox: kept with its promise, sent by one at a time, tried again, withdrawn, purged."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from api.storage import outbox
from api.storage.desk_store import DeskStore
from api.storage.outbox import LEASE, STUCK, Failed, Mail, Waiting
from api.storage.store import Store
from api.storage.tables_desk import outbox as table
from tests.api.storage.helpers import DAY, NOW

MINUTE = timedelta(minutes=1)
MAIL = Mail("callback", "umea", "enheten@kommun.example", "Ring upp", "Åsa, 070", "UM-1", "a@b.se")


@pytest.fixture
def desk(store: Store) -> DeskStore:
    """An empty one."""
    return store.desk


def put(desk: DeskStore, **other: Any) -> str:
    with desk.begin() as connection:
        return outbox.put(connection, replace(MAIL, **other), NOW)


def leased(desk: DeskStore, now: Any = NOW) -> Waiting | None:
    with desk.begin() as connection:
        return outbox.lease(connection, now)


def count(desk: DeskStore) -> int:
    with desk.connect() as connection:
        chosen = sa.select(sa.func.count()).select_from(table)
        return int(connection.execute(chosen).scalar_one())


def test_a_mail_is_leased_as_it_was_put(desk: DeskStore) -> None:
    message_id = put(desk)
    waiting = leased(desk)
    assert waiting is not None
    assert (waiting.mail, waiting.message_id) == (MAIL, message_id)
    assert (waiting.created_at, waiting.attempts) == (NOW, 1)


def test_it_is_not_there_without_its_promise(desk: DeskStore) -> None:
    with pytest.raises(RuntimeError), desk.begin() as connection:
        outbox.put(connection, MAIL, NOW)
        raise RuntimeError("the callback could not be stored")
    assert leased(desk) is None


def test_a_lease_is_for_one_until_it_ends(desk: DeskStore) -> None:
    put(desk)
    first = leased(desk)
    assert first is not None
    with desk.connect() as connection:
        assert not outbox.is_due(connection, NOW + LEASE - MINUTE)
        assert outbox.is_due(connection, NOW + LEASE)
    assert leased(desk, NOW + LEASE - MINUTE) is None
    again = leased(desk, NOW + LEASE)
    assert again is not None
    assert (again.message_id, again.attempts) == (first.message_id, 2)


def test_who_was_too_slow_changes_nothing(desk: DeskStore) -> None:
    put(desk)
    slow, other = leased(desk), leased(desk, NOW + LEASE)
    assert slow is not None and other is not None
    with desk.begin() as connection:
        outbox.postpone(connection, slow, NOW, "timeout")
        outbox.give_up(connection, slow, NOW, "recipient 550")
    assert leased(desk, NOW + LEASE + MINUTE) is None
    with desk.begin() as connection:
        outbox.postpone(connection, other, NOW + 2 * LEASE, "timeout")
    assert leased(desk, NOW + 2 * LEASE - MINUTE) is None
    assert leased(desk, NOW + 2 * LEASE) is not None


def test_the_oldest_due_is_first(desk: DeskStore) -> None:
    for receipt in ("UM-1", "UM-2"):
        put(desk, receipt=receipt)
    first, second = leased(desk), leased(desk)
    assert first is not None and second is not None
    assert (first.mail.receipt, second.mail.receipt) == ("UM-1", "UM-2")
    assert leased(desk) is None


def test_workers_at_once_lease_each_mail_once(desk: DeskStore) -> None:
    for _ in range(20):
        put(desk)
    with ThreadPoolExecutor(6) as threads:
        found = [w for w in threads.map(lambda _: leased(desk), range(40)) if w is not None]
    # One who found a mail that another was just taking got none; nobody got another's.
    rest = []
    while (waiting := leased(desk)) is not None:
        rest.append(waiting)
    assert len({w.id for w in found + rest}) == len(found + rest) == 20


def test_what_is_sent_is_gone(desk: DeskStore) -> None:
    put(desk)
    waiting = leased(desk)
    assert waiting is not None
    with desk.begin() as connection:
        outbox.sent(connection, waiting)
    assert count(desk) == 0


@pytest.mark.parametrize(("tries", "surely_unsent"), [(0, True), (1, False)])
def test_what_nobody_needs_is_withdrawn(desk: DeskStore, tries: int, surely_unsent: bool) -> None:
    put(desk)
    put(desk, receipt="UM-2")
    for _ in range(tries):
        leased(desk)
    with desk.begin() as connection:
        assert outbox.withdraw(connection, "UM-1") is surely_unsent
        assert outbox.withdraw(connection, "UM-1") is False
    assert count(desk) == 1


def give_up(desk: DeskStore) -> None:
    waiting = leased(desk)
    assert waiting is not None
    with desk.begin() as connection:
        outbox.give_up(connection, waiting, NOW, "recipient 550")


def test_what_failed_is_listed_without_contents_for_its_municipality(desk: DeskStore) -> None:
    put(desk)
    put(desk, municipality="ludvika")
    give_up(desk)
    give_up(desk)
    put(desk)
    with desk.connect() as connection:
        [found] = outbox.failed(connection, ["umea"])
        assert outbox.failed(connection, []) == []
        assert len(outbox.failed(connection)) == 2
        assert len(outbox.failed(connection, ["umea", "ludvika"])) == 2
    assert found == Failed(
        found.id, "callback", "umea", "UM-1", MAIL.recipient, NOW, NOW, 1, "recipient 550"
    )
    assert not {"subject", "body", "reply_to"} & set(Failed.__slots__)


def test_what_failed_is_tried_no_more_and_purged(desk: DeskStore) -> None:
    put(desk)
    give_up(desk)
    assert leased(desk, NOW + 30 * DAY) is None
    put(desk, receipt="UM-2")
    with desk.begin() as connection:
        assert outbox.purge(connection, NOW) == 0
        assert outbox.purge(connection, NOW + MINUTE) == 1
    assert count(desk) == 1


def test_what_no_worker_tries_any_more_is_not_kept_for_ever(desk: DeskStore) -> None:
    put(desk)
    with desk.begin() as connection:
        assert outbox.purge(connection, NOW + STUCK) == 0
        assert outbox.purge(connection, NOW + STUCK + MINUTE) == 1


@pytest.mark.parametrize(("to", "recipient"), [(None, MAIL.recipient), ("x@y.se", "x@y.se")])
def test_what_failed_can_be_tried_after_all(
    desk: DeskStore, to: str | None, recipient: str
) -> None:
    put(desk)
    give_up(desk)
    with desk.begin() as connection:
        [found] = outbox.failed(connection)
        assert outbox.retry(connection, found.id, NOW + DAY, to)
        assert not outbox.retry(connection, found.id, NOW + DAY, to)
    waiting = leased(desk, NOW + DAY)
    assert waiting is not None
    assert (waiting.id, waiting.mail.recipient) == (found.id, recipient)
