"""The regression: scikit-learn's weights, for two classes and for many, every time."""

from __future__ import annotations

import numpy as np
import pytest
from sklearn.linear_model import LogisticRegression

from bot.understanding.regression import FloatArray, fit, log_softmax


def sample(classes: int, each: int = 60) -> tuple[FloatArray, list[str]]:
    noise = np.random.default_rng(classes)
    centres = np.repeat(noise.normal(0, 1, (classes, 6)), each, axis=0)
    vectors = (centres + noise.normal(0, 1, centres.shape)).astype(np.float32)
    return vectors, [f"class {n:03}" for n in range(classes) for _ in range(each)]


@pytest.mark.filterwarnings("ignore::sklearn.exceptions.ConvergenceWarning")
@pytest.mark.parametrize("classes", [3, 9, 80])  # 80: more rows than are worked on at once
def test_it_finds_what_scikit_learn_finds(classes: int) -> None:
    vectors, labels = sample(classes)
    theirs = LogisticRegression(C=0.03, max_iter=25).fit(vectors, labels)
    ours = fit(vectors, labels)
    np.testing.assert_allclose(ours.weights, theirs.coef_, atol=1e-4)
    np.testing.assert_allclose(ours.intercepts, theirs.intercept_, atol=1e-4)
    np.testing.assert_allclose(
        ours.log_probabilities(vectors), theirs.predict_log_proba(vectors), atol=1e-3
    )


def test_two_classes_mirror_each_other() -> None:
    vectors, labels = sample(2)
    found = fit(vectors, labels)
    np.testing.assert_allclose(found.weights[0], -found.weights[1], atol=1e-5)
    guessed = found.log_probabilities(vectors).argmax(axis=1)
    assert (guessed == np.repeat([0, 1], 60)).mean() > 0.85


def test_fitting_twice_gives_the_same() -> None:
    first, second = (fit(*sample(9)) for _ in range(2))
    np.testing.assert_array_equal(first.weights, second.weights)
    np.testing.assert_array_equal(first.intercepts, second.intercepts)


def test_far_scores_stay_finite() -> None:
    rows = log_softmax(np.array([[1000, 0, -1000], [0, 0, 0]], dtype=np.float32))
    assert np.isfinite(rows).all()
    np.testing.assert_allclose(np.exp(rows).sum(axis=1), 1, atol=1e-6)
