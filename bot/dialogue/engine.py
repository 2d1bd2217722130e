"""From an understood message and the conversation's state to a reply.

The order is the promise: danger first, then privacy, then the place, then the questions. Every
path ends with an answer, a question that can be answered, or a way to a person.
"""

from __future__ import annotations

from typing import Any

from bot.dialogue import guards, trace
from bot.dialogue.aloud import for_channel
from bot.dialogue.callback import about_data
from bot.dialogue.callback_booked import about_booking
from bot.dialogue.context import Context
from bot.dialogue.handlers import handle
from bot.dialogue.language import localised
from bot.dialogue.notices import switched_off, with_notices
from bot.dialogue.pending import resolve_pending
from bot.dialogue.person import person_reply
from bot.dialogue.person_offers import after_card, chosen_way, with_offer
from bot.dialogue.place import find_place
from bot.dialogue.questions import SURE, questions
from bot.dialogue.standing import forget_withdrawn, with_doubt
from bot.dialogue.state import State
from bot.dialogue.turn import Reply, Turn
from bot.dialogue.wording import join, say, text_language
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Knowledge
from bot.understanding.text import folded_words

_TIRED_OF_ASKING = 3


def respond(turn: Turn, state: State) -> Reply:
    """The reply to one message; ``state`` is changed to what the next turn has to know."""
    knowledge = load_knowledge()
    # Once for the whole reply: the rules take as long as all else that is decided here.
    finding = guards.by_rules(turn)
    card = guards.crisis_card(turn, state, knowledge, finding)
    if card is not None:
        trace.passed("crisis", card=card.answer)
        state.pending = None
        state.card, state.turns_since_card = (card.answer or "").rpartition(".")[2], 0
        card.understood = _understood(turn)
        state.masked_before = state.masked_before or bool(turn.masked)
        return card
    forget_withdrawn(turn, state, knowledge)
    misses = state.misses
    masked = trace.taken("masked", guards.asks_for_masked(turn, state))
    reply = masked or _answer(turn, state, knowledge)
    reply = for_channel(reply, turn)
    if state.misses == misses:
        state.misses = 0
    reply = _third_time(reply, turn, state, knowledge)
    # What is remembered is the answer itself: frame and warnings are made anew when it is repeated.
    _remember(reply, turn, state)
    reply = with_doubt(reply, turn, state, knowledge)
    reply = with_notices(reply, turn, state, knowledge)
    reply = guards.with_support(reply, turn, finding)
    reply = localised(reply, turn, knowledge)
    # Whatever frames it, the answer itself is in Swedish or English.
    reply.language = text_language(turn.language)
    reply.understood = _understood(turn)
    return guards.with_privacy_warning(reply, turn)


def _answer(turn: Turn, state: State, knowledge: Knowledge) -> Reply:
    place = find_place(turn, state, knowledge)
    trace.passed("place", place=place)
    if turn.municipality:
        state.page_municipality = turn.municipality
    if place.elsewhere and place.municipality is None:
        _keep_subject(turn, state, knowledge)
        return _not_served(place.elsewhere, turn, knowledge)
    state.municipality = place.municipality
    context = Context(turn, state, knowledge, place)
    closed = trace.taken("switched_off", switched_off(context))
    if closed is not None:
        return closed
    wished = (
        trace.taken("about_data", about_data(turn, context.municipality))
        or trace.taken("booking", about_booking(context))
        or trace.taken("chosen_way", chosen_way(context))
        or trace.taken("after_card", after_card(context))
    )
    if wished is not None:
        return wished
    pending = resolve_pending(context)
    if pending is not None:
        return pending
    if _asked_too_often(turn, state) and context.municipality:
        trace.passed("same_question")
        contact = context.municipality.reception_unit
        return person_reply("same_question", contact, context.municipality, turn)
    asked = trace.asked(questions(turn, state, knowledge, place.municipality))
    replies = [handle(question, context) for question in asked]
    return _second_miss(combine(replies), context)


def _second_miss(reply: Reply, context: Context) -> Reply:
    """What is outside the subject may be a question we did not understand: count it as a miss."""
    if reply.kind != "out_of_scope":
        return reply
    context.state.misses += 1
    if context.state.misses < 2 or context.municipality is None:
        return reply
    trace.passed("second_miss")
    contact = context.municipality.reception_unit
    return person_reply("second_miss", contact, context.municipality, context.turn)


def combine(replies: list[Reply]) -> Reply:
    """Several questions in one message: their answers one after the other."""
    distinct = list({r.text: r for r in replies}.values())
    first = distinct[0]
    if len(distinct) == 1:
        return first
    seen: set[str] = set()
    lines: list[str] = []
    for reply in distinct:
        for line in reply.text.split("\n"):
            if line not in seen:
                seen.add(line)
                lines.append(line)
    return Reply(
        "\n".join(lines),
        first.kind,
        answer=first.answer,
        source=first.source,
        contacts=list({c["id"]: c for r in distinct for c in r.contacts}.values()),
        buttons=first.buttons,
        told=[line for r in distinct for line in r.told],
        prose=[pair for r in distinct for pair in r.prose],
        heard=[pair for r in distinct for pair in r.heard],
    )


def _not_served(elsewhere: str, turn: Turn, knowledge: Knowledge) -> Reply:
    served = join([m.short for m in knowledge.municipalities.values()], turn.language)
    text = say("not_served", turn.language, elsewhere=elsewhere, municipalities=served)
    return Reply(text, "not_defined")


def _keep_subject(turn: Turn, state: State, knowledge: Knowledge) -> None:
    """What was asked for a municipality that is not served may be asked for another next."""
    best = questions(turn, state, knowledge, None)[0].best
    if best.topic is not None and best.weight >= SURE and knowledge.topic(best.topic):
        state.service, state.aspect = best.topic


def _asked_too_often(turn: Turn, state: State) -> bool:
    """Whether this is the third time in a row that the same words were written."""
    question = " ".join(folded_words(turn.text))
    same = bool(question) and question == state.last_question and len(question.split()) > 2
    state.times_asked = state.times_asked + 1 if same else 1
    state.last_question = question[:300]
    return state.times_asked >= _TIRED_OF_ASKING


def _third_time(reply: Reply, turn: Turn, state: State, knowledge: Knowledge) -> Reply:
    """The same answer to a question put a third way: given once more, and a person offered."""
    first, told = reply.text.partition("\n")[0], (state.last_text or "").partition("\n")[0]
    same = reply.kind == "answer" and reply.answer == state.answer and first == told
    state.times_answered = state.times_answered + 1 if same else 1
    municipality = knowledge.municipalities.get(state.municipality or "")
    if state.times_answered < _TIRED_OF_ASKING or municipality is None:
        return reply
    trace.passed("same_answer")
    return with_offer(reply, "same_answer", municipality, turn)


def _understood(turn: Turn) -> dict[str, Any]:
    """What the message was taken for, how surely, and the language that it is written in."""
    best = turn.whole.guesses[0]
    confidence = round(best.confidence, 2)
    return {"topic": best.topic, "confidence": confidence, "language": turn.language}


def _remember(reply: Reply, turn: Turn, state: State) -> None:
    state.language = turn.language
    state.offered_for = reply.reason or state.offered_for
    if reply.kind in {"answer", "not_defined", "handoff", "passage"}:
        state.last_text = reply.text
        state.last_contacts = reply.contacts
        state.answer = reply.answer or state.answer
    if turn.masked or turn.health:
        state.masked_before = True
