"""One pipeline, trained or put to the test in a process of its own.

    python -m bench.measure train|test NAME [--epochs N] [--suite FILE] [--core N]

Writes var/bench/NAME/train.json or test.json. Times are of the processor, which on one core is
what a clock would show if nothing else ran.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import time
from pathlib import Path
from typing import Any

import numpy as np

from bench.rankers import PIPELINES, Pipeline, Ranker
from bench.split import WORK, Examples, Split

MESSAGES = 200


def train(pipeline: Pipeline, folder: Path, epochs: int) -> dict[str, Any]:
    """Train on the split's first part."""
    import rasa.core.agent  # noqa: F401 - the assistant's process has Rasa in it, whichever pipeline

    examples = Split.load().train
    model = folder / "model"
    shutil.rmtree(model, ignore_errors=True)
    model.mkdir(parents=True)
    start = time.process_time()
    pipeline.train(examples, model, epochs)
    return {"train_seconds": time.process_time() - start, "train_megabytes": _megabytes()}


def test(pipeline: Pipeline, folder: Path, suite: Path | None) -> dict[str, Any]:
    """Load; time single messages; rank the held-out examples; hold the suite's conversations."""
    import rasa.core.agent  # noqa: F401 - see train

    examples = Split.load().test
    start = time.process_time()
    ranker = pipeline.load(folder / "model")
    loaded = time.process_time() - start
    found: dict[str, Any] = {"load_seconds": loaded, "ms": _milliseconds(ranker, examples)}
    found["megabytes"] = _megabytes()
    found |= _accuracy(ranker, examples)
    if suite is not None and suite.exists():
        from bench.end_to_end import verdicts

        found["suite"] = verdicts(ranker, suite)
    return found


def _milliseconds(ranker: Ranker, examples: Examples) -> float:
    """Median time of one message; messages are spread over all labels."""
    times = []
    for text, _ in examples[:: max(1, len(examples) // MESSAGES)][:MESSAGES]:
        start = time.process_time()
        ranker.scores([text])
        times.append(time.process_time() - start)
    return statistics.median(times) * 1000


def _accuracy(ranker: Ranker, examples: Examples) -> dict[str, float]:
    best: list[tuple[str, ...]] = []
    for start in range(0, len(examples), MESSAGES):
        scores = ranker.scores([text for text, _ in examples[start : start + MESSAGES]])
        for row in np.argsort(-scores, axis=1, kind="stable")[:, :3]:
            best.append(tuple(ranker.labels[i] for i in row))
    hits = [label in three for (_, label), three in zip(examples, best, strict=True)]
    first = [label == three[0] for (_, label), three in zip(examples, best, strict=True)]
    return {"top1": sum(first) / len(first), "top3": sum(hits) / len(hits)}


def _megabytes() -> float:
    """The most memory that this process has had so far (Linux counts in kilobytes)."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("train", "test"))
    parser.add_argument("name", choices=tuple(PIPELINES))
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--suite", type=Path)
    parser.add_argument("--core", type=int, help="the one processor core to run on (Linux)")
    given = parser.parse_args()
    if given.core is not None and hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {given.core})
    pipeline, folder = PIPELINES[given.name], WORK / given.name
    if given.what == "train":
        found = {"epochs": given.epochs, **train(pipeline, folder, given.epochs)}
    else:
        found = test(pipeline, folder, given.suite)
    (folder / f"{given.what}.json").write_text(json.dumps(found, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
