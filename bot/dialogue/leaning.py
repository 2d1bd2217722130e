"""A clause beside what stands before it: the story around it, or the turn before."""

from __future__ import annotations

from dataclasses import replace

from bot.dialogue.factors import LEANS, SHORT_CLAUSE
from bot.dialogue.state import State
from bot.dialogue.turn import Clause
from bot.knowledge.records import TopicId
from bot.understanding.classifier import Guess

_WHOLE_SHARE, _MERGE_FLOOR = 0.7, 0.004
_PLAIN_WITHIN, _FOR_WHOM = 0.85, frozenset({"vem", "malgrupp"})


def leans(clause: Clause) -> bool:
    """Whether a clause is short or points back, so that the last turn tells what it is about."""
    return len(clause.text.split()) <= SHORT_CLAUSE or LEANS.search(clause.text) is not None


def other_aspect(clause: Clause, state: State) -> TopicId | None:
    """What ``och biljetten?`` asks of the service spoken of, when that is plain.

    ``och för barn?`` only changes for whom the same is asked.
    """
    shares = clause.within.get(state.service or "", ())
    if not shares or not state.service or clause.names.get("service"):
        return None
    aspect = shares[0].topic
    plain = shares[0].confidence >= _PLAIN_WITHIN and aspect not in _FOR_WHOM
    return (state.service, aspect) if plain else None


def merge(whole: Clause, part: Clause) -> Clause:
    """One clause that carries the evidence of the whole message and of its question.

    The question's guesses count fully, the story around it gives the subject: the geometric
    mean keeps what both find likely.
    """
    whole_by_topic = {g.topic: g.confidence for g in whole.guesses}
    part_by_topic = {g.topic: g.confidence for g in part.guesses}
    guesses = [
        Guess(
            t,
            max(whole_by_topic.get(t, 0), _MERGE_FLOOR) ** _WHOLE_SHARE
            * max(part_by_topic.get(t, 0), _MERGE_FLOOR) ** (1 - _WHOLE_SHARE),
        )
        for t in {**part_by_topic, **whole_by_topic}
    ]
    guesses.sort(key=lambda g: (-g.confidence, g.topic))
    names = {
        k: (*part.names.get(k, ()), *whole.names.get(k, ())) for k in {*part.names, *whole.names}
    }
    return replace(part, guesses=tuple(guesses), names=names)
