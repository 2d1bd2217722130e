"""Notices for certain days, and an assistant that is switched off."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from bot.dialogue import engine
from bot.dialogue.context import Context
from bot.dialogue.notices import switched_off, with_notices
from bot.dialogue.place import Place
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from bot.knowledge.assistant import Notice
from bot.knowledge.records import Knowledge
from tests.bot.dialogue.helpers import KNOWLEDGE, OPEN, UMEA, turn

TEXT = MappingProxyType({"sv": "Telefonen är stängd 24/11.", "en": "Closed on 24 November."})


def known(**changes: Any) -> Knowledge:
    """The content, with changes to the assistant of Umeå."""
    umea = replace(UMEA, assistant=replace(UMEA.assistant, **changes))
    return replace(KNOWLEDGE, municipalities={**KNOWLEDGE.municipalities, "umea": umea})


def noticed(contact: str | None, **more: Any) -> Knowledge:
    """Umeå with one notice, valid on the day of the tests."""
    day = OPEN.date()
    return known(notices=(Notice("stangt", day, day, TEXT, contact, **more),))


def said(kind: str = "answer", answer: str | None = None, contact: str | None = None) -> Reply:
    contacts: list[dict[str, Any]] = [{"id": contact}] if contact else []
    return Reply("Svar.", kind, answer=answer, contacts=contacts)


def told(replies: list[Reply], knowledge: Knowledge, **place: Any) -> list[bool]:
    state = State(municipality="umea")
    asked = turn("?", **place)
    return [TEXT["sv"] in with_notices(r, asked, state, knowledge).text for r in replies]


def test_a_general_notice_is_told_once() -> None:
    assert told([said(), said()], noticed(None)) == [True, False]


def test_a_contacts_notice_comes_with_its_contact_and_again_for_who_wants_to_call() -> None:
    unit = "mottagningsenheten"
    hours = said(answer="umea.mottagningsenheten.oppettider", contact=unit)
    replies = [said(), said(contact=unit), said(contact=unit), hours, said("handoff", None, unit)]
    assert told(replies, noticed(unit)) == [False, True, False, True, True]


@pytest.mark.parametrize(("now", "expected"), [(OPEN, True), (OPEN + dt.timedelta(days=1), False)])
def test_a_notice_has_its_days(now: dt.datetime, expected: bool) -> None:
    assert told([said()], noticed(None), now=now) == [expected]


def test_a_notice_for_one_channel_is_not_told_in_another() -> None:
    knowledge = noticed(None, channels=("kiosk",))
    assert told([said()], knowledge, channel="web") == [False]
    assert told([said()], knowledge, channel="kiosk") == [True]


def test_a_notice_is_said_aloud_and_in_english() -> None:
    state = State(municipality="umea")
    reply = with_notices(said(), turn("?", language="en"), state, noticed(None))
    assert reply.said == f"{TEXT['en']}\nSvar."


def test_another_municipalitys_notice_is_not_told() -> None:
    state = State(municipality="ludvika")
    assert with_notices(said(), turn("?"), state, noticed(None)).text == "Svar."


OFF: Mapping[str, str] = MappingProxyType({"sv": "Vi har stängt.", "en": "Closed."})


def test_switched_off_it_says_so_and_names_a_person() -> None:
    knowledge = known(switched_off=OFF)
    context = Context(turn("Vad kostar det?"), State(), knowledge, Place("umea"))
    reply = switched_off(context)
    assert reply is not None
    assert reply.text.startswith("Vi har stängt.")
    assert "090-16 10 02" in reply.text
    assert switched_off(Context(turn("?"), State(), knowledge, Place("ludvika"))) is None


def test_danger_is_seen_although_it_is_switched_off(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = known(switched_off=OFF)
    monkeypatch.setattr(engine, "load_knowledge", lambda: knowledge)
    assert engine.respond(turn("jag vill ta mitt liv"), State()).kind == "crisis"
    assert engine.respond(turn("vad kostar ledsagning?"), State()).kind == "notice"
