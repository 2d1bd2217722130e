"""Turns in threads: context, errors, and a lock that is held to the end."""

from __future__ import annotations

import asyncio
import threading
from contextvars import ContextVar

import pytest

from api.services.in_threads import InThreads, to_its_end
from api.services.locks import SenderLocks

WHO: ContextVar[str] = ContextVar("who", default="nobody")


async def test_work_is_done_beside_the_event_loop_with_the_callers_context() -> None:
    WHO.set("umea")
    found = await InThreads().run(lambda n: (n, WHO.get(), threading.current_thread().name), 7)
    assert found[:2] == (7, "umea")
    assert found[2].startswith("turn")


async def test_an_error_comes_to_who_waits() -> None:
    with pytest.raises(ZeroDivisionError):
        await InThreads().run(lambda: 1 / 0)


async def test_several_are_worked_on_at_once() -> None:
    both_there = threading.Barrier(2, timeout=30)
    threads = InThreads(2)
    await asyncio.gather(threads.run(both_there.wait), threads.run(both_there.wait))


async def test_who_stops_waiting_leaves_the_lock_with_the_work() -> None:
    locks, begun, may_end = SenderLocks(), asyncio.Event(), asyncio.Event()
    done: list[str] = []

    async def first() -> None:
        begun.set()
        await may_end.wait()
        done.append("first")

    async def second() -> None:
        done.append("second")

    hurried = asyncio.create_task(to_its_end(locks.of("a"), first))
    await begun.wait()
    hurried.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hurried
    waiting = asyncio.create_task(to_its_end(locks.of("a"), second))
    await asyncio.sleep(0)
    assert done == []
    may_end.set()
    await waiting
    assert done == ["first", "second"]


async def test_what_was_not_begun_when_its_caller_left_is_never_begun() -> None:
    locks, may_end = SenderLocks(), asyncio.Event()
    done: list[str] = []

    async def work() -> None:
        done.append("begun")

    async with locks.of("a"):
        hurried = asyncio.create_task(to_its_end(locks.of("a"), work))
        await asyncio.sleep(0)
        hurried.cancel()
        with pytest.raises(asyncio.CancelledError):
            await hurried
    async with locks.of("a"):
        may_end.set()
    assert done == []


async def test_a_failure_after_the_caller_left_disturbs_nobody() -> None:
    locks, begun, may_end = SenderLocks(), asyncio.Event(), asyncio.Event()

    async def fails() -> None:
        begun.set()
        await may_end.wait()
        raise ValueError("hemlighet")

    hurried = asyncio.create_task(to_its_end(locks.of("a"), fails))
    await begun.wait()
    hurried.cancel()
    with pytest.raises(asyncio.CancelledError):
        await hurried
    may_end.set()
    async with locks.of("a"):
        pass
