"""The way that a message took through the dialogue, in Swedish sentences."""

from __future__ import annotations

from typing import Any

from bot.dialogue import trace_words as words
from bot.dialogue.place import Place
from bot.dialogue.questions import Question
from bot.dialogue.state import MEMORY_SLOT
from bot.dialogue.titles import intent_title, title_of
from bot.dialogue.topics import Candidate
from bot.dialogue.trace import Record
from bot.knowledge.records import Knowledge, topic_name


def path_of(record: Record, knowledge: Knowledge) -> list[dict[str, str]]:
    """The places that were passed, in order, and what the reply came to be."""
    told = [_passed(step, values, record, knowledge) for step, values in record.path]
    told += _more_questions(record.questions[1:], knowledge)
    if record.reply is not None:
        told.append({"step": "Svaret", "said": words.KINDS.get(record.reply.kind, "")})
    return [t for n, t in enumerate(told) if t not in told[:n]]


def _passed(
    step: str, values: dict[str, Any], record: Record, knowledge: Knowledge
) -> dict[str, str]:
    title, sentence = words.PATH[step]
    filled: dict[str, str] = {}
    if "place" in values:
        filled["place"] = _place(values["place"], record, knowledge)
    if "reading" in values:
        filled["reading"] = title_of(_label(values["reading"]), knowledge)
    if "topic" in values:
        filled["topic"] = title_of(topic_name(values["topic"]), knowledge)
    if "aspect" in values:
        filled["aspect"] = intent_title(values["aspect"], knowledge)
    if "said" in values:
        filled["unsure"] = words.UNSURE[values["said"]]
    return {"step": title, "said": sentence.format(**filled)}


def _place(place: Place, record: Record, knowledge: Knowledge) -> str:
    """Which municipality, and what told it."""
    if place.elsewhere:
        return words.PLACES["elsewhere"].format(name=place.elsewhere)
    municipality = knowledge.municipalities.get(place.municipality or "")
    if municipality is None:
        return words.PLACES["none"]
    if place.said:
        how = "said"
    else:
        memory = record.before.get(MEMORY_SLOT) or {}
        own = record.turn.municipality if record.turn else None
        moved = own == municipality.id and memory.get("page_municipality") != own
        known = record.before.get("municipality") == municipality.id and not moved
        how = "talk" if known else "page"
    return words.PLACES[how].format(name=municipality.name)


def _more_questions(questions: list[Question], knowledge: Knowledge) -> list[dict[str, str]]:
    return [
        {
            "step": f"Fråga {number}",
            "said": words.ANOTHER.format(
                text=question.clause.text,
                title=title_of(_label(question.best), knowledge),
                weight=f"{question.best.weight * 100:.0f} %",
            ),
        }
        for number, question in enumerate(questions, start=2)
    ]


def _label(reading: Candidate) -> str:
    return f"{reading.service}.{reading.aspect}" if reading.service else reading.aspect
