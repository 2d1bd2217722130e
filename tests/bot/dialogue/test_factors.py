"""What lifts and lowers a reading."""

from __future__ import annotations

import pytest

from bot.dialogue.factors import free_factor, service_factor
from bot.dialogue.state import State
from tests.bot.dialogue.helpers import clause

LONG = "har ni inte haft något sådant här förut hos er"
SPOKEN = State(service="omsorgskontakt")


@pytest.mark.parametrize(
    ("text", "topic", "seen", "state", "question", "lowered"),
    [
        (LONG, "deny", 0.5, State(), True, True),  # talk is short and asks nothing
        (LONG, "deny", 0.9, State(), True, False),
        (LONG, "deny", 0.5, State(), False, False),
        ("nej tack", "deny", 0.5, State(), True, False),
        ("är den klar", "certainty", 0.6, SPOKEN, True, True),  # rather about what was spoken of
        ("är den klar", "certainty", 0.9, SPOKEN, True, False),
        ("är den klar", "certainty", 0.6, State(), True, False),
    ],
)
def test_talk_in_a_question(
    text: str, topic: str, seen: float, state: State, question: bool, lowered: bool
) -> None:
    said = clause(text, (topic, seen), question=question)
    factor = free_factor((None, topic), said, state, "ostersund", short=False)
    assert (factor < 1.0) is lowered


def test_what_is_about_a_service_is_not_lowered() -> None:
    said = clause(LONG, ("deny", 0.5), question=True)
    assert free_factor(("ledsagning", "vad"), said, SPOKEN, "umea", short=False) == 1.0


def test_a_name_outweighs_the_conversation() -> None:
    named = frozenset({"ledsagning"})
    by_name = service_factor("ledsagning", named, SPOKEN, short=True)
    assert by_name > 1.0 > service_factor("omsorgskontakt", named, SPOKEN, short=True)
    assert service_factor("omsorgskontakt", frozenset(), SPOKEN, short=True) > 1.0
