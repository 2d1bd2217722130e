"""Contact lines and questions about contacts, in every municipality."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.dialogue.contacts import (
    as_data,
    clock,
    contact_line,
    contact_reply,
    contact_status,
    day_name,
    exceptions_of,
    open_line,
    short_line,
)
from bot.dialogue.turn import STOCKHOLM
from bot.knowledge.records import Contact, Municipality
from tests.bot.dialogue.helpers import CLOSED, KNOWLEDGE, LEKSAND, OPEN, OSTERSUND, UMEA

UNIT = UMEA.reception_unit
STAFF = LEKSAND.contacts["gunilla_andersson"]
EVERY = [(m, c) for m in KNOWLEDGE.municipalities.values() for c in m.contacts.values()]


def at(day: int, hour: int, minute: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, day, hour, minute, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("now", "language", "line"),
    [
        (at(18, 10), "sv", "Telefonen är öppen nu, till klockan 11.30."),
        (at(18, 12), "sv", "Telefonen är stängd nu. Den öppnar i dag klockan 13.00."),
        (at(18, 17), "sv", "Telefonen är stängd nu. Den öppnar i morgon, torsdag, klockan 08.30."),
        (at(21, 12), "sv", "Telefonen är stängd nu. Den öppnar på måndag klockan 08.30."),
        (at(21, 12), "en", "The phone is closed now. It opens on Monday at 08:30."),
        (at(18, 10), "en", "The phone is open now, until 11:30."),
    ],
)
def test_open_line(now: dt.datetime, language: str, line: str) -> None:
    assert open_line(UNIT, now, language) == line


@pytest.mark.parametrize(
    ("days", "language", "name"),
    [
        (1, "sv", "i morgon, torsdag,"),
        (6, "sv", "på tisdag"),
        (7, "sv", "onsdag 2026-11-25"),
        (1, "en", "Thursday"),
        (7, "en", "Wednesday 2026-11-25"),
        (6, "fi", "på tisdag"),
    ],
)
def test_day_name(days: int, language: str, name: str) -> None:
    assert day_name(OPEN + dt.timedelta(days=days), OPEN, language) == name


def test_clock() -> None:
    assert clock(at(18, 8, 5), "sv") == "klockan 08.05"
    assert clock(at(18, 8, 5), "en") == "08:05"


@pytest.mark.parametrize("change", [{"phone": None}, {"phone_hours": None}])
def test_without_number_or_hours_nothing_is_open_or_closed(change: dict[str, None]) -> None:
    contact = replace(UNIT, **change)  # type: ignore[arg-type]
    assert contact_status(contact, OPEN) is None
    assert open_line(contact, OPEN, "sv") is None
    assert as_data(contact, OPEN)["open_now"] is None


def test_the_exceptions_are_those_of_the_contact() -> None:
    own = [e for e in KNOWLEDGE.hours_exceptions if e in exceptions_of(UNIT)]
    assert list(exceptions_of(UNIT)) == own


def test_a_contact_line_has_number_address_and_hours() -> None:
    line = contact_line(UNIT, OPEN, "sv")
    assert all(t in line for t in (UNIT.definite, str(UNIT.phone), str(UNIT.email), "öppen nu"))
    assert "stängd nu" in contact_line(UNIT, CLOSED, "sv")


@pytest.mark.parametrize(("municipality", "contact"), EVERY)
def test_every_contact_has_a_way(municipality: Municipality, contact: Contact) -> None:
    for line in (contact_line(contact, OPEN, "sv"), short_line(contact, "sv")):
        assert (contact.phone or contact.how or contact.name) in line
        assert "None" not in line
        assert line[0].isupper()


def test_data_for_programs() -> None:
    data = as_data(UNIT, OPEN)
    assert (data["id"], data["phone"], data["open_now"]) == (UNIT.id, UNIT.phone, True)
    assert as_data(UNIT, CLOSED)["open_now"] is False


ASPECTS = {
    "telefonnummer": "phone",
    "epost": "email",
    "besoksadress": "visit_address",
    "postadress": "postal_address",
    "kontakt": "name",
}


@pytest.mark.parametrize("aspect", ASPECTS)
@pytest.mark.parametrize("language", ["sv", "en"])
def test_what_the_page_gives_is_told_and_what_not_is_not(aspect: str, language: str) -> None:
    for municipality, contact in EVERY:
        reply = contact_reply(aspect, contact, municipality, OPEN, language)
        value = getattr(contact, ASPECTS[aspect])
        if isinstance(value, tuple):
            value = ", ".join(value)
        assert reply.kind == ("answer" if value else "not_defined"), contact.id
        assert (reply.answer is None) is (not value)
        if aspect != "kontakt":
            assert str(value or "") in reply.text
        assert "None" not in reply.text
        assert "\n\n" not in reply.text
        assert "”" in reply.text.split("\n")[-1], "the source comes last"
        assert reply.contacts[0]["id"] == contact.id


def test_who_lacks_what_was_asked_for_is_named_with_another_way() -> None:
    reply = contact_reply("besoksadress", LEKSAND.reception_unit, LEKSAND, OPEN, "sv")
    assert str(LEKSAND.reception_unit.phone) in reply.text


def test_a_person_without_a_number_is_reached_through_the_reception_unit() -> None:
    reply = contact_reply("telefonnummer", STAFF, LEKSAND, OPEN, "sv")
    assert str(STAFF.how) in reply.text
    assert str(LEKSAND.reception_unit.phone) in reply.text


def test_where_no_number_is_known_none_is_told() -> None:
    reply = contact_reply("telefonnummer", OSTERSUND.reception_unit, OSTERSUND, OPEN, "sv")
    assert not any(c.isdigit() for c in reply.text.split("Källa:")[0])


def test_the_reception_unit_is_named_in_the_language_of_the_reply() -> None:
    reply = contact_reply("telefonnummer", STAFF, LEKSAND, OPEN, "en")
    assert "Contact:" in reply.text
    assert "Kontakt:" not in reply.text
