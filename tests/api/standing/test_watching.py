"""Every process reads the marks at start and then often; what fails is tried again."""

from __future__ import annotations

import asyncio
import logging

import pytest

from api.standing.service import Standings
from api.standing.watching import watch_standing
from api.storage.desk_store import DeskStore
from bot.knowledge.loader import load_knowledge
from bot.knowledge.standing import ALL_STANDS, current_standing, set_standing
from tests.api.staff.helpers import NOW
from tests.api.standing.helpers import COST


async def test_what_another_process_withdrew_is_gone_at_the_next_look(
    desk: DeskStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = asyncio.Event()
    may_look = asyncio.Semaphore(0)

    async def wait(seconds: float) -> None:
        assert seconds <= 5
        looks.set()
        await may_look.acquire()

    watch = watch_standing(desk)
    monkeypatch.setattr("api.standing.watching.asyncio.sleep", wait)
    task = asyncio.ensure_future(watch())
    await looks.wait()
    Standings(desk).mark("umea", COST, "withdrawn", "fel", None, NOW)
    set_standing(ALL_STANDS)
    looks.clear()
    may_look.release()
    await looks.wait()
    assert [a.id for a in load_knowledge().all_withdrawn] == [COST]
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    assert current_standing() == ALL_STANDS


def test_a_database_that_is_gone_changes_nothing(
    desk: DeskStore, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    Standings(desk).mark("umea", COST, "withdrawn", "fel", None, NOW)

    def broken() -> None:
        raise OSError("gone")

    monkeypatch.setattr(desk, "connect", broken)
    with caplog.at_level(logging.ERROR):
        watch_standing(desk)
    assert "standing_failed" in caplog.text
    assert load_knowledge().all_withdrawn
