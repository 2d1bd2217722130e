"""What becomes due: each case by itself, then on a database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import pytest

from api.handoff.book import Book
from api.handoff.desk import Desk
from api.handoff.machine import Event
from api.handoff.records import Agent, DeskStatus, Handoff
from api.handoff.sweep import Facts, due
from api.services.counters import Counters
from api.settings import Settings
from api.settings_desk import DeskSettings
from api.storage import handoffs
from api.storage import staff as staff_table
from api.storage.store import Store
from tests.api.handoff.helpers import MINUTE, NIGHT, NOW, SECOND, agent, citizen, employ, told, wait

ANNA, BO = agent("Anna Berg"), agent("Bo Lind")

OPEN = DeskStatus(
    chat_open=True, hours_open=True, opens=None, closes=None,
    agents=1, present=1, waiting=1, wait_minutes=None, staffed=True,
)  # fmt: skip
WAITING = Handoff(
    id="h", conversation_id="c", municipality="umea", unit="mottagningsenheten", state="waiting",
    subject=None, reason=None, language=None, channel="web", danger=False,
    created_at=NOW, changed_at=NOW, citizen_seen_at=NOW,
)  # fmt: skip
TALKING = replace(WAITING, state="talking", claimed_by="anna", claimed_at=NOW)


def facts(after: dt.timedelta, status: DeskStatus = OPEN, **values: Any) -> Facts:
    agents = [Agent("anna", "Anna", "here"), Agent("bo", "Bo", values.pop("bo", "away"))]
    seen: Mapping[str, dt.datetime] = {"anna": NOW + values.pop("anna_seen", after)}
    given: dict[str, Any] = {
        "since": None, "conversations": {"c"}, "agents": {"umea": agents}, **values,
    }  # fmt: skip
    return Facts(
        settings=DeskSettings(), now=NOW + after, status={"umea": status}, seen_at=seen, **given,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("handoff", "known", "event"),
    [
        (WAITING, facts(MINUTE), None),
        (WAITING, facts(31 * MINUTE), "citizen_gone"),
        (TALKING, facts(31 * MINUTE), "citizen_gone"),
        (replace(WAITING, citizen_seen_at=NOW + 30 * MINUTE), facts(31 * MINUTE), "long_wait"),
        (WAITING, facts(11 * MINUTE), "long_wait"),
        (replace(WAITING, told_long_wait=True), facts(11 * MINUTE), None),
        (WAITING, facts(MINUTE, replace(OPEN, hours_open=False)), "desk_closed"),
        (WAITING, facts(MINUTE, replace(OPEN, present=0)), "desk_closed"),
        # All are on a break: they come back.
        (WAITING, facts(MINUTE, replace(OPEN, agents=0)), None),
        (TALKING, facts(2 * MINUTE), None),
        (TALKING, facts(2 * MINUTE, anna_seen=30 * SECOND), None),
        (TALKING, facts(2 * MINUTE, anna_seen=29 * SECOND), "nobody_left"),
        (TALKING, facts(2 * MINUTE, anna_seen=29 * SECOND, bo="break"), "nobody_left"),
        (TALKING, facts(2 * MINUTE, anna_seen=29 * SECOND, bo="here"), "agent_gone"),
        (
            TALKING,
            facts(2 * MINUTE, replace(OPEN, hours_open=False), anna_seen=SECOND, bo="here"),
            "nobody_left",
        ),
        # A talk goes on after closing time.
        (TALKING, facts(2 * MINUTE, replace(OPEN, hours_open=False)), None),
        # Their account was taken away in mid-chat.
        (replace(TALKING, claimed_by="ex"), facts(2 * MINUTE), "agent_gone"),
        (replace(TALKING, claimed_by="ex"), facts(2 * MINUTE, bo="here"), "agent_gone"),
        # Their role here was taken away, and they work on elsewhere.
        (TALKING, facts(2 * MINUTE, agents={"umea": [Agent("bo", "Bo", "here")]}), "agent_gone"),
        (TALKING, facts(2 * MINUTE, agents={"umea": []}), "nobody_left"),
        # Content has lost the municipality.
        (replace(WAITING, municipality="atlantis"), facts(MINUTE), "erased"),
        (WAITING, facts(2 * MINUTE, conversations=set()), "erased"),
        (WAITING, facts(30 * SECOND, conversations=set()), None),
        # The server has just started: nobody is gone yet.
        (TALKING, facts(99 * MINUTE, anna_seen=MINUTE, since=NOW + 98 * MINUTE), None),
        (TALKING, facts(99 * MINUTE, anna_seen=MINUTE, since=NOW + 97 * MINUTE), "nobody_left"),
        (
            replace(WAITING, told_long_wait=True),
            facts(99 * MINUTE, replace(OPEN, present=0), since=NOW + 98 * MINUTE),
            None,
        ),
    ],
)
def test_what_is_due(handoff: Handoff, known: Facts, event: Event | None) -> None:
    assert due(handoff, known) == event


async def test_nothing_is_due_with_nobody_there(desk: Desk) -> None:
    assert await desk.sweep(NOW) == 0


async def test_an_agent_closes_the_laptop_in_mid_chat(
    desk: Desk, settings: Settings, store: Store, book: Book
) -> None:
    employ(store, ANNA)
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    await desk.seen(ANNA.id, NOW + 10 * SECOND)
    assert await desk.sweep(NOW + 100 * SECOND) == 0
    assert await desk.sweep(NOW + 101 * SECOND) == 1
    assert await desk.sweep(NOW + 106 * SECOND) == 0
    assert "Assistenten svarar igen." in told(store, who)[-1].text
    assert await desk.talking(who.id) is None


async def test_a_colleague_gets_the_chat_of_who_is_gone(
    desk: Desk, settings: Settings, store: Store, book: Book
) -> None:
    employ(store, ANNA)
    employ(store, BO)
    who = citizen(store)
    waiting = wait(settings, store, who)
    book.claim(waiting.id, ANNA, NOW)
    await desk.seen(BO.id, NOW + 2 * MINUTE)
    assert await desk.sweep(NOW + 2 * MINUTE) == 1
    back = await desk.find(waiting.id)
    assert back is not None
    assert (back.state, back.claimed_by) == ("waiting", None)
    assert (await desk.claim(waiting.id, BO, NOW + 3 * MINUTE)).claimed_by == BO.id


async def test_at_closing_time_who_waits_is_told_the_other_ways(
    desk: Desk, settings: Settings, store: Store, counters: Counters
) -> None:
    employ(store, ANNA)
    people = [citizen(store) for _ in range(3)]
    for who in people:
        wait(settings, store, who)
    await desk.set_presence(ANNA.id, "here", NIGHT)
    for who in people:
        await desk.citizen_seen(who.id, NIGHT)
    assert await desk.sweep(NIGHT) == 3
    for who in people:
        assert "i morgon, torsdag, klockan 08.30" in told(store, who)[-1].text
        assert (await desk.view(who, NIGHT)).state == "expired"
    await counters.write(store)
    counted = {name: value for _, _, name, value in store.counters(NOW.date())}
    assert counted == {"handoff.expired": 3}


async def test_a_long_wait_is_told_once(desk: Desk, settings: Settings, store: Store) -> None:
    employ(store, ANNA)
    who = citizen(store)
    wait(settings, store, who)
    later = NOW + 11 * MINUTE
    await desk.seen(ANNA.id, later)
    assert [await desk.sweep(later), await desk.sweep(later + 5 * SECOND)] == [1, 0]
    assert told(store, who)[-1].text.startswith("Det tar längre tid än vanligt.")
    assert (await desk.view(who, later)).state == "waiting"


async def test_what_was_erased_by_another_way_is_found(
    desk: Desk, settings: Settings, store: Store
) -> None:
    employ(store, ANNA)
    who = citizen(store)
    waiting = wait(settings, store, who)
    store.erase(who.id)
    assert await desk.sweep(NOW + 2 * MINUTE) == 1
    found = await desk.find(waiting.id)
    assert found is not None
    assert found.state == "left"


async def test_one_municipality_that_is_gone_does_not_stop_the_others(
    desk: Desk, settings: Settings, store: Store
) -> None:
    here, gone = citizen(store), citizen(store)
    employ(store, ANNA)
    wait(settings, store, here)
    lost = wait(settings, store, gone)
    with store.desk.begin() as connection:
        handoffs.change(connection, lost.id, "waiting", municipality="atlantis")
    for who in (here, gone):
        await desk.citizen_seen(who.id, NIGHT)
    assert await desk.sweep(NIGHT) == 2
    assert (await desk.view(here, NIGHT)).state == "expired"
    assert await desk.waiting(["atlantis"]) == []


async def test_a_role_taken_away_in_mid_chat_does_not_keep_the_citizen(
    desk: Desk, settings: Settings, store: Store, book: Book
) -> None:
    both = agent("Cia Ek", "umea", "ludvika")
    employ(store, both)
    who = citizen(store)
    book.claim(wait(settings, store, who).id, both, NOW)
    later = NOW + 2 * MINUTE
    with store.desk.begin() as connection:
        staff_table.set_roles(connection, both.id, {"ludvika": ["agent"]})
    await desk.seen(both.id, later)
    assert await desk.sweep(later) == 1
    assert (await desk.view(who, later)).state == "returned"
