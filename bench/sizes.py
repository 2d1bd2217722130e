"""(c) Training, start and memory; (d) the same, and reply times, as municipalities are added."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import trees
from bench.questions import conversations
from bench.running import Running, ours, say
from bench.stats import spread
from bot.knowledge.loader import municipality_ids

QUESTION = "Vad kostar ledsagning?"
Values = dict[str, dict[int, list[float]]]


def measure(sizes: Sequence[int], repeats: int, messages: int) -> dict[str, Any]:
    """Train, start and ask trees of these sizes, taking turns; sizes are ascending."""
    planted = {size: trees.plant(size) for size in sizes}
    values: Values = defaultdict(lambda: defaultdict(list))
    for _ in range(repeats):
        for size, (tree, _ids) in planted.items():
            for name, value in trees.train(tree).items():
                values[f"training_{name}"][size].append(value)
        for size, (tree, _ids) in planted.items():
            _start(tree, values, size)
    _replies(planted, values, messages)
    return {
        "sizes": {
            str(size): {name: spread(by_size[size]) for name, by_size in values.items()}
            for size in sizes
        },
        "times_the_first": {
            name: {
                str(size): spread(_ratios(by_size[size], by_size[sizes[0]])) for size in sizes[1:]
            }
            for name, by_size in values.items()
        },
        "repeats": repeats,
        "messages": messages,
    }


def _start(tree: Path, values: Values, size: int) -> None:
    """One start to the first answer, alone."""
    with tempfile.TemporaryDirectory() as folder, ours(tree, Path(folder, "data")) as server:
        values["start_seconds"][size].append(server.first_answer(QUESTION, "umea--first"))
        values["start_megabytes"][size].append(server.peak_megabytes() or 0.0)


def _replies(planted: dict[int, tuple[Path, list[str]]], values: Values, messages: int) -> None:
    """All trees up at once; each question is put to all before the next one is."""
    real = municipality_ids()
    asked = [(c.municipality, c.turns[0]) for c in conversations()]
    with ExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        servers: dict[int, Running] = {}
        for size, (tree, _) in planted.items():
            servers[size] = stack.enter_context(ours(tree, Path(folder, str(size))))
            servers[size].first_answer(QUESTION, "umea--first")
        for number in range(messages):
            municipality, text = asked[number % len(asked)]
            for size, (_, ids) in planted.items():
                # Where the answer is the same: a folder that was made after this one's pattern.
                pick = _alike(ids, real, municipality, number)
                begun = time.perf_counter()
                say(servers[size].url, f"{pick}--{number}", text)
                values["reply_ms"][size].append((time.perf_counter() - begun) * 1000)
        for size, server in servers.items():
            values["serving_megabytes"][size].append(server.peak_megabytes() or 0.0)


def _alike(ids: Sequence[str], real: Sequence[str], municipality: str, number: int) -> str:
    """The municipality itself or one made after it, another one each time."""
    made = [i for i in ids if i not in real]
    mine = [municipality, *made[list(real).index(municipality) :: len(real)]]
    return mine[number % len(mine)]


def _ratios(values: Sequence[float], first: Sequence[float]) -> list[float]:
    """Each value by the one that was measured beside it."""
    return [a / b for a, b in zip(values, first, strict=True) if b]
