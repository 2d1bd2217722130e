"""A recording in readable Swedish, as plain data: what the staff's test console shows of a turn."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from bot.dialogue import trace_words as words
from bot.dialogue.questions import SURE, UNSURE, questions
from bot.dialogue.state import MEMORY_SLOT, State
from bot.dialogue.titles import intent_title, name_of, title_of
from bot.dialogue.trace import Record, recording
from bot.dialogue.trace_path import path_of
from bot.dialogue.trace_readings import readings_of
from bot.dialogue.turn import Clause
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Answer, Evidence, Knowledge, Municipality
from bot.speech.segments import segments
from bot.understanding.analyse import CLAUSES
from bot.understanding.text import fold
from bot.understanding.text import words as words_of

MOST_GUESSES = 6
MOST_INTENTS = 8
_FORM = re.compile(r"action_ask_callback_\w+")
_WORD = re.compile(r"\w+(?:[-'’]\w+)*")


def report(record: Record, spent: float = 0.0) -> dict[str, Any]:
    """All that was recorded of a message; ``spent`` are the milliseconds that it took in all."""
    knowledge = load_knowledge()
    municipality = knowledge.municipalities.get(_municipality(record) or "")
    parsed, turn = record.parsed, record.turn
    best = record.questions[0].best.weight if record.questions else None
    read = record if best is not None else _read_anyway(record, knowledge, municipality)
    return {
        "language": {
            "code": turn.language if turn else "sv",
            "how": words.LANGUAGES.get(record.language_by, ""),
        },
        "clauses": [_clause(c, knowledge) for c in _clauses(parsed)],
        "intents": [
            {
                "name": i["name"],
                "confidence": i["confidence"],
                "title": intent_title(i["name"], knowledge),
            }
            for i in (parsed.get("intent_ranking") or ())[:MOST_INTENTS]
        ],
        "band": None if best is None else band_of(best),
        "readings": readings_of(read, record, knowledge, municipality),
        "entities": list(_entities(parsed, knowledge)),
        "slots": _slots(record),
        "rule": _rule(record, knowledge),
        "path": path_of(record, knowledge),
        "evidence": list(_evidence(record, knowledge, municipality)),
        "aloud": _aloud(record),
        "steps": _steps(record, spent),
    }


def _read_anyway(record: Record, knowledge: Knowledge, municipality: Municipality | None) -> Record:
    """How a message would have been read that was answered without: by a button, a card."""
    turn, state = record.turn, State.from_slots(record.before)
    with recording() as read:
        if turn is not None and record.parsed.get(CLAUSES):
            place = municipality.id if municipality else None
            read.questions = questions(turn, state, knowledge, place)
    return read


def band_of(weight: float) -> str:
    """Whether the likeliest reading is answered, asked about, or neither."""
    if weight >= SURE:
        return "sure"
    return "unsure" if weight >= UNSURE else "none"


def _municipality(record: Record) -> str | None:
    """The municipality that the reply is about."""
    placed = record.values("place", "place")
    if placed:
        return str(placed[-1].municipality)
    return record.turn.municipality if record.turn else None


def _clauses(parsed: Mapping[str, Any]) -> list[Clause]:
    analysis = parsed.get(CLAUSES)
    if not analysis:
        return []
    return [Clause.from_parse(p) for p in analysis["parts"] or [analysis["whole"]]]


def _clause(clause: Clause, knowledge: Knowledge) -> dict[str, Any]:
    return {
        "text": clause.text,
        "is_question": clause.is_question,
        "guesses": [
            {
                "label": g.topic,
                "title": title_of(g.topic, knowledge),
                "confidence": round(g.confidence, 4),
            }
            for g in clause.guesses[:MOST_GUESSES]
        ],
        "names": {
            kind: [name_of(kind, value, knowledge) for value in values]
            for kind, values in clause.names.items()
        },
    }


def _entities(parsed: Mapping[str, Any], knowledge: Knowledge) -> Iterator[dict[str, Any]]:
    """The names found, with their places in the text where its words can be counted."""
    text = str(parsed.get("text") or "")
    spans = [m.span() for m in _WORD.finditer(text)]
    same = len(spans) == len(words_of(fold(text)))
    for entity in parsed.get("entities") or ():
        first, after = entity.get("words") or (0, 0)
        known = same and first < after <= len(spans)
        yield {
            "entity": entity["entity"],
            "value": name_of(entity["entity"], str(entity["value"]), knowledge),
            "start": spans[first][0] if known else None,
            "end": spans[after - 1][1] if known else None,
        }


def _slots(record: Record) -> dict[str, Any]:
    before, after = _flat(record.before), _flat(record.after)
    names = [*before, *(n for n in after if n not in before)]
    changed = [n for n in names if before.get(n) != after.get(n)]
    return {"before": before, "after": after, "changed": changed}


def _flat(slots: Mapping[str, Any]) -> dict[str, Any]:
    """The slots with what is in the memory beside them; what is empty is left out."""
    memory = slots.get(MEMORY_SLOT) or {}
    every = {**{n: v for n, v in slots.items() if n != MEMORY_SLOT}, **memory}
    every["last_contacts"] = [c["name"] for c in every.get("last_contacts") or ()]
    return {name: value for name, value in every.items() if value not in (None, [], {}, False, 0)}


def _rule(record: Record, knowledge: Knowledge) -> dict[str, str]:
    """The rule that chose the action. Each intent has one of its own name (bot/data/rules)."""
    intent = str((record.parsed.get("intent") or {}).get("name") or "")
    action = record.actions[-1] if record.actions else ""
    if "action_reply" in record.actions and record.reply is not None and not record.reply.step:
        action = "action_reply"  # the form asks once more after it
    if _FORM.fullmatch(action):
        return {"name": "callback_form", "title": words.ASKS}
    if action == "action_submit_callback":
        return {"name": "callback is confirmed or stopped", "title": words.ACTIONS[action]}
    title = words.ACTIONS.get(action, "").format(intent=intent_title(intent, knowledge))
    return {"name": intent, "title": title}


def _evidence(
    record: Record, knowledge: Knowledge, municipality: Municipality | None
) -> Iterator[dict[str, Any]]:
    """The passages that the reply rests on, and where they stand in their pages."""
    reply = record.reply
    if reply is None or reply.kind == "crisis":
        return
    answer = _answer(reply.answer, knowledge)
    if answer is not None:
        owner = knowledge.municipalities[answer.municipality]
        for evidence in answer.evidence:
            yield _quoted(evidence, owner)
    elif reply.source:
        owner = knowledge.municipalities[reply.source["municipality"]]
        quote, title = str(reply.source["quote"]), reply.source["title"]
        for page in owner.pages.values():
            if page.title == title:
                yield _quoted(Evidence(page.id, quote), owner)
    elif municipality is not None:
        # What is said again of a contact shows none, but its answer is named after it.
        told_of = (reply.answer or "..").split(".")[1]
        for contact in dict.fromkeys([told_of, *(c["id"] for c in reply.contacts)]):
            for evidence in _evidence_of(contact, municipality):
                yield _quoted(evidence, municipality)


def _evidence_of(contact: str, municipality: Municipality) -> tuple[Evidence, ...]:
    known = municipality.contacts.get(contact)
    return known.evidence if known else ()


def _answer(answer_id: str | None, knowledge: Knowledge) -> Answer | None:
    if answer_id is None:
        return None
    owner = knowledge.municipalities.get(answer_id.partition(".")[0])
    return next((a for a in owner.answers if a.id == answer_id), None) if owner else None


def _quoted(evidence: Evidence, owner: Municipality) -> dict[str, Any]:
    page = owner.pages[evidence.page]
    found = find_quote(evidence.quote, page.text)
    return {
        "page": page.id,
        "title": page.title,
        "quote": evidence.quote,
        "start": found[0] if found else None,
        "end": found[1] if found else None,
        "municipality": owner.id,
    }


def find_quote(quote: str, text: str) -> tuple[int, int] | None:
    """Where a quote stands in a page's text; only white space may differ."""
    parts = quote.split()
    if not parts:
        return None
    before, after = (r"(?<!\w)", r"(?!\w)")
    pattern = r"\s+".join(map(re.escape, parts))
    match = re.search(f"{before}{pattern}{after}" if quote[0].isalnum() else pattern, text)
    return match.span() if match else None


def _aloud(record: Record) -> list[dict[str, str]]:
    if record.reply is None:
        return []
    heard = segments(record.reply.said, record.reply.language, own=True)
    return [{"written": s.written, "spoken": s.spoken} for s in heard]


def _steps(record: Record, spent: float) -> list[dict[str, Any]]:
    """How long each part took; the spoken form is made within the action and told apart."""
    steps = dict(record.steps)
    if "aloud" in steps and "action" in steps:
        steps["action"] -= steps["aloud"]
    steps["rest"] = max(0.0, spent - sum(steps.values()))
    order = [*(n for n in words.STEPS if n in steps), *(n for n in steps if n not in words.STEPS)]
    return [
        {"name": name, "ms": round(steps[name], 2), "title": words.STEPS.get(name, name)}
        for name in order
    ]
