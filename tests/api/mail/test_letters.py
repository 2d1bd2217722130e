"""What a unit is told by mail: all of it in the body, and only a receipt in the subject."""

from __future__ import annotations

import pytest

from api.mail.letters import callback_letter, cancelled_letter, transcript_letter
from api.storage.outbox import Mail
from bot.knowledge.loader import load_knowledge

UMEA = load_knowledge().municipalities["umea"]
UNIT = "mottagningsenheten@umea.se"
RECEIPT = "UM-7K3F-92QX"
PERSONAL = {
    "name": "Åsa {Öberg}",
    "phone": "070-174 06 58",
    "about": "min mammas ledsagning",
    "time": "måndag 23 november, klockan 08.30–11.30",
}


def callback(language: str | None = None) -> Mail:
    return callback_letter(
        UMEA, UNIT, receipt=RECEIPT, language=language, desk="https://lotsen.se/desk", **PERSONAL
    )


def question() -> Mail:
    return transcript_letter(
        UMEA,
        UNIT,
        receipt=RECEIPT,
        reply_to="asa@epost.example",
        about="Vad kostar det?",
        transcript="Du: hej\nAssistenten: Hej!",
        language="so",
    )


def test_somebody_wants_to_be_called() -> None:
    mail = callback()
    assert (mail.kind, mail.municipality, mail.recipient) == ("callback", "umea", UNIT)
    assert (mail.receipt, mail.reply_to) == (RECEIPT, None)
    for told in (*PERSONAL.values(), RECEIPT, "https://lotsen.se/desk", "Umeå kommuns digitala"):
        assert told in mail.body


@pytest.mark.parametrize(
    ("language", "told"),
    [(None, "svenska"), ("sv", "svenska"), ("en", "engelska"), ("xx", "svenska")],
)
def test_the_language_is_told_in_swedish(language: str | None, told: str) -> None:
    assert f"Språk: {told}\n" in callback(language).body


def test_nobody_is_to_call_any_more() -> None:
    mail = cancelled_letter(UMEA, UNIT, receipt=RECEIPT)
    assert mail.kind == "callback_cancelled"
    assert "Ring inte" in mail.body
    assert not any(value in mail.body for value in PERSONAL.values())


def test_a_question_with_what_was_said() -> None:
    mail = question()
    assert (mail.kind, mail.reply_to) == ("transcript", "asa@epost.example")
    for told in ("asa@epost.example", "Vad kostar det?", "Assistenten: Hej!", "Språk: somaliska"):
        assert told in mail.body


@pytest.mark.parametrize(
    "mail", [callback(), cancelled_letter(UMEA, UNIT, receipt=RECEIPT), question()]
)
def test_a_subject_tells_nothing_of_anybody(mail: Mail) -> None:
    assert RECEIPT in mail.subject
    for secret in (*PERSONAL.values(), "asa@", "Vad kostar"):
        assert secret not in mail.subject
