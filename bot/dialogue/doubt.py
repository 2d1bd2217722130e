"""Whether the likeliest service was meant at all, and which one to answer about instead."""

from __future__ import annotations

from bot.dialogue.context import Context
from bot.dialogue.factors import NO_SERVICE
from bot.dialogue.questions import BOTH, UNSURE, Question
from bot.dialogue.topics import POINTS, Candidate, only_service, read_label

LEAST_SAID = 0.2
"""Least share of the classifier's guesses for a service that is neither named nor spoken of."""


def hardly_said(question: Question, context: Context) -> bool:
    """Whether the words alone hardly speak of the service that the weights have lifted."""
    service, clause = question.best.service, question.clause
    if service is None or service == context.state.service or clause.names.get("service"):
        return False
    total = sum(g.confidence for g in clause.guesses) or 1.0
    known = context.knowledge.services.get(service)
    family = {service, known.part_of or service} if known else {service}
    if service == only_service(context.knowledge, context.place.municipality):
        if POINTS.search(clause.text):
            return False
        family.add(NO_SERVICE)
    seen = sum(g.confidence for g in clause.guesses if read_label(g.topic)[0] in family)
    return seen / total < LEAST_SAID


def own_service(question: Question, context: Context) -> Candidate | None:
    """What the municipality tells, before a service that was not named and that it lacks."""
    best, municipality = question.best, context.municipality
    if municipality is None or best.service is None or question.clause.names.get("service"):
        return None
    known = context.knowledge.has_service
    if best.weight >= BOTH or known(municipality.id, best.service):
        return None
    own = [c for c in question.candidates if c.service and known(municipality.id, c.service)]
    return own[0] if own and own[0].weight >= UNSURE else None
