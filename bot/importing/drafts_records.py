"""What a page gave: drafts that a person has yet to accept, each with its evidence."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from bot.importing.hours import HoursDraft
from bot.knowledge.hours_records import HoursKind
from bot.knowledge.records import TopicId

ENGLISH: str = "The page says in Swedish: "
"""What an answer's English begins with until somebody has translated it."""


@dataclass(frozen=True, slots=True)
class AnswerDraft:
    """An answer in the page's own sentences. ``others`` are topics that it may answer instead."""

    id: str
    topic: TopicId
    nearness: float
    text: str
    items: tuple[str, ...]
    evidence: tuple[str, ...]
    others: tuple[TopicId, ...] = ()
    replaces: bool = False
    """Whether the municipality answers the topic already."""


@dataclass(frozen=True, slots=True)
class ContactDraft:
    """Somewhere where a person answers. ``known`` is the contact that has the same number."""

    id: str
    name: str
    role: str
    job: str | None
    phone: str | None
    email: str | None
    visit_address: str | None
    postal_address: tuple[str, ...]
    evidence: tuple[str, ...]
    known: str | None = None
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class HoursFound:
    """Opening hours of a contact; ``hours`` is None where they can't be read for certain."""

    id: str
    contact: str
    kind: HoursKind
    hours: HoursDraft | None
    evidence: tuple[str, ...]
    remarks: tuple[str, ...] = ()
    as_written: str = ""
    """The page's own words for the times, also where they can't be read."""


@dataclass(frozen=True, slots=True)
class Unplaced:
    """A sentence of the page that no draft states."""

    text: str
    heading: str
    choices: tuple[TopicId, ...] = ()


@dataclass(frozen=True, slots=True)
class NotStated:
    """A line that no answer needs to state, and why."""

    line: str
    reason: str


@dataclass(frozen=True, slots=True)
class Drafts:
    """Everything that a page gave."""

    answers: tuple[AnswerDraft, ...]
    contacts: tuple[ContactDraft, ...]
    hours: tuple[HoursFound, ...]
    unplaced: tuple[Unplaced, ...]
    not_stated: tuple[NotStated, ...] = ()
    kind: Literal["page", "news", "project"] = "page"
    cites_social_services_act: bool = False
