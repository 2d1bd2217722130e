"""One message of a conversation at a time, in order, and no lock left behind."""

from __future__ import annotations

import asyncio

import pytest

from api.services.locks import SenderLocks


async def hold(
    locks: SenderLocks, sender: str, name: str, log: list[str], until: asyncio.Event
) -> None:
    async with locks.of(sender):
        log.append(f"{name} in")
        await until.wait()
        log.append(f"{name} out")


async def settle() -> None:
    """Let every task come as far as it can."""
    for _ in range(10):
        await asyncio.sleep(0)


async def test_messages_of_one_sender_wait_in_order() -> None:
    locks, log, go = SenderLocks(), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(hold(locks, "me", n, log, go)) for n in "abc"]
    await settle()
    assert log == ["a in"]
    go.set()
    await asyncio.gather(*tasks)
    assert log == ["a in", "a out", "b in", "b out", "c in", "c out"]


async def test_senders_do_not_wait_for_each_other() -> None:
    locks, log, go = SenderLocks(), list[str](), asyncio.Event()
    tasks = [asyncio.create_task(hold(locks, n, n, log, go)) for n in "ab"]
    await settle()
    assert log == ["a in", "b in"]
    go.set()
    await asyncio.gather(*tasks)


async def test_no_lock_is_kept_when_nobody_needs_it() -> None:
    locks, go = SenderLocks(), asyncio.Event()
    tasks = [asyncio.create_task(hold(locks, "me", n, [], go)) for n in "ab"]
    await settle()
    assert set(locks._locks) == {"me"}
    go.set()
    await asyncio.gather(*tasks)
    assert locks._locks == {}


async def test_an_error_and_a_message_given_up_let_the_next_one_in() -> None:
    locks, log, go = SenderLocks(), list[str](), asyncio.Event()
    with pytest.raises(RuntimeError):
        async with locks.of("me"):
            raise RuntimeError
    first, given_up, last = (
        asyncio.create_task(hold(locks, "me", n, log, go)) for n in ("first", "given up", "last")
    )
    await settle()
    given_up.cancel()
    await settle()
    go.set()
    await asyncio.gather(first, last)
    assert log == ["first in", "first out", "last in", "last out"]
    assert locks._locks == {}
