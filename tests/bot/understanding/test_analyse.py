"""A message read clause by clause, with a classifier and an encoder that only remember."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, cast

import numpy as np
import pytest

from bot.understanding.analyse import Analyser, Analysis, Part, find_ids, label_of, prepare, unshout
from bot.understanding.classifier import FloatArray, Guess, TopicClassifier
from bot.understanding.encoder import Encoder
from bot.understanding.mentions import Vocabulary

NAMES = Vocabulary(
    {
        ("municipality", "umea"): ["Umeå", "Umeå kommun"],
        ("service", "ledsagning"): ["ledsagning"],
        ("service", "avlosning"): ["avlösning"],
    }
)


class Remembering:
    """Encoder and classifier in one: what they were asked, and always the same guess."""

    def __init__(self) -> None:
        self.read: list[list[str]] = []

    def encode(self, texts: Sequence[str]) -> FloatArray:
        self.read.append(list(texts))
        return np.zeros((len(texts), 2), dtype=np.float32)

    def probabilities(self, texts: Sequence[str], vectors: FloatArray) -> FloatArray:
        return np.tile(np.array([0.7, 0.3], dtype=np.float32), (len(texts), 1))

    def rank(self, row: FloatArray, count: int) -> tuple[Guess, ...]:
        return tuple(Guess(t, float(c)) for t, c in zip(("a.vad", "greet"), row, strict=True))

    def within_services(self, row: FloatArray, count: int) -> dict[str, tuple[Guess, ...]]:
        return {"a": (Guess("vad", 1.0),)}


@pytest.fixture
def remembering() -> Remembering:
    return Remembering()


@pytest.fixture
def analyser(remembering: Remembering) -> Analyser:
    return Analyser(
        cast("TopicClassifier", remembering), cast("Encoder", remembering), lambda language: NAMES
    )


def test_one_clause_is_the_whole(analyser: Analyser, remembering: Remembering) -> None:
    found = analyser.analyse("Vad kostar ledsagning i Umeå?")
    assert found.clauses == (found.whole,)
    assert found.whole.is_question
    assert found.whole.names == {"municipality": ("umea",), "service": ("ledsagning",)}
    assert found.as_dict()["parts"] == []
    assert remembering.read == [["Vad kostar ledsagning ?"]]


def test_several_clauses_are_read_beside_the_whole(
    analyser: Analyser, remembering: Remembering
) -> None:
    found = analyser.analyse("Jag behöver ledsagning. Vad kostar det?")
    assert [c.text for c in found.clauses] == ["Jag behöver ledsagning.", "Vad kostar det?"]
    assert [c.is_question for c in found.clauses] == [False, True]
    assert found.clauses[1].names == {}
    assert len(remembering.read[0]) == 3
    assert [p["text"] for p in found.as_dict()["parts"]] == [c.text for c in found.clauses]


def test_the_same_message_is_read_once(analyser: Analyser, remembering: Remembering) -> None:
    assert analyser.analyse("hej du") is analyser.analyse("hej du")
    assert len(remembering.read) == 1
    analyser.analyse("hej du", "en")
    assert len(remembering.read) == 2


def test_only_a_clause_that_may_lean_is_read_within_each_service(analyser: Analyser) -> None:
    assert analyser.analyse("och kostnaden").whole.within == {"a": (Guess("vad", 1.0),)}
    assert analyser.analyse("ord " * 15).whole.within == {}


def test_a_flood_of_clauses_is_cut(analyser: Analyser, remembering: Remembering) -> None:
    analyser.analyse("Vad då? " * 50)
    assert len(remembering.read[0]) == 13


@pytest.mark.parametrize("text", ["", "?", "   "])
def test_a_message_without_words_is_read_too(
    analyser: Analyser, remembering: Remembering, text: str
) -> None:
    assert analyser.analyse(text).clauses
    assert remembering.read == [["?"]]


def test_the_ranking_adds_up_the_services_of_an_intent() -> None:
    guesses = (Guess("greet", 0.4), Guess("a.vad", 0.35), Guess("b.vad", 0.25))
    whole = Part("x", False, guesses, {}, {})
    assert Analysis(whole, (whole,)).intent_ranking() == [
        {"name": "vad", "confidence": 0.6},
        {"name": "greet", "confidence": 0.4},
    ]


@pytest.mark.parametrize(
    ("text", "prepared"),
    [
        ("Vad kostar ledsagning i Umeå?", "Vad kostar ledsagning ?"),
        ("Umeå kommun ledsagning", "ledsagning"),
        ("Umeå", "?"),
        ("[personnummer] vad kostar det", "vad kostar det"),
        ("mitt [födelse datum] är hemligt", "mitt är hemligt"),
        ("VAD KOSTAR LEDSAGNING", "vad kostar ledsagning"),
        ("ledsagning\n  nu", "ledsagning nu"),
        ("", "?"),
    ],
)
def test_prepare(text: str, prepared: str) -> None:
    assert prepare(text, NAMES) == prepared


def test_unshout_leaves_ordinary_text_alone() -> None:
    assert unshout("Vad är LSS?") == "Vad är LSS?"


def test_find_ids_names_each_record_once_in_order() -> None:
    text = "avlösning eller ledsagning eller avlösningen"
    assert find_ids(text, NAMES) == {"service": ("avlosning", "ledsagning")}


@pytest.mark.parametrize(
    ("metadata", "label"),
    [({"service": "ledsagning"}, "ledsagning.vad"), ({}, "vad"), ({"service": None}, "vad")],
)
def test_label_of(metadata: dict[str, Any], label: str) -> None:
    assert label_of("vad", metadata) == label
