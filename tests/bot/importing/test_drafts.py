"""Drafts of a page: nothing that it does not say, everything with its evidence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import pytest

from bot.importing.drafts import Drafts, draft
from bot.importing.drafts_contacts import plan_phone, role_of
from bot.importing.page import PastedText, SavedFile, read_page
from bot.importing.placing import Placed
from bot.importing.sections import Line, Unit
from bot.knowledge.loader import load_knowledge
from bot.knowledge.validator_text import find_quote, squeeze
from tests.bot.importing.pages import GUIDANCE, LEDSAGNING

PAGE = read_page(SavedFile(LEDSAGNING.encode()))


class Nowhere:
    """Places nothing; for what needs no encoder."""

    def place(self, title: str, lines: Sequence[Line], units: Sequence[Unit]) -> list[Placed]:
        return [Placed(()) for _ in units]


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


@cache
def guidance() -> Drafts:
    return draft(read_page(PastedText(GUIDANCE)), load_knowledge(), "nyby")


@pytest.mark.parametrize(
    ("topic", "words"),
    [
        ("vem", "Du som är vuxen"),
        ("beslut", "Handläggaren gör en bedömning"),
        ("ansok", "Du vänder dig till en LSS-handläggare"),
        ("kostnad", "Ledsagning är kostnadsfri"),
        ("omfattning", "Du kan få upp till 12 timmar"),
        ("uppgift", "Ledsagaren följer med dig"),
    ],
)
def test_a_heading_or_the_sentence_itself_decides_the_question(topic: str, words: str) -> None:
    found = {a.topic: " ".join([a.text, *a.items]) for a in guidance().answers}
    assert words in found["ledsagning", topic]
    assert ("ledsagning", "lag") not in found


def test_broken_lines_are_put_together_and_an_address_stays_with_its_sentence() -> None:
    told = [a.text for a in guidance().answers] + [u.text for u in guidance().unplaced]
    assert any("som vill göra något på fritiden utanför hemmet" in text for text in told)
    assert any("skickas sedan till: Omsorgen Nyby kommun 999 99 Nyby" in text for text in told)
    assert not any(text in ("999 99 Nyby", "Publicerad:") for text in told)
    assert "Publicerad: 2024-05-03" in [n.line for n in guidance().not_stated]


def test_what_somebody_says_of_themselves_is_a_remark() -> None:
    assert not any("Jag har" in answer.text for answer in guidance().answers)
    (hours,) = guidance().hours
    assert hours.hours and hours.hours.osm == "Mo-Fr 08:00-16:00"
    assert "Jag har inga fasta tider" in " ".join(hours.remarks)


def test_hours_without_days_are_a_persons_to_choose() -> None:
    text = "Bistånd\n\nBiståndshandläggarna har telefontid klockan 08:30-09:30. Det tar 1-8 veckor."
    (hours,) = draft(read_page(PastedText(text)), load_knowledge(), "nyby", Nowhere()).hours
    assert (hours.hours, hours.kind) == (None, "phone")
    assert hours.evidence == ("Biståndshandläggarna har telefontid klockan 08:30-09:30.",)
    assert "veckodagar" in hours.remarks[0]


@pytest.mark.parametrize(
    ("lines", "name"),
    [
        ("Ansökan\n\nDu når biståndshandläggaren på telefon 0980-31 92 00.", "Biståndshandläggare"),
        ("Du kan ringa eller mejla till oss\n\nTelefon: 0980-31 92 00", ""),
        (
            "Intresseanmälan och kontakt\n\nRing kommunens växel. Tel. 0980-31 92 00",
            "Kommunens växel",
        ),
        (" • Råd och stöd\n • Kurser\n\nTelefon: 0980-31 92 00", ""),
        ("Boka hos kommunens anhörigkonsulent, tel. 0980-31 92 00.", "Anhörigkonsulent"),
        ("Stödenheten\n\nTelefon: 0980-31 92 00\n\nRing 0980-319 200.", "Stödenheten"),
        (
            "Ansökan hos stödsamordnare;\n\n • På telefon 0980-31 92 00\n • Maila: a@nyby.example",
            "Stödsamordnare",
        ),
    ],
)
def test_a_contact_is_named_by_who_answers(lines: str, name: str) -> None:
    page = read_page(PastedText(f"Hjälp hemma\n\n{lines}"))
    (contact,) = draft(page, load_knowledge(), "nyby", Nowhere()).contacts
    assert contact.name == name
    assert contact.phone == "0980-31 92 00"
    assert bool(contact.remarks) is not bool(name)
    assert bool(contact.email) is ("Maila" in lines)


def test_hours_under_a_heading_of_their_own_belong_to_nobody_above_it() -> None:
    html = """<main><h1>Avlösning</h1><h2>Avgiftshandläggare</h2><p>Telefon: 0123-45 67 89</p>
    <p>Telefontid: måndag–fredag 08:00–09:00</p><h2>Hemtjänsten</h2>
    <p>Telefontid: måndag–fredag 07:30–16:00</p></main>"""
    found = draft(read_page(SavedFile(html.encode())), load_knowledge(), "nyby", Nowhere())
    (first,) = [h for h in found.hours if h.contact == found.contacts[0].id]
    assert first.hours is not None
    assert first.hours.osm == "Mo-Fr 08:00-09:00"


def test_the_colon_of_a_time_ends_no_label() -> None:
    text = "Hjälp\n\nVäxeln\nTelefon 0123-45 67 89\nTelefontid vardagar 08:30-09:30\n"
    found = draft(read_page(PastedText(text)), load_knowledge(), "nyby", Nowhere())
    (hours,) = found.hours
    assert hours.hours is not None
    assert hours.hours.osm == "Mo-Fr 08:30-09:30"


def test_an_address_is_found_with_its_postcode_or_before_the_number() -> None:
    text = (
        "Hjälp\n\nStödenheten\n\nBesöksadress:\nStorgatan 1\n\nReception\n\nTelefon: 0980-31 92 00"
        "\n\nNyby kommun\nBox 1\n999 99 Nyby"
    )
    (contact,) = draft(read_page(PastedText(text)), load_knowledge(), "nyby", Nowhere()).contacts
    assert (contact.name, contact.visit_address) == ("Reception", "Storgatan 1")
    assert contact.postal_address == ("Nyby kommun", "Box 1", "999 99 Nyby")
    assert contact.remarks


def test_what_is_said_to_volunteers_and_what_is_named_in_passing() -> None:
    page = read_page(
        PastedText(
            "Bli kontaktperson\n\nVill du bli kontaktperson eller kontaktfamilj?\n\n"
            "Som kontaktperson träffar du ett barn på fritiden. "
            "Som kontaktperson har du tystnadsplikt."
        )
    )
    found = draft(page, load_knowledge(), "nyby")
    assert {answer.topic[0] for answer in found.answers} == {"uppdrag"}
    page = read_page(
        PastedText(
            "Hjälp hemma\n\nDu kan få:\n\n • Hemtjänst\n • Avlösning i hemmet\n • Larm\n\n"
            "Om du inte är nöjd med beslutet kan du överklaga det till domstolen."
        )
    )
    assert draft(page, load_knowledge(), "nyby").answers == ()


def test_news_by_its_address() -> None:
    page = replace(PAGE, url="https://nyby.example/nyheter/2024/x")
    assert draft(page, load_knowledge(), "nyby", Nowhere()).kind == "news"


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
