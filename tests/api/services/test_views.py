"""Records as they are shown: the same facts, and what is open told for now."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from api.services.municipality import municipality_view
from api.services.transcript import transcript
from api.services.views import message_view
from api.settings import Settings
from api.storage.records import Conversation, Message
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER, MORNING

NOW = dt.datetime.fromisoformat(MORNING)
TALK = Conversation("c", "umea", "web", None, False, NOW, NOW)
CONTACT: dict[str, Any] = ANSWER["custom"]["contacts"][0]


def said(**custom: Any) -> Message:
    body = {"custom": {**ANSWER["custom"], **custom}}
    return Message(2, "assistant", ANSWER["text"], body, 1, None, NOW)


def test_a_message_without_structure_is_its_text() -> None:
    view = message_view(Message(1, "assistant", "Hej", None, None, None, NOW), TALK, NOW)
    assert (view.text, view.kind, view.body, view.contacts, view.lang) == (
        "Hej",
        None,
        None,
        [],
        "sv",
    )


def test_what_a_citizen_writes_has_no_links() -> None:
    view = message_view(Message(1, "citizen", "Ring 112", None, None, None, NOW), TALK, NOW)
    assert view.links == []


def test_the_language_of_an_answer_is_its_own() -> None:
    talk = replace(TALK, language="en")
    assert message_view(said(language="sv"), talk, NOW).lang == "sv"
    unknown = Message(1, "citizen", "hello", None, None, None, NOW)
    assert message_view(unknown, talk, NOW).lang == "en"


def test_a_contact_that_has_changed_is_told_as_it_was_said() -> None:
    moved = {**CONTACT, "phone": "090-00 00 00"}
    (contact,) = message_view(said(contacts=[moved]), TALK, NOW).contacts
    assert (contact.phone, contact.phone_href) == ("090-00 00 00", "tel:+4690000000")
    assert (contact.open_now, contact.status) == (None, None)


def test_a_contact_of_another_municipality_is_its_own() -> None:
    ludvika = load_knowledge().municipalities["ludvika"].reception_unit
    told = {"id": ludvika.id, "name": ludvika.name, "phone": ludvika.phone}
    (contact,) = message_view(said(contacts=[told], source=None), TALK, NOW).contacts
    assert contact.phone == ludvika.phone
    assert contact.status == "Telefonen är öppen nu, till klockan 12.00."


@pytest.mark.parametrize("municipality", list(load_knowledge().municipalities))
@pytest.mark.parametrize("language", ["sv", "en", "ar"])
def test_every_municipality_has_a_whole_record(municipality: str, language: str) -> None:
    found = load_knowledge().municipalities[municipality]
    view = municipality_view(found, Settings(), NOW, language)
    assert view.contacts[0].id == found.assistant.contact_order[0]
    assert {c.id for c in view.contacts} == set(found.contacts)
    assert len(view.suggested) >= 3
    assert all(view.assistant.dict().values())
    assert "30" in view.assistant.notice_privacy
    assert [x.code for x in view.languages][:1] == ["sv"]
    assert view.chat_url == f"/chat/{municipality}"


def test_without_storage_that_is_told() -> None:
    found = load_knowledge().municipalities["umea"]
    view = municipality_view(found, Settings(retention_days=0), NOW, "sv")
    assert "sparas inte" in view.assistant.notice_privacy


def test_a_transcript_tells_the_day_when_it_is_another() -> None:
    later = replace(said(), created_at=NOW + dt.timedelta(days=1))
    text = transcript(TALK, [said(), later])
    assert "Assistenten svarade, 10.00:" in text
    assert "Assistenten svarade, 2026-11-19 10.00:" in text


def test_a_transcript_of_nothing_says_so() -> None:
    assert transcript(TALK, []).endswith("Inget är skrivet än.\n")
    assert "machine" in transcript(replace(TALK, language="en"), [])
