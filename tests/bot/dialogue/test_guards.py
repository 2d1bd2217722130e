"""Danger before a reply, support and warnings with it."""

from __future__ import annotations

import pytest

from bot.dialogue.guards import (
    CERTAIN,
    asks_for_masked,
    by_rules,
    crisis_card,
    danger,
    with_privacy_warning,
    with_support,
)
from bot.dialogue.state import State
from bot.dialogue.turn import Reply
from tests.bot.dialogue.helpers import KNOWLEDGE, OSTERSUND, UMEA, clause, turn

STRAINED = "jag orkar inte mer som anhörig"


@pytest.mark.parametrize(
    ("text", "kind"),
    [("jag vill dö", "suicide"), ("han slår mig", "violence")],
)
def test_the_rules_raise_a_card_whatever_was_guessed(text: str, kind: str) -> None:
    said = turn(text, ("greet", 0.99))
    reply = crisis_card(said, State(), KNOWLEDGE, by_rules(said))
    assert reply is not None
    assert (reply.kind, reply.answer) == ("crisis", f"common.crisis.{kind}")
    assert "112" in reply.text


@pytest.mark.parametrize("municipality", [None, "umea", "ostersund"])
def test_the_card_needs_no_municipality(municipality: str | None) -> None:
    said = turn("jag vill dö", municipality=municipality)
    reply = crisis_card(said, State(), KNOWLEDGE, by_rules(said))
    assert reply is not None
    assert [c["id"] for c in reply.contacts] == ([UMEA.reception] if municipality == "umea" else [])
    assert OSTERSUND.reception_unit.phone is None


@pytest.mark.parametrize(
    ("guesses", "kind"),
    [
        ([("crisis_violence", CERTAIN)], "violence"),
        ([("crisis_child", CERTAIN - 0.2), ("crisis_violence", 0.2)], "child"),
        ([("crisis_violence", 0.2)], None),
        ([("ledsagning.vad", 0.9)], None),
    ],
)
def test_the_classifier_raises_a_card_when_it_is_certain(
    guesses: list[tuple[str, float]], kind: str | None
) -> None:
    found = danger(turn("ord utan betydelse", *guesses), None)
    assert (found[0] if found else None) == kind


def test_one_calm_message_is_not_made_a_crisis_by_one_clause() -> None:
    parts = (clause("a", ("crisis_other", 0.99)), clause("b", ("greet", 0.9)))
    assert danger(turn("a. b.", ("ledsagning.vad", 0.9), parts=parts), None) is None


def test_exhaustion_is_no_emergency_and_gets_a_line_of_support() -> None:
    said = turn(STRAINED, ("crisis_other", 0.99))
    assert danger(said, by_rules(said)) is None
    reply = with_support(Reply("Svar.", "answer"), said, by_rules(said))
    assert reply.text.startswith("Svar.\n")
    assert len(reply.text) > len("Svar.\n")
    calm = turn("Vad kostar det?")
    assert with_support(Reply("Svar.", "answer"), calm, by_rules(calm)).text == "Svar."


def test_the_line_of_support_is_spoken_once() -> None:
    said = turn(STRAINED)
    reply = with_support(Reply("Svar.", "smalltalk"), said, by_rules(said))
    line = reply.text.split("\n")[1]
    assert reply.said.count(line) == 1
    assert reply.custom()["aloud"][0] == "Svar."


@pytest.mark.parametrize(
    ("masked", "health"), [(("personnummer",), False), ((), True), (("telefonnummer",), True)]
)
def test_personal_data_is_warned_about_first(masked: tuple[str, ...], health: bool) -> None:
    said = turn("…", masked=masked, health=health)
    reply = with_privacy_warning(Reply("Svar.", "answer"), said)
    warning, told = reply.text.split("\n")
    assert warning
    assert told == "Svar."
    assert reply.said == reply.text


def test_after_the_warning_the_answer_is_spoken_too() -> None:
    reply = with_privacy_warning(Reply("Svar.", "smalltalk"), turn("…", masked=("personnummer",)))
    assert reply.custom()["spoken"].endswith("Svar.")


def test_nothing_personal_no_warning() -> None:
    assert with_privacy_warning(Reply("Svar.", "answer"), turn("Vad kostar det?")).text == "Svar."


@pytest.mark.parametrize(
    ("text", "masked_before", "told"),
    [
        ("vilket personnummer skrev jag?", True, True),
        ("vad var det jag sa för nummer", True, True),
        ("vilket personnummer skrev jag?", False, False),
        ("vad kostar ledsagning", True, False),
    ],
)
def test_asks_for_masked(text: str, masked_before: bool, told: bool) -> None:
    reply = asks_for_masked(turn(text), State(masked_before=masked_before))
    assert (reply is not None) is told


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Kommunen sa att hon kan få ledsagning, vad kostar det?", False),
        ("Min mamma heter Anna och bor i Umeå, hur ansöker vi?", False),
        ("What number did I write?", True),
    ],
)
def test_only_what_was_written_is_asked_for(text: str, told: bool) -> None:
    assert (asks_for_masked(turn(text), State(masked_before=True)) is not None) is told


def test_words_that_only_look_like_danger_outweigh_the_classifier() -> None:
    alarmed = ("crisis_suicide", 0.95)
    harmless = turn("jag skär mig på kniven när jag lagar mat", alarmed)
    assert danger(harmless, by_rules(harmless)) is None
    real = turn("det är nog bäst att jag inte finns", alarmed)
    assert danger(real, by_rules(real)) is not None
