"""Ways to a person: always one, and the right one."""

from __future__ import annotations

import re

import pytest

from bot.dialogue.intents import PERSON
from bot.dialogue.person import contact_for, named_contact, person_reply
from bot.dialogue.state import State
from bot.knowledge.records import Contact, Municipality
from tests.bot.dialogue.helpers import KNOWLEDGE, LEKSAND, LUDVIKA, OSTERSUND, UMEA, clause, turn

REASONS = sorted(
    PERSON
    | {"second_miss", "same_question", "chat_closed", "callback_closed", "callback_no_times"}
    | {"worried", "strained", "after_card"}
)
EVERY = list(KNOWLEDGE.municipalities.values())


def way(contact: Contact) -> str:
    """How a contact is reached."""
    return contact.phone or str(contact.how)


@pytest.mark.parametrize("municipality", EVERY, ids=lambda m: str(m.id))
@pytest.mark.parametrize("reason", REASONS)
def test_every_reason_leads_to_a_person(reason: str, municipality: Municipality) -> None:
    unit = municipality.reception_unit
    reply = person_reply(reason, unit, municipality, turn("?"))
    assert reply.kind == "handoff"
    assert way(unit) in reply.text
    assert municipality.name in reply.text
    assert reply.contacts[0]["id"] == unit.id
    assert way(unit) in reply.said


OPEN_WAYS = {"chat": True, "waiting": 0, "callback": True, "mail": True}


@pytest.mark.parametrize("municipality", EVERY, ids=lambda m: str(m.id))
@pytest.mark.parametrize("reason", REASONS)
def test_what_is_open_is_offered_beside_the_contact(
    reason: str, municipality: Municipality
) -> None:
    unit = municipality.reception_unit
    reply = person_reply(reason, unit, municipality, turn("?", person=OPEN_WAYS))
    assert reply.buttons == ["Chatta med en människa", "Bli uppringd"]
    assert reply.reason == reason
    assert way(unit) in reply.text
    plain = person_reply(reason, unit, municipality, turn("?"))
    assert reply.text.startswith(plain.text)
    assert plain.buttons == []


@pytest.mark.parametrize(
    ("person", "buttons"),
    [
        ({"chat": True}, ["Chatta med en människa"]),
        ({"callback": True}, ["Bli uppringd"]),
        ({"chat": False, "callback": False, "mail": True}, []),
    ],
)
def test_only_what_is_open_is_offered(person: dict[str, bool], buttons: list[str]) -> None:
    reply = person_reply("complaint", UMEA.reception_unit, UMEA, turn("?", person=person))
    assert reply.buttons == buttons


def test_how_many_wait_is_told() -> None:
    said = turn("?", person={"chat": True, "waiting": 3})
    reply = person_reply("complaint", UMEA.reception_unit, UMEA, said)
    assert "Före dig i kön: 3." in reply.text


def test_nobody_is_promised_a_call() -> None:
    promise = re.compile(r"\b(?:jag|vi) ringer (?:upp )?dig\b", re.IGNORECASE)
    for key, texts in KNOWLEDGE.texts.items():
        assert not promise.search(texts["sv"]), key


def test_beside_another_contact_the_reception_unit_is_named() -> None:
    staff = LEKSAND.contacts["gunilla_andersson"]
    reply = person_reply("complaint", staff, LEKSAND, turn("?"))
    assert [c["id"] for c in reply.contacts] == [staff.id, LEKSAND.reception]


def test_where_nobody_has_a_number_the_reception_unit_alone_is_named() -> None:
    chief = OSTERSUND.contacts["hemtjanstchef"]
    reply = person_reply("human_handoff", chief, OSTERSUND, turn("?"))
    assert [c["id"] for c in reply.contacts] == [OSTERSUND.reception]


@pytest.mark.parametrize(("reason", "told"), [("human_handoff", True), ("complaint", False)])
def test_who_wants_to_meet_a_person_gets_the_address(reason: str, told: bool) -> None:
    reply = person_reply(reason, UMEA.reception_unit, UMEA, turn("?"))
    assert (str(UMEA.reception_unit.visit_address) in reply.text) is told


def test_a_contact_of_another_municipality_is_not_looked_at() -> None:
    said = clause("?", names={"unit": ("ludvika/vaxel", f"umea/{UMEA.reception}")})
    found = named_contact(said, UMEA)
    assert found is not None
    assert found.id == UMEA.reception
    assert named_contact(said, LEKSAND) is None


CONSULTANT = next(c for a in LUDVIKA.answers if a.service == "anhorigkonsulent" for c in a.contacts)
OTHER = next(c for c in LUDVIKA.contacts if c not in {CONSULTANT, LUDVIKA.reception})


@pytest.mark.parametrize(
    ("names", "state", "meant"),
    [
        ({"unit": (f"ludvika/{OTHER}",), "service": ("anhorigkonsulent",)}, State(), OTHER),
        ({"service": ("anhorigkonsulent",)}, State(unit=OTHER), CONSULTANT),
        ({}, State(unit=OTHER, service="anhorigkonsulent"), OTHER),
        ({}, State(unit="gone", service="anhorigkonsulent"), CONSULTANT),
        ({"service": ("omsorgskontakt",)}, State(), LUDVIKA.reception),
        ({}, State(), LUDVIKA.reception),
    ],
)
def test_contact_for(names: dict[str, tuple[str, ...]], state: State, meant: str) -> None:
    assert contact_for(clause("?", names=names), state, LUDVIKA, KNOWLEDGE).id == meant


def test_a_closed_chat_says_when_it_opens() -> None:
    at = turn("chatta", person={"opens": "2026-11-23T07:30:00+00:00"})
    assert "Chatten öppnar" in person_reply("chat_closed", UMEA.reception_unit, UMEA, at).text


def test_where_there_is_no_chat_it_is_not_said_to_be_closed_just_now() -> None:
    unit = OSTERSUND.reception_unit
    said = person_reply("chat_closed", unit, OSTERSUND, turn("chatta")).text
    assert "Det går inte att chatta med en människa här." in said
    assert "just nu" not in said
