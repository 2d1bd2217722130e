"""What the marks in the database mean for the content that this process has read."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from api.standing.compare import CONTACT, PAGE
from api.storage.answer_states import AnswerState
from bot.knowledge.records import Answer, Contact, Knowledge, Municipality, Page
from bot.knowledge.standing import LostLine, Standing, fingerprint


@dataclass(frozen=True, slots=True)
class Known:
    """A subject with its record, and how people call it."""

    municipality: Municipality
    subject: str
    record: Answer | Contact | Page

    @property
    def fingerprint(self) -> str:
        """Of the record as content has it now."""
        return fingerprint(self.record)


def find_subject(knowledge: Knowledge, municipality: str, subject: str) -> Known | None:
    """The record that a mark is about; None when content has it no longer."""
    known = knowledge.municipalities.get(municipality)
    if known is None:
        return None
    record: Answer | Contact | Page | None
    if subject.startswith(CONTACT):
        record = known.contacts.get(subject[len(CONTACT) :])
    elif subject.startswith(PAGE):
        record = known.pages.get(subject[len(PAGE) :])
    else:
        record = next((a for a in known.answers if a.id == subject), None)
    return Known(known, subject, record) if record is not None else None


def title(knowledge: Knowledge, known: Known) -> str:
    """What people call it: the question that it answers, the contact's or the page's name."""
    if isinstance(known.record, Contact):
        return f"Kontaktuppgifter och tider: {known.record.name}"
    if isinstance(known.record, Page):
        return f"Sidan ”{known.record.title}”"
    topic = knowledge.topic(known.record.topic)
    asked = topic.question if topic else known.subject
    audience = known.record.audience
    return asked if audience == "alla" else f"{asked} ({audience})"


def in_force(
    knowledge: Knowledge, states: Iterable[AnswerState]
) -> Iterator[tuple[AnswerState, Known]]:
    """The marks that still count: what was rewritten since is judged anew."""
    for state in states:
        known = find_subject(knowledge, state.municipality, state.subject)
        if known is not None and state.reason.get("fingerprint") == known.fingerprint:
            yield state, known


def standing_of(knowledge: Knowledge, states: Collection[AnswerState]) -> Standing:
    """What may be said by these marks."""
    valid = list(in_force(knowledge, states))
    answers = [(s, k) for s, k in valid if isinstance(k.record, Answer)]
    return Standing(
        withdrawn=frozenset(k.subject for s, k in answers if s.state == "withdrawn"),
        flagged=frozenset(k.subject for s, k in answers if s.state == "flagged"),
        contacts=frozenset(
            f"{k.municipality.id}.{k.record.id}"
            for s, k in valid
            if isinstance(k.record, Contact) and s.state == "flagged"
        ),
        lost_lines=frozenset(
            LostLine(k.municipality.id, k.record.id, str(line))
            for s, k in valid
            if isinstance(k.record, Page) and s.state == "flagged"
            for line in s.reason.get("lines", ())
        ),
    )
