"""Conversations that people could have, from the suites; the same ones in the same order."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import count

from bench.split import ROOT, SEED
from tools.ask import load

SUITES = ROOT / "tests" / "suites"


@dataclass(frozen=True, slots=True)
class Conversation:
    """Whom it asks, and what is said turn by turn."""

    municipality: str
    turns: tuple[str, ...]


def conversations() -> list[Conversation]:
    """All conversations of the suites that name a municipality, shuffled in one fixed way."""
    found = [
        Conversation(case["municipality"], tuple(str(turn["say"]) for turn in case["turns"]))
        for case in load(sorted(SUITES.glob("*.yml")))
        if case.get("municipality")
    ]
    random.Random(SEED).shuffle(found)  # noqa: S311 - the same order each time
    return found


def questions(number: int) -> list[tuple[str, str]]:
    """So many first turns with their municipalities, repeated when there are too few."""
    found = [(c.municipality, c.turns[0]) for c in conversations()]
    return [found[i % len(found)] for i in range(number)]


def variant(text: str, number: int) -> str:
    """The same question in another spelling of its last letters, so that no cache knows it.

    Our analyser remembers what it has understood, which a bench that repeats itself would measure
    instead. Capitals among small letters cost the encoder a few more pieces, never fewer.
    """
    letters = [i for i, c in enumerate(text) if c.swapcase().swapcase() == c != c.swapcase()]
    swapped = {at for bit, at in enumerate(reversed(letters)) if number >> bit & 1}
    return "".join(c.swapcase() if i in swapped else c for i, c in enumerate(text))


def again(given: Sequence[Conversation], mark: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The conversations over and over, word for word: what buttons and common questions are."""
    for number in count():
        one = given[number % len(given)]
        yield f"{one.municipality}--{mark}-again-{number}", one.turns


def endless(given: Sequence[Conversation], mark: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """The conversations again and again, each time with a sender and a spelling of its own."""
    for number in count():
        one = given[number % len(given)]
        turns = tuple(variant(text, number // len(given)) for text in one.turns)
        yield f"{one.municipality}--{mark}-{number}", turns
