"""Words that say by themselves what is asked, and what an answer lacks."""

from __future__ import annotations

import pytest

from bot.dialogue.signs import (
    asks_price,
    asks_what_applies,
    intents_by_sign,
    lacks_detail,
    speaks_of_opening,
)


@pytest.mark.parametrize(
    ("text", "intents"),
    [
        ("vilka telefontider har ni", ["oppettider"]),
        ("öppettiderna", ["oppettider"]),
        ("besökstid?", ["besokstider"]),
        ("adressen om jag vill hälsa på", ["besoksadress"]),
        ("vilken adress ska jag komma till", ["besoksadress"]),
        ("vilken adress skickar jag brevet till om jag inte kan komma", []),
        ("mejladressen dit", []),
        ("vad är ledsagning", []),
    ],
)
def test_intents_by_sign(text: str, intents: list[str]) -> None:
    assert intents_by_sign(text) == intents


@pytest.mark.parametrize(
    ("text", "price"),
    [
        ("vad är dygnspriset", True),
        ("hur hög är taxan", True),
        ("avgiften per månad", True),
        ("hur många kronor", True),
        ("avgiftsfri avlösning", False),
        ("vad är syftet", False),
    ],
)
def test_asks_price(text: str, price: bool) -> None:
    assert asks_price(text) is price


@pytest.mark.parametrize(
    ("asked", "told", "lacks"),
    [
        ("finns det någon åldersgräns", "Träffarna är för anhöriga.", True),
        ("finns det någon åldersgräns", "Från 12 år och uppåt.", False),
        ("vilken dag är träffen", "Träffarna hålls i Ludvika.", True),
        ("vilken dag är träffen", "Träffarna hålls på torsdagar.", False),
        ("vilken lokal är ni i", "Träffarna hålls i Ludvika.", True),
        ("hur lång tid tar det", "Kommunen utreder och beslutar.", True),
        ("vem föreläser på mötet", "De har en föreläsare.", True),
        ("vad är priset", "De har en föreläsare.", True),
        ("vad är priset", "Det står inte på sidan vem som kommer.", False),  # says so itself
        ("vad är en träff", "De har en föreläsare.", False),
    ],
)
def test_lacks_detail(asked: str, told: str, lacks: bool) -> None:
    assert lacks_detail(asked, told, told) is lacks


def test_what_another_answer_tells_is_not_denied() -> None:
    assert not lacks_detail("vilken dag", "Träffarna är för alla.", "Träffarna är på torsdagar.")


@pytest.mark.parametrize(
    ("text", "named"),
    [("vad är numret till växeln", True), ("tfn till kundtjänst", True), ("hur många", False)],
)
def test_a_number_is_asked_for(text: str, named: bool) -> None:
    assert ("telefonnummer" in intents_by_sign(text)) is named


@pytest.mark.parametrize(
    ("text", "opening", "applies"),
    [
        ("öppet 24 december", True, False),
        ("när stänger ni", True, False),
        ("vad gäller på julafton", False, True),
        ("vad kostar det", False, False),
    ],
)
def test_being_open_and_what_applies(text: str, opening: bool, applies: bool) -> None:
    assert (speaks_of_opening(text), asks_what_applies(text)) == (opening, applies)
