"""How well sentences are recognised that the classifier has not learnt.

A fifth of the examples of each topic is held out, always the same ones, the classifier learns from
the others, and is asked about these. Only the classifier is tried here: the assistant also reads
the names in a sentence and what was said before it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from bench.split import Examples, read_data, stratified
from bot.dialogue.titles import intent_title, title_of
from bot.knowledge.loader import load_knowledge
from bot.testing.results import Bucket, Confused, Nlu, Pair, Score
from bot.understanding.classifier import FloatArray, TopicClassifier, split_label
from bot.understanding.encoder import load_encoder
from bot.understanding.vectors import VectorStore

HELD_OUT = 0.2
BUCKETS = 20
MOST_PAIRS, MOST_EXAMPLES = 25, 4
NO_SERVICE = {"-": "samtalet självt", "none": "ingen insats nämnd"}


@dataclass(frozen=True, slots=True)
class Judged:
    """Sentences that were held out, what they are about, and what they were taken for."""

    texts: tuple[str, ...]
    wanted: tuple[str, ...]
    got: tuple[str, ...]
    confidence: tuple[float, ...]
    in_three: tuple[bool, ...]


@dataclass(frozen=True, slots=True)
class Trial:
    """A classifier that was tried: what it learnt from, with vectors, and how it judged."""

    learnt: Examples
    vectors: FloatArray
    held_vectors: FloatArray
    judged: Judged


def measure(folder: Path) -> tuple[Nlu, Judged]:
    """Try the classifier on the examples in a folder; the report, and what it rests on."""
    trial = attempt(read_data(folder))
    return report(trial), trial.judged


def attempt(examples: Examples) -> Trial:
    """Learn from most of the examples and judge the others."""
    learnt, held = stratified(examples, HELD_OUT)
    encoder = load_encoder()
    store = VectorStore.load(encoder)
    vectors = store.vectors([text for text, _ in learnt], encoder)
    held_vectors = store.vectors([text for text, _ in held], encoder)
    classifier = TopicClassifier.fit([t for t, _ in learnt], [k for _, k in learnt], vectors)
    scores = classifier.probabilities([text for text, _ in held], held_vectors)
    return Trial(learnt, vectors, held_vectors, _judged(held, scores, classifier.labels))


def _judged(held: Examples, scores: FloatArray, labels: Sequence[str]) -> Judged:
    three = np.argsort(-scores, axis=1, kind="stable")[:, :3]
    return Judged(
        texts=tuple(text for text, _ in held),
        wanted=tuple(label for _, label in held),
        got=tuple(labels[row[0]] for row in three),
        confidence=tuple(float(c) for c in scores.max(axis=1)),
        in_three=tuple(
            label in {labels[i] for i in row} for (_, label), row in zip(held, three, strict=True)
        ),
    )


def report(trial: Trial) -> Nlu:
    """What a reader wants to know of it."""
    judged, knowledge = trial.judged, load_knowledge()
    topics = {label for _, label in trial.learnt}
    titles = {label: title_of(label, knowledge) for label in topics}
    right = [w == g for w, g in zip(judged.wanted, judged.got, strict=True)]
    count = max(len(right), 1)
    return Nlu(
        learnt=len(trial.learnt),
        held_out=len(right),
        topics=len(topics),
        top1=sum(right) / count,
        top3=sum(judged.in_three) / count,
        intents=_of_parts(judged, 0),
        services=_of_parts(judged, 1),
        scores=scores(judged.wanted, judged.got, titles),
        pairs=_pairs(trial, titles),
        histogram=histogram(judged.confidence, right),
    )


def scores(wanted: Sequence[str], got: Sequence[str], titles: dict[str, str]) -> tuple[Score, ...]:
    """Precision, recall and F1 of each label, the worst first."""
    hits = Counter(w for w, g in zip(wanted, got, strict=True) if w == g)
    asked, guessed = Counter(wanted), Counter(got)
    found = []
    for label in sorted(asked):
        precision = hits[label] / guessed[label] if guessed[label] else 0.0
        recall = hits[label] / asked[label]
        both = precision + recall
        found.append(
            Score(
                label=label,
                title=titles.get(label, label),
                cases=asked[label],
                precision=precision,
                recall=recall,
                f1=2 * precision * recall / both if both else 0.0,
            )
        )
    return tuple(sorted(found, key=lambda score: score.f1))


def _of_parts(judged: Judged, part: int) -> tuple[Score, ...]:
    """The scores of intents (0) or of services (1) alone."""
    wanted, got = parts_of(judged.wanted, part), parts_of(judged.got, part)
    knowledge = load_knowledge()
    if part:
        names = {service.id: service.name for service in knowledge.services.values()}
        return scores(wanted, got, {**names, **NO_SERVICE})
    return scores(wanted, got, {intent: intent_title(intent, knowledge) for intent in set(wanted)})


def parts_of(labels: Sequence[str], part: int) -> list[str]:
    """The intents (0) or the services (1) of topics."""
    return [split_label(label)[part] for label in labels]


def histogram(confidence: Sequence[float], right: Sequence[bool]) -> tuple[Bucket, ...]:
    """Right and wrong judgements by how sure the classifier was."""
    counts: dict[bool, Counter[int]] = {True: Counter(), False: Counter()}
    for value, good in zip(confidence, right, strict=True):
        counts[good][min(int(value * BUCKETS), BUCKETS - 1)] += 1
    return tuple(
        Bucket(least=n / BUCKETS, right=counts[True][n], wrong=counts[False][n])
        for n in range(BUCKETS)
    )


def _pairs(trial: Trial, titles: dict[str, str]) -> tuple[Pair, ...]:
    """The topics that are taken for each other most, with the sentences that were."""
    judged = trial.judged
    confused: dict[tuple[str, str], list[int]] = defaultdict(list)
    for place, (wanted, got) in enumerate(zip(judged.wanted, judged.got, strict=True)):
        if wanted != got:
            confused[wanted, got].append(place)
    worst = sorted(confused.items(), key=lambda found: (-len(found[1]), found[0]))[:MOST_PAIRS]
    learnt, held = _centred(trial.vectors, trial.held_vectors)
    labels = np.array([label for _, label in trial.learnt])
    found = []
    for (wanted, got), places in worst:
        own = np.flatnonzero(labels == got)
        like = own[np.argmax(held[places[:MOST_EXAMPLES]] @ learnt[own].T, axis=1)]
        examples = tuple(
            Confused(text=judged.texts[place], like=trial.learnt[near][0])
            for place, near in zip(places, like, strict=False)
        )
        found.append(
            Pair(
                label=wanted,
                title=titles.get(wanted, wanted),
                taken_for=got,
                taken_title=titles.get(got, got),
                count=len(places),
                examples=examples,
            )
        )
    return tuple(found)


def _centred(learnt: FloatArray, held: FloatArray) -> tuple[NDArray[np.float32], ...]:
    """Vectors that can be compared by their product: raw ones all point one way."""
    mean = learnt.mean(axis=0)
    found = []
    for vectors in (learnt, held):
        moved = vectors - mean
        found.append(moved / (np.linalg.norm(moved, axis=1, keepdims=True) + 1e-9))
    return tuple(found)
