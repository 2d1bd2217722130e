"""What the bench asks of a pipeline, and the pipelines by name."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final, Protocol

from bench.split import Examples
from bot.understanding.classifier import FloatArray


class Ranker(Protocol):
    """A trained pipeline."""

    @property
    def labels(self) -> tuple[str, ...]:
        """The labels that it knows, in the order of its columns."""
        ...

    def scores(self, texts: Sequence[str]) -> FloatArray:
        """Confidence in each label for each text: (n x labels)."""
        ...


@dataclass(frozen=True, slots=True)
class Pipeline:
    """How to train a pipeline into a folder and to load it from there."""

    title: str
    train: Callable[[Examples, Path, int], None]
    load: Callable[[Path], Ranker]


def _rasa(name: str, title: str) -> Pipeline:
    def train(examples: Examples, folder: Path, epochs: int) -> None:
        from bench.rasa_chain import train_chain

        train_chain(name, examples, folder, epochs)

    def load(folder: Path) -> Ranker:
        from bench.rasa_chain import RasaRanker

        return RasaRanker(name, folder)

    return Pipeline(title, train, load)


def _train_ours(examples: Examples, folder: Path, epochs: int) -> None:
    from bench.ours import train_ours

    train_ours(examples, folder)


def _load_ours(folder: Path) -> Ranker:
    from bench.ours import OurRanker

    return OurRanker(folder)


# DIET comes first since it takes longest.
PIPELINES: Final = {
    "diet": _rasa("diet", "a) Rasa's default, DIET"),
    "ours": Pipeline("d) ours", _train_ours, _load_ours),
    "logistic": _rasa("logistic", "b) Rasa's logistic regression"),
    "meaning": _rasa("meaning", "c) b + sentence meaning"),
}
