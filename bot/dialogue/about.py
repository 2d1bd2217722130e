"""Questions about the last answer: its source and age, and saying it another way."""

from __future__ import annotations

import datetime as dt
import re

from bot.dialogue.aloud import MOST_ITEMS, in_prose
from bot.dialogue.answers import SHOWN_ITEMS, answer_reply, items_of, rest_of
from bot.dialogue.state import State
from bot.dialogue.turn import VOICE_CHANNELS, Reply, Turn
from bot.dialogue.wording import dated, say, source_data, subjects, without_final_stop
from bot.knowledge.records import Answer, Contact, Knowledge, Municipality, Page

_NUMBER = re.compile(r"\b0\d{1,3}-\d[\d ]{4,}\d\b|\b1\d{2}(?: ?\d{2,3})?\b(?!\d)")


def about_reply(
    intent: str, turn: Turn, state: State, knowledge: Knowledge, municipality: Municipality | None
) -> Reply:
    """Answer a question about what was said last."""
    if intent == "start_over":
        return _restart(turn, state)
    if intent == "easy_language" and state.last_text is None:
        state.easy = True
        return Reply(say("easy_from_now", turn.language), "smalltalk")
    if state.last_text is None or municipality is None:
        text = say(
            "nothing_said_yet",
            turn.language,
            subjects=subjects(knowledge, municipality, turn.language),
        )
        return Reply(text, "smalltalk")
    answer = _last_answer(state, knowledge)
    if intent in {"source", "age_of_information", "certainty"}:
        return _provenance(intent, turn, state, municipality, answer)
    if intent == "slower":
        return _slower(turn, state)
    if intent == "more" and answer is not None:
        return _more(turn, state, answer)
    if intent == "easy_language":
        state.easy = True
    if intent in {"easy_language", "shorter"} and answer is not None:
        was_easy, state.easy = state.easy, True
        reply = answer_reply(
            answer, knowledge.municipalities[answer.municipality], knowledge, turn, state
        )
        state.easy = was_easy
        return reply
    contacts = list(state.last_contacts)
    return Reply(state.last_text, "answer", answer=state.answer, contacts=contacts)


def offered_more(turn: Turn, state: State, knowledge: Knowledge) -> bool:
    """Whether a part of a list was the last that was said, so that ``ja`` asks for the rest."""
    answer = _last_answer(state, knowledge)
    items = items_of(answer, turn.language) if answer else ()
    if not 0 < state.items_told < len(items):
        return False
    return without_final_stop(items[state.items_told - 1])[1:] in (state.last_text or "")


def _restart(turn: Turn, state: State) -> Reply:
    fresh = State(page_municipality=state.page_municipality)
    for name in State.__slots__:
        setattr(state, name, getattr(fresh, name))
    return Reply(say("restarted", turn.language), "smalltalk")


def _last_answer(state: State, knowledge: Knowledge) -> Answer | None:
    for municipality in knowledge.municipalities.values():
        for answer in municipality.answers:
            if answer.id == state.answer:
                return answer
    return None


def last_page(state: State, municipality: Municipality, answer: Answer | None) -> Page:
    """The page that the last reply rested on."""
    if answer is not None and answer.municipality == municipality.id:
        return municipality.pages[answer.evidence[0].page]
    if state.page in municipality.pages:
        return municipality.pages[str(state.page)]
    return municipality.pages[_spoken_of(state, municipality).evidence[0].page]


def _spoken_of(state: State, municipality: Municipality) -> Contact:
    """The contact that was spoken of last, else the reception unit."""
    return municipality.contacts.get(state.unit or "", municipality.reception_unit)


def _provenance(
    intent: str, turn: Turn, state: State, municipality: Municipality, answer: Answer | None
) -> Reply:
    page = last_page(state, municipality, answer)
    values = {
        "municipality": municipality.name,
        "title": page.title,
        "dated": dated(page, turn.language),
        "quote": answer.evidence[0].quote
        if answer
        else _spoken_of(state, municipality).evidence[0].quote,
        "age": _age(page, turn),
    }
    key = {"source": "where_it_says", "age_of_information": "how_old", "certainty": "certainty"}
    return Reply(
        say(key[intent], turn.language, **values),
        "answer",
        answer=state.answer,
        source=source_data(municipality, page, values["quote"], turn.language),
    )


def _age(page: Page, turn: Turn) -> str:
    if page.dated is None:
        return say("age_unknown", turn.language, read=page.read.isoformat())
    days: dt.timedelta = turn.now.date() - page.dated
    years = round(days.days / 365.25)
    return (
        say("age_years", turn.language, years=years) if years else say("age_recent", turn.language)
    )


def _slower(turn: Turn, state: State) -> Reply:
    """The numbers of the last reply, digit by digit, twice."""
    numbers = list(dict.fromkeys(_NUMBER.findall(state.last_text or "")))[:2]
    if not numbers:
        return Reply(state.last_text or "", "answer", answer=state.answer)
    # Commas, since they are what a voice makes a pause of.
    apart = [", ".join(" ".join(g) for g in re.split(r"[- ]", n) if g) for n in numbers]
    again = say("once_more", turn.language)
    said = ". ".join(f"{a}. {again} {a}" for a in apart)
    text = say("slow_numbers", turn.language, numbers=said)
    written = f"\n{', '.join(numbers)}"
    return Reply(f"{text}{written}", "answer", answer=state.answer, heard=[(written, "")])


def _more(turn: Turn, state: State, answer: Answer) -> Reply:
    told = state.items_told or SHOWN_ITEMS
    rest = rest_of(answer, told, turn.language)
    if rest is None:
        return Reply(say("no_more", turn.language), "answer", answer=answer.id)
    text, items = rest
    all_items = items_of(answer, turn.language)
    few = turn.channel in VOICE_CHANNELS
    state.items_told = min(told + MOST_ITEMS, len(all_items)) if few else len(all_items)
    left = few and state.items_told < len(all_items)
    return Reply(
        text,
        "answer",
        answer=answer.id,
        items=items,
        listing=text,
        prose=[(text, in_prose(all_items, turn.language, told))],
        buttons=[say("show_rest", turn.language)] if left else [],
    )
