"""What a message and its replies are counted as; nothing of what was said, nor of any danger."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

import pytest

from api.services.counters import Counters

MORNING = dt.datetime(2026, 11, 18, 9, 0, tzinfo=dt.timezone.utc)
SATURDAY = dt.datetime(2026, 11, 21, 23, 30, tzinfo=dt.timezone.utc)


def names(counters: Counters) -> Counter[str]:
    """What was counted, whatever the day and the municipality."""
    found: Counter[str] = Counter()
    for (_, _, name), value in counters._new.items():
        found[name] += value
    return Counter({name: value for name, value in found.items() if value})


@pytest.mark.parametrize(
    ("municipality", "now", "hour"),
    [
        ("umea", MORNING, "hour.10.open"),
        ("umea", SATURDAY, "hour.00.closed"),
        # Their pages give no phone hours.
        ("ostersund", MORNING, "hour.10.unknown"),
        (None, MORNING, "hour.10.unknown"),
        ("atlantis", MORNING, "hour.10.unknown"),
    ],
)
def test_a_message_is_counted_by_its_hour(
    municipality: str | None, now: dt.datetime, hour: str
) -> None:
    counters = Counters()
    counters.add_message(municipality, "kiosk", now)
    assert names(counters) == {"messages": 1, hour: 1, "channel.kiosk": 1}


@pytest.mark.parametrize(
    ("customs", "counted"),
    [
        (
            [{"kind": "answer", "answer": "umea.ledsagning.vem.barn", "language": "sv"}],
            {"answer.umea.ledsagning.vem.barn", "service.ledsagning", "language.sv"},
        ),
        (
            [{"kind": "answer", "answer": "umea.mottagningsenheten.telefonnummer"}],
            {"answer.umea.mottagningsenheten.telefonnummer"},
        ),
        (
            [
                {
                    "kind": "not_defined",
                    "language": "sv",
                    "understood": {
                        "topic": "avlosning.kostnad", "confidence": 0.9, "language": "fi",
                    },
                },
                {"kind": "not_defined", "language": "sv"},
            ],
            {"service.avlosning", "language.fi"},
        ),
        ([{"kind": "clarify", "understood": {"topic": "avlosning.vad", "confidence": 0.3}}], set()),
        ([{"kind": "smalltalk", "understood": {"topic": "greet", "confidence": 0.9}}], set()),
        # Who was shown which card is nobody's to count, nor what they asked about.
        (
            [
                {
                    "kind": "crisis",
                    "answer": "crisis.suicide",
                    "understood": {"topic": "ledsagning.vad", "confidence": 0.9},
                }
            ],
            set(),
        ),
        ([None], set()),
    ],
)  # fmt: skip
def test_replies_are_counted_by_what_they_are_about(
    customs: list[dict[str, Any] | None], counted: set[str]
) -> None:
    counters = Counters()
    counters.add_replies("umea", [{"custom": custom} for custom in customs], MORNING, 0.02)
    kinds = {f"replies.{(custom or {}).get('kind', 'unknown')}" for custom in customs}
    assert set(names(counters)) == counted | kinds


ABOUT = "umea.ledsagning.kostnad"


@pytest.mark.parametrize(
    ("answer", "given", "counted"),
    [
        (ABOUT, [True], {"feedback.helped": 1, f"feedback.{ABOUT}.helped": 1}),
        (ABOUT, [True, True], {"feedback.helped": 1, f"feedback.{ABOUT}.helped": 1}),
        (ABOUT, [True, False], {"feedback.not_helped": 1, f"feedback.{ABOUT}.not_helped": 1}),
        ("crisis.suicide", [False], {"feedback.not_helped": 1}),
        (None, [False], {"feedback.not_helped": 1}),
    ],
)
def test_an_opinion_that_changes_is_counted_once(
    answer: str | None, given: list[bool], counted: dict[str, int]
) -> None:
    counters = Counters()
    for before, helped in zip([None, *given], given, strict=False):
        counters.add_feedback("umea", answer, helped, before, MORNING)
    assert names(counters) == counted
