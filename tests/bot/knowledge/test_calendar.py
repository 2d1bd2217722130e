"""Red days, eves and klämdagar: which days an office is closed or may close early."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.knowledge.calendar import (
    date_of,
    is_bridge,
    is_off,
    special_day,
    upcoming,
)

SPECIAL = [
    ("2026-01-01", "red", "nyårsdagen"),
    ("2026-01-02", "short", "klämdag"),
    ("2026-01-05", "short", "trettondagsafton"),
    ("2026-01-06", "red", "trettondedag jul"),
    ("2026-04-02", "short", "skärtorsdagen"),
    ("2026-04-03", "red", "långfredagen"),
    ("2026-04-04", "short", "påskafton"),
    ("2026-04-06", "red", "annandag påsk"),
    ("2026-04-30", "short", "valborgsmässoafton"),
    ("2026-05-01", "red", "första maj"),
    ("2026-05-13", "short", "dagen före Kristi himmelsfärdsdag"),
    ("2026-05-14", "red", "Kristi himmelsfärdsdag"),
    ("2026-05-15", "short", "klämdag"),
    ("2026-06-05", "short", "dagen före nationaldagen"),
    ("2026-06-06", "red", "nationaldagen"),
    ("2026-06-18", "short", "dagen före midsommarafton"),
    ("2026-06-19", "eve", "midsommarafton"),
    ("2026-06-20", "red", "midsommardagen"),
    ("2026-10-30", "short", "alla helgons afton"),
    ("2026-10-31", "red", "alla helgons dag"),
    ("2026-12-23", "short", "dagen före julafton"),
    ("2026-12-24", "eve", "julafton"),
    ("2026-12-25", "red", "juldagen"),
    ("2026-12-26", "red", "annandag jul"),
    ("2026-12-28", "short", "mellandag"),
    ("2026-12-31", "eve", "nyårsafton"),
    ("2027-05-07", "short", "klämdag"),
    ("2028-06-05", "short", "klämdag"),
]


@pytest.mark.parametrize(("day", "kind", "name"), SPECIAL)
def test_a_special_day_has_its_kind_and_name(day: str, kind: str, name: str) -> None:
    found = special_day(dt.date.fromisoformat(day))
    assert found is not None
    assert (found.kind, found.name) == (kind, name)
    assert found.phrase_en


@pytest.mark.parametrize("day", ["2026-11-24", "2026-11-22", "2026-12-13", "2026-02-14"])
def test_ordinary_days_and_plain_sundays_are_not_special(day: str) -> None:
    assert special_day(dt.date.fromisoformat(day)) is None


def test_names_carry_no_bank_hours() -> None:
    """`holidays` writes "(från kl. 14.00)", which is about banks."""
    found = special_day(dt.date(2026, 4, 30))
    assert found is not None
    assert "kl" not in found.phrase.removeprefix("på ")


def test_a_monday_between_sunday_and_a_red_tuesday_is_a_bridge() -> None:
    assert is_bridge(dt.date(2028, 6, 5))
    assert not is_bridge(dt.date(2028, 6, 6))
    assert not is_bridge(dt.date(2026, 11, 24))


def test_offices_are_off_on_weekends_red_days_and_three_eves() -> None:
    off = ["2026-11-21", "2026-11-22", "2026-12-24", "2026-12-25", "2026-06-19", "2026-12-31"]
    assert all(is_off(dt.date.fromisoformat(d)) for d in off)
    assert not is_off(dt.date(2026, 4, 30))


def test_the_next_of_each_kind() -> None:
    start = dt.date(2026, 11, 24)
    assert upcoming("red", start) == dt.date(2026, 12, 25)
    assert upcoming("bridge", start) == dt.date(2027, 5, 7)
    assert upcoming("eve", start) == dt.date(2026, 12, 24)


def test_moving_days_are_found_for_any_year() -> None:
    assert date_of("midsommarafton", 2027) == dt.date(2027, 6, 25)
    assert date_of("långfredagen", 2030) == dt.date(2030, 4, 19)
    assert date_of("no such day", 2030) is None


def test_two_red_days_on_one_date_are_both_named() -> None:
    """`holidays` joins the names of one date; none may be lost in splitting them."""
    for year in range(2026, 2060):
        assert date_of("nationaldagen", year) == dt.date(year, 6, 6)
