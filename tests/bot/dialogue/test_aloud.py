"""Replies for the ear: few things at a time, no lists, nothing that only eyes can use."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.dialogue.about import offered_more
from bot.dialogue.aloud import MOST_ITEMS, counted, for_channel, in_prose
from bot.dialogue.answers import answer_reply, clarify, items_of, with_contact
from bot.dialogue.engine import respond
from bot.dialogue.language import localised
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from bot.knowledge.records import Municipality
from tests.bot.dialogue.helpers import KNOWLEDGE, LUDVIKA, UMEA, turn

ANSWERS = [a for m in KNOWLEDGE.municipalities.values() for a in m.answers]
LISTS = [a for a in ANSWERS if a.items]
LONG = [a for a in LISTS if len(a.items) > MOST_ITEMS]


@pytest.mark.parametrize(
    ("count", "told", "expected"),
    [
        (1, 0, "Sak 1."),
        (2, 0, "Det finns två saker. Ett: Sak 1. Två: Sak 2."),
        (4, 0, "Det finns fyra saker. Ett: Sak 1. Två: Sak 2. Tre: Sak 3. Fyra: Sak 4."),
        (
            9,
            0,
            (
                "Det finns nio saker. Ett: Sak 1. Två: Sak 2. Tre: Sak 3. Fyra: Sak 4. "
                "Vill du höra fler?"
            ),
        ),
        (
            9,
            4,
            "Här är fler. Fem: Sak 5. Sex: Sak 6. Sju: Sak 7. Åtta: Sak 8. Vill du höra fler?",
        ),
        (9, 8, "Här är fler. Nio: Sak 9."),
    ],
)
def test_a_list_is_told_in_fours(count: int, told: int, expected: str) -> None:
    items = [f"sak {n}." for n in range(1, count + 1)]
    assert in_prose(items, "sv", told) == expected


def test_choices_are_counted_and_keep_their_question_marks() -> None:
    said = counted(["Vad kostar det?", "bli kontaktperson"], "en")
    assert said == "One: Vad kostar det? Two: Bli kontaktperson."


@pytest.mark.parametrize("answer", LISTS, ids=lambda a: str(a.id))
def test_where_it_is_heard_an_answer_has_no_list(answer: object) -> None:
    assert LISTS, "no answer has a list any more: take this test out"
    record = KNOWLEDGE.municipalities[answer.municipality]  # type: ignore[attr-defined]
    asked = replace(turn("?"), channel="kiosk")
    written = answer_reply(answer, record, KNOWLEDGE, turn("?"), State(easy=True))  # type: ignore[arg-type]
    written = for_channel(written, turn("?"))
    heard = for_channel(answer_reply(answer, record, KNOWLEDGE, asked, State()), asked)  # type: ignore[arg-type]
    assert written.items
    assert not heard.items
    assert ";" not in heard.text
    assert written.said == heard.said
    assert heard.body is not None
    assert "Källa" not in heard.body


def test_yes_goes_on_with_the_list_that_was_offered() -> None:
    assert LONG, "no list of content is long any more: take this test out"
    answer = LONG[0]
    record = KNOWLEDGE.municipalities[answer.municipality]
    asked = replace(turn("?", municipality=record.id), channel="phone")
    state = State(municipality=record.id)
    reply = answer_reply(answer, record, KNOWLEDGE, asked, state)
    state.answer, state.last_text = answer.id, reply.text
    assert offered_more(asked, state, KNOWLEDGE)
    yes = turn("ja", ("affirm", 0.99), municipality=record.id)
    told = respond(replace(yes, channel="phone"), state)
    assert told.text.startswith("Här är fler. Fem:")
    assert items_of(answer, "sv")[MOST_ITEMS].rstrip(".")[1:] in told.text
    assert state.items_told == min(2 * MOST_ITEMS, len(answer.items))
    state.last_text = "Något annat."
    assert not offered_more(yes, state, KNOWLEDGE)


def test_choices_and_numbers_are_heard_without_signs() -> None:
    asked = clarify(["Bli kontaktperson", "Få en kontaktperson"], turn("?"))
    assert asked.text.endswith("– Få en kontaktperson")
    assert asked.said.endswith("Ett: Bli kontaktperson. Två: Få en kontaktperson.")
    assert asked.custom()["aloud"][-1] == "Två: Få en kontaktperson."
    slow = Reply("Långsamt: 1 1 2.\n112", "answer", heard=[("\n112", "")])
    assert (slow.said, slow.custom()["spoken"]) == ("Långsamt: 1 1 2.", "Långsamt: ett ett två.")


@pytest.mark.parametrize(
    ("record", "language", "expected"),
    [
        (UMEA, "sv", "Källa: Umeå kommuns sida ”"),
        (LUDVIKA, "sv", "Källa: Ludvika kommuns sida ”Anhörigstöd och avlösning”, från 2019."),
        (LUDVIKA, "en", "Source: Ludvika kommun's page ”Anhörigstöd och avlösning”, from 2019."),
    ],
)
def test_the_source_is_heard_in_few_words(
    record: Municipality, language: str, expected: str
) -> None:
    asked = turn("?", municipality=record.id, language=language)
    reply = answer_reply(record.answers[0], record, KNOWLEDGE, asked, State())
    assert str((reply.source or {})["line"]) in reply.text
    assert expected in for_channel(reply, asked).said


def test_beside_a_number_the_address_is_shown_and_not_read_out() -> None:
    unit = UMEA.reception_unit
    reply = for_channel(with_contact("Text.", "handoff", unit, UMEA, turn("?")), turn("?"))
    assert str(unit.email) in reply.text
    assert "@" not in reply.said
    assert str(unit.phone) in reply.said


def test_what_frames_an_answer_in_another_language_is_not_heard() -> None:
    reply = localised(
        Reply("Svar på svenska.", "answer", contacts=[{"name": "Växeln", "phone": "0240-860 00"}]),
        turn("?", language="fi"),
        KNOWLEDGE,
    )
    assert reply.text.count("\n") == 2
    assert reply.said == "Svar på svenska."
