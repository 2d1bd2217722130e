"""What is withdrawn is gone from what may be said, at once, and nothing leads to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.knowledge.loader import load_knowledge, load_whole
from bot.knowledge.records import Answer
from bot.knowledge.standing import (
    ALL_STANDS,
    LostLine,
    Standing,
    as_it_stands,
    current_standing,
    fingerprint,
    lost_lines,
    set_standing,
)
from tests.bot.knowledge.mini import MINI

COST = "umea.ledsagning.kostnad"
TOPIC = ("ledsagning", "kostnad")


@pytest.fixture(autouse=True)
def everything_stands_afterwards() -> Iterator[None]:
    yield
    set_standing(ALL_STANDS)


def withdraw(*answers: str) -> None:
    set_standing(Standing(withdrawn=frozenset(answers)))


def known(answer: str) -> Answer:
    return next(
        a for m in load_whole().municipalities.values() for a in m.answers if a.id == answer
    )


def test_while_everything_stands_the_content_is_the_very_same() -> None:
    assert load_knowledge() is load_whole()


def test_a_withdrawn_answer_is_gone_and_known_to_be_withdrawn() -> None:
    withdraw(COST)
    knowledge = load_knowledge()
    assert knowledge.answers("umea", TOPIC) == ()
    assert [a.id for a in knowledge.withdrawn("umea", TOPIC)] == [COST]
    assert [a.id for a in knowledge.all_withdrawn] == [COST]
    assert COST not in {a.id for a in knowledge.municipalities["umea"].answers}
    assert knowledge.tells("umea", TOPIC)
    assert not knowledge.tells("leksand", TOPIC)
    assert COST in {a.id for a in load_whole().municipalities["umea"].answers}


def test_nothing_leads_to_a_withdrawn_answer() -> None:
    """Neither next questions, nor suggestions, nor the tiles of the kiosk."""
    withdraw(COST)
    umea = load_knowledge().municipalities["umea"]
    assert TOPIC in load_whole().municipalities["umea"].suggested
    assert TOPIC not in umea.suggested
    assert TOPIC not in umea.assistant.kiosk
    assert not any(TOPIC in a.next for a in umea.answers)
    elsewhere = load_knowledge().municipalities["ludvika"]
    assert elsewhere.answers == load_whole().municipalities["ludvika"].answers


def test_one_of_several_variants_leaves_the_others() -> None:
    whole = load_whole()
    twin = replace(known(COST), audience="barn")
    index = {**whole._index, ("umea", *TOPIC): (known(COST), twin)}
    umea = replace(
        whole.municipalities["umea"], answers=(*whole.municipalities["umea"].answers, twin)
    )
    both = replace(whole, municipalities={**whole.municipalities, "umea": umea}, _index=index)
    withdraw(f"{COST}.barn")
    stands = as_it_stands(both)
    assert [a.id for a in stands.answers("umea", TOPIC)] == [COST]
    assert [a.id for a in stands.withdrawn("umea", TOPIC)] == [f"{COST}.barn"]
    assert TOPIC in stands.municipalities["umea"].suggested


def test_a_service_whose_answers_are_all_withdrawn_is_still_known() -> None:
    umea = load_whole().municipalities["umea"]
    withdraw(*(a.id for a in umea.answers if a.service == "ledsagning"))
    assert load_knowledge().has_service("umea", "ledsagning")
    assert not load_knowledge().has_service("leksand", "ledsagning")


def test_restored_it_is_said_again() -> None:
    withdraw(COST)
    first = load_knowledge()
    assert load_knowledge() is first
    set_standing(ALL_STANDS)
    assert load_knowledge() is load_whole()
    assert current_standing() == ALL_STANDS


def test_what_is_flagged_is_told_and_doubtful() -> None:
    set_standing(Standing(flagged=frozenset([COST]), contacts=frozenset(["umea.kundtjanst"])))
    assert load_knowledge().doubtful == {COST, "umea.kundtjanst"}
    assert load_knowledge().answers("umea", TOPIC)


def test_every_content_folder_has_its_own() -> None:
    withdraw(COST)
    assert load_knowledge(MINI).municipalities.keys() == load_whole(MINI).municipalities.keys()
    assert "norrby" in load_knowledge(MINI).municipalities
    assert "norrby" not in load_knowledge().municipalities


def test_lost_lines_are_those_of_the_municipality() -> None:
    lines = frozenset([LostLine("umea", "a", "Rad."), LostLine("ludvika", "b", "Annan.")])
    set_standing(Standing(lost_lines=lines))
    assert lost_lines("umea") == {("a", "Rad.")}
    assert lost_lines("leksand") == frozenset()


@pytest.mark.parametrize("change", [{"text": "Annat."}, {"evidence": ()}, {"items": ("x",)}])
def test_a_rewritten_answer_has_another_fingerprint(change: dict[str, object]) -> None:
    answer = known(COST)
    assert fingerprint(answer) == fingerprint(replace(answer, next=()))
    assert fingerprint(answer) != fingerprint(replace(answer, **change))  # type: ignore[arg-type]
