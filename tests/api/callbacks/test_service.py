"""Asking to be called: stored once with its mail, seen by who has the secret, cancelled."""

from __future__ import annotations

import asyncio
import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from api.callbacks.receipts import RECEIPT
from api.callbacks.service import Callbacks
from api.errors import ApiError
from api.services.counters import Counters
from api.services.live import Live
from api.settings import Settings
from api.storage import outbox
from api.storage.store import Store
from tests.api.callbacks.helpers import (
    ANNA,
    KEY,
    MONDAY,
    SUNDAY,
    WISH,
    Offers,
    dump,
    mails,
    monday,
)

LATER = SUNDAY + dt.timedelta(minutes=1)


async def test_the_times_and_what_it_is_for(callbacks: Callbacks) -> None:
    times = await callbacks.times("umea", SUNDAY, "sv")
    assert times.is_open
    assert times.unit == "Socialtjänstens mottagningsenhet"
    assert times.slots[0].id == MONDAY
    for told in ("bara för att ringa dig", "socialtjänstens mottagningsenhet", "7 dagar"):
        assert told in times.purpose
    assert times.purpose.count(".") == 1
    english = await callbacks.times("umea", SUNDAY, "en")
    assert english.slots[0].title == "Monday 23 November, 08:30–11:30"
    assert "only to call you" in english.purpose


async def test_what_nobody_sees_is_not_promised(
    callbacks: Callbacks, offers: Offers, store: Store
) -> None:
    offers.given["callback"] = False
    times = await callbacks.times("umea", SUNDAY, "sv")
    assert (times.is_open, times.slots) == (False, ())
    with pytest.raises(ApiError) as refused:
        await callbacks.ask("umea", WISH, KEY, SUNDAY)
    assert (refused.value.status, refused.value.code) == (409, "callback_closed")
    assert "090-16 10 02" in refused.value.text("sv")
    assert "090-16 10 02" in refused.value.text("en")
    assert await callbacks.list_for(["umea"]) == []
    assert mails(store) == []


@pytest.mark.parametrize("municipality", ["leksand", "ostersund"])
async def test_without_hours_nothing_can_be_booked(callbacks: Callbacks, municipality: str) -> None:
    assert not (await callbacks.times(municipality, SUNDAY, "sv")).is_open


async def test_asked_for_read_back_and_mailed(
    callbacks: Callbacks, store: Store, counters: Counters
) -> None:
    wish = replace(WISH, about="Ledsagning för 480615-9846")
    asked = await callbacks.ask("umea", wish, KEY, SUNDAY)
    assert RECEIPT.fullmatch(asked.callback.receipt)
    assert asked.lines == (
        "Namn: Kim Berg",
        "Telefon: 070-174 06 05",
        "Det gäller: Ledsagning för [personnummer]",
        "Tid: måndag 23 november, klockan 08.30–11.30",
    )
    for told in (asked.callback.receipt, "ringer dig måndag 23 november", "090-16 10 02"):
        assert told in asked.text
    (mail,) = mails(store)
    assert mail["recipient"] == "mottagningsenheten@umea.se"
    assert mail["receipt"] == asked.callback.receipt
    for told in ("Kim Berg", "070-174 06 05", "08.30–11.30", "https://chatt.example.se/desk"):
        assert told in mail["body"]
        assert told not in mail["subject"]
    assert "480615" not in mail["body"]
    (kept,) = await callbacks.list_for(["umea"])
    assert kept == asked.callback
    assert kept.due_from.isoformat() == "2026-11-23T07:30:00+00:00"
    assert (kept.consent_at, kept.state) == (SUNDAY, "waiting")
    await counters.write(store)
    assert ("umea", "callback.asked", 1) in [row[1:] for row in store.counters(SUNDAY.date())]


async def test_only_a_hash_of_key_and_secret_is_kept(callbacks: Callbacks, store: Store) -> None:
    asked = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    kept = dump(store)
    assert asked.callback.receipt in kept
    assert KEY not in kept
    assert asked.secret not in kept


async def test_the_same_key_books_once(callbacks: Callbacks, store: Store, offers: Offers) -> None:
    first = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    offers.given["callback"] = False  # closed meanwhile: what was promised is still told
    again = await callbacks.ask("umea", replace(WISH, phone="070-174 06 05"), KEY, LATER)
    assert again == first
    assert len(mails(store)) == 1
    with pytest.raises(ApiError) as refused:
        await callbacks.ask("umea", replace(WISH, name="Bo"), KEY, LATER)
    assert (refused.value.status, refused.value.code) == (409, "callback_key_reused")


async def test_many_at_once_with_one_key_book_once(callbacks: Callbacks, store: Store) -> None:
    asked = await asyncio.gather(*(callbacks.ask("umea", WISH, KEY, SUNDAY) for _ in range(8)))
    assert len({a.callback.receipt for a in asked}) == 1
    assert len({a.secret for a in asked}) == 1
    assert len(mails(store)) == len(await callbacks.list_for(["umea"])) == 1


async def test_a_receipt_that_is_taken_is_drawn_again(
    callbacks: Callbacks, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["UM-AAAA-AAAA", "UM-AAAA-AAAA", "UM-CCCC-CCCC"])
    monkeypatch.setattr("api.callbacks.service.new_receipt", lambda municipality: next(drawn))
    made = [await callbacks.ask("umea", WISH, key, SUNDAY) for key in (KEY, f"{KEY}-2")]
    for asked in made:
        assert await callbacks.find(asked.callback.receipt, asked.secret) == asked.callback
    assert [a.callback.receipt for a in made] == ["UM-AAAA-AAAA", "UM-CCCC-CCCC"]


async def test_without_a_mail_server_or_an_address_no_mail(
    store: Store, settings: Settings, offers: Offers, callbacks: Callbacks
) -> None:
    plain = Callbacks(store.desk, Settings(), offers, Live(), Counters())
    await plain.ask("umea", WISH, KEY, SUNDAY)
    wish = replace(WISH, time="2026-11-23T07:30/2026-11-23T12:00")
    await callbacks.ask("ludvika", wish, KEY, SUNDAY)
    assert mails(store) == []


async def test_a_mail_that_fails_books_nothing(
    callbacks: Callbacks, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Promise and mail are one transaction."""

    def broken(*given: object) -> None:
        raise ValueError("the mail")

    with monkeypatch.context() as patched:
        patched.setattr(outbox, "put", broken)
        with pytest.raises(ValueError, match="the mail"):
            await callbacks.ask("umea", WISH, KEY, SUNDAY)
    assert await callbacks.list_for(["umea"]) == []
    assert (await callbacks.ask("umea", WISH, KEY, SUNDAY)).callback.state == "waiting"


@pytest.mark.parametrize(
    ("changed", "field"),
    [
        ({"name": ""}, "name"),
        ({"phone": "12"}, "phone"),
        ({"about": ""}, "about"),
        ({"time": "2026-11-22T08:30/2026-11-22T11:30"}, "time"),
        ({"consent": False}, "consent"),
    ],
)
async def test_nothing_is_stored_before_all_is_right(
    callbacks: Callbacks, store: Store, changed: dict[str, Any], field: str
) -> None:
    with pytest.raises(ApiError) as refused:
        await callbacks.ask("umea", replace(WISH, **changed), KEY, SUNDAY)
    assert (refused.value.status, refused.value.field) == (422, field)
    assert await callbacks.list_for(["umea"]) == []
    assert mails(store) == []


async def test_an_unknown_municipality(callbacks: Callbacks) -> None:
    for asking in (callbacks.times("x", SUNDAY, "sv"), callbacks.ask("x", WISH, KEY, SUNDAY)):
        with pytest.raises(ApiError) as refused:
            await asking
        assert refused.value.code == "unknown_municipality"


async def test_only_the_secret_opens(callbacks: Callbacks) -> None:
    asked = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    other = await callbacks.ask("umea", replace(WISH, name="Bo"), "another-key", SUNDAY)
    receipt = asked.callback.receipt
    assert await callbacks.find(receipt, asked.secret) == asked.callback
    for wrong in ((receipt, other.secret), (receipt, ""), ("UM-AAAA-AAAA", asked.secret)):
        with pytest.raises(ApiError) as refused:
            await callbacks.find(*wrong)
        assert (refused.value.status, refused.value.code) == (404, "unknown_callback")


async def test_cancelled_before_its_mail_went_out(callbacks: Callbacks, store: Store) -> None:
    asked = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    cancelled = await callbacks.cancel(asked.callback.receipt, asked.secret, LATER)
    assert (cancelled.state, cancelled.ended_at) == ("cancelled", LATER)
    assert mails(store) == []
    again = await callbacks.cancel(asked.callback.receipt, asked.secret, LATER)
    assert again == cancelled
    told = (await callbacks.ask("umea", WISH, KEY, LATER)).text
    assert "avbokat" in told and "ringer dig måndag" not in told


async def test_cancelled_after_its_mail_went_out(callbacks: Callbacks, store: Store) -> None:
    asked = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    with store.desk.begin() as connection:
        leased = outbox.lease(connection, SUNDAY)
        assert leased is not None
        outbox.sent(connection, leased)
    await callbacks.cancel(asked.callback.receipt, asked.secret, LATER)
    (mail,) = mails(store)
    assert mail["kind"] == "callback_cancelled"
    assert asked.callback.receipt in mail["body"]
    assert "Kim" not in mail["body"]


async def test_cancelled_while_somebody_has_it_but_not_when_it_is_done(
    callbacks: Callbacks,
) -> None:
    asked = await callbacks.ask("umea", WISH, KEY, SUNDAY)
    receipt = asked.callback.receipt
    await callbacks.take(receipt, ANNA, monday("08:31"))
    assert (await callbacks.cancel(receipt, asked.secret, monday("08:32"))).state == "cancelled"
    with pytest.raises(ApiError) as refused:
        await callbacks.done(receipt, ANNA, monday("08:33"))
    assert refused.value.code == "callback_ended"
    done = await callbacks.ask("umea", WISH, "another-key", SUNDAY)
    await callbacks.take(done.callback.receipt, ANNA, monday("08:31"))
    await callbacks.done(done.callback.receipt, ANNA, monday("08:40"))
    with pytest.raises(ApiError) as too_late:
        await callbacks.cancel(done.callback.receipt, done.secret, monday("08:41"))
    assert (too_late.value.status, too_late.value.code) == (409, "callback_ended")


async def test_an_erased_conversation_leaves_the_promise(callbacks: Callbacks) -> None:
    wish = replace(WISH, conversation_id="C" * 22)
    await callbacks.ask("umea", wish, KEY, SUNDAY)
    assert len(await callbacks.of_conversation("C" * 22)) == 1
    await callbacks.forget_conversation("C" * 22)
    assert await callbacks.of_conversation("C" * 22) == []
    assert [c.conversation_id for c in await callbacks.list_for(["umea"])] == [None]
