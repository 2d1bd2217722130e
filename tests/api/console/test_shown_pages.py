"""Quotes in their page: each marked once, with some of what stands around it."""

from __future__ import annotations

from typing import Any

from api.console.shown_pages import AROUND, PassageShown, passages_shown
from api.schemas_console import Trace
from bot.knowledge.loader import load_knowledge
from tests.api.helpers import ANSWER

PAGE = load_knowledge().municipalities["umea"].pages["ledsagning"].text


def shown(*spans: tuple[int, int], **more: Any) -> list[PassageShown]:
    """What is shown of a page of Umeå's where these places were quoted."""
    evidence = [
        {"page": "ledsagning", "title": "Ledsagning", "quote": PAGE[a:b], "start": a, "end": b}
        for a, b in spans
    ]
    trace = Trace.parse_obj({"evidence": [{**e, **more} for e in evidence]})
    return passages_shown(trace, [ANSWER])


def test_quotes_of_a_page_stand_in_it_together() -> None:
    """In their order, and one that another holds only once."""
    (passage,) = shown((40, 90), (0, 20), (50, 80), (60, 100))
    assert [text for text, quoted in passage.pieces if quoted] == [
        PAGE[0:20].replace("\n\n", "\n"), PAGE[40:90], PAGE[90:100],
    ]  # fmt: skip
    assert (passage.title, passage.municipality, passage.missing) == (
        "Ledsagning",
        "Umeå kommun",
        (),
    )


def test_what_lies_far_from_any_quote_is_left_out_at_whole_words() -> None:
    """And that something is left out is told."""
    (passage,) = shown((0, len("Ledsagning")), (PAGE.rindex(" ") + 1, len(PAGE)))
    texts = [text for text, _ in passage.pieces]
    assert " … " in texts
    assert sum(map(len, texts)) < 2 * AROUND + 40
    assert {word for text in texts for word in text.split()} <= {"…", *PAGE.split()}


def test_a_quote_that_no_page_has_is_told_as_such() -> None:
    """Whether the page is gone or only the place."""
    (gone,) = shown((0, 10), page="borta")
    (lost,) = shown((0, 10), start=None)
    for passage in (gone, lost):
        assert passage.pieces == ()
        assert passage.missing == (PAGE[0:10],)
    assert gone.title == "Ledsagning"


def test_another_municipalitys_page_is_found_there() -> None:
    """A question may be about another place than the page that it is asked at."""
    (passage,) = shown((0, 10), municipality="ludvika", page="saknas")
    assert passage.municipality == "Ludvika kommun"
