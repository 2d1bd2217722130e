"""A withdrawn answer is not said in any way; a flagged one is said with a warning."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.dialogue.engine import respond
from bot.dialogue.passages import nearest_passage
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from bot.knowledge.loader import load_whole
from bot.knowledge.standing import ALL_STANDS, LostLine, Standing, set_standing
from tests.bot.dialogue.helpers import KNOWLEDGE, UMEA, turn

COST = "umea.ledsagning.kostnad"
ASKED = "Vad kostar ledsagning?"
CHANGED = KNOWLEDGE.texts["changed_since"]
CONTACT_CHANGED = KNOWLEDGE.texts["contact_changed"]
SINCE = KNOWLEDGE.texts["withdrawn_since"]["sv"].partition(".")[0]
[PRICE] = KNOWLEDGE.answers("umea", ("ledsagning", "kostnad"))


@pytest.fixture(autouse=True)
def everything_stands_afterwards() -> Iterator[None]:
    yield
    set_standing(ALL_STANDS)


def ask(state: State, text: str = ASKED, topic: str = "ledsagning.kostnad", **more: str) -> Reply:
    names = {"service": ("ledsagning",)} if "." in topic else {}
    return respond(turn(text, (topic, 0.9), names=names, **more), state)  # type: ignore[arg-type]


def withdraw(*answers: str) -> None:
    set_standing(Standing(withdrawn=frozenset(answers)))


@pytest.mark.parametrize("language", ["sv", "en", "fi"])
def test_instead_of_a_withdrawn_answer_somebody_to_ask_is_named(language: str) -> None:
    withdraw(COST)
    reply = ask(State(), language=language)
    assert (reply.kind, reply.answer) == ("not_defined", None)
    for said in (PRICE.text, PRICE.easy, PRICE.en):
        assert said not in reply.text
    unit = UMEA.reception_unit
    assert unit.phone
    assert unit.phone in reply.text
    assert "kontrolleras" in reply.text or "checked" in reply.text


def test_it_takes_effect_between_two_turns_of_one_conversation() -> None:
    state = State()
    assert ask(state).answer == COST
    withdraw(COST)
    assert ask(state).kind == "not_defined"
    set_standing(ALL_STANDS)
    assert ask(state).answer == COST


@pytest.mark.parametrize(
    ("text", "intent"),
    [("Säg det igen", "repeat"), ("Enklare", "easy_language"), ("Kortare", "shorter")],
)
def test_what_was_withdrawn_since_is_not_repeated(text: str, intent: str) -> None:
    state = State()
    assert ask(state).answer == COST
    withdraw(COST)
    again = ask(state, text, intent)
    assert SINCE in again.text
    assert again.answer is None
    for said in (PRICE.text, PRICE.easy):
        assert said not in again.text


def test_another_reply_since_is_still_repeated() -> None:
    state = State()
    ask(state)
    number = ask(state, "Vad har ni för telefonnummer?", "telefonnummer")
    withdraw(COST)
    assert number.text in ask(state, "Säg det igen", "repeat").text


def test_what_holds_for_others_does_not_stand_in_for_a_withdrawn_variant(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    child = replace(PRICE, audience="barn", text="Barn betalar inget alls.")
    adult = replace(PRICE, audience="vuxen", text="Vuxna betalar en avgift.")
    known = replace(
        KNOWLEDGE,
        _index={**KNOWLEDGE._index, ("umea", "ledsagning", "kostnad"): (adult,)},
        _withdrawn={("umea", "ledsagning", "kostnad"): (child,)},
    )
    monkeypatch.setattr("bot.dialogue.engine.load_knowledge", lambda: known)
    assert adult.text in ask(State(), "Vad kostar ledsagning för en vuxen?").text
    asked = ask(State(), "Vad kostar ledsagning för mitt barn?")
    assert asked.kind == "not_defined"
    assert adult.text not in asked.text


@pytest.mark.parametrize("language", ["sv", "en"])
def test_a_flagged_answer_says_that_its_page_has_changed(language: str) -> None:
    assert CHANGED[language] not in ask(State(), language=language).text
    set_standing(Standing(flagged=frozenset([COST])))
    reply = ask(State(), language=language)
    assert reply.answer == COST
    assert CHANGED[language] in reply.text
    assert CHANGED[language] in (reply.body or "")


def test_doubtful_contact_details_are_told_with_a_warning_where_one_is_sent_there() -> None:
    unit = UMEA.reception
    set_standing(Standing(contacts=frozenset([f"umea.{unit}"])))
    asked = ask(State(), "Vad har ni för telefonnummer?", "telefonnummer")
    assert CONTACT_CHANGED["sv"] in asked.text
    assert UMEA.reception_unit.phone
    assert UMEA.reception_unit.phone in asked.text
    assert CONTACT_CHANGED["sv"] not in ask(State()).text


def test_a_line_that_the_page_no_longer_has_is_no_passage() -> None:
    page = next(iter(UMEA.pages.values()))
    words = "anhöriga vårdar stödjer närstående"
    found = nearest_passage(words, "umea")
    lines = [
        (p.id, " ".join(line.split()))
        for p in load_whole().municipalities["umea"].pages.values()
        for line in p.text.splitlines()
    ]
    assert page.id in {p for p, _ in lines}
    assert found is not None
    lost = [LostLine("umea", p, line) for p, line in lines if found[1] in line]
    assert lost
    set_standing(Standing(lost_lines=frozenset(lost)))
    assert nearest_passage(words, "umea") != found


def test_what_a_withdrawn_answer_rests_on_is_no_passage() -> None:
    words = "egna omkostnader samband aktiviteter ledsagarens eventuella kostnader"
    found = nearest_passage(words, "umea")
    assert found is not None
    assert "egna omkostnader" in found[1]
    withdraw(COST)
    now = nearest_passage(words, "umea")
    assert now is None or "egna omkostnader" not in now[1]
