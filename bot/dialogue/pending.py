"""Answers to the assistant's own questions: which municipality, which of the choices."""

from __future__ import annotations

from bot.dialogue import trace
from bot.dialogue.context import Context
from bot.dialogue.handlers import act
from bot.dialogue.questions import SURE
from bot.dialogue.topic_answers import topic_reply
from bot.dialogue.topics import Candidate
from bot.dialogue.turn import Clause, Reply
from bot.knowledge.records import Knowledge, TopicId, parse_topic
from bot.understanding.text import folded_words

_ORDINALS = (
    ("forsta", "1", "ett", "ettan", "first", "den forsta", "nummer 1", "nummer ett"),
    ("andra", "2", "tva", "tvaan", "second", "den andra", "nummer 2", "nummer tva"),
    ("tredje", "3", "tre", "trean", "third", "den tredje", "nummer 3", "nummer tre"),
)


_TELLING = frozenset({"bli", "fa", "ge"})
"""Short words that tell apart: to become a contact person, or to get one."""


def resolve_pending(context: Context) -> Reply | None:
    """The reply when the message answers our question, or repeats a shown question; else None."""
    turn, state = context.turn, context.state
    shown = exact_question(turn.text, context.knowledge)
    if shown is not None:
        state.pending = None
        trace.passed("exact")
        return topic_reply(shown, turn.whole, context)
    pending, state.pending = state.pending, None
    if pending is None:
        return None
    if pending["kind"] == "municipality" and context.place.said and turn.word_count <= 8:
        return _asked_again(pending, context)
    if pending["kind"] == "choice":
        chosen = _chosen(turn.text, list(pending["options"]))
        if chosen is not None:
            topic = parse_topic(pending["options"][chosen])
            trace.passed("pending")
            return topic_reply(topic, turn.whole, context)
    return None


def exact_question(text: str, knowledge: Knowledge) -> TopicId | None:
    """The topic whose readable question (a button's text) was sent word for word."""
    return knowledge.questions.get(" ".join(folded_words(text)))


def _asked_again(pending: dict[str, object], context: Context) -> Reply | None:
    """The question that waited for a municipality, asked there."""
    service, aspect = pending["service"], str(pending["aspect"])
    if context.municipality is None:
        return None
    trace.passed("pending")
    candidate = Candidate(str(service) if service else None, aspect, max(SURE, 1.0))
    clause = Clause(
        str(pending["text"]), True, context.turn.whole.guesses, context.turn.whole.names
    )
    return act(candidate, clause, context)


def _chosen(text: str, options: list[str]) -> str | None:
    """The option meant by its number, its order or enough of its words."""
    words = folded_words(text)
    said = " ".join(words)
    for position, names in enumerate(_ORDINALS[: len(options)]):
        if said in names:
            return options[position]
    for option in options:
        if folded_words(option) == words:
            return option
    if len(words) > 5:
        return None
    asked = {w for w in words if len(w) > 3 or w in _TELLING}
    scores = [len(asked & set(folded_words(o))) for o in options]
    best = max(scores)
    return options[scores.index(best)] if best and scores.count(best) == 1 else None
