"""Words that say by themselves what is asked, and what an answer lacks."""

from __future__ import annotations

import pytest

from bot.dialogue.signs import asks_price, intents_by_sign, lacks_detail


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
