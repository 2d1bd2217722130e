"""A service that was hardly said, and one that the municipality's pages lack."""

from __future__ import annotations

import pytest

from bot.dialogue.doubt import hardly_said, own_service
from bot.dialogue.questions import Question
from bot.dialogue.topics import Candidate
from tests.bot.dialogue.helpers import clause, context, turn

LACKED = [Candidate("anhorigstod", "vad", 0.4), Candidate("uppdrag", "vad", 0.2)]


@pytest.mark.parametrize(
    ("text", "guesses", "hardly"),
    [
        ("kan man få hjälp", (("ledsagning.vad", 0.9), ("uppdrag.vad", 0.05)), True),
        ("kan man få hjälp", (("ledsagning.vad", 0.5), ("uppdrag.vad", 0.4)), False),
        ("när började det", (("none.start", 0.9), ("uppdrag.vad", 0.05)), False),
        ("vilken lag gäller det här", (("anhorigstod.lag", 0.9),), False),  # points at the page
    ],
)
def test_hardly_said(text: str, guesses: tuple[tuple[str, float], ...], hardly: bool) -> None:
    said = clause(text, *guesses)
    question = Question(said, [Candidate("uppdrag", "vad", 0.5)])
    assert hardly_said(question, context(turn(text, municipality="leksand"))) is hardly


def test_what_the_page_tells_comes_before_a_service_that_it_lacks() -> None:
    said = context(turn("kan vi hjälpa till", municipality="leksand"))
    assert own_service(Question(clause("kan vi hjälpa till"), LACKED), said) == LACKED[1]


@pytest.mark.parametrize(
    ("names", "weight", "municipality"),
    [
        ({"service": ("anhorigstod",)}, 0.4, "leksand"),  # it was named: say that it is lacked
        ({}, 0.7, "leksand"),  # it is plain enough
        ({}, 0.4, "umea"),  # the page tells of it
    ],
)
def test_no_other_service_is_taken(
    names: dict[str, tuple[str, ...]], weight: float, municipality: str
) -> None:
    question = Question(
        clause("vad får jag", names=names), [Candidate("anhorigstod", "vad", weight), LACKED[1]]
    )
    assert own_service(question, context(turn("vad får jag", municipality=municipality))) is None
