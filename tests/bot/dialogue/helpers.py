"""Turns, clauses and records for the tests of the dialogue, made without a model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.dialogue.context import Context
from bot.dialogue.place import find_place
from bot.dialogue.state import State
from bot.dialogue.turn import STOCKHOLM, Clause, Turn
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Answer, Municipality
from bot.understanding.classifier import Guess

KNOWLEDGE = load_knowledge()
UMEA = KNOWLEDGE.municipalities["umea"]
LUDVIKA = KNOWLEDGE.municipalities["ludvika"]
OSTERSUND = KNOWLEDGE.municipalities["ostersund"]
LEKSAND = KNOWLEDGE.municipalities["leksand"]
COST = ("ledsagning", "kostnad")

OPEN = dt.datetime(2026, 11, 18, 10, 0, tzinfo=STOCKHOLM)
"""A Wednesday morning on which every phone with hours is open."""

CLOSED = dt.datetime(2026, 11, 21, 12, 0, tzinfo=STOCKHOLM)
"""A Saturday."""

Names = Mapping[str, tuple[str, ...]]


def clause(
    text: str,
    *guesses: tuple[str, float],
    names: Names | None = None,
    question: bool = False,
    within: Mapping[str, tuple[Guess, ...]] | None = None,
) -> Clause:
    """A clause with its guesses, best first; one that was not understood without any."""
    found = guesses or (("out_of_scope", 0.05),)
    return Clause(text, question, tuple(Guess(*g) for g in found), names or {}, within or {})


def turn(
    text: str,
    *guesses: tuple[str, float],
    names: Names | None = None,
    parts: tuple[Clause, ...] = (),
    municipality: str | None = "umea",
    language: str = "sv",
    now: dt.datetime = OPEN,
    channel: str = "web",
    easy: bool = False,
    masked: tuple[str, ...] = (),
    health: bool = False,
    person: Mapping[str, Any] | None = None,
    callback: Mapping[str, Any] | None = None,
) -> Turn:
    """A message on a municipality's page; ``parts`` are its clauses when it has several."""
    whole = clause(text, *guesses, names=names, question=text.endswith("?"))
    return Turn(
        text,
        whole,
        parts or (whole,),
        language,
        now,
        municipality,
        channel,
        easy,
        masked,
        health,
        person or {},
        callback,
    )


def context(said: Turn, state: State | None = None) -> Context:
    """What a handler gets for a message."""
    known = state or State()
    return Context(said, known, KNOWLEDGE, find_place(said, known, KNOWLEDGE))


def answer(municipality: Municipality = UMEA, **changes: object) -> Answer:
    """The municipality's first answer, changed."""
    return replace(municipality.answers[0], **changes)  # type: ignore[arg-type]
