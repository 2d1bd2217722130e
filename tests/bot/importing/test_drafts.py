"""Drafts of a page: nothing that it does not say, everything with its evidence."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

import pytest

from bot.importing.drafts import Drafts, draft
from bot.importing.drafts_contacts import plan_phone, role_of
from bot.importing.page import PastedText, SavedFile, read_page
from bot.knowledge.loader import load_knowledge
from bot.knowledge.validator_text import find_quote, squeeze
from tests.bot.importing.pages import LEDSAGNING

PAGE = read_page(SavedFile(LEDSAGNING.encode()))


@cache
def drafts(municipality: str = "nyby") -> Drafts:
    return draft(PAGE, load_knowledge(), municipality)


def test_answers_are_the_pages_own_sentences() -> None:
    found = {a.topic: a for a in drafts().answers}
    assert found["ledsagning", "kostnad"].text == "Ledsagning kostar 120 kronor i timmen."
    assert found["ledsagning", "vad"].evidence[0].startswith("Ledsagning innebär")
    assert ("ledsagning", "ansok") in found
    for answer in drafts().answers:
        for quote in answer.evidence:
            assert find_quote(quote, squeeze(PAGE.text)), quote
        assert all(
            part in " ".join(answer.evidence) for part in answer.text.rstrip(".").split(". ")
        )


def test_contact_with_its_hours() -> None:
    unit, switchboard = drafts().contacts
    assert (unit.name, unit.role) == ("Biståndsenheten", "reception")
    assert (unit.phone, unit.email) == ("0980-31 92 00", "bistand@nyby.example")
    assert unit.visit_address == "Storgatan 1"
    assert unit.postal_address == ("Nyby kommun", "Biståndsenheten", "999 99 Nyby")
    assert unit.job == "frågor om ledsagning och hemtjänst"
    assert (switchboard.name, switchboard.role) == ("Växel", "switchboard")
    (hours,) = drafts().hours
    assert hours.hours is not None
    assert hours.hours.osm == "Mo-Th 08:00-12:00; Fr 09:00-11:00"
    assert (hours.contact, hours.kind) == (unit.id, "phone")
    for quote in (*unit.evidence, *hours.evidence):
        assert find_quote(quote, squeeze(PAGE.text)), quote


def test_every_line_is_in_a_draft_or_told_of() -> None:
    found = drafts()
    told = " ".join(
        [q for a in found.answers for q in a.evidence]
        + [q for c in found.contacts for q in c.evidence]
        + [q for h in found.hours for q in h.evidence]
        + [u.text for u in found.unplaced]
        + [n.line for n in found.not_stated]
    )
    missing = [
        line for line in PAGE.text.splitlines() if squeeze(line) and squeeze(line) not in told
    ]
    assert missing == ["Vem kan få ledsagning?"] or missing == []
    assert found.cites_social_services_act
    assert found.kind == "page"


def test_an_answer_and_a_contact_that_are_there_already() -> None:
    known = load_knowledge().municipalities["umea"].reception_unit
    text = (
        f"Ledsagning\n\n{known.name}\n\nTelefon: {known.phone}\n\nLedsagning kostar inget för dig."
    )
    found = draft(read_page(PastedText(text)), load_knowledge(), "umea")
    assert [c.known for c in found.contacts] == [known.id]
    assert [a.replaces for a in found.answers] == [True]


def test_what_no_service_is_named_in_is_left_to_a_person() -> None:
    page = read_page(PastedText("Sophämtning\n\nVi hämtar soporna varannan vecka i hela kommunen."))
    found = draft(page, load_knowledge(), "umea")
    assert found.answers == ()
    assert [u.text for u in found.unplaced] == ["Vi hämtar soporna varannan vecka i hela kommunen."]


def test_news_by_its_address() -> None:
    page = replace(PAGE, url="https://nyby.example/nyheter/2024/x")
    assert draft(page, load_knowledge(), "nyby").kind == "news"


@pytest.mark.parametrize(
    ("written", "phone"),
    [
        ("090-16 10 02", "090-16 10 02"),
        ("090 16 10 02", "090-16 10 02"),
        ("0980 - 31 92 00", "0980-31 92 00"),
        ("+46 (0)90 16 10 02", "090-16 10 02"),
        ("+46 90 16 10 02", "090-16 10 02"),
        ("08-123 456", "08-123 456"),
        ("0701740605", "070-1740605"),
        ("0771/11 22 33", "0771-11 22 33"),
        ("112", None),
    ],
)
def test_phone_numbers_as_content_writes_them(written: str, phone: str | None) -> None:
    assert plan_phone(written) == phone


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("Kommunens växel", "switchboard"),
        ("Kontaktcenter", "customer_service"),
        ("Anhörigkonsulent", "carer_consultant"),
        ("Biståndsenheten", "reception"),
        ("Anna-Karin Ek", "staff"),
        ("Nyby Kontaktcenter", "customer_service"),
    ],
)
def test_roles(name: str, role: str) -> None:
    assert role_of(name) == role
