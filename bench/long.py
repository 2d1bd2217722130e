"""(d) Long conversations: how long a reply takes after 10, 100 and 1000 turns."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from bench.questions import questions, variant
from bench.running import ours, say
from bench.split import ROOT
from bench.stats import spread

WINDOW = 10
"""So many questions are put at each length, and the same ones in a conversation that is new."""


def measure(lengths: Sequence[int]) -> dict[str, Any]:
    """One conversation that grows to these lengths, beside new ones; lengths are ascending."""
    asked = [text for municipality, text in questions(4000) if municipality == "umea"]
    probes, filling = asked[:WINDOW], asked[WINDOW:]
    found: dict[str, Any] = {}
    with tempfile.TemporaryDirectory() as folder, ours(ROOT, Path(folder, "data")) as server:
        server.first_answer(probes[0], "umea--first")
        turns = 0
        for length in lengths:
            while turns < length - WINDOW:
                say(server.url, "umea--long", filling[turns % len(filling)])
                turns += 1
            found[str(length)] = _probe(server.url, probes, length)
            turns += WINDOW
        memory = server.peak_megabytes()
    return {"lengths": found, "megabytes": memory}


def _probe(url: str, probes: Sequence[str], length: int) -> dict[str, Any]:
    """The probes' times in the long conversation and in new ones, and their ratios."""
    new, grown = [], []
    for number, text in enumerate(probes):
        first, second = variant(text, 2 * length), variant(text, 2 * length + 1)
        new.append(_timed(url, f"umea--new-{length}-{number}", first))
        grown.append(_timed(url, "umea--long", second))
    return {
        "reply_ms": spread(grown),
        "new_ms": spread(new),
        "times_a_new_one": spread([a / b for a, b in zip(grown, new, strict=True)]),
    }


def _timed(url: str, sender: str, text: str) -> float:
    begun = time.perf_counter()
    say(url, sender, text)
    return (time.perf_counter() - begun) * 1000
