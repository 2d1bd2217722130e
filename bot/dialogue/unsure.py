"""Not sure, or something is missing: ask, search the pages, or name a person. Never a dead end."""

from __future__ import annotations

from bot.dialogue import trace
from bot.dialogue.answers import choices, clarify, not_found_text, with_contact
from bot.dialogue.contacts import as_data, short_line
from bot.dialogue.context import Context
from bot.dialogue.factors import NO_SERVICE
from bot.dialogue.intents import PERSON
from bot.dialogue.meanings import unsettled
from bot.dialogue.passages import nearest_passage
from bot.dialogue.person import person_reply
from bot.dialogue.questions import UNSURE, Question
from bot.dialogue.talk import out_of_scope
from bot.dialogue.topics import Candidate
from bot.dialogue.turn import Reply
from bot.dialogue.wording import join, say, source_data, source_line, subjects
from bot.knowledge.records import parse_topic, topic_name


def which_service(context: Context) -> Reply:
    """Ask what a question that names no service is about."""
    listed = subjects(context.knowledge, context.municipality, context.turn.language)
    text = say("which_service", context.turn.language, subjects=listed)
    buttons: list[str] = []
    if context.municipality:
        buttons = list(choices(list(context.municipality.suggested), context.knowledge))
    return with_person(Reply(text, "clarify", buttons=buttons), context)


def ask_municipality(service: str | None, aspect: str, context: Context) -> Reply:
    """Ask, once, which municipality it is about; the question is kept until then.

    Asked in vain, or where a person is wanted, every municipality's contact is given.
    """
    state, knowledge, turn = context.state, context.knowledge, context.turn
    names = [m.short for m in knowledge.municipalities.values()]
    text = say("ask_municipality", turn.language, municipalities=join(names, turn.language))
    if state.asked_municipality or aspect in PERSON:
        units = [(m, m.reception_unit) for m in knowledge.municipalities.values()]
        lines = [f"{m.short}: {short_line(c, turn.language)}" for m, c in units]
        text = "\n".join([text, *lines])
    state.pending = {
        "kind": "municipality",
        "service": service,
        "aspect": aspect,
        "text": turn.text[:500],
    }
    state.asked_municipality = True
    return Reply(text, "clarify", buttons=names)


def which_meaning(question: Question, context: Context) -> Reply | None:
    """Ask which meaning of an ambiguous word is meant, when it matters here."""
    if context.municipality is None:
        return None
    found = unsettled(question, context.state, context.knowledge, context.municipality.id)
    if found is None:
        return None
    ambiguity, meanings = found
    offered = {m.title: topic_name(m.topic) for m in meanings[:3]}
    context.state.pending = {"kind": "choice", "options": offered}
    return with_person(clarify(list(offered), context.turn, ambiguity.question), context)


def with_person(reply: Reply, context: Context) -> Reply:
    """A question of ours is no dead end: whoever would rather ask a person can."""
    if context.municipality is not None:
        contact = context.municipality.reception_unit
        line = short_line(contact, context.turn.language)
        reply.text = f"{reply.text}\n{line}"
        reply.told.append(line)
        reply.contacts = [as_data(contact, context.turn.now, context.turn.language)]
    return reply


def unsure(question: Question, context: Context) -> Reply:
    """Not sure: ask with readable choices, or search the pages, or name a person."""
    context.state.misses += 1
    if context.state.misses > 1 and context.municipality:
        context.state.misses = 0
        trace.passed("second_miss")
        contact = context.municipality.reception_unit
        return person_reply("second_miss", contact, context.municipality, context.turn)
    if question.best.weight >= UNSURE:
        likely = [c.topic for c in question.candidates[:4] if c.topic and _answerable(c, context)]
        options = choices(likely, context.knowledge)
        if len(options) > 1:
            context.state.pending = {"kind": "choice", "options": options}
            _keep_service(list(options.values()), context)
            return with_person(clarify(list(options), context.turn), context)
    return not_understood(context)


def _keep_service(options: list[str], context: Context) -> None:
    """What most of the offered questions are about is what the next turn is about."""
    services = [parse_topic(name)[0] for name in options]
    service = max(services, key=services.count)
    if services.count(service) * 2 > len(services) and service != context.state.service:
        context.state.service, context.state.aspect = service, None


def _answerable(candidate: Candidate, context: Context) -> bool:
    municipality = context.municipality
    if municipality is None or candidate.topic is None:
        return candidate.service != NO_SERVICE
    return bool(context.knowledge.answers(municipality.id, candidate.topic))


def not_understood(context: Context) -> Reply:
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
        source = source_line(municipality, page, turn.language)
        reply = with_contact(
            f"{text}\n{source}",
            "passage",
            municipality.reception_unit,
            municipality,
            turn,
        )
        reply.told.append(source)
        reply.source = source_data(municipality, page, found[1], turn.language)
        return reply
    listed = subjects(context.knowledge, municipality, turn.language)
    text = f"{not_found_text(municipality, turn)} {say('can_help', turn.language, subjects=listed)}"
    return with_contact(text, "not_defined", municipality.reception_unit, municipality, turn)
