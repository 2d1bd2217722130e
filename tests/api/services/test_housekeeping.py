"""What is done beside the requests: numbers are written, what is old is deleted, failures wait."""

from __future__ import annotations

import asyncio
import datetime as dt
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from api.handoff.desk import Desk
from api.mail.worker import MailWorker
from api.services import housekeeping as module
from api.services.counters import Counters
from api.services.live import Live
from api.settings import Settings
from api.storage.store import Store, open_store
from tests.api.callbacks.helpers import with_mail
from tests.api.helpers import Canned, application
from tests.api.running import started

NOW = dt.datetime(2026, 11, 18, 23, 30, tzinfo=dt.timezone.utc)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(Settings(data_dir=tmp_path))


async def test_numbers_are_written_by_the_swedish_day(store: Store) -> None:
    counters = Counters()
    for _ in range(3):
        counters.add("umea", "messages", NOW)
    counters.add_replies(None, [{"custom": {"kind": "answer"}}, {"text": "hej"}], NOW)
    await counters.write(store)
    await counters.write(store)
    day = dt.date(2026, 11, 19)
    assert sorted(store.counters(dt.date(2026, 11, 1))) == [
        (day, "-", "replies.answer", 1),
        (day, "-", "replies.unknown", 1),
        (day, "umea", "messages", 3),
    ]


async def test_numbers_that_cannot_be_written_wait(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*rest: Any) -> None:
        raise OSError("disk full")

    counters = Counters()
    counters.add("umea", "messages", NOW)
    counters.add("umea", "conversations", NOW)
    monkeypatch.setattr(store, "count", fails)
    await counters.write(store)
    counters.add("umea", "messages", NOW)
    monkeypatch.undo()
    await counters.write(store)
    counted = {name: value for _, _, name, value in store.counters(dt.date(2026, 11, 1))}
    assert counted == {"messages": 2, "conversations": 1}


async def test_what_is_old_is_deleted_and_logged(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO", "api")
    old = store.create("umea", "web", None, False, NOW - dt.timedelta(days=31))[0]
    new = store.create("umea", "web", None, False, NOW - dt.timedelta(days=29))[0]
    await module.purge_once(store, 30, NOW)
    assert store.export(old.id) is None
    assert store.export(new.id) is not None
    (record,) = [r for r in caplog.records if r.getMessage() == "purged"]
    assert record.__dict__["fields"] == {"count": 1, "days": 30}


async def test_a_purge_that_fails_is_tried_again_later(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def fails(*rest: Any) -> int:
        raise OSError("disk full")

    monkeypatch.setattr(store, "purge", fails)
    await module.purge_once(store, 30, NOW)
    assert "purge_failed" in caplog.text


async def test_the_desk_is_looked_after_also_when_it_failed_once(
    store: Store, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(module, "SWEEP_SECONDS", 0.0)
    desk = Desk(Settings(), store, Live(), Counters())
    swept: asyncio.Queue[dt.datetime] = asyncio.Queue()

    async def sweep(now: dt.datetime) -> int:
        swept.put_nowait(now)
        if swept.qsize() == 1:
            raise OSError("the database is away")
        return 0

    monkeypatch.setattr(desk, "sweep", sweep)
    work = partial(module.sweep_often, desk, lambda: NOW)
    async with module.housekeeping(store, Counters(), 30, work):
        found = [await asyncio.wait_for(swept.get(), 10) for _ in range(2)]
    assert found == [NOW, NOW]
    assert "sweep_failed" in caplog.text


async def test_a_running_application_looks_after_its_desk_and_sends_its_mail(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    swept, mailed = asyncio.Event(), asyncio.Event()

    async def sweep(desk: Desk, now: dt.datetime) -> int:
        swept.set()
        return 0

    async def send_next(worker: MailWorker, now: dt.datetime) -> bool:
        mailed.set()
        return False

    monkeypatch.setattr(Desk, "sweep", sweep)
    monkeypatch.setattr(MailWorker, "send_next", send_next)
    async with started(application(Canned(), folder, **with_mail())):
        await asyncio.wait_for(asyncio.gather(swept.wait(), mailed.wait()), 10)


async def test_a_house_is_kept_from_the_start_to_the_end(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    purged, loop = asyncio.Event(), asyncio.get_running_loop()

    def purge(now: dt.datetime, days: int) -> int:
        loop.call_soon_threadsafe(purged.set)
        return 0

    monkeypatch.setattr(store, "purge", purge)
    counters = Counters()
    async with module.housekeeping(store, counters, 30):
        await asyncio.wait_for(purged.wait(), 10)
        counters.add("umea", "messages", NOW)
    assert len(store.counters(dt.date(2026, 11, 1))) == 1
