"""What the pages about standing show: plain data for the templates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from api.standing.again import Reading
from api.standing.compare import CONTACT, Lost, LostQuote
from api.standing.marks import find_subject, title
from api.standing.service import Standings
from api.standing.snapshot import Rewritten
from bot.dialogue.turn import in_stockholm
from bot.knowledge.loader import load_whole
from bot.knowledge.records import Answer, Page

MARKED = {
    "withdrawn": "Visas inte för invånarna",
    "flagged": "Visas, med en varning",
    "restored": "Visas som vanligt, det har någon bestämt",
}
_FLAGGED_CONTACT = "Visas, med en varning. Kontrollera numret och tiderna först av allt."
_FIELDS = ("text", "easy", "en")
_LISTS = ("items", "items_en")


@dataclass(frozen=True, slots=True)
class MarkView:
    """An answer or contact that is withdrawn or flagged."""

    subject: str
    title: str
    state: str
    told: str
    quotes: Sequence[str]
    page: str | None
    why: str | None
    day: dt.date
    is_contact: bool
    answer: str | None


@dataclass(frozen=True, slots=True)
class LostView:
    """An answer that lost its evidence, with what a form for it starts with."""

    lost: Lost
    number: int
    title: str
    answer: Answer
    told: str
    values: Mapping[str, str]
    choice: str = "later"
    quotes: Sequence[tuple[LostQuote, str]] = field(default_factory=tuple)


def marks(standings: Standings, municipality: str) -> list[MarkView]:
    """What is withdrawn or flagged in a municipality: contacts first, they reach most people."""
    whole, found = load_whole(), []
    for state in standings.listed([municipality]):
        known = find_subject(whole, municipality, state.subject)
        if known is None:
            continue
        page = known.municipality.pages.get(str(state.reason.get("page")))
        is_contact = state.subject.startswith(CONTACT)
        flagged = is_contact and state.state == "flagged"
        found.append(
            MarkView(
                subject=state.subject,
                title=title(whole, known),
                state=state.state,
                told=_FLAGGED_CONTACT if flagged else MARKED[state.state],
                quotes=[str(q) for q in state.reason.get("quotes", ())],
                page=page.title if page else None,
                why=state.reason.get("why"),
                day=in_stockholm(state.at).date(),
                is_contact=is_contact,
                answer=None if is_contact else state.subject,
            )
        )
    return sorted(found, key=lambda m: (m.state == "restored", not m.is_contact))


def choices(municipality: str) -> list[tuple[str, str]]:
    """Every answer of a municipality that a person may withdraw, by its question."""
    whole = load_whole()
    return [
        (a.id, title(whole, known))
        for a in whole.municipalities[municipality].answers
        if (known := find_subject(whole, municipality, a.id)) is not None
    ]


def pages(municipality: str) -> list[tuple[str, str]]:
    """Its pages, by title."""
    found = load_whole().municipalities[municipality].pages.values()
    return [(page.id, page.title) for page in found]


def lost_answers(
    found: Reading, states: Mapping[str, str], typed: Mapping[str, str] | None = None
) -> list[LostView]:
    """The answers that lost their evidence; ``typed`` is what somebody wrote in their forms."""
    whole, views = load_whole(), []
    for number, lost in enumerate(one for one in found.compared.lost if not one.is_contact):
        known = find_subject(whole, found.municipality.id, lost.subject)
        if known is None or not isinstance(known.record, Answer):
            continue
        told = MARKED.get(states.get(lost.subject, ""), "Visas som vanligt")
        values = {key: str(getattr(known.record, key) or "") for key in _FIELDS}
        values |= {key: "\n".join(getattr(known.record, key)) for key in _LISTS}
        quotes = [(q, q.near or "") for q in lost.quotes]
        choice = "later"
        if typed is not None:
            values = {key: typed.get(f"{key}-{number}", value) for key, value in values.items()}
            quotes = [
                (q, typed.get(f"quote-{number}-{at}", near)) for at, (q, near) in enumerate(quotes)
            ]
            choice = typed.get(f"do-{number}", choice)
        views.append(
            LostView(lost, number, title(whole, known), known.record, told, values, choice, quotes)
        )
    return views


def rewritten(views: Sequence[LostView], page: Page) -> tuple[Rewritten, ...]:
    """What a person chose to do with the answers, as changes to their files."""
    return tuple(_rewritten(view, page) for view in views if view.choice in {"rewrite", "remove"})


def _rewritten(view: LostView, page: Page) -> Rewritten:
    answer = view.answer
    if view.choice == "remove":
        return Rewritten(answer.service, answer.aspect, answer.audience, None)
    new = {lost.quote: " ".join(written.split()) for lost, written in view.quotes}
    evidence = []
    for entry in answer.evidence:
        quote = new.get(entry.quote, entry.quote) if entry.page == page.id else entry.quote
        if quote and {"page": entry.page, "quote": quote} not in evidence:
            evidence.append({"page": entry.page, "quote": quote})
    fields: dict[str, object] = {key: " ".join(view.values[key].split()) for key in _FIELDS}
    for key in _LISTS:
        items = [line.strip() for line in view.values[key].splitlines() if line.strip()]
        fields[key] = items or None
    return Rewritten(
        answer.service, answer.aspect, answer.audience, {**fields, "evidence": evidence}
    )


def lost_contacts(found: Reading) -> list[tuple[str, Lost]]:
    """The contacts that lost their evidence, by name."""
    contacts = found.municipality.contacts
    return [
        (contacts[one.subject[len(CONTACT) :]].name, one)
        for one in found.compared.lost
        if one.is_contact
    ]
