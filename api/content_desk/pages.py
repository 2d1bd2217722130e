"""What the pages of the content desk show. All of it blocks: call it in a thread."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from api.changes.records import ChangeSet
from api.changes.service import Changes
from api.content_desk.draft import Draft, Quote, as_answer
from api.content_desk.examples import examples_of
from api.content_desk.findings import Finding, of_block
from api.content_desk.gaps import Gap, answered_topics, gaps
from api.content_desk.heard import Heard, heard
from api.content_desk.listing import Row, rows
from api.content_desk.marking import Piece, marked_lines, near_marked
from api.content_desk.preview import Preview, previews
from api.content_desk.saving import Checked, waiting
from api.content_desk.shelf import (
    Shelf,
    field_of,
    file_of,
    lines_of,
    load_shelf,
    problems_of,
    replaced,
    service_name,
    title_of,
    topic_of,
)
from api.content_desk.states import states_of
from api.numbers.service import answer_counts
from api.storage.store import Store
from bot.dialogue.turn import in_stockholm
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Answer, Municipality, Page, topic_name
from bot.knowledge.validator_text import squeeze

DAYS: Final = 90
_EXAMPLES: Final = 8


@dataclass(frozen=True, slots=True)
class Marked:
    """A page with the lines that an answer rests on marked."""

    page: Page
    lines: list[list[Piece]]

    @property
    def near(self) -> list[list[Piece] | None]:
        """What is marked, with the lines beside it."""
        return near_marked(self.lines)


@dataclass(frozen=True, slots=True)
class AnswerPage:
    """One answer with all that there is to know of it."""

    row: Row
    pages: list[Marked]
    standing: str | None
    lost: Sequence[str]
    waiting: list[ChangeSet]
    questions: list[str]
    words: list[str]
    examples: list[str]
    more_examples: int
    findings: list[Finding]
    previews: list[Preview]


@dataclass(frozen=True, slots=True)
class PageLine:
    """A line of a page that can be chosen as evidence; ``used`` when a quote holds it."""

    name: str
    text: str
    used: bool


@dataclass(frozen=True, slots=True)
class Choices:
    """What the form for an answer lets one choose among."""

    pages: list[tuple[Page, list[PageLine]]]
    contacts: list[tuple[str, str]]
    topics: list[tuple[str, list[tuple[str, str]]]]


@dataclass(frozen=True, slots=True)
class FormPage:
    """The form for an answer; ``previews`` show the draft once it holds."""

    answer: Answer
    title: str
    choices: Choices
    waiting: list[ChangeSet]
    previews: list[Preview]


def list_rows(store: Store, changes: Changes, municipality: str, now: dt.datetime) -> list[Row]:
    """All answers of a municipality; raise ContentError when its files can't be read."""
    shelf = load_shelf(municipality)
    return rows(
        shelf,
        in_stockholm(now).date(),
        answer_counts(store, municipality, in_stockholm(now).date() - dt.timedelta(days=DAYS)),
        states_of(store.desk, municipality),
        waiting(changes, municipality),
    )


def answer_page(
    store: Store, changes: Changes, shelf: Shelf, answer: Answer, now: dt.datetime
) -> AnswerPage:
    """Everything about one answer."""
    municipality = answer.municipality
    found = list_rows(store, changes, municipality, now)
    said = heard(store, municipality, answered_topics(shelf.municipality), now)
    examples = examples_of(answer.topic)
    problems = problems_of(shelf, in_stockholm(now).date())
    return AnswerPage(
        row=next(r for r in found if r.answer.id == answer.id),
        pages=_marked(shelf, answer),
        standing=states_of(store.desk, municipality).get(answer.id),
        lost=shelf.lost.get(answer.id, ()),
        waiting=waiting(changes, municipality).get(answer.id, []),
        questions=said.questions.get(answer.id, []),
        words=said.words.get(answer.id, []),
        examples=examples[:_EXAMPLES],
        more_examples=max(0, len(examples) - _EXAMPLES),
        findings=of_block(problems, file_of(answer), field_of(answer)),
        previews=previews(answer, shelf.municipality, now),
    )


def gap_lists(
    store: Store, municipality: Municipality, now: dt.datetime
) -> tuple[list[Gap], list[Gap]]:
    """What is asked for and not answered, and what else of its services is not."""
    said: Heard = heard(store, municipality.id, answered_topics(municipality), now)
    return gaps(municipality, said)


def form_page(
    changes: Changes,
    shelf: Shelf,
    answer: Answer,
    draft: Draft,
    checked: Checked | None,
    now: dt.datetime,
) -> FormPage:
    """The form with what it lets one choose among."""
    municipality = shelf.municipality
    proven = checked is not None and not (checked.fields or checked.quotes)
    new = as_answer(answer, draft) if proven else None
    return FormPage(
        answer=answer,
        title=title_of(answer),
        choices=Choices(
            pages=page_lines(shelf, draft.evidence),
            contacts=[(c.id, c.name) for c in municipality.contacts.values()],
            topics=_topics(municipality, answer),
        ),
        waiting=waiting(changes, municipality.id).get(answer.id, []),
        previews=previews(new, replaced(municipality, new), now) if new else [],
    )


def services_of(municipality: Municipality) -> list[tuple[str, str]]:
    """The services that it answers something about, by their names."""
    found = {a.service: service_name(a.service) for a in municipality.answers}
    return sorted(found.items(), key=lambda pair: pair[1])


def _marked(shelf: Shelf, answer: Answer) -> list[Marked]:
    """The pages of an answer, the first one first."""
    pages = dict.fromkeys(e.page for e in answer.evidence)
    return [
        Marked(page, marked_lines(page, (e.quote for e in answer.evidence if e.page == page.id)))
        for page in (shelf.municipality.pages[p] for p in pages)
    ]


def page_lines(shelf: Shelf, evidence: Sequence[Quote]) -> list[tuple[Page, list[PageLine]]]:
    """The pages with their lines to choose evidence among."""
    return [(page, _lines(page, evidence)) for page in shelf.municipality.pages.values()]


def _lines(page: Page, evidence: Sequence[Quote]) -> list[PageLine]:
    quoted = [squeeze(quote) for own, quote in evidence if own == page.id]
    return [
        PageLine(f"{page.id}:{at}", text, any(text in quote for quote in quoted))
        for at, text in enumerate(lines_of(page))
    ]


def _topics(municipality: Municipality, answer: Answer) -> list[tuple[str, list[tuple[str, str]]]]:
    """The questions that can follow an answer, by service."""
    found: dict[str, dict[str, str]] = {}
    for other in municipality.answers:
        if other.topic != answer.topic:
            listed = found.setdefault(service_name(other.service), {})
            listed[topic_name(other.topic)] = topic_of(other).question
    first = load_knowledge().services.get(answer.service)
    order = sorted(found, key=lambda name: (not first or name != first.name, name))
    return [(name, sorted(found[name].items(), key=lambda t: t[1])) for name in order]
