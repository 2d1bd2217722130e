"""One question to one reply: which handler takes it, and how sure one has to be."""

from __future__ import annotations

import re
from dataclasses import dataclass

from bot.dialogue import intents
from bot.dialogue.about import about_reply
from bot.dialogue.answers import (
    answer_reply,
    best_contact,
    body,
    choices,
    choose_variant,
    clarify,
    not_defined,
    not_found_text,
    with_contact,
)
from bot.dialogue.contacts import contact_reply
from bot.dialogue.hours_questions import hours_answer
from bot.dialogue.meanings import unsettled
from bot.dialogue.passages import nearest_passage
from bot.dialogue.person import contact_for, named_contact, person_reply
from bot.dialogue.place import Place
from bot.dialogue.questions import SURE, UNSURE, Question
from bot.dialogue.state import State
from bot.dialogue.talk import out_of_scope, talk_reply
from bot.dialogue.topics import NO_SERVICE, Candidate
from bot.dialogue.turn import Clause, Reply, Turn
from bot.dialogue.wording import join, say, source_line, subjects
from bot.knowledge.records import Knowledge, Municipality, TopicId, topic_name
from bot.understanding.dates import find_dates
from bot.understanding.text import fold

_AUDIENCES = (
    ("barn", re.compile(r"\b(barn\w*|ung\w*|tonar\w*|son\w*|dotter\w*|kids?|child\w*)\b")),
    ("vuxen", re.compile(r"\b(vux\w*|aldre|pensionar\w*|adults?)\b")),
)


CERTAIN = 0.8
"""Below this a second reading is told too, when it is likely enough (docs/adr/0003)."""

_ALTERNATIVE = {"answer": 0.1, "not_defined": 0.2, "handoff": 0.25}
_MAY_HAVE_ALTERNATIVE = frozenset(_ALTERNATIVE)


@dataclass(slots=True)
class Context:
    """What every handler needs: the turn, the conversation and the place."""

    turn: Turn
    state: State
    knowledge: Knowledge
    place: Place
    place_changed: bool

    @property
    def municipality(self) -> Municipality | None:
        """The municipality's record, when one is known."""
        return self.knowledge.municipalities.get(self.place.municipality or "")


def handle(question: Question, context: Context) -> Reply:
    """The reply to one question."""
    best = question.best
    if _is_place_only(question, context):
        return _place_only(question, context)
    if _names_unit_only(question, context) and context.municipality:
        aspect = str(context.state.aspect)
        return _about_municipality(aspect, question.clause, context, context.municipality)
    if best.aspect == intents.FOLLOWUP or (best.service is None and best.weight < UNSURE):
        followed = _follow_up(question, context)
        if followed is not None:
            return followed
    asked = _which_meaning(question, context)
    if asked is not None:
        return asked
    if best.weight < SURE:
        return _unsure(question, context)
    reply = act(best, question.clause, context)
    return with_alternative(reply, question, context)


def _names_unit_only(question: Question, context: Context) -> bool:
    """``och växeln?`` after a question about numbers or hours asks the same of another unit."""
    if context.state.aspect not in intents.CONTACT | intents.HOURS or context.municipality is None:
        return False
    if question.best.aspect in intents.CONTACT | intents.HOURS:
        return False
    short = len(question.clause.text.split()) <= 5
    return short and named_contact(question.clause, context.municipality) is not None


def act(best: Candidate, clause: Clause, context: Context) -> Reply:
    """Do what a reading asks for."""
    turn, state, aspect = context.turn, context.state, best.aspect
    if aspect == intents.STRAINED and best.service is None:
        aspect = "human_handoff"
    if best.service is None:
        if aspect in intents.TALK:
            return talk_reply(aspect, turn, context.knowledge, context.municipality)
        if aspect in intents.ABOUT_ANSWER:
            return about_reply(aspect, turn, state, context.knowledge, context.municipality)
        if aspect == intents.OUT_OF_SCOPE:
            return out_of_scope(turn, context.knowledge, context.municipality)
    if best.service == NO_SERVICE:
        return _which_service(context)
    if context.municipality is None:
        return ask_municipality(best, context)
    if best.topic is not None:
        return topic_reply(best.topic, clause, context)
    return _about_municipality(aspect, clause, context, context.municipality)


def with_alternative(reply: Reply, question: Question, context: Context) -> Reply:
    """Beside a reading that is not certain, the short answer to the next likeliest one.

    It spares people the turn that "menar du …?" costs, and says what it is the answer to.
    """
    municipality, best = context.municipality, question.best
    if municipality is None or best.weight > CERTAIN or reply.kind not in _MAY_HAVE_ALTERNATIVE:
        return reply
    for other in question.candidates[1:4]:
        known = context.knowledge.topic(other.topic) if other.topic else None
        answers = context.knowledge.answers(municipality.id, other.topic) if other.topic else ()
        if other.weight < _ALTERNATIVE[reply.kind] or not (known and answers):
            continue
        variant = choose_variant(answers, context.state.audience)
        text = body(variant, context.turn, context.state, sentences=2)
        if text in reply.text:
            continue
        lead = say("if_you_asked", context.turn.language, about=known.about)
        first, newline, rest = reply.text.partition("\n")
        reply.text = f"{first}\n{lead} {text}{newline}{rest}"
        reply.spoken = f"{reply.spoken or first} {lead} {text}"
        return reply
    return reply


def topic_reply(topic: TopicId, clause: Clause, context: Context) -> Reply:
    """The municipality's answer to a topic, or that its pages do not tell."""
    municipality = context.municipality
    if municipality is None:
        return ask_municipality(Candidate(topic[0], topic[1], 1.0), context)
    state = context.state
    state.service, state.aspect = topic
    state.audience = audience_of(clause.text) or state.audience
    answers = context.knowledge.answers(municipality.id, topic)
    if not answers:
        return not_defined(topic, municipality, context.knowledge, context.turn)
    chosen = choose_variant(answers, state.audience)
    if chosen.contacts:
        state.unit = chosen.contacts[0]
    return answer_reply(chosen, municipality, context.knowledge, context.turn, state)


def audience_of(text: str) -> str | None:
    """``barn`` or ``vuxen`` when the text speaks of one of them only."""
    found = [name for name, pattern in _AUDIENCES if pattern.search(fold(text))]
    return found[0] if len(found) == 1 else None


def _about_municipality(
    aspect: str, clause: Clause, context: Context, municipality: Municipality
) -> Reply:
    """Intents about no service that need to know the municipality."""
    turn, state, knowledge = context.turn, context.state, context.knowledge
    _keep_service(clause, context, municipality)
    if aspect in {"telefonnummer", "kontakt"} and asks_for_time(clause.text, turn):
        aspect = "oppettider"
    if aspect in intents.HOURS:
        state.aspect = aspect
        return hours_answer(aspect, clause, turn, state, municipality, knowledge)
    contact = contact_for(clause, state, municipality, knowledge)
    if aspect in intents.CONTACT:
        if aspect == "besoksadress" and contact.visit_address is None:
            contact = municipality.reception_unit
        if aspect == "postadress" and not contact.postal_address:
            contact = municipality.reception_unit
        state.unit, state.aspect = contact.id, aspect
        return contact_reply(aspect, contact, municipality, turn.now, turn.language)
    if aspect in intents.PERSON:
        return person_reply(aspect, contact, municipality, turn)
    if aspect in {intents.ENTITLEMENT, intents.APPLY_FOR_ME}:
        return _cannot_decide(aspect, clause, context, municipality)
    if aspect == intents.OTHER_CARE:
        text = say("other_care", turn.language, municipality=municipality.name)
        listed = subjects(knowledge, municipality, turn.language)
        text = f"{text} {say('can_help', turn.language, subjects=listed)}"
        return with_contact(text, "not_defined", municipality.reception_unit, municipality, turn)
    return _not_understood(context)


def asks_for_time(text: str, turn: Turn) -> bool:
    """Whether a question about a phone is about when it is answered: a day or a clock time."""
    asked = find_dates(text, turn.now)
    return asked is not None and asked.kind not in {"now", "season"}


def _keep_service(clause: Clause, context: Context, municipality: Municipality) -> None:
    """A service named beside a contact is what the next turn is about."""
    for service in clause.names.get("service", ()):
        if context.knowledge.has_service(municipality.id, service):
            context.state.service = service


def _cannot_decide(
    aspect: str, clause: Clause, context: Context, municipality: Municipality
) -> Reply:
    """The assistant decides no right and applies for nobody: who does, and how."""
    turn, knowledge, state = context.turn, context.knowledge, context.state
    lead = say(aspect, turn.language)
    services = [*clause.names.get("service", ()), *([state.service] if state.service else [])]
    wanted = ("vem", "beslut", "ansok") if aspect == intents.ENTITLEMENT else ("ansok", "beslut")
    for service in services:
        for about in wanted:
            answers = knowledge.answers(municipality.id, (service, about))
            if answers:
                state.service, state.aspect = service, about
                chosen = choose_variant(answers, audience_of(clause.text))
                reply = answer_reply(chosen, municipality, knowledge, turn, state)
                reply.text = f"{lead} {reply.text}"
                return reply
    contact = best_contact(services[0] if services else None, municipality, knowledge)
    return with_contact(lead, "handoff", contact, municipality, turn)


def _follow_up(question: Question, context: Context) -> Reply | None:
    """A turn that lives on the one before: the same topic elsewhere, for others, another day."""
    state, turn = context.state, context.turn
    if state.aspect in intents.HOURS | {"telefonnummer", "kontakt"} and context.municipality:
        if find_dates(turn.text, turn.now):
            return hours_answer(
                "followup", question.clause, turn, state, context.municipality, context.knowledge
            )
    if state.aspect and state.service:
        named = question.clause.names.get("service", ())
        service = named[0] if named else state.service
        return topic_reply((service, state.aspect), question.clause, context)
    if state.aspect and context.municipality:
        return _about_municipality(state.aspect, question.clause, context, context.municipality)
    return None


def _is_place_only(question: Question, context: Context) -> bool:
    """A message that does no more than name a municipality."""
    if not context.place.said or context.turn.word_count > 6:
        return False
    return question.best.weight < SURE or question.best.aspect in {intents.FOLLOWUP, "affirm", "greet"}


def _place_only(question: Question, context: Context) -> Reply:
    followed = _follow_up(question, context)
    if followed is not None:
        return followed
    return talk_reply("help", context.turn, context.knowledge, context.municipality)


def _which_service(context: Context) -> Reply:
    listed = subjects(context.knowledge, context.municipality, context.turn.language)
    text = say("which_service", context.turn.language, subjects=listed)
    buttons: list[str] = []
    if context.municipality:
        buttons = list(choices(list(context.municipality.suggested), context.knowledge))
    return Reply(text, "clarify", buttons=buttons)


def ask_municipality(best: Candidate, context: Context) -> Reply:
    """Ask, once, which municipality it is about; the question is kept until then."""
    state, knowledge = context.state, context.knowledge
    state.pending = {"kind": "municipality", "service": best.service, "aspect": best.aspect,
                     "text": context.turn.text[:500]}
    state.asked_municipality = True
    names = [m.short for m in knowledge.municipalities.values()]
    listed = join(names, context.turn.language)
    text = say("ask_municipality", context.turn.language, municipalities=listed)
    return Reply(text, "clarify", buttons=names)


def _which_meaning(question: Question, context: Context) -> Reply | None:
    """Ask which meaning of an ambiguous word is meant, when it matters here."""
    if context.municipality is None:
        return None
    found = unsettled(question, context.state, context.knowledge, context.municipality.id)
    if found is None:
        return None
    ambiguity, meanings = found
    offered = {m.title: topic_name(m.topic) for m in meanings[:3]}
    context.state.pending = {"kind": "choice", "options": offered}
    return clarify(list(offered), context.turn, ambiguity.question)


def _unsure(question: Question, context: Context) -> Reply:
    """Not sure: ask with readable choices, or search the pages, or name a person."""
    context.state.misses += 1
    if context.state.misses > 1 and context.municipality:
        context.state.misses = 0
        contact = context.municipality.reception_unit
        return person_reply("second_miss", contact, context.municipality, context.turn)
    if question.best.weight >= UNSURE:
        likely = [c.topic for c in question.candidates[:4] if c.topic and _answerable(c, context)]
        options = choices([t for t in likely if t], context.knowledge)
        if len(options) > 1:
            context.state.pending = {"kind": "choice", "options": options}
            return clarify(list(options), context.turn)
    return _not_understood(context)


def _answerable(candidate: Candidate, context: Context) -> bool:
    municipality = context.municipality
    if municipality is None or candidate.topic is None:
        return candidate.service != NO_SERVICE
    return bool(context.knowledge.answers(municipality.id, candidate.topic))


def _not_understood(context: Context) -> Reply:
    """The page's nearest passage; else what can be asked and how to reach a person."""
    municipality, turn = context.municipality, context.turn
    if municipality is None:
        return out_of_scope(turn, context.knowledge, None)
    found = nearest_passage(turn.text, municipality.id)
    if found is not None:
        page = municipality.pages[found[0]]
        context.state.page = page.id
        text = say(
            "passage",
            turn.language,
            genitive=municipality.genitive,
            municipality=municipality.name,
            passage=found[1],
        )
        reply = with_contact(
            f"{text}\n{source_line(municipality, page, turn.language)}",
            "passage",
            municipality.reception_unit,
            municipality,
            turn,
        )
        reply.spoken = text
        return reply
    listed = subjects(context.knowledge, municipality, turn.language)
    text = f"{not_found_text(municipality, turn)} {say('can_help', turn.language, subjects=listed)}"
    return with_contact(text, "not_defined", municipality.reception_unit, municipality, turn)
