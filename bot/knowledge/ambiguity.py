"""Words that mean several things, as records."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Meaning:
    """One of the meanings of an ambiguous word.

    Offered where the municipality answers something about ``service`` (None: everywhere) and
    nothing about ``unless``; a hint in the message settles it without asking.
    """

    title: str
    topic: tuple[str, str]
    service: str | None
    unless: str | None
    hints: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Ambiguity:
    """A word with several meanings, and the question that tells them apart."""

    id: str
    words: tuple[str, ...]
    question: str
    meanings: tuple[Meaning, ...]
