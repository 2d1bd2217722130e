"""What has changed on a page, and which answers it costs."""

from __future__ import annotations

import pytest

from api.standing.compare import Compared, compare, tidy
from bot.knowledge.loader import load_whole
from tests.api.standing.helpers import COST, DEARER, OTHER_NUMBER, PAGE, UMEA, UNIT

TEXT = PAGE.text


def compared(text: str) -> Compared:
    return compare(UMEA, PAGE, text)


@pytest.mark.parametrize(
    "text",
    [
        TEXT,
        "\n".join(line.strip() for line in TEXT.splitlines()),
        TEXT.replace(" • ", "- ").replace("\n\n", "\n"),
        TEXT.replace(" ", "\u00a0"),
        TEXT.replace("fritidsaktivitet", "fritids\u00adaktivitet"),
    ],
    ids=["same", "indents", "list marks", "hard spaces", "soft hyphens"],
)
def test_another_way_of_copying_costs_nothing(text: str) -> None:
    found = compared(text)
    assert not found.is_changed
    assert found.lost == ()
    assert found.kept == 1.0


def test_every_page_of_content_still_proves_its_own_answers() -> None:
    for municipality in load_whole().municipalities.values():
        for page in municipality.pages.values():
            assert compare(municipality, page, page.text).lost == ()


def test_a_changed_sentence_costs_the_answers_that_quote_it() -> None:
    found = compared(DEARER)
    lost = {one.subject: one for one in found.lost}
    assert COST in lost
    assert all(subject.startswith("umea.ledsagning.") for subject in lost)
    assert len(found.gone) == len(found.new) == 1
    [quote] = lost[COST].quotes
    assert "egna omkostnader" in quote.quote
    assert "90 kronor" in str(quote.near)
    assert not lost[COST].is_contact
    assert not found.is_another_page


def test_a_changed_number_costs_its_contact() -> None:
    lost = {one.subject: one for one in compared(OTHER_NUMBER).lost}
    assert lost[UNIT].is_contact
    assert "090-16 99 99" in str(lost[UNIT].quotes[0].near)


def test_a_word_within_a_word_is_no_evidence() -> None:
    text = TEXT.replace("Besöksadress\n", "Besöksadresser\n")
    assert UNIT in {one.subject for one in compared(text).lost}


def test_a_line_that_only_moved_is_neither_gone_nor_new() -> None:
    lines = TEXT.splitlines()
    found = compared("\n".join([*lines[4:], *lines[:4]]))
    assert not found.is_changed
    assert found.lost == ()


def test_what_is_left_of_another_page_is_next_to_nothing() -> None:
    assert compared("Logga in\nDu behöver logga in för att se sidan.").is_another_page
    assert compared("").kept == 0.0


def test_tidy_keeps_words_and_numbers() -> None:
    assert tidy(" • Måndag–fredag,\n\u200bkl. 8–12 ") == "Måndag–fredag, kl. 8–12"
