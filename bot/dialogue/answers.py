"""Replies from content: an answer with its source, or that the pages do not tell."""

from __future__ import annotations

import re

from bot.dialogue import contacts as contact_lines
from bot.dialogue.aloud import counted, in_prose
from bot.dialogue.state import State
from bot.dialogue.turn import VOICE_CHANNELS, Reply, Turn
from bot.dialogue.wording import (
    capitalised,
    old_law_line,
    say,
    source_data,
    source_line,
    without_final_stop,
)
from bot.knowledge.records import Answer, Contact, Knowledge, Municipality, TopicId, topic_name

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ”])")

SHOWN_ITEMS = 4
"""Lists longer than this give the first and offer the rest (issue 2, point 8)."""


def choose_variant(answers: tuple[Answer, ...], audience: str | None) -> Answer:
    """The answer for the audience asked about, else the one for all."""
    for wanted in (audience, "alla"):
        for answer in answers:
            if answer.audience == wanted:
                return answer
    return answers[0]


def answer_reply(
    answer: Answer, municipality: Municipality, knowledge: Knowledge, turn: Turn, state: State
) -> Reply:
    """State an answer: text, source with its date, and the contact where it helps."""
    page = municipality.pages[answer.evidence[0].page]
    listing, items = listed(answer, turn.language)
    said = statement(answer, turn, state)
    lines = [f"{said} {listing}".strip()]
    law = old_law_line(page, turn.language)
    if law and page.id not in state.law_told:
        lines.append(law)
        state.law_told.append(page.id)
    if answer.id in knowledge.doubtful:
        lines.append(say("changed_since", turn.language))
    told = [source_line(municipality, page, turn.language)]
    shown = [municipality.contact(c) for c in answer.contacts]
    told += [contact_lines.contact_line(c, turn.now, turn.language) for c in shown]
    if not shown:
        shown = [best_contact(answer.service, municipality, knowledge)]
        told.append(contact_lines.short_line(shown[0], turn.language))
    state.items_told = len(items)
    prose = in_prose(items_of(answer, turn.language), turn.language)
    return Reply(
        text="\n".join([*lines, *told]),
        kind="answer",
        answer=answer.id,
        source=source_data(municipality, page, answer.evidence[0].quote, turn.language),
        contacts=[contact_lines.as_data(c, turn.now, turn.language) for c in shown],
        prose=[(listing, prose)] if items else [],
        heard=[(said, answer.speech)] if answer.speech and turn.language != "en" else [],
        buttons=[*_show_rest(answer, turn.language), *next_questions(answer, knowledge)],
        told=told,
        items=items,
        listing=listing,
        more=_more_shown(answer, turn.language),
    )


def statement(answer: Answer, turn: Turn, state: State, sentences: int | None = None) -> str:
    """The statement itself in the wanted variant, without its list.

    ``sentences`` cuts the statement to its first ones, for a second answer beside another.
    """
    if turn.language == "en":
        text = answer.en
    else:
        plain = state.easy or turn.easy or turn.channel in VOICE_CHANNELS
        text = answer.easy if plain else answer.text
    return text if sentences is None else " ".join(_SENTENCE.split(text)[:sentences])


def listed(answer: Answer, language: str) -> tuple[str, list[str]]:
    """The first items of the answer's list, in a sentence and one by one."""
    items = items_of(answer, language)
    shown = [capitalised(without_final_stop(i)) for i in items[:SHOWN_ITEMS]]
    if not items:
        return "", []
    if len(items) <= SHOWN_ITEMS:
        return say("all_items", language, items=capitalised(_joined(items))), shown
    first = _joined(items[:SHOWN_ITEMS])
    return say("more_items", language, shown=SHOWN_ITEMS, total=len(items), items=first), shown


def _more_shown(answer: Answer, language: str) -> str:
    """How many of a long list are shown; nothing when all are."""
    total = len(items_of(answer, language))
    more = total > SHOWN_ITEMS
    return say("more_shown", language, shown=SHOWN_ITEMS, total=total) if more else ""


def _show_rest(answer: Answer, language: str) -> list[str]:
    """The button that offers the rest of a long list."""
    more = len(items_of(answer, language)) > SHOWN_ITEMS
    return [say("show_rest", language)] if more else []


def items_of(answer: Answer, language: str) -> tuple[str, ...]:
    """The answer's list in the language of the reply."""
    return answer.items_en if language == "en" and answer.items_en else answer.items


def _joined(items: tuple[str, ...]) -> str:
    return "; ".join(without_final_stop(i) for i in items)


def rest_of(answer: Answer, told: int, language: str) -> tuple[str, list[str]] | None:
    """The next items of a long list, in a sentence and one by one; None when all were told."""
    rest = items_of(answer, language)[told:]
    if not rest:
        return None
    apart = [capitalised(without_final_stop(i)) for i in rest]
    return say("rest_items", language, items=_joined(rest)), apart


def next_questions(answer: Answer, knowledge: Knowledge) -> list[str]:
    """At most three readable questions that lead on."""
    topics = (knowledge.topic(t) for t in answer.next)
    return [t.question for t in topics if t is not None][:3]


def not_defined(
    topic: TopicId, municipality: Municipality, knowledge: Knowledge, turn: Turn
) -> Reply:
    """Say that the pages do not tell, and whom to ask. Nothing is borrowed or guessed."""
    service = knowledge.services.get(topic[0])
    known = knowledge.topic(topic)
    if known and knowledge.withdrawn(municipality.id, topic):
        text = say("withdrawn", turn.language, about=known.about, municipality=municipality.name)
    elif service and not knowledge.has_service(municipality.id, service.id):
        text = say(
            "not_defined_service",
            turn.language,
            service=service.name,
            genitive=municipality.genitive,
            municipality=municipality.name,
        )
    elif known:
        text = say(
            "not_defined",
            turn.language,
            about=known.about,
            genitive=municipality.genitive,
            municipality=municipality.name,
        )
    else:
        text = not_found_text(municipality, turn)
    contact = best_contact(topic[0], municipality, knowledge)
    return with_contact(text, "not_defined", contact, municipality, turn)


def not_found_text(municipality: Municipality, turn: Turn) -> str:
    """``Jag hittar inte svaret på det på Umeå kommuns sidor.``"""
    return say(
        "not_found", turn.language, genitive=municipality.genitive, municipality=municipality.name
    )


def with_contact(
    text: str, kind: str, contact: Contact, municipality: Municipality, turn: Turn
) -> Reply:
    """A reply that ends with a way to a person."""
    line = contact_lines.contact_line(contact, turn.now, turn.language)
    told = contact_lines.of_municipality(municipality, line, text)
    return Reply(
        text=f"{text}\n{told}",
        kind=kind,
        contacts=[contact_lines.as_data(contact, turn.now, turn.language)],
        told=[told],
    )


def best_contact(service: str | None, municipality: Municipality, knowledge: Knowledge) -> Contact:
    """The contact that the service's answers name most, else the reception unit."""
    known = knowledge.services.get(service or "")
    related = {service, known.part_of} if known else {service}
    named = [
        c
        for a in municipality.answers
        if a.service in related
        for c in a.contacts
        if municipality.contacts[c].phone or municipality.contacts[c].how
    ]
    if not named:
        return municipality.reception_unit
    return municipality.contact(max(sorted(set(named)), key=named.count))


def choices(topics: list[TopicId], knowledge: Knowledge) -> dict[str, str]:
    """At most three readable questions, each with its topic's name."""
    found = {
        t.question: topic_name((t.service, t.aspect)) for i in topics if (t := knowledge.topic(i))
    }
    return dict(list(found.items())[:3])


def clarify(options: list[str], turn: Turn, question: str | None = None) -> Reply:
    """Ask which of at most three readable questions was meant."""
    asked = question or say("clarify", turn.language)
    lines = [f"– {o}" for o in options]
    return Reply(
        text="\n".join([asked, *lines]),
        kind="clarify",
        prose=[("\n".join(lines), counted(options, turn.language))],
        buttons=options,
        told=lines,
    )
