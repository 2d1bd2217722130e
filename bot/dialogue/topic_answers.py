"""The reply to a topic, and the second reading beside one that is not certain."""

from __future__ import annotations

from bot.dialogue import trace
from bot.dialogue.answers import answer_reply, choose_variant, listed, not_defined, statement
from bot.dialogue.context import Context, audience_of
from bot.dialogue.person import with_ways
from bot.dialogue.person_wishes import wants_person
from bot.dialogue.questions import Question
from bot.dialogue.signs import lacks_detail
from bot.dialogue.turn import VOICE_CHANNELS, Clause, Reply
from bot.dialogue.unsure import ask_municipality
from bot.dialogue.wording import say
from bot.knowledge.records import Answer, TopicId

CERTAIN = 0.8
"""Below this a second reading is told too, when it is likely enough (docs/adr/0005)."""

LIKELY = 0.55
"""Below this two more readings may be told."""

_ALTERNATIVE = {"answer": 0.1, "not_defined": 0.2, "handoff": 0.25}
_NEEDS_PERSON = {"overklaga": "appeal", "klagomal": "complaint", "bemotande": "complaint"}
"""What a page hardly ever settles, and a person can."""

_MAY_HAVE_ALTERNATIVE = frozenset(_ALTERNATIVE)


def with_alternative(reply: Reply, question: Question, context: Context) -> Reply:
    """Beside a reading that is not certain, the short answer to the next likeliest one.

    It spares people the turn that "menar du …?" costs, and says what it is the answer to.
    """
    municipality, best = context.municipality, question.best
    if municipality is None or best.weight > CERTAIN or reply.kind not in _MAY_HAVE_ALTERNATIVE:
        return reply
    if reply.kind == "handoff" and wants_person(question.clause.text):
        return reply
    if reply.kind == "answer" and best.topic is None:
        return reply
    added = 0
    for other in question.candidates[1:5]:
        known = context.knowledge.topic(other.topic) if other.topic else None
        answers = context.knowledge.answers(municipality.id, other.topic) if other.topic else ()
        if other.weight < _ALTERNATIVE[reply.kind] or not (known and answers):
            continue
        variant = choose_variant(answers, context.state.audience)
        said = statement(variant, context.turn, context.state, sentences=2)
        listing, _ = listed(variant, context.turn.language)
        only_heard = context.turn.channel in VOICE_CHANNELS
        text = said if only_heard else f"{said} {listing}".strip()
        if variant.id in context.knowledge.doubtful:
            text = f"{text} {say('changed_since', context.turn.language)}"
        if text in reply.text:
            continue
        trace.passed("alternative", topic=other.topic)
        lead = say("if_you_asked", context.turn.language, about=known.about)
        first, newline, rest = reply.text.partition("\n")
        reply.text = f"{first}\n{lead} {text}{newline}{rest}"
        added += 1
        if added == (1 if best.weight > LIKELY else 2):
            break
    return reply


def topic_reply(topic: TopicId, clause: Clause, context: Context) -> Reply:
    """The municipality's answer to a topic, or that its pages do not tell."""
    municipality = context.municipality
    if municipality is None:
        return ask_municipality(topic[0], topic[1], context)
    state = context.state
    trace.passed("topic", topic=topic)
    state.service, state.aspect = topic
    state.audience = audience_of(clause.text) or state.audience
    answers = context.knowledge.answers(municipality.id, topic)
    # One that is withdrawn is not made up for by what holds for others.
    variants = (*answers, *context.knowledge.withdrawn(municipality.id, topic))
    chosen = choose_variant(variants, state.audience) if variants else None
    if chosen is None or chosen not in answers:
        reply = not_defined(topic, municipality, context.knowledge, context.turn)
        reason = _NEEDS_PERSON.get(topic[1])
        return with_ways(reply, reason, context.turn) if reason else reply
    if chosen.contacts:
        state.unit = chosen.contacts[0]
    reply = answer_reply(chosen, municipality, context.knowledge, context.turn, state)
    return _without_detail(reply, chosen, clause, context)


def _without_detail(reply: Reply, answer: Answer, clause: Clause, context: Context) -> Reply:
    """Say first that the page lacks just what was asked, when that is plain."""
    municipality = context.municipality
    if context.turn.language != "sv" or municipality is None:
        return reply
    about = [a for a in municipality.answers if a.service == answer.service]
    all_told = " ".join(part for a in about for part in (a.text, *a.items))
    if lacks_detail(clause.text, answer.text, all_told):
        lead = say("detail_missing", context.turn.language)
        reply.text = f"{lead} {reply.text}"
    return reply
