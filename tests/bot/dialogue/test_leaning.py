"""A clause beside the story around it and the turn before it."""

from __future__ import annotations

import pytest

from bot.dialogue.leaning import leans, merge, other_aspect
from bot.dialogue.state import State
from bot.understanding.classifier import Guess
from tests.bot.dialogue.helpers import clause


@pytest.mark.parametrize(
    ("text", "leaning"),
    [
        ("och för barn", True),
        ("kan min gamla mamma också tänkas få något liknande av det där", True),
        ("jag vill gärna veta om min gamla mamma kan få ledsagning", False),
    ],
)
def test_leans(text: str, leaning: bool) -> None:
    assert leans(clause(text)) is leaning


def test_merge_keeps_what_story_and_question_both_find_likely() -> None:
    whole = clause("a b", ("x.vad", 0.6), ("y.vad", 0.4), names={"service": ("x",)})
    part = clause("b", ("y.vad", 0.5), ("z.vad", 0.5), names={"unit": ("u",)}, question=True)
    merged = merge(whole, part)
    assert (merged.text, merged.is_question) == ("b", True)
    assert merged.guesses[0].topic == "y.vad"
    assert {g.topic for g in merged.guesses} == {"x.vad", "y.vad", "z.vad"}
    assert merged.names == {"service": ("x",), "unit": ("u",)}


@pytest.mark.parametrize(
    ("within", "names", "service", "topic"),
    [
        (("kostnad", 0.95), {}, "ledsagning", ("ledsagning", "kostnad")),
        (("kostnad", 0.6), {}, "ledsagning", None),  # not plain
        (("vem", 0.99), {}, "ledsagning", None),  # "och för barn?" keeps what was asked
        (("kostnad", 0.95), {"service": ("avlosning",)}, "ledsagning", None),
        (("kostnad", 0.95), {}, None, None),
    ],
)
def test_other_aspect(
    within: tuple[str, float],
    names: dict[str, tuple[str, ...]],
    service: str | None,
    topic: tuple[str, str] | None,
) -> None:
    said = clause(
        "och biljetten", ("followup", 0.9), names=names, within={"ledsagning": (Guess(*within),)}
    )
    assert other_aspect(said, State(service=service)) == topic
