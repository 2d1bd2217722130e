"""Contacts with their next opening, and the lines of the pages that prove them."""

from __future__ import annotations

import datetime as dt

import pytest

from api.content_desk.contacts import contact_views
from api.content_desk.shelf import load_shelf
from bot.dialogue.turn import STOCKHOLM
from tests.bot.knowledge.mini import MINI


@pytest.mark.parametrize(
    ("hour", "told"),
    [
        (10, "Öppet nu, till klockan 11.30."),
        (12, "Stängt nu. Öppnar i morgon, torsdag, klockan 09.00."),
        (7, "Stängt nu. Öppnar klockan 08.30."),
    ],
)
def test_next_opening(hour: int, told: str) -> None:
    wednesday = dt.datetime(2026, 11, 18, hour, tzinfo=STOCKHOLM)
    first, second = contact_views(load_shelf("norrby", MINI), wednesday)
    assert (first.contact.id, first.reception, second.reception) == ("hemhjalp", True, False)
    (hours,) = first.hours
    assert (hours.title, hours.now, len(hours.seasons)) == ("Telefontider", told, 1)
    assert first.findings == [] and second.hours == []
    ((page, lines),) = second.evidence
    assert page.id == "hjalp"
    assert [[(p.text, p.marked) for p in line] for line in lines] == [
        [("• ", False), ("Fråga Eva Ek", True)]
    ]
