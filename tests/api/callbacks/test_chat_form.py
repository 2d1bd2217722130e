"""Being called back in the chat: the citizen's words never reach the messages or the assistant."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from typing import Any

import pytest

from api.callbacks.chat_form import ChatForm, Intercepted
from api.callbacks.service import Callbacks
from api.services.limits import Limits
from api.settings import Settings
from api.settings_desk import DeskSettings
from api.storage.records import Message
from api.storage.store import Store
from tests.api.callbacks.helpers import SUNDAY, Offers, dump, mails, monday

SENDER = "C" * 22
NAME, PHONE, ABOUT = "Kim Berg", "070-174 06 05", "Ledsagning till tandläkaren"
READ_BACK = "Gäller: [[about]]\nNamn: [[name]]\nTelefon: [[phone]]\nTid: [[time]]"
CHOSEN = "måndag 23 november, klockan 13.00–16.00"
TEXTS = frozenset({"callbacks", "callback_drafts", "outbox"})


def asks(step: str, text: str = "Fråga?", **custom: Any) -> dict[str, Any]:
    """The assistant asks for a field."""
    told = {"kind": "handoff", "language": "sv", "callback": {"step": step}, **custom}
    return {"recipient_id": SENDER, "text": text, "custom": told}


def does(action: str, text: str = "Klart.") -> dict[str, Any]:
    """The assistant says that something is to be done."""
    custom = {"kind": "handoff", "language": "sv", "action": action}
    return {"recipient_id": SENDER, "text": text, "custom": custom}


class Citizen:
    """Somebody who writes in a chat whose assistant asks what a test says that it asks."""

    def __init__(self, form: ChatForm, now: dt.datetime = SUNDAY) -> None:
        self.form, self.now, self.language = form, now, "sv"

    async def says(self, text: str) -> Intercepted:
        """What goes on of what was written."""
        return await self.form.before(SENDER, "umea", text, self.now, self.language)

    async def hears(self, *replies: dict[str, Any]) -> list[dict[str, Any]]:
        """What is stored of what the assistant says."""
        return await self.form.after(
            SENDER, "umea", replies, self.now, self.language, SENDER, client="c"
        )

    async def begins(self) -> None:
        """The assistant begins to ask."""
        await self.hears(asks("about", action="callback_start"))

    async def fills_in(self) -> None:
        """All fields are given; the read-back is due."""
        await self.begins()
        for text, following in ((ABOUT, "name"), (NAME, "phone"), (PHONE, "time")):
            told = await self.says(text)
            assert told.metadata["callback"]["answer"] == "given", text
            await self.hears(asks(following))
        told = await self.says("den andra")
        assert told.metadata["callback"]["answer"] == "given"

    async def sees(self, stored: dict[str, Any]) -> str:
        """A reply as it is shown, from where it is stored."""
        body = {k: v for k, v in stored.items() if k in ("custom", "buttons")}
        message = Message(1, "assistant", stored["text"], body, 1, None, self.now)
        (shown,) = await self.form.shown(SENDER, [message])
        return shown.text


@pytest.fixture
def citizen(callbacks: Callbacks, store: Store) -> Citizen:
    """Somebody on a Sunday."""
    limits = Limits(Settings(desk=DeskSettings(rate_callback="2/hour")))
    return Citizen(ChatForm(callbacks, store.desk, limits))


async def test_without_a_form_a_message_is_a_message(citizen: Citizen) -> None:
    assert await citizen.says("Jag heter Kim Berg, 070-174 06 05") == Intercepted(
        "Jag heter Kim Berg, 070-174 06 05", {}
    )
    reply = {"recipient_id": SENDER, "text": "Hej"}
    assert await citizen.hears(reply) == [reply]


async def test_from_the_first_question_to_the_receipt(
    citizen: Citizen, callbacks: Callbacks, store: Store
) -> None:
    await citizen.begins()
    told = await citizen.says(ABOUT)
    assert told.text == "[ärende]"
    first = told.metadata["callback"]
    assert (first["step"], first["answer"], first["problem"]) == ("about", "given", None)
    assert first["times"][1] == CHOSEN
    assert "7 dagar" in first["purpose"]
    await citizen.hears(asks("name"))
    assert (await citizen.says(f"Jag heter {NAME}")).text == "[namn]"
    await citizen.hears(asks("phone"))
    assert (await citizen.says("0701740605")).text == "[telefonnummer]"
    await citizen.hears(asks("time"))
    assert (await citizen.says("den andra")).text == "[tid]"
    (stored,) = await citizen.hears(asks("confirm", READ_BACK))
    assert stored["text"] == "Gäller: [ärende]\nNamn: [namn]\nTelefon: [telefonnummer]\nTid: [tid]"
    assert await citizen.sees(stored) == (
        f"Gäller: {ABOUT}\nNamn: {NAME}\nTelefon: {PHONE}\nTid: {CHOSEN}"
    )
    assert (await citizen.says("Ja, det stämmer")).text == "Ja, det stämmer"
    (sent,) = await citizen.hears(does("callback_confirm", "Nummer [[receipt]], [[time]]."))
    (kept,) = await callbacks.list_for(["umea"])
    way_back = "Vill du avboka: skriv ”avboka” här, eller ring 090-16 10 02 och säg numret."
    assert sent["text"] == f"Nummer {kept.receipt}, {CHOSEN}.\n{way_back}"
    assert (kept.name, kept.phone, kept.about) == (NAME, PHONE, ABOUT)
    assert kept.due_from == monday("13:00")
    assert (kept.conversation_id, kept.language) == (SENDER, "sv")
    assert len(mails(store)) == 1
    # Nothing of the draft is left, and the read-back stays as it is stored.
    assert await citizen.sees(stored) == stored["text"]
    assert NAME not in dump(store, {"callbacks", "outbox"})


async def test_an_answer_that_cannot_be_used_is_kept_out_too(citizen: Citizen) -> None:
    await citizen.begins()
    await citizen.says(ABOUT)
    await citizen.hears(asks("name"))
    told = await citizen.says("Kim Berg 45")
    assert told.text == "[namn]"
    assert told.metadata["callback"]["answer"] == "refused"
    assert told.metadata["callback"]["problem"] == "digits"
    await citizen.hears(asks("name"))
    await citizen.says(NAME)
    await citizen.hears(asks("phone"))
    told = await citizen.says("480615-9846")
    assert (told.text, told.metadata["callback"]["problem"]) == ("[telefonnummer]", "identity")


async def test_a_question_in_between_goes_on_without_names(citizen: Citizen, store: Store) -> None:
    await citizen.begins()
    await citizen.says(ABOUT)
    await citizen.hears(asks("name"))
    told = await citizen.says("Vad kostar ledsagning?")
    assert (told.text, told.metadata["callback"]["answer"]) == ("Vad kostar ledsagning?", "none")
    await citizen.says(NAME)
    await citizen.hears(asks("phone"))
    told = await citizen.says("Varför vill ni ringa Kim Berg?")
    assert told.text == "Varför vill ni ringa [namn]?"


async def test_danger_goes_on_as_it_is_and_the_form_stays_open(citizen: Citizen) -> None:
    await citizen.begins()
    await citizen.says(ABOUT)
    await citizen.hears(asks("name"))
    told = await citizen.says("jag tänker ta mitt liv i kväll")
    assert told.text == "jag tänker ta mitt liv i kväll"
    assert told.metadata["callback"]["answer"] == "none"
    assert (await citizen.says(NAME)).text == "[namn]"


async def test_a_field_is_given_anew(citizen: Citizen) -> None:
    await citizen.fills_in()
    (stored,) = await citizen.hears(asks("confirm", READ_BACK))
    told = await citizen.says("fel nummer")
    assert told.metadata["callback"]["answer"] == "none"
    await citizen.hears(asks("phone"))
    await citizen.says("090-16 10 02")
    await citizen.hears(asks("confirm", READ_BACK))
    assert "Telefon: 090-16 10 02" in await citizen.sees(stored)


async def test_cancelled_nothing_is_left(citizen: Citizen, store: Store) -> None:
    await citizen.fills_in()
    assert NAME in dump(store)
    assert (await citizen.says("avbryt")).metadata["callback"]["answer"] == "none"
    await citizen.hears(does("callback_cancel"))
    assert NAME not in dump(store)
    assert await citizen.says(NAME) == Intercepted(NAME, {})


async def test_erased_nothing_is_left(citizen: Citizen, store: Store) -> None:
    await citizen.fills_in()
    await citizen.form.forget(SENDER)
    assert NAME not in dump(store)


async def test_a_form_left_for_half_an_hour_is_over_but_a_late_name_is_kept_out(
    citizen: Citizen, store: Store
) -> None:
    await citizen.begins()
    await citizen.says(ABOUT)
    await citizen.hears(asks("name"))
    citizen.now += dt.timedelta(minutes=30, seconds=1)
    assert await citizen.says(NAME) == Intercepted("[namn]", {})
    assert await citizen.says("Vad kostar det?") == Intercepted("Vad kostar det?", {})
    (lost,) = await citizen.hears(does("callback_confirm", "Nummer [[receipt]]"))
    assert "[[" not in lost["text"] and "Nummer" not in lost["text"]
    store.purge(citizen.now.astimezone(dt.timezone.utc), 30)
    assert ABOUT not in dump(store)
    assert (await citizen.says(NAME)).text == "[namn]"
    store.purge((citizen.now + dt.timedelta(days=1)).astimezone(dt.timezone.utc), 30)
    assert (await citizen.says(NAME)).text == NAME


async def test_a_form_that_begins_takes_old_ones_away(citizen: Citizen, store: Store) -> None:
    await citizen.fills_in()
    citizen.now += dt.timedelta(minutes=31)
    await citizen.form.after(
        "another", "umea", [asks("about", action="callback_start")], citizen.now, "sv", client="c"
    )
    assert NAME not in dump(store)


async def test_the_chat_is_no_way_round_the_limit(citizen: Citizen, callbacks: Callbacks) -> None:
    told: dict[str, Any] = {}
    for _ in range(3):
        await citizen.fills_in()
        (told,) = await citizen.hears(does("callback_confirm", "Nummer [[receipt]]."))
    assert len(await callbacks.list_for(["umea"])) == 2
    assert "uppringning här. Kontakt: socialtjänstens" in told["text"]


def assert_heard(told: Mapping[str, Any]) -> None:
    """What is read aloud is what is told, in words."""
    assert " ".join(told["custom"]["aloud"]) == " ".join(told["text"].split())
    assert not re.search(r"\d", told["custom"]["spoken"])


async def test_what_cannot_be_booked_any_more_is_not_promised(
    citizen: Citizen, offers: Offers, callbacks: Callbacks
) -> None:
    await citizen.fills_in()
    await citizen.hears(asks("confirm", READ_BACK))
    offers.given["callback"] = False
    await citizen.says("ja")
    (told,) = await citizen.hears(does("callback_confirm", "Tack! Nummer [[receipt]]."))
    assert "gick inte att göra" in told["text"] and "090-16 10 02" in told["text"]
    assert_heard(told)
    assert "Tack" not in told["text"]
    assert await callbacks.list_for(["umea"]) == []


async def test_a_yes_that_comes_twice_books_once(citizen: Citizen, callbacks: Callbacks) -> None:
    await citizen.fills_in()
    await citizen.hears(asks("confirm", READ_BACK))
    await citizen.hears(does("callback_confirm", "[[receipt]]"))
    (again,) = await citizen.hears(does("callback_confirm", "[[receipt]]"))
    assert "[[receipt]]" not in again["text"]
    assert len(await callbacks.list_for(["umea"])) == 1


async def test_a_time_is_read_among_those_that_were_shown(
    citizen: Citizen, callbacks: Callbacks
) -> None:
    """At 12.25 the first time is 13.00–16.00; ten minutes later it would be called otherwise."""
    citizen.now = monday("12:25")
    await citizen.begins()
    for text, following in ((ABOUT, "name"), (NAME, "phone"), (PHONE, "time")):
        await citizen.says(text)
        await citizen.hears(asks(following))
    citizen.now = monday("12:35")
    assert (await citizen.says("1")).metadata["callback"]["answer"] == "given"
    await citizen.hears(asks("confirm", READ_BACK))
    await citizen.hears(does("callback_confirm", "[[receipt]]"))
    (kept,) = await callbacks.list_for(["umea"])
    assert kept.due_from == monday("13:00")


async def test_the_times_are_in_the_language_of_the_answers(citizen: Citizen) -> None:
    english = asks("about", action="callback_start", language="en")
    await citizen.hears(english)
    told = (await citizen.says("Escort to the dentist")).metadata["callback"]
    assert told["times"][0] == "Monday 23 November, 08:30–11:30"
    assert "only to call you" in told["purpose"]


async def test_replies_that_are_not_stored_are_filled_in_at_once(citizen: Citizen) -> None:
    await citizen.fills_in()
    stored = await citizen.hears(asks("confirm", READ_BACK))
    (shown,) = await citizen.form.shown_replies(SENDER, stored)
    assert f"Namn: {NAME}" in shown["text"]
    assert "fill" not in shown["custom"]
    plain = [{"recipient_id": SENDER, "text": "[namn]"}]
    assert await citizen.form.shown_replies(SENDER, plain) == plain


NO_BOOKING = "Jag hittar ingen bokad uppringning i det här samtalet."


async def test_what_was_booked_here_is_cancelled_by_saying_so(
    citizen: Citizen, callbacks: Callbacks
) -> None:
    await citizen.fills_in()
    await citizen.hears(does("callback_confirm", "[[receipt]]"))
    (kept,) = await callbacks.of_conversation(SENDER)
    (standing,) = await citizen.hears(does("callback_standing", NO_BOOKING))
    assert kept.receipt in standing["text"]
    assert CHOSEN in standing["text"]
    (told,) = await citizen.hears(does("callback_withdraw", NO_BOOKING))
    assert told["text"].startswith("Det är avbokat.")
    assert_heard(told)
    (kept,) = await callbacks.of_conversation(SENDER)
    assert kept.state == "cancelled"
    # Once more changes nothing, and is no error.
    (again,) = await citizen.hears(does("callback_withdraw", NO_BOOKING))
    assert again["text"] == told["text"]


async def test_where_nothing_was_booked_the_assistants_own_words_stand(citizen: Citizen) -> None:
    for action in ("callback_withdraw", "callback_standing"):
        (told,) = await citizen.hears(does(action, NO_BOOKING))
        assert told["text"] == NO_BOOKING
