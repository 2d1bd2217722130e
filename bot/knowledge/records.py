"""Checked, read-only records of what the assistant may say.

Everything here is frozen: a running service never changes a fact. The records hold no
wording of their own; text comes from content/, sentences are made in bot.dialogue.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field

from bot.knowledge.ambiguity import Ambiguity
from bot.knowledge.assistant import Assistant
from bot.knowledge.hours_records import Hours, HoursException

TopicId = tuple[str, str]
"""A service and an aspect: ``("ledsagning", "kostnad")``."""


def topic_name(topic: TopicId) -> str:
    """Write a topic as content does: ``ledsagning.kostnad``."""
    return ".".join(topic)


def parse_topic(name: str) -> TopicId:
    """Read ``ledsagning.kostnad``; raise ValueError when it is no such name."""
    service, dot, aspect = name.partition(".")
    if not (dot and service and aspect):
        raise ValueError(f"{name!r} is no topic: write service.aspect")
    return service, aspect


@dataclass(frozen=True, slots=True)
class Page:
    """A municipality's page as it was read: its text, title and dates."""

    id: str
    municipality: str
    title: str
    text: str
    kind: str
    published: dt.date | None
    updated: dt.date | None
    read: dt.date
    review_by: dt.date
    cites_social_services_act: bool
    note: str | None
    not_stated: tuple[tuple[str, str], ...]
    url: str | None = None

    @property
    def dated(self) -> dt.date | None:
        """The date that the page itself gives, the newer of its two."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage of a page, word for word, that a statement rests on."""

    page: str
    quote: str


@dataclass(frozen=True, slots=True)
class Contact:
    """Where a person answers. Östersund's have no number: ``how`` tells the way instead."""

    id: str
    municipality: str
    name: str
    definite: str
    role: str
    job: str | None
    how: str | None
    phone: str | None
    email: str | None
    visit_address: str | None
    postal_address: tuple[str, ...]
    phone_hours: Hours | None
    visit_hours: Hours | None
    synonyms: tuple[str, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One checked statement: municipality x service x aspect, with its evidence."""

    municipality: str
    service: str
    aspect: str
    audience: str
    text: str
    easy: str
    en: str
    speech: str | None
    items: tuple[str, ...]
    items_en: tuple[str, ...]
    evidence: tuple[Evidence, ...]
    contacts: tuple[str, ...]
    next: tuple[TopicId, ...]
    reviewer: str | None = None
    reviewed: dt.date | None = None
    review_by: dt.date | None = None

    @property
    def topic(self) -> TopicId:
        """The topic that it answers."""
        return self.service, self.aspect

    @property
    def id(self) -> str:
        """``umea.ledsagning.kostnad``: its path in content, repeated."""
        suffix = "" if self.audience == "alla" else f".{self.audience}"
        return f"{self.municipality}.{self.service}.{self.aspect}{suffix}"


@dataclass(frozen=True, slots=True)
class Topic:
    """What can be asked, in any municipality."""

    service: str
    aspect: str
    question: str
    about: str
    question_en: str | None = None


@dataclass(frozen=True, slots=True)
class Service:
    """What is asked about: ledsagning, avlösning, fast omsorgskontakt."""

    id: str
    name: str
    part_of: str | None
    synonyms: Mapping[str, tuple[str, ...]]
    topics: Mapping[str, Topic]


@dataclass(frozen=True, slots=True)
class Municipality:
    """The tenant: its names, places, contacts, pages and answers, and its assistant's looks."""

    id: str
    name: str
    short: str
    genitive: str
    names: tuple[str, ...]
    places: tuple[str, ...]
    reception: str
    contacts: Mapping[str, Contact]
    pages: Mapping[str, Page]
    answers: tuple[Answer, ...]
    suggested: tuple[TopicId, ...]
    assistant: Assistant

    def contact(self, contact_id: str) -> Contact:
        """One of its contacts; KeyError when content named one that is not there."""
        return self.contacts[contact_id]

    def unit(self, contact_id: str) -> Contact:
        """The contact that was promised; the reception unit when content has lost it since."""
        return self.contacts.get(contact_id) or self.reception_unit

    @property
    def reception_unit(self) -> Contact:
        """The unit where a person answers when nobody better is known."""
        return self.contacts[self.reception]


@dataclass(frozen=True, slots=True)
class Knowledge:
    """All content, loaded and checked.

    What bot.knowledge.standing took out is in ``_withdrawn``; ``doubtful`` names what is said
    although its page has changed since.
    """

    municipalities: Mapping[str, Municipality]
    services: Mapping[str, Service]
    ambiguities: tuple[Ambiguity, ...]
    texts: Mapping[str, Mapping[str, str]]
    languages: Mapping[str, Mapping[str, object]]
    other_municipalities: tuple[str, ...]
    hours_exceptions: tuple[HoursException, ...]
    near_aspects: Mapping[str, tuple[str, ...]]
    questions: Mapping[str, TopicId]
    _index: Mapping[tuple[str, str, str], tuple[Answer, ...]] = field(repr=False)
    _withdrawn: Mapping[tuple[str, str, str], tuple[Answer, ...]] = field(
        default_factory=dict, repr=False
    )
    doubtful: frozenset[str] = frozenset()

    def answers(self, municipality: str, topic: TopicId) -> tuple[Answer, ...]:
        """The municipality's answers to a topic, one for each audience; empty when not defined."""
        return self._index.get((municipality, *topic), ())

    def withdrawn(self, municipality: str, topic: TopicId) -> tuple[Answer, ...]:
        """The answers to a topic that must not be said now."""
        return self._withdrawn.get((municipality, *topic), ())

    @property
    def all_withdrawn(self) -> tuple[Answer, ...]:
        """Every answer that must not be said now."""
        return tuple(a for answers in self._withdrawn.values() for a in answers)

    def tells(self, municipality: str, topic: TopicId) -> bool:
        """Whether a topic is answered, or was: what a question means does not hang on that."""
        return bool(self.answers(municipality, topic) or self.withdrawn(municipality, topic))

    def has_service(self, municipality: str, service: str) -> bool:
        """Whether any page of the municipality tells about the service."""
        told = any(a.service == service for a in self.municipalities[municipality].answers)
        return told or any(key[:2] == (municipality, service) for key in self._withdrawn)

    def family(self, service: str) -> frozenset[str]:
        """A service with the one that it is part of, and those that are part of it."""
        known = self.services.get(service)
        parts = {s.id for s in self.services.values() if s.part_of == service}
        return frozenset({service, *parts, *([known.part_of] if known and known.part_of else [])})

    def near(self, aspect: str) -> tuple[str, ...]:
        """The aspects that a short question about ``aspect`` may mean, likeliest first."""
        return self.near_aspects.get(aspect, (aspect,))

    def topic(self, topic: TopicId) -> Topic | None:
        """What content says of a topic; None for a pair that no file lists."""
        service = self.services.get(topic[0])
        return service.topics.get(topic[1]) if service else None
