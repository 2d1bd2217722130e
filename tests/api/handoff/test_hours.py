"""When a desk is open: its hours, and what somebody set for today."""

from __future__ import annotations

import datetime as dt

import pytest

from api.handoff.hours import desk_hours, when
from api.storage.desk_presence import Opening
from bot.dialogue.turn import in_stockholm
from bot.knowledge.handoff import load_plans

UMEA = load_plans()["umea"]


def at(text: str) -> dt.datetime:
    """A moment in Sweden, by default on the Wednesday 18 November 2026."""
    return in_stockholm(dt.datetime.fromisoformat(text if "-" in text else f"2026-11-18T{text}"))


@pytest.mark.parametrize(
    ("now", "chosen", "is_open", "told"),
    [
        ("10:00", {}, True, "11:30"),
        ("11:30", {}, False, "13:00"),
        ("23:00", {}, False, "2026-11-19T08:30"),
        ("2026-11-20T16:30", {}, False, "2026-11-23T08:30"),
        # Kept open: over the lunch it goes on by the hours, in the evening until it was said.
        ("11:45", {"open_until": "12:00"}, True, "12:00"),
        ("11:45", {"open_until": "13:30"}, True, "16:00"),
        ("10:00", {"open_until": "11:00"}, True, "11:30"),
        ("17:00", {"open_until": "18:00"}, True, "18:00"),
        ("17:00", {"open_until": "16:59"}, False, "2026-11-19T08:30"),
        # Closed: until then, or until the hours begin after that.
        ("10:00", {"closed_until": "11:00"}, False, "11:00"),
        ("10:00", {"closed_until": "12:00"}, False, "13:00"),
        ("10:00", {"closed_until": "16:00", "open_until": "18:00"}, False, "2026-11-19T08:30"),
        ("10:00", {"closed_until": "09:00"}, True, "11:30"),
    ],
)
def test_whether_it_is_open(now: str, chosen: dict[str, str], is_open: bool, told: str) -> None:
    found = desk_hours(UMEA, Opening(**{k: at(v) for k, v in chosen.items()}), at(now))
    assert found.is_open == is_open
    assert (found.closes if is_open else found.opens) == at(told)
    assert (found.opens if is_open else found.closes) is None


def test_without_hours_it_is_never_open() -> None:
    found = desk_hours(load_plans()["leksand"], Opening(), at("10:00"))
    assert found == (False, None, None)


@pytest.mark.parametrize(
    ("moment", "sv", "en"),
    [
        ("13:00", "i dag klockan 13.00", "today at 13:00"),
        ("2026-11-19T08:30", "i morgon, torsdag, klockan 08.30", "tomorrow, Thursday, at 08:30"),
        ("2026-11-23T08:30", "på måndag klockan 08.30", "on Monday at 08:30"),
        (
            "2026-11-26T08:30",
            "torsdag 2026-11-26 klockan 08.30",
            "Thursday 2026-11-26 at 08:30",
        ),
    ],
)
def test_the_next_opening_by_name(moment: str, sv: str, en: str) -> None:
    assert when(at(moment), at("10:00"), None) == sv
    assert when(at(moment).astimezone(dt.timezone.utc), at("10:00"), "en") == en
