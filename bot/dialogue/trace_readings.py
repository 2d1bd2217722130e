"""Why a message was read as it was: what lifted each reading, and why the others were not taken.

A reading's weight is followed through the stages of weighing (bot.dialogue.topics). What sets two
readings apart most, stage by stage, is what is told.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from bot.dialogue.titles import title_of
from bot.dialogue.topics import Candidate
from bot.dialogue.trace import Key, Record, Weighing
from bot.dialogue.trace_words import CONTRASTS, FACTORS, REASONS
from bot.knowledge.records import Knowledge, Municipality

MOST_READINGS = 6
_WORDS = "words"
_LEAST = 0.01
"""A factor nearer to 1 than this, or a smaller weight, changed nothing worth telling."""

_NOTHING = 1e-4
"""Stands for a weight of 0 where weights are divided."""


class Factor(NamedTuple):
    """What a stage did to a reading: multiplied its weight, or added to one that had none."""

    stage: str
    value: float
    added: bool


@dataclass(frozen=True, slots=True)
class Explained:
    """A reading with what the classifier gave it and what each stage made of that."""

    reading: Candidate
    classifier: float
    factors: tuple[Factor, ...]

    @property
    def key(self) -> Key:
        """What it reads the message as."""
        return self.reading.service, self.reading.aspect

    def lift(self, stage: str) -> float:
        """The logarithm of what a stage multiplied it by."""
        if stage == _WORDS:
            return math.log(max(self.classifier, _NOTHING))
        return sum(_effect(f, self.classifier) for f in self.factors if f.stage == stage)


def readings_of(
    read: Record, record: Record, knowledge: Knowledge, municipality: Municipality | None
) -> list[dict[str, Any]]:
    """The readings of the message's first question, the likeliest first.

    ``read`` holds how it was read: the ``record`` itself, unless something else decided.
    """
    if not read.questions:
        return []
    question = read.questions[0]
    weighings = [w for w in read.weighings if w.clause is question.clause]
    found = [explain(c, weighings[-1]) for c in question.candidates[:MOST_READINGS]]
    chosen = _chosen(found, record)
    told = dict.fromkeys(record.values("alternative", "topic"), REASONS["beside"])
    return [
        {
            "topic": _label(e.key),
            "title": title_of(_label(e.key), knowledge),
            "weight": round(e.reading.weight, 4),
            "classifier": round(e.classifier, 4),
            "factors": [_factor(f, knowledge, municipality, e.key) for f in e.factors],
            "answer": _answer(e.key, knowledge, municipality),
            "why_not": _why_not(e, chosen, knowledge, municipality)
            if read is record and e.key not in told
            else told.get(e.key, "" if e is chosen else REASONS["unread"]),
        }
        for e in found
    ]


def explain(reading: Candidate, weighing: Weighing) -> Explained:
    """A reading's way through the stages."""
    key = reading.service, reading.aspect
    label = _label(key)
    given = sum(g.confidence for g in weighing.clause.guesses if g.topic == label)
    return Explained(reading, given, tuple(_factors(key, given, weighing)))


def _factors(key: Key, given: float, weighing: Weighing) -> Iterator[Factor]:
    before = given
    for stage, weights in weighing.stages:
        after = weights.get(key, 0.0)
        if before < _NOTHING:
            if after >= _LEAST:
                yield Factor(stage, after, added=True)
        elif abs(after / before - 1) > _LEAST:
            yield Factor(stage, after / before, added=False)
        before = after


def _effect(factor: Factor, classifier: float) -> float:
    """How much it lifted, as a logarithm; what was added counts from next to nothing."""
    if factor.added:
        return math.log(max(factor.value, _NOTHING) / max(classifier, _NOTHING))
    return math.log(max(factor.value, _NOTHING))


def _chosen(found: list[Explained], record: Record) -> Explained | None:
    """The reading that was acted on, when it is one of them."""
    acted = [(r.service, r.aspect) for r in record.values("act", "reading")]
    wanted = [*acted[:1], *record.values("topic", "topic")[:1]]
    by_key = {e.key: e for e in found}
    return next((by_key[key] for key in wanted if key in by_key), None)


def _why_not(
    other: Explained,
    chosen: Explained | None,
    knowledge: Knowledge,
    municipality: Municipality | None,
) -> str:
    """One sentence on what spoke against a reading; nothing for the one that was taken."""
    if other is chosen:
        return ""
    if chosen is None:
        return REASONS["nobody"]
    if other.reading.weight >= chosen.reading.weight:
        return REASONS["overruled"]
    stages = {f.stage for e in (other, chosen) for f in e.factors} | {_WORDS}
    apart = max(sorted(stages), key=lambda s: chosen.lift(s) - other.lift(s))
    return CONTRASTS[apart].format(
        **_names(other.key, knowledge, municipality),
        chosen=title_of(_label(chosen.key), knowledge),
        here=_percent(other.classifier),
        there=_percent(chosen.classifier),
    )


def _factor(
    factor: Factor, knowledge: Knowledge, municipality: Municipality | None, key: Key
) -> dict[str, Any]:
    words = FACTORS[factor.stage]
    why = words.against if not factor.added and factor.value < 1 else words.why
    return {
        "name": words.name,
        "value": round(factor.value, 3),
        "why": why.format(**_names(key, knowledge, municipality)),
        "added": factor.added,
    }


def _names(key: Key, knowledge: Knowledge, municipality: Municipality | None) -> Mapping[str, str]:
    known = knowledge.services.get(key[0] or "")
    return {
        "service": known.name if known else "någon tjänst",
        "municipality": municipality.name if municipality else "kommunen",
    }


def _answer(key: Key, knowledge: Knowledge, municipality: Municipality | None) -> str | None:
    """The id of the municipality's own answer to a reading."""
    if municipality is None or key[0] is None:
        return None
    answers = knowledge.answers(municipality.id, (key[0], key[1]))
    return answers[0].id if answers else None


def _label(key: Key) -> str:
    return ".".join(part for part in key if part)


def _percent(share: float) -> str:
    return f"{share * 100:.0f} %"
