"""A question by mail: put into the outbox once, with the masked conversation."""

from __future__ import annotations

import asyncio

import pytest

from api.callbacks.mails import Asking, Mails, Nowhere
from api.callbacks.receipts import RECEIPT
from api.errors import ApiError
from api.services.counters import Counters
from api.storage import audit
from api.storage.records import Conversation
from api.storage.store import Store
from tests.api.callbacks.helpers import KEY, SUNDAY, Offers, mails

ASKING = Asking("kim@example.se", "Vad kostar det för 480615-9846?", consent=True)


@pytest.fixture
def service(store: Store, offers: Offers, counters: Counters) -> Mails:
    """The service."""
    return Mails(store, offers, counters)


@pytest.fixture
def talk(store: Store) -> Conversation:
    """A short conversation, masked as it is stored."""
    made, _ = store.create("umea", "web", "en", False, SUNDAY)
    store.add(made.id, "citizen", "Jag heter [namn]. What does it cost?", SUNDAY)
    store.add(made.id, "assistant", "It is free.", SUNDAY, in_reply_to=1)
    return made


async def test_the_mail_and_its_receipt(service: Mails, talk: Conversation, store: Store) -> None:
    sent = await service.send(talk, ASKING, KEY, SUNDAY)
    assert RECEIPT.fullmatch(sent.receipt)
    assert sent.receipt in sent.text and "kim@example.se" in sent.text
    (mail,) = mails(store)
    assert (mail["recipient"], mail["reply_to"]) == ("mottagningsenheten@umea.se", "kim@example.se")
    for told in ("[personnummer]", "Jag heter [namn]", "It is free.", "engelska", sent.receipt):
        assert told in mail["body"]
    assert "480615" not in mail["body"]
    assert "kim" not in mail["subject"]
    with store.desk.connect() as connection:
        (line,) = audit.read(connection, ["umea"])
    assert (line.action, line.object, line.staff_id) == ("mail_from_citizen", sent.receipt, None)


async def test_the_same_key_mails_once_also_after_it_went_out(
    service: Mails, talk: Conversation, store: Store
) -> None:
    sent = await asyncio.gather(*(service.send(talk, ASKING, KEY, SUNDAY) for _ in range(6)))
    assert len(set(sent)) == 1
    assert len(mails(store)) == 1
    other = await service.send(talk, ASKING, "another-key", SUNDAY)
    assert other.receipt != sent[0].receipt
    assert len(mails(store)) == 2


async def test_somebody_who_has_not_chatted(service: Mails, store: Store) -> None:
    await service.send(Nowhere("umea", "sv"), ASKING, KEY, SUNDAY)
    (mail,) = mails(store)
    assert "Inget samtal följer med." in mail["body"]


async def test_what_is_wrong_is_told_at_its_field(service: Mails, talk: Conversation) -> None:
    for asking, field in (
        (Asking("kim", "Vad?", True), "reply_to"),
        (Asking("kim@example.se", "", True), "about"),
        (Asking("kim@example.se", "Vad kostar det?", False), "consent"),
    ):
        with pytest.raises(ApiError) as refused:
            await service.send(talk, asking, KEY, SUNDAY)
        assert (refused.value.status, refused.value.field) == (422, field)


async def test_where_no_mail_is_taken_the_phone_is_told(
    service: Mails, talk: Conversation, offers: Offers, store: Store
) -> None:
    offers.given["mail"] = False
    assert await service.purpose("umea", SUNDAY, "sv") is None
    with pytest.raises(ApiError) as refused:
        await service.send(talk, ASKING, KEY, SUNDAY)
    assert (refused.value.status, refused.value.code) == (409, "mail_closed")
    assert "090-16 10 02" in refused.value.text("en")
    assert mails(store) == []


async def test_purpose_is_one_sentence(service: Mails) -> None:
    for language in ("sv", "en"):
        told = await service.purpose("umea", SUNDAY, language)
        assert told is not None
        assert told.count(".") == 1
