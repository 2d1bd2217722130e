"""The topic classifier on a small made-up set: sums, order, and that it can be kept in a file."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from bot.understanding.classifier import FloatArray, TopicClassifier, split_label

LABELS = ("ledsagning.kostnad", "ledsagning.vad", "avlosning.kostnad", "none.kostnad", "greet")
WORDS = ("pris ledsagare", "berätta ledsagare", "pris avlösare", "pris bara", "hejsan hejsan")
_CENTRES = np.array([[4, 4, 0], [4, 0, 0], [0, 4, 4], [0, 4, 0], [-4, -4, 0]], dtype=np.float32)


def sample(seed: int, each: int = 8) -> tuple[list[str], list[str], FloatArray]:
    noise = np.random.default_rng(seed)
    vectors = np.repeat(_CENTRES, each, axis=0) + noise.normal(0, 0.3, (len(LABELS) * each, 3))
    labels = [label for label in LABELS for _ in range(each)]
    texts = [f"{words} {n}" for words in WORDS for n in range(seed * each, (seed + 1) * each)]
    return texts, labels, vectors.astype(np.float32)


@pytest.fixture(scope="module")
def fitted() -> TopicClassifier:
    return TopicClassifier.fit(*sample(1))


def test_unseen_sentences_get_their_label(fitted: TopicClassifier) -> None:
    texts, labels, vectors = sample(2)
    rows = fitted.probabilities(texts, vectors)
    assert rows.shape == (len(texts), len(LABELS))
    np.testing.assert_allclose(rows.sum(axis=1), 1.0, atol=1e-5)
    assert [fitted.rank(row, 1)[0].topic for row in rows] == labels


def test_letters_decide_where_the_meaning_does_not(fitted: TopicClassifier) -> None:
    between = np.tile((_CENTRES[0] + _CENTRES[2]) / 2, (2, 1)).astype(np.float32)
    rows = fitted.probabilities(["pris ledsagare", "pris avlösare"], between)
    first, second = (fitted.labels.index(LABELS[i]) for i in (0, 2))
    assert rows[0][first] > rows[1][first]
    assert rows[1][second] > rows[0][second]


def test_an_example_is_understood_word_for_word() -> None:
    texts, labels, vectors = sample(1)
    nowhere = np.zeros((1, 3), dtype=np.float32)
    # Nothing but the words speaks for the label, and for the last there are two.
    more = [*texts, "Ett alldeles eget ord?", "det här är två", "det här är två", "två ord"]
    given = [*labels, "greet", "greet", "ledsagning.vad", "ledsagning.vad"]
    fitted = TopicClassifier.fit(more, given, np.vstack([vectors, np.repeat(nowhere, 4, axis=0)]))
    asked = ["ett alldeles EGET ord", "det här är två", "två ord"]
    rows = fitted.probabilities(asked, np.tile(_CENTRES[0], (3, 1)))
    greet, about = (fitted.labels.index(label) for label in ("greet", "ledsagning.vad"))
    assert rows[0][greet] >= 0.9
    assert max(rows[1][greet], rows[1][about]) < 0.9, "it stands for two"
    assert rows[2][about] < 0.9, "so few words are left to the conversation"
    np.testing.assert_allclose(rows.sum(axis=1), 1.0, atol=1e-5)


def test_words_never_seen_break_nothing(fitted: TopicClassifier) -> None:
    rows = fitted.probabilities(["", "qqq zzz"], np.zeros((2, 3), dtype=np.float32))
    assert np.isfinite(rows).all()


def test_rank_is_best_first_and_cut(fitted: TopicClassifier) -> None:
    row = np.array([0.1, 0.4, 0.1, 0.1, 0.3], dtype=np.float32)
    ranked = fitted.rank(row, 3)
    assert [g.topic for g in ranked] == [fitted.labels[1], fitted.labels[4], fitted.labels[0]]
    assert [g.confidence for g in ranked] == [0.4, 0.3, 0.1]


def test_within_a_service_its_aspects_share_what_it_got(fitted: TopicClassifier) -> None:
    row = np.zeros(len(LABELS), dtype=np.float32)
    row[fitted.labels.index("ledsagning.vad")] = 0.03
    row[fitted.labels.index("ledsagning.kostnad")] = 0.01
    within = fitted.within_services(row, count=3)
    assert set(within) == {"ledsagning", "avlosning"}
    assert [(g.topic, g.confidence) for g in within["ledsagning"]] == [
        ("vad", 0.75),
        ("kostnad", 0.25),
    ]
    assert within["avlosning"][0].confidence == 0.0


def test_a_service_is_looked_up_as_in_a_dict(fitted: TopicClassifier) -> None:
    row = np.full(len(LABELS), 0.2, dtype=np.float32)
    within = fitted.within_services(row, count=1)
    assert len(within) == len(dict(within)) == 2
    assert within.get("none", ()) == ()
    assert [g.confidence for g in within["ledsagning"]] == [0.5]


def test_a_text_has_the_same_numbers_whatever_stands_beside_it(fitted: TopicClassifier) -> None:
    texts, _, vectors = sample(2)
    together = fitted.probabilities(texts, vectors)
    alone = [fitted.probabilities([t], v[None])[0] for t, v in zip(texts, vectors, strict=True)]
    np.testing.assert_array_equal(together, alone)


def test_fitting_twice_gives_the_same_and_a_file_keeps_it(
    fitted: TopicClassifier, tmp_path: Path
) -> None:
    texts, _, vectors = sample(3)
    expected = fitted.probabilities(texts, vectors)
    again = TopicClassifier.fit(*sample(1))
    np.testing.assert_array_equal(again.probabilities(texts, vectors), expected)
    fitted.save(tmp_path)
    loaded = TopicClassifier.load(tmp_path)
    assert loaded.labels == fitted.labels
    np.testing.assert_array_equal(loaded.probabilities(texts, vectors), expected)


def test_two_labels_are_enough() -> None:
    texts, labels, vectors = sample(1)
    kept = [i for i, label in enumerate(labels) if label in {"ledsagning.kostnad", "greet"}]
    small = TopicClassifier.fit([texts[i] for i in kept], [labels[i] for i in kept], vectors[kept])
    rows = small.probabilities([texts[kept[0]]], vectors[kept[:1]])
    assert small.rank(rows[0], 1)[0].topic == labels[kept[0]]


@pytest.mark.parametrize(
    ("label", "parts"),
    [
        ("ledsagning.kostnad", ("kostnad", "ledsagning")),
        ("none.kostnad", ("kostnad", "none")),
        ("greet", ("greet", "-")),
    ],
)
def test_split_label(label: str, parts: tuple[str, str]) -> None:
    assert split_label(label) == parts
