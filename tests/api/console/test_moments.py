"""The moment of a play: what staff write is understood, or they are told what to write."""

from __future__ import annotations

import datetime as dt

import pytest

from api.console.moments import moment_words, read_moment
from api.errors import ApiError
from bot.dialogue.turn import STOCKHOLM

WEDNESDAY = dt.datetime(2026, 11, 18, 14, 20, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("written", "moment"),
    [
        (None, "2026-11-18T14:20+01:00"),
        ("  ", "2026-11-18T14:20+01:00"),
        ("nu", "2026-11-18T14:20+01:00"),
        ("torsdag 09.45", "2026-11-19T09:45+01:00"),
        ("torsdag 9:45", "2026-11-19T09:45+01:00"),
        ("Julafton", "2026-12-24T10:00+01:00"),
        ("midsommarafton 12.00", "2027-06-25T12:00+02:00"),
        ("2026-12-24 10:00", "2026-12-24T10:00+01:00"),
        ("2026-12-24T10:00+00:00", "2026-12-24T11:00+01:00"),
        ("2026-12-24", "2026-12-24T10:00+01:00"),
        ("i morgon bitti", "2026-11-19T08:00+01:00"),
        ("kl 16", "2026-11-18T16:00+01:00"),
        ("om en timme", "2026-11-18T15:20+01:00"),
    ],
)
def test_what_staff_write_is_a_moment(written: str | None, moment: str) -> None:
    assert read_moment(written, WEDNESDAY) == dt.datetime.fromisoformat(moment)


@pytest.mark.parametrize(
    "written",
    [
        "någon gång",
        "nästa vecka",
        "torsdagar",
        "i juli",
        "torsdag 25:00",
        "2026-02-31 10:00",
        "1066-10-14 09:00",
        "9999-12-31T23:59-12:00",
        "x" * 5000,
    ],
)
def test_what_is_no_moment_is_refused_with_examples(written: str) -> None:
    with pytest.raises(ApiError) as refused:
        read_moment(written, WEDNESDAY)
    assert (refused.value.status, refused.value.field) == (422, "moment")
    assert "torsdag 09.45, julafton eller" in refused.value.message


def test_the_moment_is_told_in_words() -> None:
    eve = dt.datetime(2026, 12, 24, 9, 5, tzinfo=dt.timezone.utc)
    assert moment_words(eve) == "torsdag 24 december 2026, klockan 10.05"
