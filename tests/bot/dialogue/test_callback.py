"""What the assistant says while somebody asks to be called back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from bot.dialogue import callback
from bot.dialogue.callback_fields import STEPS
from bot.dialogue.turn import Reply, Turn
from tests.bot.dialogue.helpers import KNOWLEDGE, UMEA, turn

TIMES = ["måndag 23 november, klockan 08.30–11.30", "tisdag 24 november, klockan 08.30–11.30"]


def said(step: str = "about", language: str = "sv", **told: Any) -> Turn:
    form = {"step": step, "answer": "given", "problem": None, "times": TIMES, **told}
    return turn("[svar]", language=language, callback=form)


@pytest.mark.parametrize("language", ["sv", "en", "fi", "ar"])
@pytest.mark.parametrize("step", STEPS)
def test_every_step_is_asked_and_named(step: str, language: str) -> None:
    reply = callback.ask(step, said(step, language), UMEA)
    assert reply.text
    assert reply.custom()["callback"] == {"step": step}
    again = callback.ask_again(step, said(step, language, answer="none"), UMEA)
    assert reply.text in again.text


def test_other_languages_get_the_english_below_the_swedish() -> None:
    assert (
        callback.ask("name", said(language="so"), UMEA).text == "Vad heter du?\nWhat is your name?"
    )


PROBLEMS = re.compile(r"problem_(about|name|phone|time|confirm)_(\w+)")


@pytest.mark.parametrize("key", sorted(k for k in KNOWLEDGE.texts if PROBLEMS.fullmatch(k)))
def test_every_problem_is_told_with_the_question(key: str) -> None:
    match = PROBLEMS.fullmatch(key)
    assert match is not None
    reply = callback.ask(match[1], said(match[1], answer="refused", problem=match[2]), UMEA)
    assert "{" not in reply.text
    assert reply.step == match[1]


def test_the_times_are_numbered_and_are_buttons() -> None:
    reply = callback.ask("time", said("phone"), UMEA)
    assert f"2. {TIMES[1]}" in reply.text
    assert reply.buttons == TIMES


def test_what_is_read_back_holds_no_data_but_their_names() -> None:
    reply = callback.ask("confirm", said("time", purpose="Raderas efter 30 dagar."), UMEA)
    for field in ("about", "name", "phone", "time"):
        assert f"[[{field}]]" in reply.text
    assert "Raderas efter 30 dagar." in reply.text
    assert reply.buttons == ["Ja, det stämmer", "Nej, ändra något", "Avbryt"]


def test_without_the_purpose_of_the_api_there_is_one_all_the_same() -> None:
    assert "Umeå kommun" in callback.ask("confirm", said("time"), UMEA).text


def test_a_question_about_the_data_is_answered_in_the_form_only() -> None:
    asked = turn("hur länge sparas det?", callback={"step": "name", "answer": "none"})
    reply = callback.about_data(asked, UMEA)
    assert reply is not None
    assert "raderas" in reply.text
    assert callback.about_data(turn("hur länge sparas det?"), UMEA) is None


def test_what_the_api_is_to_do() -> None:
    assert callback.begin(said()).action == callback.START
    assert callback.sent(said()).action == callback.CONFIRM
    assert callback.cancelled(said()).action == callback.CANCEL
    assert callback.with_lost(Reply("Svar.", "answer"), said()).action == callback.CANCEL
    assert callback.with_lost(Reply("Kö.", "handoff", action="chat"), said()).action == "chat"
