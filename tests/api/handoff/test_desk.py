"""The desk as agents use it: who is there, what is open, what is said and how it ends."""

from __future__ import annotations

import datetime as dt

import pytest

from api.errors import ApiError
from api.handoff.desk import Desk
from api.handoff.records import Handoff
from api.services.counters import Counters
from api.services.live import Live, desk_of
from api.settings import Settings
from api.storage import desk_presence
from api.storage.store import Store
from tests.api.handoff.helpers import (
    MINUTE,
    NIGHT,
    NOW,
    SECOND,
    agent,
    citizen,
    employ,
    told,
    wait,
)

ANNA, BO = agent("Anna Berg"), agent("Bo Lind", "umea", "ludvika")


@pytest.fixture
def days() -> int:
    """What differs in memory is tested at the book."""
    return 30


@pytest.fixture(autouse=True)
def staff(store: Store) -> None:
    """Anna is here, Bo has not come yet."""
    employ(store, ANNA)
    employ(store, BO, None)


@pytest.fixture
async def taken(desk: Desk, settings: Settings, store: Store) -> Handoff:
    """Somebody talks with Anna."""
    return await desk.claim(wait(settings, store, citizen(store)).id, ANNA, NOW)


async def refusal(work: object) -> ApiError:
    with pytest.raises(ApiError) as refused:
        await work  # type: ignore[misc]
    return refused.value


async def test_a_desk_is_open_while_somebody_is_there_and_the_hours_say_so(desk: Desk) -> None:
    status = await desk.status("umea", NOW)
    assert (status.chat_open, status.agents, status.present, status.staffed) == (True, 1, 1, True)
    assert status.closes is not None
    assert (await desk.status("umea", NOW + 91 * SECOND)).chat_open is False
    assert (await desk.status("ludvika", NOW)).chat_open is False
    # Östersund has no desk, whoever is there.
    assert (await desk.status("ostersund", NOW)).hours_open is False
    await desk.set_presence(ANNA.id, "break", NOW)
    status = await desk.status("umea", NOW)
    assert (status.chat_open, status.agents, status.present) == (False, 0, 1)


async def test_who_keeps_open_is_there_after_hours_and_who_closes_is_not(desk: Desk) -> None:
    await desk.set_presence(ANNA.id, "here", NIGHT)
    assert (await desk.status("umea", NIGHT)).chat_open is False
    await desk.set_opening("umea", NIGHT, open_until=NIGHT + 30 * MINUTE)
    status = await desk.status("umea", NIGHT)
    assert (status.chat_open, status.extra_until) == (True, NIGHT + 30 * MINUTE)
    assert (await desk.status("umea", NIGHT + 30 * MINUTE)).extra_until is None
    await desk.set_opening("umea", NIGHT, closed_until=NIGHT + 30 * MINUTE)
    status = await desk.status("umea", NIGHT)
    assert (status.chat_open, status.extra_until) == (False, None)
    assert status.closed_until == NIGHT + 30 * MINUTE
    await desk.set_opening("umea", NIGHT)
    assert (await desk.status("umea", NIGHT)).closed_until is None


async def test_an_account_that_was_taken_away_is_nobody(desk: Desk, store: Store) -> None:
    with store.desk.begin() as connection:
        connection.exec_driver_sql("UPDATE staff SET active = false")
    status = await desk.status("umea", NOW)
    assert (status.agents, status.staffed) == (0, False)
    assert await desk.agents("umea", NOW) == []


async def test_presence_is_what_was_set_until_one_has_been_gone_long(desk: Desk) -> None:
    assert await desk.presence(BO.id, NOW) == "away"
    await desk.seen(BO.id, NOW)
    assert await desk.presence(BO.id, NOW) == "away"
    await desk.set_presence(BO.id, "here", NOW)
    back = NOW + 10 * MINUTE
    assert {a.id: a.state for a in await desk.agents("umea", back)}[BO.id] == "away"
    await desk.seen(BO.id, back)
    assert await desk.presence(BO.id, back) == "here"
    assert {a.id: a.state for a in await desk.agents("umea", back)}[BO.id] == "here"
    # The next morning the page is open again: nobody is offered before they say so.
    morning = back + dt.timedelta(hours=20)
    assert await desk.presence(BO.id, morning) == "away"
    await desk.seen(BO.id, morning)
    assert await desk.presence(BO.id, morning) == "away"


async def test_the_wait_is_known_after_three_of_the_day(
    desk: Desk, settings: Settings, store: Store
) -> None:
    for minutes in (1, 4, 30):
        assert (await desk.status("umea", NOW)).wait_minutes is None
        waiting = wait(settings, store, citizen(store))
        await desk.claim(waiting.id, ANNA, NOW + minutes * MINUTE)
    who = citizen(store)
    view = await desk.join(who, NOW + MINUTE)
    assert view.wait == "ungefär 4 minuter"
    assert "I dag har väntetiden varit ungefär 4 minuter." in view.text
    assert (await desk.status("umea", NOW + dt.timedelta(days=1))).wait_minutes is None


async def test_the_queue_is_of_ones_municipalities_oldest_first(
    desk: Desk, settings: Settings, store: Store
) -> None:
    await desk.set_presence(BO.id, "here", NOW)
    late = wait(settings, store, citizen(store), NOW + MINUTE)
    early = wait(settings, store, citizen(store))
    other = wait(settings, store, citizen(store, "ludvika"))
    assert [h.id for h in await desk.waiting({"umea"})] == [early.id, late.id]
    assert [h.id for h in await desk.waiting({"ludvika"})] == [other.id]
    assert await desk.waiting(set()) == []
    before = await desk.version({"ludvika"}, NOW)
    await desk.claim(early.id, ANNA, NOW)
    assert await desk.version({"ludvika"}, NOW) == before
    await desk.leave(citizen(store, "ludvika"), NOW)
    assert await desk.version({"ludvika"}, NOW) == before
    await desk.claim(other.id, BO, NOW + SECOND)
    assert await desk.version({"ludvika"}, NOW) != before


async def test_an_agents_words_wake_both_sides(
    desk: Desk, taken: Handoff, live: Live, store: Store
) -> None:
    with (
        live.following(taken.conversation_id, "citizen") as citizen_woken,
        live.following(desk_of("umea"), "agent") as desk_woken,
    ):
        said = await desk.reply(taken.id, ANNA, "Hej!\r\nVälkommen.", "key", NOW)
        assert said.text == "Hej!\nVälkommen."
        assert citizen_woken.is_set()
        assert desk_woken.is_set()
        citizen_woken.clear()
        assert await desk.reply(taken.id, ANNA, "Hej!\nVälkommen.", "key", NOW) == said
        assert not citizen_woken.is_set()
    assert said.body == {"agent": {"id": ANNA.id, "name": "Anna"}}


async def test_what_an_agent_can_not_say(desk: Desk, taken: Handoff, settings: Settings) -> None:
    long = "a" * (settings.message_limit + 1)
    assert (await refusal(desk.reply(taken.id, ANNA, long, "k", NOW))).code == "message_too_long"
    assert (await refusal(desk.reply(taken.id, ANNA, " \n", "k", NOW))).code == "empty_message"
    assert (await refusal(desk.reply(taken.id, BO, "Hej", "k", NOW))).code == "not_your_chat"
    assert (await refusal(desk.reply("nothing", ANNA, "Hej", "k", NOW))).code == "unknown_handoff"


async def test_handing_over_to_a_colleague_or_a_unit(desk: Desk, taken: Handoff) -> None:
    stranger = agent("Cia Ek", "leksand")
    wrong = desk.transfer(taken.id, ANNA, NOW, to_staff=stranger)
    assert (await refusal(wrong)).code == "unknown_colleague"
    assert (await refusal(desk.transfer(taken.id, ANNA, NOW, to_unit="vaxel"))).code == (
        "unknown_unit"
    )
    assert (await refusal(desk.transfer("nothing", ANNA, NOW))).code == "unknown_handoff"
    back = await desk.transfer(taken.id, ANNA, NOW, to_staff=BO)
    assert (back.state, back.wanted_by) == ("waiting", BO.id)
    await desk.claim(taken.id, BO, NOW)
    back = await desk.transfer(taken.id, BO, NOW, to_unit="mottagningsenheten")
    assert (back.state, back.wanted_by, back.unit) == ("waiting", None, "mottagningsenheten")
    await desk.claim(taken.id, ANNA, NOW)
    assert (await desk.transfer(taken.id, ANNA, NOW)).state == "waiting"


async def test_closing_keeps_how_it_ended(
    desk: Desk, taken: Handoff, counters: Counters, store: Store
) -> None:
    assert (await refusal(desk.close(taken.id, ANNA, "bra", NOW))).code == "unknown_outcome"
    closed = await desk.close(taken.id, ANNA, "answered", NOW)
    assert (closed.state, closed.outcome, closed.ended_at) == ("closed", "answered", NOW)
    assert (await refusal(desk.give_back(taken.id, ANNA, NOW))).code == "handoff_ended"
    assert (await refusal(desk.claim(taken.id, BO, NOW))).code == "handoff_ended"
    await counters.write(store)
    counted = {name: value for _, _, name, value in store.counters(NOW.date())}
    assert counted == {
        "handoff.claimed": 1,
        "handoff.waited.1_min": 1,
        "handoff.closed": 1,
    }


async def test_a_new_wait_begins_after_an_end(desk: Desk, store: Store) -> None:
    who = citizen(store)
    await desk.join(who, NOW)
    assert (await desk.leave(who, NOW)).state == "left"
    assert (await desk.join(who, NOW + SECOND)).state == "waiting"
    assert [m.text.split(".")[0] for m in told(store, who)][1] == "Du har lämnat kön"
    newest = await desk.newest(who.id)
    assert newest is not None
    assert newest.is_active


def test_a_moment_without_a_zone_is_a_mistake(store: Store) -> None:
    with store.desk.begin() as connection, pytest.raises(Exception, match="must tell its zone"):
        desk_presence.set_state(connection, ANNA.id, "here", NOW.replace(tzinfo=None))
