"""What differs between two models is told in sentences, and nothing where nothing does."""

from __future__ import annotations

import datetime as dt
from typing import Any

from api.console.differences import differences
from api.console.records import Played
from tests.api.helpers import ANSWER, MORNING

NOW = dt.datetime.fromisoformat(MORNING)
TRACE: dict[str, Any] = {
    "band": "sure",
    "language": {"code": "sv"},
    "readings": [{"topic": "ledsagning.kostnad", "title": "Vad kostar ledsagning?", "weight": 0.9}],
}
OTHER: dict[str, Any] = {
    "band": "unsure",
    "language": {"code": "no"},
    "readings": [{"topic": "ledsagning.vem", "title": "Vem kan få ledsagning?", "weight": 0.2}],
}
NOT_TOLD = {
    "text": "Det står inte på sidorna.",
    "custom": {"kind": "not_defined", "answer": None},
    "buttons": [],
}


def played(reply: dict[str, Any], trace: dict[str, Any] | None) -> Played:
    return Played(1, "Vad kostar det?", (), (reply,), trace, 10.0, NOW)


def test_the_same_said_for_the_same_reason_differs_in_nothing() -> None:
    near = {**TRACE, "readings": [{**TRACE["readings"][0], "weight": 0.88}]}
    assert list(differences(played(ANSWER, TRACE), played(ANSWER, near))) == []
    assert list(differences(played(ANSWER, None), played(ANSWER, None))) == []


def test_every_difference_is_a_sentence() -> None:
    assert list(differences(played(ANSWER, TRACE), played(NOT_TOLD, OTHER))) == [
        "Den ena ger ett svar, den andra beskedet att det inte står på sidorna.",
        "Svaren kommer från olika ställen i innehållet.",
        "Svaren har olika text.",
        "Förslagen under svaret är olika.",
        "Frågan läses som ”Vad kostar ledsagning?”, av den andra som ”Vem kan få ledsagning?”.",
        "Den ena är säker, den andra osäker.",
        "Språket uppfattas olika.",
    ]


def test_how_sure_is_told_where_the_reading_is_the_same() -> None:
    less = {**TRACE, "readings": [{**TRACE["readings"][0], "weight": 0.6}]}
    assert list(differences(played(ANSWER, TRACE), played(ANSWER, less))) == [
        "Samma läsning, men olika säkert: 90 % mot 60 %."
    ]
    unread = {**TRACE, "band": None, "readings": []}
    assert list(differences(played(ANSWER, TRACE), played(ANSWER, unread))) == [
        "Bara den ena läste frågan: den andra svarade direkt."
    ]
