"""The page about the service: what is known is told, and what is not is said to be so."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from api.services.pages_about import about_sections, shortcomings
from api.settings import Settings
from bot.knowledge.assistant import Assessment, Officer
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

DAY = dt.date(2026, 11, 1)


def municipality(name: str = "umea", **fields: Any) -> Municipality:
    found = load_knowledge().municipalities[name]
    return replace(found, assistant=replace(found.assistant, **fields))


def told(where: Municipality, language: str = "sv", days: int = 30) -> str:
    sections = about_sections(where, Settings(retention_days=days), language)
    return "\n".join(t for section in sections for block in section.blocks for t in block.texts)


def test_how_long_is_the_setting() -> None:
    assert "raderas av sig självt 90 dagar efter" in told(municipality(), days=90)
    nothing = told(municipality(), days=0)
    assert "Samtalets text sparas inte." in nothing and "0 dagar" not in nothing
    assert "erased by itself 90 days after" in told(municipality(), "en", days=90)


def test_unknown_is_said_to_be_unknown() -> None:
    text = told(municipality())
    assert "Kommunen har inte angett sitt dataskyddsombud här." in text
    assert "Kommunen har inte angett något beslut om gallring här." in text
    assert "Kommunen har inte angett någon bedömning" in text
    assert "vilken nämnd som är personuppgiftsansvarig" in text


def test_what_the_municipality_gives_is_told() -> None:
    officer = Officer("Dataskyddsombudet", "090-00 00 00", None, "sidan Personuppgifter")
    shortcoming = {"sv": "Kartan saknar text.", "en": "The map has no text."}
    method = {"sv": "Vi provade själva.", "en": "We tried ourselves."}
    given = municipality(
        data_protection_officer=officer,
        disposal_decision="SN-2026/00012",
        responsible="Socialnämnden",
        assessment=Assessment(DAY, "delvis", method, (shortcoming,)),
    )
    text = told(given)
    assert "Dataskyddsombud: Dataskyddsombudet, 090-00 00 00." in text
    assert "Beslut om gallring: SN-2026/00012." in text
    assert "Socialnämnden svarar för tjänsten." in text
    assert "bedömde den 2026-11-01 och fann att den är delvis förenlig" in text
    assert "har inte angett" not in text
    assert "it complies partly with the act" in told(given, "en")
    assert shortcomings(given, "en") == ["The map has no text."]
    assert shortcomings(municipality(), "sv") == []


def test_faults_can_be_reported_even_without_a_number() -> None:
    assert "Kontakta socialtjänstens mottagningsenhet och" in told(municipality())
    assert "varken telefonnummer eller e-postadress" not in told(municipality())
    assert "varken telefonnummer eller e-postadress" in told(municipality("ostersund"))


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("name", load_knowledge().municipalities)
def test_every_name_is_filled_in(name: str, language: str) -> None:
    for days in (0, 30):
        text = told(municipality(name), language, days)
        assert "{" not in text and "None" not in text


def test_points_are_lists_and_links_lead_to_authorities() -> None:
    sections = about_sections(municipality(), Settings(), "sv")
    blocks = [block for section in sections for block in section.blocks]
    assert [len(block.texts) for block in blocks if block.is_list] == [4]
    assert [block.href for block in blocks if block.href] == [
        "https://www.imy.se/privatperson/utfora-arenden/lamna-ett-klagomal/",
        "https://www.digg.se/tdosanmalan",
    ]
