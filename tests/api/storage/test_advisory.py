"""PostgreSQL's own locks: in order, given back by who dies, and lost by who stands still."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor

import pytest
import sqlalchemy as sa
from sqlalchemy.engine import Engine

from api.storage.advisory import AdvisoryLocks, Held, NoLock
from tests.postgres import Postgres

WAIT_SECONDS = 30.0
SHORT_LEASE = 0.3

Open = Callable[..., AdvisoryLocks]


@pytest.fixture
def process(engine: Engine) -> Iterator[Open]:
    """The locks of one more process."""
    made: list[AdvisoryLocks] = []

    def another(wait: float = WAIT_SECONDS, **more: float) -> AdvisoryLocks:
        made.append(AdvisoryLocks(engine, wait, **more))
        return made[-1]

    yield another
    for locks in made:
        locks.close()


def until_waiting(engine: Engine, count: int) -> None:
    """Return when so many wait for a lock."""
    waiting = sa.text(
        "SELECT count(*) FROM pg_locks l JOIN pg_stat_activity a USING (pid) "
        "WHERE l.locktype = 'advisory' AND NOT l.granted "
        "AND a.application_name = current_setting('application_name')"
    )
    end = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < end:
        with engine.connect() as connection:
            if connection.execute(waiting).scalar_one() == count:
                return
    raise AssertionError(f"there are not {count} who wait")


def test_processes_have_it_in_the_order_in_which_they_asked(engine: Engine, process: Open) -> None:
    one, other = process(), process()
    order: list[str] = []

    def ask(locks: AdvisoryLocks, name: str) -> None:
        held = locks.take("a conversation")
        order.append(name)
        held.release()

    first = one.take("a conversation")
    with ThreadPoolExecutor() as threads:
        asking: list[Future[None]] = []
        for number, locks in enumerate((other, one, other, one), start=1):
            asking.append(threads.submit(ask, locks, f"number {number}"))
            until_waiting(engine, number)
        assert order == []
        first.release()
        for asked in asking:
            asked.result()
    assert order == ["number 1", "number 2", "number 3", "number 4"]


def test_conversations_do_not_wait_for_each_other(process: Open) -> None:
    one, other = process(), process()
    held = [one.take("a"), other.take("b")]
    assert all(lock.is_ours() for lock in held)
    for lock in held:
        lock.release()


def test_who_is_killed_gives_it_back_at_once_and_knows(
    postgres: Postgres, place: str, process: Open
) -> None:
    one, other = process(), process()
    lost = one.take("a conversation")
    assert lost.is_ours()
    postgres.cut_connections(place)
    again = other.take("a conversation")
    assert again.is_ours()
    assert not lost.is_ours()
    with pytest.raises(NoLock):
        lost.renew()
    assert not lost.is_ours()
    lost.release()
    again.release()


def test_who_says_nothing_for_a_lease_has_lost_it(process: Open) -> None:
    lost = process(lease=SHORT_LEASE).take("a conversation")
    following: Held = process().take("a conversation")
    assert following.is_ours()
    assert not lost.is_ours()
    following.release()
    lost.release()


def test_who_says_that_they_are_there_keeps_it(process: Open) -> None:
    holder = process(lease=SHORT_LEASE).take("a conversation")
    with pytest.raises(NoLock):
        # Longer than the lease, while the holder tells in between.
        _while_renewed(holder, lambda: process(wait=3 * SHORT_LEASE).take("a conversation"))
    assert holder.is_ours()
    holder.release()


def _while_renewed(holder: Held, work: Callable[[], Held]) -> Held:
    with ThreadPoolExecutor() as threads:
        working = threads.submit(work)
        while not working.done():
            holder.renew()
        return working.result()


def test_who_waited_has_a_whole_lease_from_then_on(engine: Engine, process: Open) -> None:
    first, patient = process().take("a conversation"), process(lease=SHORT_LEASE)
    with ThreadPoolExecutor() as threads:
        asked = threads.submit(patient.take, "a conversation")
        until_waiting(engine, 1)
        until = time.monotonic() + SHORT_LEASE
        while time.monotonic() < until:
            first.renew()
        first.release()
        held = asked.result()
    assert held.is_ours()
    held.release()


def test_connections_that_were_lost_while_idle_are_replaced(
    postgres: Postgres, place: str, process: Open
) -> None:
    locks = process()
    held = [locks.take("a"), locks.take("b")]
    for lock in held:
        lock.release()
    postgres.cut_connections(place)
    again = locks.take("a")
    assert again.is_ours()
    again.release()


def test_a_server_that_is_away_gives_none() -> None:
    nobody = sa.create_engine("postgresql://lotsen@127.0.0.1:1/lotsen", future=True)
    locks = AdvisoryLocks(nobody, WAIT_SECONDS)
    with pytest.raises(NoLock, match=r"^OperationalError$"):
        locks.take("a conversation")
    locks.close()
