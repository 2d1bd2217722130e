"""The times that can be booked: within the hours, never too soon, never on a red day."""

from __future__ import annotations

import datetime as dt

import pytest

from api.callbacks.records import Slot
from api.callbacks.times import find_slot, next_slot, slot_id, slot_title, slots, slots_for
from api.clock import utc
from bot.knowledge.handoff import load_plans
from bot.knowledge.hours import STOCKHOLM, Hours, HoursException

UMEA = load_plans()["umea"]
LUDVIKA = load_plans()["ludvika"]
HOURS = Hours("Mo-Fr 08:30-11:30,13:00-16:00", "vardagar")
"""As an office with a lunch has them."""


def at(text: str) -> dt.datetime:
    """A moment by the clock on the wall."""
    return dt.datetime.fromisoformat(text).replace(tzinfo=STOCKHOLM)


def booked(now: str, *exceptions: HoursException, hours: Hours = HOURS, days: int = 1) -> list[str]:
    """What can be booked, without the dates' other half."""
    found = slots(hours, exceptions, at(now), days, "sv")
    return [f"{s.id[5:16]}-{s.id[-5:]}" for s in found]


def closed(day: str, osm: str | None = None) -> HoursException:
    """What an operator has set for a day."""
    date = dt.date.fromisoformat(day)
    return HoursException("umea", "mottagningsenheten", date, date, osm)


@pytest.mark.parametrize(
    ("now", "expected"),
    [
        ("2026-11-23T07:00", ["11-23T08:30-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T08:00", ["11-23T08:30-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T08:01", ["11-23T09:00-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T09:59", ["11-23T10:30-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T10:00", ["11-23T10:30-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T10:30", ["11-23T11:00-11:30", "11-23T13:00-16:00"]),
        ("2026-11-23T10:31", ["11-23T13:00-16:00"]),
        ("2026-11-23T11:45", ["11-23T13:00-16:00"]),
        ("2026-11-23T12:30", ["11-23T13:00-16:00"]),
        ("2026-11-23T12:31", ["11-23T13:30-16:00"]),
        ("2026-11-23T15:00", ["11-23T15:30-16:00"]),
        ("2026-11-23T15:01", ["11-24T08:30-11:30", "11-24T13:00-16:00"]),
        ("2026-11-23T23:59", ["11-24T08:30-11:30", "11-24T13:00-16:00"]),
        ("2026-11-27T23:59", ["11-30T08:30-11:30", "11-30T13:00-16:00"]),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_at_least_half_an_hour_ahead(now: str, expected: list[str]) -> None:
    assert booked(now) == expected


def test_christmas_eve_and_the_days_around_it() -> None:
    """Closed on eve, days and weekend; between the years only what is surely open."""
    found = booked("2026-12-24T10:00", days=4)
    assert [f[:5] for f in found] == ["12-28", "12-29", "12-30", "01-04", "01-04"]
    assert all(f.endswith("11:30") for f in found[:3])


@pytest.mark.parametrize(
    ("now", "day"),
    [
        ("2026-12-23T23:59", "12-28"),
        ("2027-01-05T16:00", "01-07"),  # trettondedag jul
        ("2027-03-25T12:00", "03-30"),  # Easter, from skärtorsdag's afternoon
        ("2027-06-24T23:00", "06-28"),  # midsommarafton
        ("2026-10-24T12:00", "10-26"),  # the night when the clock is set back
        ("2027-03-27T23:59", "03-30"),  # the night when it is set forward
    ],
)
def test_no_red_day_and_no_eve(now: str, day: str) -> None:
    assert booked(now)[0].startswith(f"{day}T08:30")


def test_an_afternoon_that_may_be_short_is_not_promised() -> None:
    assert booked("2027-03-25T07:00") == ["03-25T08:30-11:30"]
    assert booked("2027-03-25T07:00", hours=Hours("Mo-Fr 10:00-15:00", "")) == ["03-25T10:00-12:00"]


def test_an_operators_exceptions_outrank_all() -> None:
    assert booked("2026-11-23T07:00", closed("2026-11-23"))[0] == "11-24T08:30-11:30"
    assert booked("2026-11-23T07:00", closed("2026-11-23", "10:00-11:00")) == ["11-23T10:00-11:00"]
    open_on_eve = closed("2026-12-24", "09:00-10:00")
    assert booked("2026-12-23T23:59", open_on_eve) == ["12-24T09:00-10:00"]


def test_long_hours_are_offered_in_pieces_with_borders_at_half_hours() -> None:
    found = booked("2026-11-23T06:00", hours=Hours("Mo-Fr 08:00-16:45", ""))
    assert found == ["11-23T08:00-12:30", "11-23T12:30-16:45"]
    day = booked("2026-11-23T00:00", hours=Hours("24/7", ""))
    assert day[0] == "11-23T00:30-05:00"
    assert day[-1] == "11-23T19:00-00:00"


def test_hours_too_short_to_call_in_are_not_offered() -> None:
    assert booked("2026-11-23T06:00", hours=Hours("Mo 08:00-08:20; Tu 08:00-08:30", "")) == [
        "11-24T08:00-08:30"
    ]


def test_so_many_opening_days_as_the_plan_says() -> None:
    found = slots_for(UMEA, at("2026-11-20T16:30"), "sv")
    days = list(dict.fromkeys(s.title.split(",")[0] for s in found))
    assert days == [
        "måndag 23 november",
        "tisdag 24 november",
        "onsdag 25 november",
        "torsdag 26 november",
        "fredag 27 november",
    ]
    assert "torsdag 26 november, klockan 08.30–09.30" in [s.title for s in found]


def test_weekends_without_a_word_about_them_are_closed() -> None:
    assert slots_for(LUDVIKA, at("2026-11-21T08:00"), "sv")[0].title == (
        "måndag 23 november, klockan 07.30–12.00"
    )


def test_without_hours_nothing_can_be_booked() -> None:
    assert slots_for(load_plans()["leksand"], at("2026-11-23T08:00"), "sv") == ()
    assert slots_for(load_plans()["ostersund"], at("2026-11-23T08:00"), "sv") == ()


@pytest.mark.parametrize(
    ("language", "now", "title"),
    [
        ("sv", "2026-11-22", "måndag 23 november, klockan 08.30–11.30"),
        ("en", "2026-11-22", "Monday 23 November, 08:30–11:30"),
        ("sv", "2025-12-30", "måndag 23 november 2026, klockan 08.30–11.30"),
        ("en", "2025-12-30", "Monday 23 November 2026, 08:30–11:30"),
    ],
)
def test_titles(language: str, now: str, title: str) -> None:
    start, end = at("2026-11-23T08:30"), at("2026-11-23T11:30")
    assert slot_title(start, end, dt.date.fromisoformat(now), language) == title


def found(slot: str, now: str) -> Slot | None:
    """The time with an id, at a moment."""
    return find_slot(HOURS, (closed("2026-11-25"),), slot, at(now), 3, "sv")


@pytest.mark.parametrize(
    ("slot", "now"),
    [
        ("2026-11-23T08:30/2026-11-23T11:30", "2026-11-22T10:00"),
        ("2026-11-23T08:30/2026-11-23T11:30", "2026-11-23T08:29"),
        ("2026-11-23T08:30/2026-11-23T11:30", "2026-11-23T11:15"),
        ("2026-11-23T10:30/2026-11-23T11:30", "2026-11-23T10:29"),
        ("2026-11-23T13:00/2026-11-23T16:00", "2026-11-23T12:45"),
        ("2026-11-26T13:00/2026-11-26T16:00", "2026-11-23T09:00"),
    ],
)
def test_a_time_is_taken_that_was_chosen_a_moment_ago(slot: str, now: str) -> None:
    kept = found(slot, now)
    assert kept is not None
    assert kept.id == slot


@pytest.mark.parametrize(
    "slot",
    [
        "",
        "x" * 33,
        "2026-11-23T08:30",
        "2026-13-45T08:30/2026-11-23T11:30",
        "2026-11-23T11:30/2026-11-23T08:30",
        "2026-11-23T08:31/2026-11-23T11:30",  # no such time was ever shown
        "2026-11-23T08:30/2026-11-23T11:00",
        "2026-11-23T08:30/2026-11-23T16:00",  # over lunch
        "2026-11-23T11:30/2026-11-23T13:00",  # the lunch itself
        "2026-11-22T08:30/2026-11-22T11:30",  # a Sunday
        "2026-11-25T08:30/2026-11-25T11:30",  # closed by the operator
        "2026-11-20T08:30/2026-11-20T11:30",  # past
        "2026-11-30T08:30/2026-11-30T11:30",  # too far ahead
        "٢٠٢٦-11-23T08:30/2026-11-23T11:30",
    ],
)
def test_no_other_time_is_taken(slot: str) -> None:
    assert found(slot, "2026-11-23T07:00") is None


def test_a_time_that_is_about_to_end_is_gone() -> None:
    assert found("2026-11-23T08:30/2026-11-23T11:30", "2026-11-23T11:16") is None


def test_every_time_that_is_shown_can_be_taken_half_an_hour_later() -> None:
    hour = at("2026-12-18T00:00")
    for _ in range(24 * 2 * 20):
        hour += dt.timedelta(minutes=30)
        for shown in slots_for(UMEA, hour, "sv"):
            later = hour + dt.timedelta(minutes=29)
            assert find_slot_of(shown.id, later) == shown.id


def find_slot_of(slot: str, now: dt.datetime) -> str | None:
    """The id of a time in Umeå."""
    assert UMEA.hours is not None
    kept = find_slot(UMEA.hours, (), slot, now, UMEA.days_ahead, "sv")
    return kept.id if kept else None


def test_the_next_try_is_in_the_next_open_hours() -> None:
    for now, expected in (
        ("2026-11-23T09:00", "2026-11-23T13:00/2026-11-23T16:00"),
        ("2026-11-23T14:00", "2026-11-24T08:30/2026-11-24T11:30"),
        ("2026-12-23T10:00", "2026-12-28T08:30/2026-12-28T11:30"),
    ):
        slot = next_slot(UMEA, at(now))
        assert slot is not None
        assert slot.id == expected
    assert next_slot(load_plans()["leksand"], at("2026-11-23T09:00")) is None


def test_wall_clock_becomes_the_same_moment_in_utc() -> None:
    (slot, *_) = slots_for(UMEA, at("2026-11-22T12:00"), "sv")
    assert utc(slot.start).isoformat() == "2026-11-23T07:30:00+00:00"
    assert slot_id(utc(slot.start), utc(slot.end)) == slot.id
    summer = slots_for(UMEA, at("2027-06-01T07:00"), "sv")[0]
    assert utc(summer.start).isoformat() == "2027-06-01T06:30:00+00:00"
