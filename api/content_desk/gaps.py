"""What can be asked but the municipality's pages do not answer, and how often it is asked."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from api.content_desk.heard import Heard
from api.content_desk.shelf import service_name
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality, Topic, TopicId


@dataclass(frozen=True, slots=True)
class Gap:
    """A question without an answer."""

    topic: Topic
    service: str
    asked: int
    questions: tuple[str, ...]
    known: bool
    """Whether the municipality answers anything about the service."""


def answered_topics(municipality: Municipality) -> frozenset[TopicId]:
    """What the municipality answers, whether it is said now or not."""
    return frozenset(a.topic for a in municipality.answers)


def gaps(municipality: Municipality, found: Heard) -> tuple[list[Gap], list[Gap]]:
    """Those that were asked for, most often first; and those of its own services that were not."""
    answered = answered_topics(municipality)
    own = {a.service for a in municipality.answers}
    every = [t for s in load_knowledge().services.values() for t in s.topics.values()]
    missing = [t for t in every if (t.service, t.aspect) not in answered]
    asked = [_gap(t, own, found) for t in missing if found.undefined[t.service, t.aspect]]
    silent = [
        _gap(t, own, found)
        for t in missing
        if t.service in own and not found.undefined[t.service, t.aspect]
    ]
    return sorted(asked, key=lambda g: (-g.asked, g.service)), silent


def _gap(topic: Topic, own: Collection[str], found: Heard) -> Gap:
    key = (topic.service, topic.aspect)
    return Gap(
        topic=topic,
        service=service_name(topic.service),
        asked=found.undefined[key],
        questions=tuple(found.asked_for.get(key, ())),
        known=topic.service in own,
    )
