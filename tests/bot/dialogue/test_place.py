"""Which municipality a message is about: said now, said before, or the page's own."""

from __future__ import annotations

import pytest

from bot.dialogue.place import Place, find_elsewhere, find_place
from bot.dialogue.state import State
from tests.bot.dialogue.helpers import KNOWLEDGE, clause, turn


def named(*ids: str) -> dict[str, tuple[str, ...]]:
    return {"municipality": ids} if ids else {}


STAYED = State("ludvika", page_municipality="umea")


@pytest.mark.parametrize(
    ("text", "names", "page", "state", "place"),
    [
        ("vad kostar det", (), "umea", State(), Place("umea")),
        ("vad kostar det", (), None, State(), Place(None)),
        ("och i Ludvika?", ("ludvika",), "umea", State(), Place("ludvika", said=True)),
        ("vad kostar det", (), "umea", STAYED, Place("ludvika")),
        ("vad kostar det", (), None, STAYED, Place("ludvika")),
        ("vad kostar det", (), "leksand", STAYED, Place("leksand")),
        ("jag bor i Sundsvall", (), "umea", State(), Place(None, "Sundsvall", said=True)),
        ("Umeå, inte Sundsvalls kommun", ("umea",), "umea", State(), Place("umea", said=True)),
        ("jag bor i Umeå", (), "umea", State(), Place("umea")),
    ],
)  # fmt: skip
def test_find_place(
    text: str, names: tuple[str, ...], page: str | None, state: State, place: Place
) -> None:
    assert find_place(turn(text, names=named(*names), municipality=page), state, KNOWLEDGE) == place


def test_of_two_the_one_in_the_question_is_meant() -> None:
    parts = (
        clause("Jag bor i Ludvika.", names=named("ludvika")),
        clause("Vad gäller i Umeå?", names=named("umea"), question=True),
        clause("Leksand är fint.", names=named("leksand")),
    )
    said = turn("…", names=named("ludvika", "umea", "leksand"), parts=parts)
    assert find_place(said, State(), KNOWLEDGE).municipality == "umea"


def test_of_two_questions_the_last_tells() -> None:
    parts = (
        clause("Vad gäller i Ludvika?", names=named("ludvika"), question=True),
        clause("Och i Umeå?", names=named("umea"), question=True),
        clause("Leksand är fint.", names=named("leksand")),
    )
    said = turn("…", names=named("ludvika", "umea", "leksand"), parts=parts)
    assert find_place(said, State(), KNOWLEDGE).municipality == "umea"


def test_of_two_the_one_where_the_relative_lives_is_meant() -> None:
    parts = (
        clause("Mamma bor i Leksand.", names=named("leksand")),
        clause("Jag bor i Umeå.", names=named("umea")),
    )
    said = turn("…", names=named("leksand", "umea"), parts=parts)
    assert find_place(said, State(), KNOWLEDGE).municipality == "leksand"


def test_of_two_that_nothing_tells_apart_the_last_is_meant() -> None:
    said = turn("Ludvika Umeå", names=named("ludvika", "umea"))
    assert find_place(said, State(), KNOWLEDGE).municipality == "umea"


STORY = "Min son gick i skolan i Sundsvall för länge sedan, och nu är han trött och vill"


@pytest.mark.parametrize(
    ("parts", "elsewhere"),
    [
        ((clause(f"{STORY} ut."), clause("Vad kostar det?", question=True)), None),
        ((clause(f"{STORY} hem."), clause("Vad gör jag i Sundsvall?", question=True)), "Sundsvall"),
        ((clause("Han bor i Sundsvall nu."), clause("Vad gör jag?", question=True)), "Sundsvall"),
    ],
)  # fmt: skip
def test_a_municipality_named_in_passing_is_not_where_it_happens(
    parts: tuple[object, ...], elsewhere: str | None
) -> None:
    said = turn(f"{STORY} ut. Vad kostar det?", parts=parts)  # type: ignore[arg-type]
    assert find_place(said, State(), KNOWLEDGE).elsewhere == elsewhere


SERVED = {n for m in KNOWLEDGE.municipalities.values() for n in (m.short, *m.names)}
OTHERS = [n for n in KNOWLEDGE.other_municipalities if n not in SERVED]


@pytest.mark.parametrize("sentence", ["Jag bor i {}", "Vad gäller för {}?", "{} kommun"])
def test_every_other_municipality_is_recognised(sentence: str) -> None:
    missed = [n for n in OTHERS if find_elsewhere(sentence.format(n), KNOWLEDGE) != n]
    assert not missed


@pytest.mark.parametrize(
    "text",
    ["jag bor i Umeå", "vi bor på mark och i sala", "hjälp i Hemmet", "Mora är fint", "i 2026", ""],
)
def test_other_words_are_no_municipality(text: str) -> None:
    assert find_elsewhere(text, KNOWLEDGE) is None


def test_before_kommun_no_capital_letter_is_needed() -> None:
    assert find_elsewhere("sundsvalls kommun", KNOWLEDGE) == "Sundsvall"
