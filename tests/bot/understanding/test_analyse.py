"""A message read clause by clause, with a classifier and an encoder that only remember."""

from __future__ import annotations

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
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
    assert analyser.analyse("Hej du. Vad nu?") == analyser.analyse("Hej du. Vad nu?")
    assert remembering.read == [["Hej du. Vad nu?", "Hej du.", "Vad nu?"]]
    # Names are others in another language; what the classifier sees is the same text.
    analyser.analyse("Hej du. Vad nu?", "en")
    assert len(remembering.read) == 1


def test_a_clause_is_read_once_wherever_it_stands(
    analyser: Analyser, remembering: Remembering
) -> None:
    analyser.analyse("Vad nu? Vad nu?")
    analyser.analyse("Hej då. Vad nu?")
    assert remembering.read == [["Vad nu? Vad nu?", "Vad nu?"], ["Hej då. Vad nu?", "Hej då."]]


@pytest.mark.parametrize("text", ["ring [telefonnummer] nu", "jag är 82", "ord " * 30])
def test_what_may_be_personal_is_read_anew(
    analyser: Analyser, remembering: Remembering, text: str
) -> None:
    assert analyser.understand(text) == analyser.understand(text)
    assert len(remembering.read) == 2


def test_nothing_of_a_text_is_remembered(analyser: Analyser) -> None:
    analyser.understand("Hemligheten är vår. Och sedan?")
    kept = (analyser._languages, analyser._readings, analyser._rows)
    assert all(len(part) for part in kept)
    assert "emlighet" not in repr([vars(part) for part in kept])


def test_other_content_has_other_names(remembering: Remembering) -> None:
    content = [NAMES, Vocabulary({("service", "ny"): ["ledsagning"]})]
    analyser = Analyser(
        cast("TopicClassifier", remembering),
        cast("Encoder", remembering),
        lambda language: content[0],
    )
    assert analyser.analyse("om ledsagning").whole.names == {"service": ("ledsagning",)}
    del content[0]
    assert analyser.analyse("om ledsagning").whole.names == {"service": ("ny",)}


def test_several_threads_get_what_one_gets(remembering: Remembering) -> None:
    def fresh() -> Analyser:
        return Analyser(
            cast("TopicClassifier", remembering), cast("Encoder", remembering), lambda _: NAMES
        )

    texts = [f"Vad {'ö' * n} kostar det? Och ledsagning?" for n in range(12)] * 8
    shared, expected = fresh(), [fresh().understand(text) for text in texts]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(shared.understand, texts)) == expected


def test_the_language_comes_with_the_analysis(analyser: Analyser) -> None:
    said = "How do I apply for this support?"
    assert analyser.understand(said) == ("en", analyser.analyse(said, "en"))


def test_only_a_clause_that_may_lean_is_read_within_each_service(analyser: Analyser) -> None:
    assert analyser.analyse("och kostnaden").whole.within == {"a": (Guess("vad", 1.0),)}
    assert analyser.analyse("ord " * 15).whole.within == {}


def test_a_flood_of_clauses_is_cut(analyser: Analyser, remembering: Remembering) -> None:
    analyser.analyse(" ".join(f"Vad {'o' * n}?" for n in range(1, 51)))
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
