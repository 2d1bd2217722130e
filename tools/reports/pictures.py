"""The NLU report's pictures: what is taken for what, and how sure the classifier was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from textwrap import shorten
from typing import Any

import numpy as np

from bot.testing.results import Nlu, Score
from tools.reports.nlu import Judged, parts_of

CONFIDENCE, SERVICES, INTENTS = "confidence.png", "services.png", "intents.png"
MOST_INTENTS, LONGEST = 40, 42
_INK, _RIGHT, _WRONG = "#1b1b1b", "#0b5c8c", "#c2410c"


def draw(nlu: Nlu, judged: Judged, folder: Path) -> None:
    """Write all pictures into a folder."""
    _confidence(nlu, folder / CONFIDENCE)
    wanted, got = parts_of(judged.wanted, 1), parts_of(judged.got, 1)
    every = sorted(set(wanted) | set(got))
    _confusion(wanted, got, every, _names(nlu.services), folder / SERVICES)
    wanted, got = parts_of(judged.wanted, 0), parts_of(judged.got, 0)
    chosen = most_confused(wanted, got, MOST_INTENTS)
    _confusion(wanted, got, chosen, _names(nlu.intents), folder / INTENTS)


def _names(scores: Sequence[Score]) -> dict[str, str]:
    return {score.label: shorten(score.title, LONGEST, placeholder=" …") for score in scores}


def most_confused(wanted: Sequence[str], got: Sequence[str], most: int) -> list[str]:
    """The labels that take part in the most mistakes, in alphabetical order."""
    mistakes = Counter[str]()
    for one, other in zip(wanted, got, strict=True):
        if one != other:
            mistakes.update((one, other))
    return sorted(label for label, _ in mistakes.most_common(most))


def _confusion(
    wanted: Sequence[str],
    got: Sequence[str],
    labels: Sequence[str],
    names: dict[str, str],
    target: Path,
) -> None:
    """A square for each pair of labels: how many sentences of a row were taken for a column."""
    counts = Counter(zip(wanted, got, strict=True))
    table = np.array([[counts[row, column] for column in labels] for row in labels], dtype=float)
    shares = table / np.maximum(table.sum(axis=1, keepdims=True), 1)
    size = max(6.0, 2.5 + 0.27 * len(labels))
    figure, axes = _figure(size, size)
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    titles = [names.get(label, label) for label in labels]
    axes.set_xticks(range(len(labels)), titles, rotation=90, fontsize=7)
    axes.set_yticks(range(len(labels)), titles, fontsize=7)
    axes.set_xlabel("uppfattades som")
    axes.set_ylabel("handlade om")
    for row, column in zip(*np.nonzero(table), strict=True):
        ink = "white" if shares[row, column] > 0.5 else _INK
        number = int(table[row, column])
        axes.text(column, row, number, ha="center", va="center", fontsize=6, color=ink)
    _save(figure, target)


def _confidence(nlu: Nlu, target: Path) -> None:
    """Bars side by side: right and wrong judgements by confidence."""
    figure, axes = _figure(8, 4)
    left = np.array([bucket.least for bucket in nlu.histogram])
    width = 1 / max(len(left), 1)
    right = [bucket.right for bucket in nlu.histogram]
    wrong = [bucket.wrong for bucket in nlu.histogram]
    # Told apart by hatching too: not everybody sees the colours.
    axes.bar(left + width * 0.27, right, width * 0.42, color=_RIGHT, label="rätt")
    axes.bar(left + width * 0.73, wrong, width * 0.42, color=_WRONG, hatch="///", label="fel")
    axes.set_xlim(0, 1)
    axes.set_xlabel("hur säker den var (0 till 1)")
    axes.set_ylabel("antal meningar")
    axes.legend()
    _save(figure, target)


def _figure(width: float, height: float) -> tuple[Any, Any]:
    # A figure of its own needs no screen; matplotlib takes a second to import.
    from matplotlib.figure import Figure

    figure = Figure(figsize=(width, height), facecolor="white")
    return figure, figure.add_subplot()


def _save(figure: Any, target: Path) -> None:
    figure.savefig(target, dpi=110, bbox_inches="tight")
