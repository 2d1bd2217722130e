"""Open or closed, why, until when: the arithmetic behind every reply on hours."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.hours import (
    STOCKHOLM,
    Hours,
    HoursException,
    Season,
    day_hours,
    exceptions_for,
    load_exceptions,
    next_opening,
    status,
)

PHONE = Hours("Mo-We,Fr 08:30-11:30,13:00-16:00; Th 08:30-09:30,13:00-16:00", "…")
VISIT = Hours("Mo-Fr 08:30-11:30,13:00-16:00", "…", kind="visit")
NO_WEEKDAYS = Hours("07:30-12:00,13:00-16:15", "7:30-12:00, 13:00-16:15", weekdays_named=False)
SEASONAL = Hours(
    "Mo-Fr 09:00-12:00",
    "Vardagar 9:00-12:00",
    seasons=(Season("05-01", "08-31", "Mo-Fr 09:30-11:30", "Vardagar 9:30-11:30"),),
)

OPEN = [
    (PHONE, "2026-11-24T08:30", "11:30"),
    (PHONE, "2026-11-24T11:29", "11:30"),
    (PHONE, "2026-11-24T13:00", "16:00"),
    (PHONE, "2026-11-24T15:59:59", "16:00"),
    (PHONE, "2026-11-26T09:29", "09:30"),
    (VISIT, "2026-11-26T10:00", "11:30"),
    (NO_WEEKDAYS, "2026-11-24T07:30", "12:00"),
    (NO_WEEKDAYS, "2026-11-24T16:14", "16:15"),
    (SEASONAL, "2026-04-30T09:15", "12:00"),
    (SEASONAL, "2026-05-04T09:30", "11:30"),
    (SEASONAL, "2026-08-31T11:00", "11:30"),
    (SEASONAL, "2026-09-01T09:00", "12:00"),
    (SEASONAL, "2031-07-07T10:00", "11:30"),
    (PHONE, "2026-05-15T09:00", "11:30"),
    (PHONE, "2026-12-23T15:00", "16:00"),
]


@pytest.mark.parametrize(("hours", "now", "closes"), OPEN)
def test_open(hours: Hours, now: str, closes: str) -> None:
    found = status(hours, dt.datetime.fromisoformat(now))
    assert found.is_open
    assert found.reason is None
    assert found.closes_at is not None
    assert found.closes_at.strftime("%H:%M") == closes
    assert found.next_open is not None
    assert found.next_open > found.closes_at


CLOSED = [
    (PHONE, "2026-11-24T08:29", "before", "2026-11-24T08:30"),
    (PHONE, "2026-11-24T11:30", "lunch", "2026-11-24T13:00"),
    (PHONE, "2026-11-24T12:10", "lunch", "2026-11-24T13:00"),
    (PHONE, "2026-11-24T16:00", "after", "2026-11-25T08:30"),
    (PHONE, "2026-11-26T09:30", "pause", "2026-11-26T13:00"),
    (PHONE, "2026-11-26T12:30", "pause", "2026-11-26T13:00"),
    (PHONE, "2026-11-27T16:00", "after", "2026-11-30T08:30"),
    (PHONE, "2026-11-28T10:00", "weekend", "2026-11-30T08:30"),
    (PHONE, "2026-11-29T23:59", "weekend", "2026-11-30T08:30"),
    (PHONE, "2026-12-24T10:00", "eve", "2026-12-28T08:30"),
    (PHONE, "2026-12-25T10:00", "red", "2026-12-28T08:30"),
    (PHONE, "2026-12-26T10:00", "red", "2026-12-28T08:30"),
    (PHONE, "2026-12-31T10:00", "eve", "2027-01-04T08:30"),
    (PHONE, "2026-06-19T10:00", "eve", "2026-06-22T08:30"),
    (PHONE, "2026-04-03T10:00", "red", "2026-04-07T08:30"),
    (NO_WEEKDAYS, "2026-11-24T12:00", "lunch", "2026-11-24T13:00"),
    (NO_WEEKDAYS, "2026-11-24T16:15", "after", "2026-11-25T07:30"),
    (NO_WEEKDAYS, "2026-11-22T10:00", "weekend", "2026-11-23T07:30"),
    (NO_WEEKDAYS, "2026-05-01T10:00", "red", "2026-05-04T07:30"),
    (SEASONAL, "2026-05-04T09:29", "before", "2026-05-04T09:30"),
    (SEASONAL, "2026-08-31T11:30", "after", "2026-09-01T09:00"),
    (SEASONAL, "2026-04-30T12:00", "after", "2026-05-04T09:30"),
    (SEASONAL, "2027-05-06T10:00", "red", "2027-05-07T09:30"),
]


@pytest.mark.parametrize(("hours", "now", "reason", "opens"), CLOSED)
def test_closed(hours: Hours, now: str, reason: str, opens: str) -> None:
    found = status(hours, dt.datetime.fromisoformat(now))
    assert not found.is_open
    assert found.reason == reason
    assert found.closes_at is None
    assert found.next_open == dt.datetime.fromisoformat(opens).replace(tzinfo=STOCKHOLM)


DAYLIGHT_SAVING = [
    ("2026-10-26T07:29:00+00:00", False),
    ("2026-10-26T07:30:00+00:00", True),
    ("2026-03-30T06:29:00+00:00", False),
    ("2026-03-30T06:30:00+00:00", True),
    ("2026-10-25T00:30:00+00:00", False),
    ("2026-10-25T01:30:00+00:00", False),
    ("2026-03-29T01:00:00+00:00", False),
]


@pytest.mark.parametrize(("now", "is_open"), DAYLIGHT_SAVING)
def test_the_clock_change_moves_no_office(now: str, is_open: bool) -> None:
    assert status(PHONE, dt.datetime.fromisoformat(now)).is_open is is_open


def test_the_next_opening_over_a_clock_change_is_local_time() -> None:
    found = next_opening(PHONE, dt.datetime(2026, 10, 24, 12, tzinfo=STOCKHOLM))
    assert found is not None
    assert found.isoformat() == "2026-10-26T08:30:00+01:00"
    spring = next_opening(PHONE, dt.datetime(2026, 3, 28, 12, tzinfo=STOCKHOLM))
    assert spring is not None
    assert spring.isoformat() == "2026-03-30T08:30:00+02:00"


def test_what_is_inferred_is_told_from_what_the_page_says() -> None:
    assert day_hours(PHONE, dt.date(2026, 12, 24)).inferred
    assert day_hours(NO_WEEKDAYS, dt.date(2026, 11, 21)).inferred
    assert not day_hours(PHONE, dt.date(2026, 11, 21)).inferred


@pytest.mark.parametrize("day", ["2026-04-30", "2026-05-15", "2026-12-23", "2026-12-29"])
def test_an_ordinary_day_near_a_red_one_may_be_short(day: str) -> None:
    found = day_hours(PHONE, dt.date.fromisoformat(day))
    assert found.spans
    assert found.may_be_short
    assert not day_hours(PHONE, dt.date(2026, 11, 24)).may_be_short


def test_hours_that_name_sundays_are_not_closed_on_red_days() -> None:
    every_day = Hours("Mo-Su 08:00-20:00", "Alla dagar 8-20")
    found = day_hours(every_day, dt.date(2026, 12, 25))
    assert len(found.spans) == 1
    assert found.may_be_short


def test_hours_that_name_public_holidays_say_themselves_what_applies() -> None:
    found = day_hours(Hours("Mo-Fr 08:00-16:00; PH 10:00-12:00", "…"), dt.date(2026, 12, 25))
    assert [s.start.hour for s in found.spans] == [10]


def test_round_the_clock_and_over_midnight() -> None:
    always = status(Hours("24/7", "Dygnet runt"), dt.datetime.fromisoformat("2026-11-24T03:00"))
    assert always.is_open
    assert always.closes_at is None
    night = status(Hours("22:00-06:00", "22–06"), dt.datetime.fromisoformat("2026-11-22T23:00"))
    assert night.is_open
    assert night.closes_at == dt.datetime(2026, 11, 23, 6, tzinfo=STOCKHOLM)


def exception(**changes: object) -> HoursException:
    entry: dict[str, object] = {
        "municipality": "umea",
        "unit": "mottagningsenheten",
        "date": "2026-11-24",
        "hours": "closed",
    }
    return load_exceptions([entry | changes])[0]


def test_an_exception_outranks_the_hours_and_red_days() -> None:
    closed = exception(note="Vi flyttar i dag.")
    found = status(PHONE, dt.datetime.fromisoformat("2026-11-24T09:00"), [closed])
    assert (found.is_open, found.reason) == (False, "exception")
    assert found.next_open == dt.datetime(2026, 11, 25, 8, 30, tzinfo=STOCKHOLM)
    opened = exception(date="2026-12-24", hours="09:00-11:00")
    eve = day_hours(PHONE, dt.date(2026, 12, 24), [opened])
    assert [s.end.hour for s in eve.spans] == [11]
    assert not eve.may_be_short


def test_an_exception_is_for_its_days_and_kind() -> None:
    phone_only = exception(kind="phone", until="2026-11-26")
    assert not day_hours(PHONE, dt.date(2026, 11, 26), [phone_only]).spans
    assert day_hours(PHONE, dt.date(2026, 11, 27), [phone_only]).spans
    assert day_hours(VISIT, dt.date(2026, 11, 24), [phone_only]).spans


def test_exceptions_are_picked_for_one_unit() -> None:
    ours, other = exception(), exception(municipality="ludvika", unit="vaxel")
    assert exceptions_for([ours, other], "umea", "mottagningsenheten") == (ours,)


def test_every_broken_exception_is_named() -> None:
    broken = [
        {"municipality": "umea", "unit": "x", "date": "24/12", "hours": "closed"},
        {"municipality": "umea", "unit": "x", "date": "2026-12-24", "hours": "half a day"},
        {"unit": "x", "date": "2026-12-24", "hours": "closed"},
    ]
    with pytest.raises(ValueError, match=r"exception 1: date.*exception 2: hours.*exception 3"):
        load_exceptions(broken)
    assert load_exceptions(None) == ()
    with pytest.raises(TypeError, match="list"):
        load_exceptions({"exceptions": []})


def test_hours_are_read_from_content() -> None:
    hours = Hours.from_content(
        {
            "osm": "Mo-Fr 09:00-12:00",
            "as_written": "Vardagar 9:00-12:00",
            "weekdays_named": True,
            "seasons": [
                {
                    "from": "05-01",
                    "to": "08-31",
                    "osm": "Mo-Fr 09:30-11:30",
                    "as_written": "Vardagar 9:30-11:30",
                }
            ],
        },
        "phone",
    )
    assert hours == SEASONAL


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"osm": "Mo-Xx 9"}, "osm"),
        ({"osm": None}, "osm"),
        ({"as_written": " "}, "as_written"),
        ({"seasons": [{"from": "5/1", "to": "08-31", "osm": "Mo 9:00-10:00"}]}, "from"),
        ({"seasons": [{"from": "05-01", "to": "02-30", "osm": "Mo 9:00-10:00"}]}, "to"),
    ],
)
def test_broken_hours_name_the_field(changes: dict[str, object], field: str) -> None:
    data = {"osm": "Mo-Fr 09:00-12:00", "as_written": "Vardagar 9:00-12:00"} | changes
    with pytest.raises(ValueError, match=f"^{field}:"):
        Hours.from_content(data, "phone")


def test_a_season_may_run_over_new_year() -> None:
    winter = Season("11-01", "03-31", "Mo-Fr 10:00-12:00", "…")
    days = {"2026-11-01": True, "2027-01-15": True, "2027-03-31": True, "2027-04-01": False}
    for day, inside in days.items():
        assert winter.includes(dt.date.fromisoformat(day)) is inside


NIGHTS = ["2026-03-29T00:00+01:00", "2026-10-25T00:00+02:00"]
"""In the first 02.00 becomes 03.00, in the second 03.00 becomes 02.00; both are Sundays."""


@pytest.mark.parametrize("night", NIGHTS)
@pytest.mark.parametrize("minutes", range(0, 361, 15))
def test_the_nights_when_clocks_change(night: str, minutes: int) -> None:
    begun = dt.datetime.fromisoformat(night).astimezone(dt.timezone.utc)
    now = (begun + dt.timedelta(minutes=minutes)).astimezone(STOCKHOLM)
    found = status(PHONE, now)
    assert not found.is_open
    assert found.next_open == dt.datetime.combine(
        now.date() + dt.timedelta(days=1), dt.time(8, 30), STOCKHOLM
    )
    at_night = status(Hours("Su 01:00-04:00", "…"), now)
    assert at_night.is_open is (1 <= now.hour < 4)
    if at_night.is_open:
        assert at_night.closes_at is not None
        assert at_night.closes_at.strftime("%H:%M") == "04:00"
    always = status(Hours("24/7", "…"), now)
    assert (always.is_open, always.closes_at) == (True, None)
