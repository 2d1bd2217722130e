"""The form for being called back, played through Rasa with the metadata that the API gives."""

from __future__ import annotations

from itertools import count
from pathlib import Path
from typing import Any

import pytest

from bot.dialogue.callback_fields import read_field
from bot.testing.heard import Heard
from tests.conftest import Talk

pytestmark = pytest.mark.bot

TIMES = (
    "måndag 23 november, klockan 08.30–11.30",
    "måndag 23 november, klockan 13.00–16.00",
)
PURPOSE = "Namn och nummer används bara till samtalet och raderas efter 30 dagar."
TOKENS = {"about": "[ärende]", "name": "[namn]", "phone": "[telefonnummer]", "time": "[tid]"}
OPEN = {"chat": True, "waiting": 0, "callback": True, "mail": True}
ANSWERS = ("hemtjänsten hos farmor", "Maj-Britt Qvist", "070-987 65 43", "2")
ASKED = ("about", "name", "phone", "time", "confirm")

_senders = count()


class Form:
    """Somebody who chats; what answers the open form stays out of what Rasa gets."""

    def __init__(self, converse: Talk) -> None:
        self._converse = converse
        self._sender = f"test callback {next(_senders)}"
        self.step: str | None = None
        self.times: tuple[str, ...] = TIMES

    def __call__(self, text: str, told: dict[str, Any] | None = None) -> Heard:
        """Say something; ``told`` is metadata beside that of the form."""
        metadata: dict[str, Any] = {"municipality": "umea", "person": OPEN, **(told or {})}
        if self.step is not None and told is None:
            reading = read_field(self.step, text, self.times)
            if reading.answer != "none":
                text = TOKENS.get(self.step, text)
            metadata["callback"] = {
                "step": self.step,
                "answer": reading.answer,
                "problem": reading.problem,
                "times": list(self.times),
                "purpose": PURPOSE,
            }
        heard = self._converse(self._sender, text, metadata)
        self.step = heard.step
        return heard

    def fill(self) -> Heard:
        """Begin, and answer everything up to what is read back."""
        self("Bli uppringd")
        return [self(answer) for answer in ANSWERS][-1]


@pytest.fixture
def form(converse: Talk) -> Form:
    return Form(converse)


def test_it_asks_field_by_field_and_reads_back(form: Form) -> None:
    first = form("Bli uppringd")
    assert (first.action, first.step, first.kind) == ("callback_start", "about", "handoff")
    heard = [form(answer) for answer in ANSWERS]
    assert (first.step, *(h.step for h in heard)) == ASKED
    for field in ("[[about]]", "[[name]]", "[[phone]]", "[[time]]", PURPOSE):
        assert field in heard[-1].text
    done = form("ja")
    assert (done.action, done.step) == ("callback_confirm", None)
    assert "[[receipt]]" in done.text
    assert form("vad kostar ledsagning").answer == "umea.ledsagning.kostnad"


def test_nothing_that_was_given_is_in_the_tracker(form: Form, database: Path) -> None:
    form.fill()
    form("ja")
    # What was written last may still lie in SQLite's log beside the file.
    kept = b"".join(f.read_bytes() for f in database.parent.glob(f"{database.name}*"))
    assert b"callback_form" in kept, "the form is kept, or this test proves nothing"
    for secret in ("Qvist", "Maj-Britt", "987 65 43", "9876543", "hos farmor"):
        assert secret.encode() not in kept


def test_an_answer_that_cannot_be_used_is_told_and_asked_for_again(form: Form) -> None:
    for said in ("Bli uppringd", *ANSWERS[:2]):
        form(said)
    heard = form("070-98")
    assert heard.step == "phone"
    assert "för kort" in heard.text
    assert form("070-987 65 43").step == "time"
    assert "flera sådana tider" in form("måndag").text


def test_a_question_is_answered_and_the_field_asked_again(form: Form) -> None:
    form("Bli uppringd")
    heard = form("Vad kostar ledsagning?")
    assert heard.answer == "umea.ledsagning.kostnad"
    assert heard.step == "about"
    assert [c["kind"] for c in heard.customs] == ["answer", "handoff"]
    assert form(ANSWERS[0]).step == "name"


def test_what_is_kept_is_told_in_the_words_of_the_form(form: Form) -> None:
    form("Bli uppringd")
    heard = form("vad sparas om mig?")
    assert PURPOSE in heard.text
    assert heard.step == "about"


@pytest.mark.parametrize("answered", range(5))
def test_it_is_stopped_at_every_step(form: Form, answered: int) -> None:
    for said in ("Bli uppringd", *ANSWERS[:answered]):
        form(said)
    heard = form("avbryt")
    assert (heard.action, heard.step) == ("callback_cancel", None)
    assert form("vad kostar ledsagning").step is None


@pytest.mark.parametrize("step", ["about", "name", "phone", "time"])
def test_a_field_is_changed_after_it_was_read_back(form: Form, step: str) -> None:
    form.fill()
    words = {"about": "ändra vad det gäller", "name": "fel namn", "phone": "ändra numret"}
    assert form(words.get(step, "ändra tiden")).step == step
    assert form(ANSWERS[ASKED.index(step)]).step == "confirm"


def test_a_no_to_what_was_read_back_asks_what_to_change(form: Form) -> None:
    form.fill()
    heard = form("Nej, ändra något")
    assert heard.step == "confirm"
    assert heard.buttons == (
        *("Ändra vad det gäller", "Ändra namnet", "Ändra numret", "Ändra tiden", "Avbryt"),
    )
    assert form("Ändra namnet").step == "name"
    assert form("Bo").step == "confirm"


def test_danger_comes_first_and_the_form_goes_on(form: Form) -> None:
    for said in ("Bli uppringd", ANSWERS[0]):
        form(said)
    told = {"callback": {"step": "name", "answer": "none", "problem": None, "times": list(TIMES)}}
    heard = form("jag vill inte leva längre", told)
    assert [c["kind"] for c in heard.customs] == ["crisis", "handoff"]
    assert heard.text.index("112") < heard.text.index("Vad heter du")
    assert form("Bo").step == "phone"


def test_choosing_the_chat_ends_the_form(form: Form) -> None:
    form("Bli uppringd")
    heard = form("Chatta med en människa")
    assert (heard.action, heard.step) == ("chat", None)
    assert form("vad kostar ledsagning").step is None


def test_it_begins_anew_when_asked_for_again(form: Form) -> None:
    for said in ("Bli uppringd", *ANSWERS[:2]):
        form(said)
    heard = form("Bli uppringd")
    assert (heard.action, heard.step) == ("callback_start", "about")
    assert form(ANSWERS[0]).step == "name"


def test_it_outlives_the_bounded_history(form: Form) -> None:
    for said in ("vad kostar ledsagning", "Bli uppringd", *ANSWERS[:2]):
        form(said)
    for _ in range(8):
        assert form("När har ni öppet?").step == "phone"
    for answer in ANSWERS[2:]:
        form(answer)
    assert form("ja").action == "callback_confirm"
    assert "egna omkostnader" in form("kan du upprepa vad ledsagning kostar").text


def test_a_form_that_the_api_let_go_of_ends_with_a_word_about_it(form: Form) -> None:
    form("Bli uppringd")
    late = form("vad kostar ledsagning", {})
    assert late.answer == "umea.ledsagning.kostnad"
    assert "borttaget" in late.text
    assert late.step is None
    form("Bli uppringd")
    token = form("[namn]", {})
    assert "borttaget" in token.text
    assert "090-16 10 02" in token.text


def test_without_times_the_other_ways_are_told(form: Form) -> None:
    form.times = ()
    for said in ("Bli uppringd", *ANSWERS[:2]):
        form(said)
    heard = form(ANSWERS[2])
    assert (heard.action, heard.step) == ("callback_cancel", None)
    assert "090-16 10 02" in heard.text
    assert "Bli uppringd" not in heard.buttons


def test_without_the_api_no_call_is_offered(converse: Talk) -> None:
    heard = converse("test no form", "Bli uppringd", {"municipality": "umea"})
    assert (heard.action, heard.step, heard.kind) == (None, None, "handoff")
    assert "090-16 10 02" in heard.text


def test_in_english(form: Form) -> None:
    heard = form("Be called back", {"language": "en", "municipality": "umea", "person": OPEN})
    assert heard.action == "callback_start"
    assert "What is it about?" in heard.text


@pytest.mark.parametrize(
    ("text", "action"),
    [
        ("jag vill avboka", "callback_withdraw"),
        ("ring mig inte, det löste sig", "callback_withdraw"),
        ("vad är mitt ärendenummer", "callback_standing"),
        ("när ringer ni", "callback_standing"),
    ],
)
def test_after_booking_it_can_be_cancelled_and_asked_about(
    form: Form, text: str, action: str
) -> None:
    form.fill()
    form("ja")
    heard = form(text)
    assert heard.action == action
    # What is said when the API finds nothing: a way to a person, and nobody's cancelling rule.
    assert heard.kind == "handoff"
    assert "090-16 10 02" in heard.text


def test_without_a_booking_to_cancel_is_about_the_service(converse: Talk) -> None:
    metadata = {"municipality": "ludvika", "person": OPEN}
    heard = converse("test no booking", "hur avbokar jag dagverksamheten", metadata)
    assert heard.action is None
    booked = converse("test no booking", "avboka min uppringning", metadata)
    assert booked.action == "callback_withdraw"
