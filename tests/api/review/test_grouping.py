"""Questions of tests/suites and others like them: what means the same stands together."""

from __future__ import annotations

import numpy as np
import pytest

from api.review.grouping import FloatArray, centred, group
from api.review.meaning import Meanings
from api.review.service import key_of

DIFFERENCE = [
    "Är fast omsorgskontakt bara ett finare namn på kontaktpersonal eller är det skillnad?",
    "Vad är skillnaden mellan det nya och gamla kontaktpersonalen?",
    "VAD ÄR SKILLNADEN PÅ KONTAKTPERSONAL OCH FAST OMSORGSKONTAKT!!!",
]
FAMILY = ["jag vill bli kontaktfamilj åt ett barn", "Haluaisin ryhtyä tukiperheeksi."]
PARKING = ["var får jag ställa husvagnen över vintern", "får husvagnen stå på gatan i vinter"]
ALONE = ["hur hög får häcken vara mot grannen", "när hämtas soporna i Umeå"]


@pytest.fixture(scope="module")
def meanings() -> Meanings:
    """The real encoder: opened once."""
    return Meanings()


def test_paraphrases_stand_together_and_other_questions_apart(meanings: Meanings) -> None:
    texts = [*DIFFERENCE, *PARKING, *ALONE]
    topics = ["omsorgskontakt.skillnad"] * 3 + ["out_of_scope"] * 4
    found = group(meanings.of(texts), topics)
    assert sorted(sorted(places) for places in found) == [[0, 1, 2], [3, 4], [5], [6]]
    assert len(found[0]) == 3


def test_a_shared_guess_draws_languages_together(meanings: Meanings) -> None:
    vectors = meanings.of(FAMILY)
    assert len(group(vectors, ["uppdrag.bli"] * 2)) == 1
    # A guess that names no service says nothing.
    assert len(group(vectors, ["out_of_scope"] * 2)) == len(group(vectors, [None, None]))


@pytest.mark.parametrize("count", [0, 1, 2])
def test_few_questions(count: int) -> None:
    vectors = np.eye(4, dtype=np.float32)[:count]
    assert group(vectors, [None] * count) == [[i] for i in range(count)]


def test_the_most_central_comes_first() -> None:
    angles = np.array([-0.5, 0.0, 0.5])
    vectors = np.stack([np.cos(angles), np.sin(angles)], axis=1).astype(np.float32)
    assert group(vectors, [None] * 3) == [[1, 0, 2]]


def test_vectors_are_seen_from_their_middle() -> None:
    vectors = np.array([[3.0, 1.0], [3.0, -1.0]], dtype=np.float32)
    assert centred(vectors, None) is vectors
    seen = centred(vectors, np.array([3.0, 0.0], dtype=np.float32))
    assert seen.tolist() == [[0.0, 1.0], [0.0, -1.0]]


def test_what_was_encoded_is_not_encoded_again(meanings: Meanings) -> None:
    class Once:
        fingerprint = "x"

        def __init__(self) -> None:
            self.asked: list[str] = []

        def encode_many(self, texts: list[str], workers: int) -> FloatArray:
            self.asked += texts
            return np.ones((len(texts), 2), dtype=np.float32)

    encoder = Once()
    own = Meanings(encoder)  # type: ignore[arg-type]
    own.of(["vad kostar det i Umeå", "vad kostar det"])
    own.of(["vad kostar det", "vem får det"])
    assert encoder.asked == ["vad kostar det", "vem får det"]


def test_the_same_words_have_one_key() -> None:
    assert key_of("Vad kostar det?") == key_of("vad  KOSTAR det")
    assert key_of("🙂") != key_of("🙁")
    assert len(key_of("Vad")) == 32
