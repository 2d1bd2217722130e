"""One message of a conversation at a time over several processes, and nobody kept out by others."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator

import pytest
from sqlalchemy.engine import Engine

from api.services.conversation_locks import (
    MOST_ASKING,
    ConversationLocks,
    LockLost,
    locks_of,
)
from api.settings import Settings
from api.storage.advisory import CONNECTIONS, AdvisoryLocks
from api.storage.store import open_store
from tests.api.storage.test_advisory import WAIT_SECONDS, until_waiting
from tests.postgres import Postgres

Open = Callable[..., ConversationLocks]


@pytest.fixture
def process(engine: Engine) -> Iterator[Open]:
    """The locks of one more process."""
    made: list[ConversationLocks] = []

    def another(**more: float) -> ConversationLocks:
        made.append(ConversationLocks(AdvisoryLocks(engine, WAIT_SECONDS, **more)))
        return made[-1]

    yield another
    for locks in made:
        locks.close()


async def say(locks: ConversationLocks, sender: str, name: str, log: list[str]) -> None:
    async with locks.of(sender):
        log.append(f"{name} in")
        await asyncio.sleep(0)
        log.append(f"{name} out")


async def waiting(engine: Engine, count: int) -> None:
    await asyncio.to_thread(until_waiting, engine, count)


async def test_messages_are_answered_as_they_came_to_whichever_process(
    engine: Engine, process: Open
) -> None:
    processes, log, tasks = [process(), process()], list[str](), []
    async with processes[0].of("me"):
        for number, which in enumerate([0, 1, 1, 0], start=1):
            tasks.append(asyncio.create_task(say(processes[which], "me", str(number), log)))
            await waiting(engine, number)
    await asyncio.gather(*tasks)
    assert log == [f"{number} {how}" for number in range(1, 5) for how in ("in", "out")]


async def test_many_at_once_are_never_mixed(process: Open) -> None:
    processes, logs = [process(), process()], {name: list[str]() for name in "abcde"}
    await asyncio.gather(
        *(
            say(processes[number % 2], name, f"{name}{number}", log)
            for number in range(10)
            for name, log in logs.items()
        )
    )
    for log in logs.values():
        assert len(log) == 20
        assert all(log[at].split()[0] == log[at + 1].split()[0] for at in range(0, 20, 2))


async def test_a_hundred_messages_of_one_leave_room_for_others(
    engine: Engine, process: Open
) -> None:
    locks, log = process(), list[str]()
    async with process().of("loud"):
        loud = [asyncio.create_task(say(locks, "loud", str(n), log)) for n in range(100)]
        await waiting(engine, MOST_ASKING)
        assert MOST_ASKING < CONNECTIONS
        await say(locks, "quiet", "quiet", log)
        assert log == ["quiet in", "quiet out"]
    await asyncio.gather(*loud)
    order = [int(entry.split()[0]) for entry in log[2::2]]
    # The first ones ask the server by connections of their own; after them it is one by one.
    assert sorted(order[:MOST_ASKING]) == list(range(MOST_ASKING))
    assert sorted(order) == list(range(100))


async def test_who_gives_up_waiting_keeps_nobody_out(engine: Engine, process: Open) -> None:
    one, other, log = process(), process(), list[str]()
    async with one.of("me"):
        given_up = asyncio.create_task(say(other, "me", "given up", log))
        await waiting(engine, 1)
        given_up.cancel()
        await asyncio.gather(given_up, return_exceptions=True)
    await say(one, "me", "next", log)
    await say(other, "me", "last", log)
    assert log == ["next in", "next out", "last in", "last out"]


async def test_a_holder_whose_connection_was_cut_may_not_write(
    postgres: Postgres, place: str, process: Open
) -> None:
    async with process().of("me") as lock:
        lock.check()
        postgres.cut_connections(place)
        async with process().of("me") as following:
            following.check()
            with pytest.raises(LockLost):
                lock.check()


async def test_a_long_answer_is_said_to_be_under_way(process: Open) -> None:
    """The lease is renewed: the lock outlives it by far."""
    async with process(lease=0.4).of("me") as lock:
        for _ in range(5):
            await asyncio.sleep(0.4)
            lock.check()


async def test_an_sqlite_file_needs_no_server(tmp_path_factory: pytest.TempPathFactory) -> None:
    store = open_store(Settings(data_dir=tmp_path_factory.mktemp("own")))
    locks, log = locks_of(store), list[str]()
    async with locks.of("me") as lock:
        lock.check()
        waits = asyncio.create_task(say(locks, "me", "next", log))
        await asyncio.sleep(0)
        assert log == []
    await waits
    assert log == ["next in", "next out"]
    locks.close()
    store.close()
