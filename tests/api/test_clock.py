"""The nights when clocks change, and clocks that are set: durations are what has passed."""

from __future__ import annotations

import datetime as dt
import inspect
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import pytest

from api.clock import ClockWatch, so_long_before, utc
from api.handoff.desk import Desk
from api.handoff.status import desk_status
from api.services import housekeeping
from api.services.counters import Counters
from api.services.limits import Limits
from api.services.live import Live
from api.services.windows import Windows
from api.settings import Settings
from api.settings_desk import DeskSettings
from api.staff.sessions import Sessions, hash_of
from api.storage.store import Store, open_store
from bot.dialogue.turn import in_stockholm
from tests.api.handoff.helpers import agent, citizen, employ, wait
from tests.api.staff.helpers import add_account

MINUTE, HOUR = dt.timedelta(minutes=1), dt.timedelta(hours=1)
SPRING = dt.datetime(2026, 3, 29, 1, tzinfo=dt.timezone.utc)
"""02.00 becomes 03.00 in Sweden."""

AUTUMN = dt.datetime(2026, 10, 25, 1, tzinfo=dt.timezone.utc)
"""03.00 becomes 02.00."""

NIGHTS = [SPRING, AUTUMN]


@pytest.fixture
def store(folder: Path) -> Store:
    """An empty store."""
    return open_store(Settings(data_dir=folder))


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("minutes", range(-90, 91, 30))
def test_what_has_passed_is_the_same_every_night(night: dt.datetime, minutes: int) -> None:
    moment = night + minutes * MINUTE
    assert so_long_before(in_stockholm(moment), HOUR) == moment - HOUR
    assert utc(in_stockholm(moment)) == moment


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize(("minutes", "signed_in"), [(5, True), (29, True), (35, False)])
def test_staff_are_signed_out_after_the_time_that_is_set(
    store: Store, night: dt.datetime, minutes: int, signed_in: bool
) -> None:
    sessions = Sessions(store.desk, DeskSettings(session_hours=8, idle_minutes=30))
    staff, begun = add_account(store, umea="agent"), night - 3 * MINUTE
    with store.desk.begin() as connection:
        token = sessions.begin(connection, staff, in_stockholm(begun))
    found = sessions._current(hash_of(token), in_stockholm(begun + minutes * MINUTE), False)
    assert (found is not None) is signed_in
    if found:
        assert found.ends_at == begun + 8 * HOUR


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize(("seconds", "present"), [(60, 1), (120, 0)])
def test_who_is_at_the_desk_is_not_gone_at_once(
    store: Store, night: dt.datetime, seconds: int, present: int
) -> None:
    seen, passed = night - dt.timedelta(seconds=30), dt.timedelta(seconds=seconds)
    employ(store, agent(), "here", seen)
    with store.desk.connect() as connection:
        now = in_stockholm(seen + passed)
        there = desk_status(connection, "umea", now, dt.timedelta(seconds=90))
    assert there.present == present


def test_limits_go_by_the_time_that_passes() -> None:
    """A clock set back by an hour would keep people waiting for an hour."""
    for kind in (Limits, Windows):
        assert inspect.signature(kind).parameters["now"].default is time.monotonic


@pytest.mark.parametrize(
    ("by_clock", "passed", "was_set"),
    [(5, 5, False), (86_405, 5, True), (-3595, 5, True), (20, 5, False), (3600, 3600, False)],
)
def test_a_clock_that_was_set_is_noticed_once(by_clock: int, passed: int, was_set: bool) -> None:
    shown, ticks = [SPRING], [100.0]
    watch = ClockWatch(lambda: shown[0], lambda: ticks[0])
    assert not watch.was_set()
    shown[0] += dt.timedelta(seconds=by_clock)
    ticks[0] += passed
    assert watch.was_set() is was_set
    assert not watch.was_set()


@pytest.mark.parametrize("jump", [48 * HOUR, -HOUR])
async def test_nobody_loses_their_place_when_the_clock_is_set(
    store: Store, monkeypatch: pytest.MonkeyPatch, jump: dt.timedelta
) -> None:
    """Everybody would have been gone for two days. The desk is open at that hour, too."""
    now = dt.datetime(2026, 11, 18, 9, tzinfo=dt.timezone.utc)
    settings = Settings()
    employ(store, agent(), "here", now)
    handoff = wait(settings, store, citizen(store), now)
    desk = Desk(settings, store, Live(), Counters(), now - HOUR)

    class Jumped(ClockWatch):
        def was_set(self) -> bool:
            return True

    async def once(seconds: float, work: Callable[[], Awaitable[None]]) -> None:
        await work()

    monkeypatch.setattr(housekeeping, "ClockWatch", Jumped)
    monkeypatch.setattr(housekeeping, "_every", once)
    await housekeeping.sweep_often(desk, lambda: now + jump)
    found = await desk.find(handoff.id)
    assert found is not None
    assert found.state == "waiting"
