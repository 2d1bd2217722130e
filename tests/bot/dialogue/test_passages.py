"""The passage of the pages that comes nearest to a question."""

from __future__ import annotations

import pytest

from bot.dialogue.passages import nearest_passage
from tests.bot.dialogue.helpers import KNOWLEDGE


@pytest.mark.parametrize("municipality", sorted(KNOWLEDGE.municipalities))
def test_a_line_of_a_page_is_found_by_its_own_words(municipality: str) -> None:
    for page in KNOWLEDGE.municipalities[municipality].pages.values():
        skipped = {line for line, _ in page.not_stated}
        lines = [" ".join(x.split()) for x in page.text.splitlines() if x.strip() not in skipped]
        longest = max(lines, key=len).strip(" •\t")
        assert nearest_passage(longest, municipality) == (page.id, longest)


@pytest.mark.parametrize(
    "text",
    ["", "?", "hur blir vädret på lördag i fjällen", "ledsagning", "xyzzy plugh", "vad är det"],
)
def test_too_little_in_common_finds_nothing(text: str) -> None:
    assert nearest_passage(text, "umea") is None


def test_lines_that_state_nothing_are_never_shown() -> None:
    for municipality in KNOWLEDGE.municipalities.values():
        for page in municipality.pages.values():
            for line, _ in page.not_stated:
                found = nearest_passage(line, municipality.id)
                assert found is None or found[1] != line.strip()


def test_word_order_and_endings_do_not_matter() -> None:
    page = KNOWLEDGE.municipalities["ostersund"].pages["omsorgskontakt"]
    found = nearest_passage("hemtjänstpersonalen chef hemtjänst information kontakten", "ostersund")
    assert found is not None
    assert found[0] == page.id
