"""Words with several meanings: ask which, when nothing settles it."""

from __future__ import annotations

from functools import cache

from bot.dialogue.questions import Question
from bot.dialogue.state import State
from bot.knowledge.ambiguity import Ambiguity, Meaning
from bot.knowledge.records import Knowledge, TopicId
from bot.understanding.segments import without_denied
from bot.understanding.text import folded_words, stems

PLAIN = 0.9
"""A guess of the words alone that is so sure settles the meaning, whatever name was used."""

CLEAR = 3.0
"""A reading that is so many times likelier than the next service's needs no question."""


def unsettled(
    question: Question, state: State, knowledge: Knowledge, municipality: str
) -> tuple[Ambiguity, list[Meaning]] | None:
    """The ambiguous word of a clause with its possible meanings, or None when it is settled."""
    if question.best.service is None:
        return None
    words = folded_words(question.clause.text)
    wanted = folded_words(without_denied(question.clause.text))
    for ambiguity in knowledge.ambiguities:
        if not _stands_in(ambiguity.words, words):
            continue
        meanings = [m for m in ambiguity.meanings if _offered(m, knowledge, municipality)]
        services = {m.topic[0] for m in meanings}
        known = knowledge.has_service(municipality, question.best.service or "")
        # The word alone says nothing of which is meant, even where one service holds them all.
        alone = len(words) == 1
        settled = known and not alone and _is_clear(question, services)
        if len(meanings) < 2 or state.service in services or settled:
            return None
        hinted = [m for m in meanings if _stands_in(m.hints, wanted)]
        return None if len(hinted) == 1 else (ambiguity, hinted or meanings)
    return None


def only_meaning(question: Question, knowledge: Knowledge, municipality: str) -> TopicId | None:
    """The one meaning that the municipality's pages have, when the likeliest is not among them."""
    words = folded_words(question.clause.text)
    best = question.best.service
    if best is None or knowledge.has_service(municipality, best):
        return None
    for ambiguity in knowledge.ambiguities:
        services = {m.topic[0] for m in ambiguity.meanings}
        if best not in services or not _stands_in(ambiguity.words, words):
            continue
        there = [m for m in ambiguity.meanings if knowledge.has_service(municipality, m.topic[0])]
        return there[0].topic if len(there) == 1 else None
    return None


def _offered(meaning: Meaning, knowledge: Knowledge, municipality: str) -> bool:
    if meaning.unless and knowledge.has_service(municipality, meaning.unless):
        return False
    return meaning.service is None or knowledge.has_service(municipality, meaning.service)


def _is_clear(question: Question, services: set[str]) -> bool:
    """Whether the likeliest reading leaves the next service's far behind."""
    best = question.best
    first = question.clause.guesses[0]
    if first.confidence >= PLAIN and first.topic.startswith(f"{best.service}."):
        return True
    others = [
        c.weight for c in question.candidates if c.service in services and c.service != best.service
    ]
    return not others or best.weight > CLEAR * max(others)


def _stands_in(forms: tuple[str, ...], words: list[str]) -> bool:
    """Whether one of the forms (one word or several) is among the words, in any inflection."""
    text = f" {' '.join(words)} "
    found = {s for w in words for s in stems(w)}
    folded = (_folded(form) for form in forms)
    return any(apart in text or joined in found for apart, joined in folded)


@cache
def _folded(form: str) -> tuple[str, str]:
    """A form that content names, its words apart and as one."""
    words = folded_words(form)
    return f" {' '.join(words)} ", "".join(words)
