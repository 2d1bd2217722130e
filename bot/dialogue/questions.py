"""What a message asks: its questions, each weighed into candidates.

A message may be one question, a story with a question inside, or several questions.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from bot.dialogue.intents import ABOUT_ANSWER, COURTESY, CRISIS, TALK
from bot.dialogue.leaning import leans, merge
from bot.dialogue.state import State
from bot.dialogue.topics import Candidate, weigh
from bot.dialogue.turn import Clause, Turn
from bot.knowledge.records import Knowledge
from bot.understanding.classifier import Guess
from bot.understanding.segments import LONG_MESSAGE

SURE = 0.30
"""From here the first candidate is answered. Calibrated on held-out questions, docs/adr/0003."""

UNSURE = 0.14
"""From here we ask which of the likeliest was meant; below, the pages are searched."""

BOTH = 0.55
"""Two questions of one message are both answered only when each is this sure."""

MOST_QUESTIONS = 3
_WANTED = 0.4

ONE_SERVICE, LEAST_SETTLED = 0.6, 0.2
"""Share of the readings about one service, and of its likeliest, from which it is answered."""

FEW_WORDS = 1
"""A question of so few words (``hur?``) says nothing without what stands before it."""

_ABOUT_WORDS = ABOUT_ANSWER | {"affirm", "deny", "bot_challenge"}


@dataclass(frozen=True, slots=True)
class Question:
    """A clause to answer and its readings, likeliest first."""

    clause: Clause
    candidates: list[Candidate]

    @property
    def best(self) -> Candidate:
        """The likeliest reading."""
        return self.candidates[0]


def questions(
    turn: Turn, state: State, knowledge: Knowledge, municipality: str | None
) -> list[Question]:
    """The questions of a message, one to three, in order."""

    def ask(clause: Clause) -> Question:
        return Question(clause, weigh(clause, state, knowledge, municipality))

    # Danger was looked for before: what is left of those readings is a story's dark colours.
    turn = replace(turn, whole=_calm(turn.whole), clauses=tuple(_calm(c) for c in turn.clauses))
    parts = [c for c in turn.clauses if not _is_courtesy(c)] or list(turn.clauses)
    if len(turn.clauses) == 1:
        return [ask(turn.whole)]
    wants_person = [c for c in parts if _wants_person(c)]
    if wants_person:
        return [ask(wants_person[-1])]
    if any(_is_about_service(c) for c in parts):
        parts = [_without_talk(c) for c in parts]
    asking = [c for c in parts if c.is_question]
    asking = [c for c in asking if c.guesses[0].topic not in _ABOUT_WORDS] or (
        [] if any(_is_about_service(c) for c in parts) else asking
    )
    if len(asking) > 1:
        several = _distinct([ask(_with_names(c, turn)) for c in asking])
        if len(several) > 1:
            return several[:MOST_QUESTIONS]
    if len(parts) == 1:
        return [ask(_with_names(parts[0], turn))]
    if asking:
        return [ask(_focus(asking, turn))]
    return [ask(turn.whole if turn.word_count <= LONG_MESSAGE else _best_part(parts, turn))]


def _wants_person(clause: Clause) -> bool:
    """A person is asked for, or the assistant is told that it does not help."""
    best = clause.guesses[0]
    wanted = {"human_handoff": _WANTED, "wrong_answer": 0.9}
    return best.confidence >= wanted.get(best.topic, 2.0)


def _is_about_service(clause: Clause) -> bool:
    best = clause.guesses[0]
    return "." in best.topic and best.confidence >= BOTH


def _calm(clause: Clause) -> Clause:
    return _dropped(clause, frozenset(CRISIS))


def _without_talk(clause: Clause) -> Clause:
    """In a story about a need, ``vem pratar jag med?`` asks for a contact, not who we are."""
    return _dropped(clause, TALK)


def _dropped(clause: Clause, labels: frozenset[str]) -> Clause:
    """The clause without some readings; as it was when hardly any other is left."""
    kept = tuple(g for g in clause.guesses if g.topic not in labels)
    total = sum(g.confidence for g in kept)
    if not kept or total < UNSURE / 10:
        return clause
    return replace(clause, guesses=tuple(Guess(g.topic, g.confidence / total) for g in kept))


def _is_courtesy(clause: Clause) -> bool:
    words = clause.text.rstrip("?").casefold().split()
    if words in (["hur"], ["va"], ["vad"]):
        return False
    return clause.guesses[0].topic in COURTESY and len(words) <= 4


def _distinct(found: list[Question]) -> list[Question]:
    """The questions that are sure and differ from those before them."""
    kept: list[Question] = []
    for question in found:
        best = question.best
        same = [k for k in kept if (k.best.service, k.best.aspect) == (best.service, best.aspect)]
        if best.weight >= BOTH and not same:
            kept.append(question)
    return kept


def _with_names(clause: Clause, turn: Turn) -> Clause:
    """The clause, with the service named elsewhere in the message when it names none."""
    if clause.names.get("service") or not turn.whole.names.get("service"):
        return clause
    names = {**clause.names, "service": turn.whole.names["service"]}
    return Clause(clause.text, clause.is_question, clause.guesses, names)


def _focus(asking: list[Clause], turn: Turn) -> Clause:
    """The question of a story: alone when the story is long, else with what leads up to it."""
    # Of two that are understood equally well, the later one: people ask at the end.
    last = max(reversed(asking), key=lambda c: c.guesses[0].confidence)
    if turn.word_count > LONG_MESSAGE:
        return _with_names(last, turn)
    if len(last.text.split()) <= FEW_WORDS:
        return turn.whole
    return merge(turn.whole, last)


def _best_part(parts: list[Clause], turn: Turn) -> Clause:
    """Of a long message without a question, the clause that is understood best."""
    return _with_names(max(parts, key=lambda c: c.guesses[0].confidence), turn)


def settled(question: Question, state: State, knowledge: Knowledge) -> Candidate | None:
    """The reading to answer although none is sure, since the service is.

    The answers beside it tell the other readings, so nothing is asked that we could tell.
    """
    if state.service and leans(question.clause):
        own = _of(knowledge.family(state.service), question)
        if own and own[0].weight >= UNSURE:
            return own[0]
    own = _of(knowledge.family(question.best.service or ""), question)
    together = sum(c.weight for c in own)
    return own[0] if together >= ONE_SERVICE and own[0].weight >= LEAST_SETTLED else None


def _of(services: frozenset[str], question: Question) -> list[Candidate]:
    return [c for c in question.candidates if c.service in services]
