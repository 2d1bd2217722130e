"""Texts for templates: what becomes a link, and when an answer may be shown in parts."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from api.schemas_v1 import ContactLite, LinkView, MessageView
from api.services.pages_text import cards, is_taken_apart, paragraphs, pieces

PHONE = LinkView(text="090-16 10 02", href="tel:+4690161002")
SHORT = LinkView(text="112", href="tel:112")
LONGER = LinkView(text="112 33", href="tel:11233")
MAIL = LinkView(text="a@umea.se", href="mailto:a@umea.se")
EVIL = LinkView(text="här", href="javascript:alert(1)")
ELSEWHERE = LinkView(text="här", href="https://evil.example")


def linked(line: str, *links: LinkView) -> list[str]:
    return [piece.text for piece in pieces(line, links) if piece.href]


def test_paragraphs_are_the_lines_that_say_something() -> None:
    assert paragraphs("En.\n\n  Två. \r\n") == ["En.", "Två."]


def test_numbers_and_addresses_become_links() -> None:
    line = "Ring 090-16 10 02, eller skriv till a@umea.se."
    assert linked(line, PHONE, MAIL) == ["090-16 10 02", "a@umea.se"]
    assert "".join(piece.text for piece in pieces(line, [PHONE, MAIL])) == line


@pytest.mark.parametrize("line", ["1120 kronor", "x112", "0112", "b.a@umea.se", "a@umea.sele"])
def test_a_part_of_something_longer_is_no_link(line: str) -> None:
    assert linked(line, SHORT, MAIL) == []


def test_the_longest_wins() -> None:
    assert linked("Ring 112 33.", SHORT, LONGER) == ["112 33"]


@pytest.mark.parametrize("link", [EVIL, ELSEWHERE])
def test_links_lead_to_phones_and_letters_only(link: LinkView) -> None:
    assert linked("Läs här.", link) == []


def test_a_line_without_links_is_one_piece() -> None:
    assert [tuple(p) for p in pieces("Hej.", [])] == [("Hej.", None)]


def message(**fields: Any) -> MessageView:
    moment = dt.datetime(2026, 11, 18, tzinfo=dt.timezone.utc)
    given: dict[str, Any] = {"number": 2, "sender": "assistant", "text": "Allt.", "lang": "sv"}
    lists: dict[str, Any] = {name: [] for name in ("items", "contacts", "quick_replies", "links")}
    return MessageView(**{**given, **lists, "created_at": moment, "masked": False, **fields})


def contact(name: str, phone: str | None) -> ContactLite:
    given: dict[str, Any] = {"id": name, "name": name, "phone": phone}
    return ContactLite(**given)


WITH, WITHOUT = contact("a", "090-16 10 02"), contact("b", None)


def test_taken_apart_only_when_nothing_is_lost() -> None:
    assert not is_taken_apart(message(body=None))
    assert is_taken_apart(message(body="Delat.", contacts=[WITH]))
    # The way to somebody without a number is told by the text alone.
    assert not is_taken_apart(message(body="Delat.", contacts=[WITH, WITHOUT]))


def test_cards_for_numbers_that_the_text_does_not_give() -> None:
    assert cards(message(body="Delat.", contacts=[WITH])) == [WITH]
    assert cards(message(body="Ring 090-16 10 02.", contacts=[WITH])) == []
    assert cards(message(text="Ring 090-16 10 02.", contacts=[WITH])) == []
    assert cards(message(text="Prata med dem.", contacts=[WITHOUT])) == []
    assert cards(message(kind="crisis", body="Ring 112.", contacts=[WITH])) == []
