"""Messages cut into clauses, and which of them ask."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.understanding.segments import is_question, split

ASKING = [
    "vad kostar det",
    "Va kostar de",
    "hej, hur gör man",
    "och när har ni öppet",
    "på vilken gata ligger ni",
    "kan man få hjälp",
    "Min mamma är trött, eller hur?",
    "where do I apply",
]
TELLING = ["jag vill veta mer", "min mamma bor ensam", "tack", "Pappa kan inte gå", ""]


@pytest.mark.parametrize("text", ASKING)
def test_questions(text: str) -> None:
    assert is_question(text)


@pytest.mark.parametrize("text", TELLING)
def test_no_questions(text: str) -> None:
    assert not is_question(text)


@pytest.mark.parametrize(
    ("text", "clauses"),
    [
        ("Vad kostar ledsagning?", ["Vad kostar ledsagning?"]),
        ("Mamma är gammal. Vad kostar det?", ["Mamma är gammal.", "Vad kostar det?"]),
        ("Hej\nVar ligger ni", ["Hej", "Var ligger ni"]),
        ("vad kostar det och hur ansöker man", ["vad kostar det", "hur ansöker man"]),
        ("Vad kostar det och hur ansöker man?", ["Vad kostar det?", "hur ansöker man?"]),
        ("Vad är det, samt vem kan få det?", ["Vad är det?", "vem kan få det?"]),
        ("Två saker: vad kostar det? Var är det?", ["vad kostar det?", "Var är det?"]),
        ("mamma och pappa behöver hjälp", ["mamma och pappa behöver hjälp"]),
        ("Vad gäller för barn och vuxna?", ["Vad gäller för barn och vuxna?"]),
        ("jag är trött och vad ska jag göra", ["jag är trött och vad ska jag göra"]),
        ("Klockan 08.30 ringde jag", ["Klockan 08.30 ringde jag"]),
        ("Hjälp! ... ?", ["Hjälp!"]),
        ("?!", []),
        ("", []),
    ],
)
def test_split(text: str, clauses: list[str]) -> None:
    assert [s.text for s in split(text)] == clauses


def test_each_clause_knows_whether_it_asks() -> None:
    assert [s.is_question for s in split("Mamma är gammal. Vad kostar det?")] == [False, True]


@given(st.text(alphabet="abc åäö.?!,;\n", max_size=80))
def test_no_word_is_lost(text: str) -> None:
    kept = "".join(s.text for s in split(text))
    assert [c for c in kept if c.isalpha()] == [c for c in text if c.isalpha()]
