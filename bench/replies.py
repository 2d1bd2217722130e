"""(a) Replies of this project and of stock Rasa, at 1, 8 and 32 conversations at once."""

from __future__ import annotations

import asyncio
import statistics
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from bench import stock
from bench.load import Load, talk
from bench.questions import again, conversations, endless
from bench.running import ours
from bench.split import ROOT
from bench.stats import spread

AT_ONCE = {"1": 1, "8": 8, "32": 32, "8, heard before": 8}
"""How many talk at once, by the name of the level."""
HEARD = "8, heard before"
COMMON = 60
"""So many conversations are held again and again, word for word, where they were heard before."""
QUESTION = "Vad kostar ledsagning?"
People = Iterator[tuple[str, tuple[str, ...]]]


def measure(rounds: int, seconds: float, epochs: int, share: float) -> dict[str, Any]:
    """Both servers up; slices of ours and of the stock project's take turns."""
    trained = stock.train(epochs, share=share)
    held = conversations()
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory()))
        rasa, acting = stock.serving(stock.folder_for(share))
        stack.enter_context(acting)
        stack.enter_context(rasa)
        stock_start = rasa.first_answer(QUESTION, "umea--first")
        own = stack.enter_context(ours(ROOT, folder / "data"))
        own_start = own.first_answer(QUESTION, "umea--first")
        sides = {"ours": own.url, "stock": rasa.url}
        people = {
            (side, name): again(held[:COMMON], side)
            if name == HEARD
            else endless(held, f"{side}{n}")
            for side in sides
            for n, name in enumerate(AT_ONCE)
        }
        loads = _slices(sides, people, rounds, seconds)
        memory = {"ours": own.peak_megabytes(), "stock": _sum(rasa, acting)}
    return {
        "levels": {name: _level({s: loads[s, name] for s in sides}) for name in AT_ONCE},
        "rounds": rounds,
        "slice_seconds": seconds,
        "conversations": len(held),
        "stock_training": trained,
        "start_seconds": {"ours": own_start, "stock": stock_start},
        "megabytes": memory,
    }


def _slices(
    sides: dict[str, str], people: dict[tuple[str, str], People], rounds: int, seconds: float
) -> dict[tuple[str, str], list[Load]]:
    """The slices of each side and level, after one that warms both up."""
    for side, url in sides.items():
        asyncio.run(talk(url, people[side, HEARD], 2, 2 * seconds))
    loads: dict[tuple[str, str], list[Load]] = {(s, n): [] for s in sides for n in AT_ONCE}
    for number in range(rounds):
        for name, at_once in AT_ONCE.items():
            # Who goes first changes, so that a machine that grows warm harms both.
            for side in sorted(sides, reverse=bool(number % 2)):
                load = asyncio.run(talk(sides[side], people[side, name], at_once, seconds))
                loads[side, name].append(load)
    return loads


def _level(loads: dict[str, list[Load]]) -> dict[str, Any]:
    """The figures of one level, with the ratio of each round and their median."""
    found: dict[str, Any] = {
        side: {
            "replies_a_second": spread([load.rate for load in of_side]),
            "wait_ms": spread([w * 1000 for load in of_side for w in load.waits]),
            "empty": sum(load.empty for load in of_side),
            "failed": sum(load.failed for load in of_side),
        }
        for side, of_side in loads.items()
    }
    ratios = [a.rate / b.rate for a, b in zip(loads["ours"], loads["stock"], strict=True)]
    waits = [
        statistics.median(b.waits) / statistics.median(a.waits)
        for a, b in zip(loads["ours"], loads["stock"], strict=True)
    ]
    return {**found, "times_as_many": spread(ratios), "times_as_quick": spread(waits)}


def _sum(*servers: Any) -> float | None:
    """The memory of all of them; None when one can't be told."""
    peaks = [server.peak_megabytes() for server in servers]
    return None if None in peaks else sum(peaks)
