"""What the desk does with a callback: each step once, by one person, and in order."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace

import pytest

from api.callbacks import texts
from api.callbacks.records import Asked
from api.callbacks.service import Callbacks
from api.errors import ApiError
from tests.api.callbacks.helpers import ANNA, BO, KEY, SUNDAY, WISH, monday


@pytest.fixture
async def asked(callbacks: Callbacks) -> Asked:
    """Somebody waits to be called on Monday morning."""
    return await callbacks.ask("umea", WISH, KEY, SUNDAY)


def code(refused: pytest.ExceptionInfo[ApiError]) -> tuple[int, str]:
    """Status and code of a refusal."""
    return refused.value.status, refused.value.code


async def test_of_two_at_once_one_gets_it_and_the_other_is_told_who(
    callbacks: Callbacks, asked: Asked
) -> None:
    receipt, now = asked.callback.receipt, monday("08:30")
    both = [callbacks.take(receipt, staff, now) for staff in (ANNA, BO)]
    one, other = await asyncio.gather(*both, return_exceptions=True)
    won, lost = (one, other) if isinstance(other, ApiError) else (other, one)
    assert not isinstance(won, BaseException)
    assert isinstance(lost, ApiError)
    first = {"anna": "Anna Ek", "bo": "Bo Ask"}[str(won.taken_by)]
    assert (lost.status, lost.code) == (409, "callback_taken")
    assert lost.text("sv") == f"{first} har redan tagit uppringningen."


async def test_taken_twice_by_the_same_person_is_taken(callbacks: Callbacks, asked: Asked) -> None:
    first = await callbacks.take(asked.callback.receipt, ANNA, monday("08:30"))
    assert await callbacks.take(asked.callback.receipt, ANNA, monday("08:31")) == first


async def test_done_only_by_who_took_it(callbacks: Callbacks, asked: Asked) -> None:
    receipt = asked.callback.receipt
    with pytest.raises(ApiError) as untaken:
        await callbacks.done(receipt, ANNA, monday("08:30"))
    assert code(untaken) == (409, "callback_not_taken")
    await callbacks.take(receipt, ANNA, monday("08:30"))
    for change in (callbacks.done, callbacks.unreachable):
        with pytest.raises(ApiError) as others:
            await change(receipt, BO, monday("08:31"))
        assert code(others) == (409, "callback_taken")
    done = await callbacks.done(receipt, ANNA, monday("08:35"))
    assert (done.state, done.ended_at) == ("done", monday("08:35"))
    for change in (callbacks.take, callbacks.done, callbacks.unreachable, callbacks.release):
        with pytest.raises(ApiError) as ended:
            await change(receipt, ANNA, monday("08:36"))
        assert code(ended) == (409, "callback_ended")
    assert await callbacks.list_for(["umea"]) == []
    assert await callbacks.list_for(["umea"], ["done"]) == [done]


async def test_not_reached_three_times(callbacks: Callbacks, asked: Asked) -> None:
    receipt = asked.callback.receipt
    tries = [
        (monday("09:00"), "2026-11-23T13:00", "försöker igen måndag 23 november, klockan 13.00"),
        (monday("13:10"), "2026-11-24T08:30", "försöker igen tisdag 24 november, klockan 08.30"),
    ]
    for count, (now, due, told) in enumerate(tries, start=1):
        await callbacks.take(receipt, ANNA, now)
        missed = await callbacks.unreachable(receipt, ANNA, now)
        assert (missed.state, missed.taken_by, missed.attempts) == ("waiting", None, count)
        assert missed.due_from.astimezone(now.tzinfo).isoformat().startswith(due)
        assert told in texts.standing(missed, now)
        with pytest.raises(ApiError) as twice:
            await callbacks.unreachable(receipt, ANNA, now)
        assert code(twice) == (409, "callback_not_taken")
    again = await callbacks.ask("umea", WISH, KEY, monday("13:20"))
    assert "försöker igen" in again.text
    last = monday("09:00") + dt.timedelta(days=1)
    await callbacks.take(receipt, ANNA, last)
    ended = await callbacks.unreachable(receipt, ANNA, last)
    assert (ended.state, ended.attempts, ended.ended_at) == ("unreachable", 3, last)
    assert "090-16 10 02" in texts.standing(ended, last)


async def test_put_back_by_anybody(callbacks: Callbacks, asked: Asked) -> None:
    receipt = asked.callback.receipt
    taken = await callbacks.take(receipt, ANNA, monday("08:30"))
    assert "tagit hand om" in texts.standing(taken, monday("08:30"))
    back = await callbacks.release(receipt, BO, monday("08:31"))
    assert (back.state, back.taken_by, back.attempts) == ("waiting", None, 0)
    assert back.due_from == asked.callback.due_from
    assert (await callbacks.release(receipt, BO, monday("08:32"))).state == "waiting"


async def test_lists_are_of_the_municipalities_asked_for_the_earliest_due_first(
    callbacks: Callbacks, asked: Asked
) -> None:
    sooner = replace(WISH, time="2026-11-23T07:30/2026-11-23T12:00")
    ludvika = (await callbacks.ask("ludvika", sooner, KEY, SUNDAY)).callback
    assert await callbacks.list_for(["umea"]) == [asked.callback]
    assert await callbacks.list_for([]) == []
    assert await callbacks.list_for(["umea", "ludvika"]) == [ludvika, asked.callback]
    assert await callbacks.due(["umea", "ludvika"], monday("07:29")) == 0
    assert await callbacks.due(["umea", "ludvika"], monday("07:30")) == 1
    assert await callbacks.due(["umea"], monday("08:29")) == 0
    assert await callbacks.due(["umea", "ludvika"], monday("16:00")) == 2
    await callbacks.take(ludvika.receipt, ANNA, monday("08:00"))
    assert await callbacks.due(["ludvika"], monday("08:00")) == 0


async def test_one_that_is_not_there(callbacks: Callbacks) -> None:
    assert await callbacks.look("UM-AAAA-AAAA") is None
    for change in (callbacks.take, callbacks.done, callbacks.unreachable, callbacks.release):
        with pytest.raises(ApiError) as refused:
            await change("UM-AAAA-AAAA", ANNA, SUNDAY)
        assert code(refused) == (404, "unknown_callback")
