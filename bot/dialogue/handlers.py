"""One question to one reply: which handler takes it, and how sure one has to be."""

from __future__ import annotations

from bot.dialogue import intents, trace
from bot.dialogue.about import about_reply, offered_more
from bot.dialogue.answers import answer_reply, best_contact, choose_variant, with_contact
from bot.dialogue.contacts import contact_reply
from bot.dialogue.context import Context, audience_of
from bot.dialogue.doubt import hardly_said, own_service
from bot.dialogue.factors import NO_SERVICE, SHORT_CLAUSE
from bot.dialogue.hours_questions import hours_answer, speaks_of_calling, speaks_of_visit
from bot.dialogue.leaning import other_aspect
from bot.dialogue.meanings import only_meaning
from bot.dialogue.person import contact_for, named_contact, person_reply, with_ways
from bot.dialogue.person_strained import strained_reply
from bot.dialogue.questions import BOTH, SURE, UNSURE, Question, settled
from bot.dialogue.signs import asks_what_applies, intents_by_sign, speaks_of_opening
from bot.dialogue.talk import out_of_scope, talk_reply
from bot.dialogue.topic_answers import topic_reply, with_alternative
from bot.dialogue.topics import Candidate
from bot.dialogue.turn import Clause, Reply, Turn
from bot.dialogue.unsure import (
    ask_municipality,
    not_understood,
    unsure,
    which_meaning,
    which_service,
)
from bot.dialogue.wording import say, subjects
from bot.knowledge.records import Municipality
from bot.understanding.dates import find_dates

HOURS_SEEN = 0.3
"""Share of the guesses about numbers, places and hours from which the signs in the words count."""

_SAYS_NOTHING = intents.TALK | intents.ABOUT_ANSWER | {intents.FOLLOWUP, intents.OUT_OF_SCOPE}
"""What the classifier makes of a message that only names a place."""


def handle(question: Question, context: Context) -> Reply:
    """The reply to one question."""
    best = question.best
    if _is_place_only(question, context):
        trace.passed("place_only")
        return _place_only(question, context)
    aspect = _implied_aspect(question, context) or _hours_by_signs(question, context)
    if aspect and context.municipality:
        trace.passed("implied", aspect=aspect)
        return _about_municipality(aspect, question.clause, context, context.municipality)
    first = question.clause.guesses[0]
    moved = first.topic == intents.FOLLOWUP and first.confidence >= BOTH
    if moved or best.aspect == intents.FOLLOWUP or (not best.service and best.weight < UNSURE):
        followed = _follow_up(question, context)
        if followed is not None:
            return followed
    asked = trace.taken("which_meaning", which_meaning(question, context))
    if asked is not None:
        return asked
    municipality = context.municipality
    only = only_meaning(question, context.knowledge, municipality.id) if municipality else None
    if only is not None and len(question.clause.text.split()) <= SHORT_CLAUSE:
        trace.passed("only_meaning")
        return topic_reply(only, question.clause, context)
    if best.weight < SURE or hardly_said(question, context):
        likely = settled(question, context.state, context.knowledge)
        if likely is None or hardly_said(question, context):
            trace.passed("unsure", said=best.weight < SURE)
            return unsure(question, context)
        trace.passed("settled")
        best = likely
    best = trace.taken("own_service", own_service(question, context)) or best
    reply = act(best, question.clause, context)
    return with_alternative(reply, question, context)


def _implied_aspect(question: Question, context: Context) -> str | None:
    """What a few words ask for when they name a unit, or turn from calling to visiting."""
    municipality, clause, state = context.municipality, question.clause, context.state
    contacts = intents.CONTACT | intents.HOURS
    words = len(clause.text.split())
    if municipality is None or words > SHORT_CLAUSE:
        return None
    if state.aspect in contacts - {"epost", "postadress"} and speaks_of_visit(clause.text):
        return "besokstider"
    if question.best.aspect in contacts or named_contact(clause, municipality) is None:
        return None
    if "telefonnummer" in intents_by_sign(clause.text):
        return "telefonnummer"
    if state.aspect in contacts:
        return state.aspect
    return "telefonnummer" if words <= 2 and question.best.service is None else None


def _hours_by_signs(question: Question, context: Context) -> str | None:
    """A day or time, and calling or visiting, and some doubt: then it is about the hours."""
    clause, best = question.clause, question.best
    if clause.names.get("service") or (best.service is None and best.aspect in intents.HOURS):
        return None
    related = intents.HOURS | {"telefonnummer", "besoksadress"}
    seen = sum(g.confidence for g in clause.guesses if g.topic in related)
    in_short = _is_short(clause) and _asks_for_hours(clause.text, context)
    # Reading dates takes longest: it is left to the last.
    likely = in_short or seen >= HOURS_SEEN
    if not likely or find_dates(clause.text, context.turn.now) is None:
        return None
    if in_short:
        return "besokstider" if speaks_of_visit(clause.text) else "oppettider"
    if speaks_of_visit(clause.text):
        return "besokstider"
    return "oppettider" if speaks_of_calling(clause.text) else None


def _is_short(clause: Clause) -> bool:
    return len(clause.text.split()) <= SHORT_CLAUSE


def _asks_for_hours(text: str, context: Context) -> bool:
    """Of a few words with a day: being open is named, or what applies before all talk."""
    return speaks_of_opening(text) or (asks_what_applies(text) and context.state.service is None)


def act(best: Candidate, clause: Clause, context: Context) -> Reply:
    """Do what a reading asks for."""
    turn, state, aspect = context.turn, context.state, best.aspect
    trace.passed("act", reading=best)
    if aspect == intents.STRAINED and best.service is None:
        return strained_reply(clause, context)
    if best.service is None:
        if aspect == "affirm" and offered_more(turn, state, context.knowledge):
            aspect = "more"
        if aspect in intents.TALK:
            return talk_reply(aspect, turn, context.knowledge, context.municipality)
        if aspect in intents.ABOUT_ANSWER:
            return about_reply(aspect, turn, state, context.knowledge, context.municipality)
        if aspect == intents.OUT_OF_SCOPE:
            return out_of_scope(turn, context.knowledge, context.municipality)
    if best.service == NO_SERVICE:
        return which_service(context)
    if context.municipality is None:
        return ask_municipality(best.service, aspect, context)
    if best.topic is not None:
        return topic_reply(best.topic, clause, context)
    return _about_municipality(aspect, clause, context, context.municipality)


def _about_municipality(
    aspect: str, clause: Clause, context: Context, municipality: Municipality
) -> Reply:
    """Intents about no service that need to know the municipality."""
    turn, state, knowledge = context.turn, context.state, context.knowledge
    _keep_service(clause, context, municipality)
    aspect = _timed(aspect, clause, turn)
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
        reply = contact_reply(aspect, contact, municipality, turn.now, turn.language)
        return with_ways(reply, "human_handoff", turn) if aspect == "kontakt" else reply
    if aspect in intents.PERSON:
        return person_reply(aspect, contact, municipality, turn)
    if aspect in {intents.ENTITLEMENT, intents.APPLY_FOR_ME}:
        return _cannot_decide(aspect, clause, context, municipality)
    if aspect == intents.OTHER_CARE:
        text = say("other_care", turn.language, municipality=municipality.name)
        listed = subjects(knowledge, municipality, turn.language)
        text = f"{text} {say('can_help', turn.language, subjects=listed)}"
        return with_contact(text, "not_defined", municipality.reception_unit, municipality, turn)
    return not_understood(context)


def _timed(aspect: str, clause: Clause, turn: Turn) -> str:
    """A question about a phone or a place that names a day or a time is about its hours."""
    if aspect in {"telefonnummer", "kontakt"}:
        asked = find_dates(clause.text, turn.now)
        return "oppettider" if asked and asked.kind not in {"now", "season"} else aspect
    if aspect == "besoksadress" and find_dates(turn.text, turn.now):
        return "besokstider"
    return aspect


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
    municipality = context.municipality
    by_phone = state.aspect in intents.HOURS | {"telefonnummer", "kontakt"}
    if by_phone and municipality and find_dates(turn.text, turn.now):
        clause = question.clause
        trace.passed("follow_up")
        return hours_answer("followup", clause, turn, state, municipality, context.knowledge)
    other = None if context.place.said else other_aspect(question.clause, state)
    if other is not None:
        trace.passed("follow_up")
        return topic_reply(other, question.clause, context)
    if state.aspect and state.service:
        trace.passed("follow_up")
        named = question.clause.names.get("service", ())
        service = named[0] if named else state.service
        return topic_reply((service, state.aspect), question.clause, context)
    if state.aspect and context.municipality:
        trace.passed("follow_up")
        return _about_municipality(state.aspect, question.clause, context, context.municipality)
    return None


def _is_place_only(question: Question, context: Context) -> bool:
    """A message that does no more than name a municipality."""
    if not context.place.said or context.turn.word_count > 6:
        return False
    return question.best.weight < SURE or question.best.aspect in _SAYS_NOTHING


def _place_only(question: Question, context: Context) -> Reply:
    followed = _follow_up(question, context)
    if followed is not None:
        return followed
    return talk_reply("help", context.turn, context.knowledge, context.municipality)
