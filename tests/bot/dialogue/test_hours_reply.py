"""Replies on opening hours: the fact first, three sentences, true at every moment.

The cases stand in hours_cases.yml, which an editor can read and add to.
"""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.dialogue.hours_reply import MOST_SENTENCES, hours_text
from bot.knowledge.hours import Hours, HoursException, Season, load_exceptions
from bot.understanding.dates import find_dates

UNITS = {
    "phone": (
        "socialtjänstens mottagningsenhet",
        Hours(
            "Mo-We,Fr 08:30-11:30,13:00-16:00; Th 08:30-09:30,13:00-16:00",
            "Måndag, tisdag, onsdag, fredag, klockan 08.30–11.30, 13.00–16.00. "
            "Torsdag, klockan 08.30–09.30, 13.00–16.00.",
        ),
    ),
    "visit": (
        "socialtjänstens mottagningsenhet",
        Hours(
            "Mo-Fr 08:30-11:30,13:00-16:00",
            "Måndag–fredag, klockan 08.30–11.30, 13.00–16.00",
            kind="visit",
        ),
    ),
    "växel": (
        "Ludvika kommuns växel",
        Hours(
            "Mo-Fr 07:30-12:00,13:00-16:15",
            "Öppettider: 7:30-12:00, 13:00-16:15",
            weekdays_named=False,
        ),
    ),
    "service": (
        "servicetelefonen",
        Hours(
            "Mo-Fr 09:00-12:00",
            "Vardagar 9:00-12:00",
            seasons=(
                Season("05-01", "08-31", "Mo-Fr 09:30-11:30", "OBS! Ändrade telefontider 1/5-31/8"),
            ),
        ),
    ),
}

TUESDAY = "2026-11-24T10:30"
CASES = yaml.safe_load(Path(__file__).with_name("hours_cases.yml").read_text(encoding="utf-8"))


def ask(unit: str, now: str, text: str, language: str = "sv") -> str:
    name, hours = UNITS[unit]
    moment = dt.datetime.fromisoformat(now)
    return hours_text(name, hours, find_dates(text, moment), moment, language=language).text


def named(case: dict[str, Any]) -> str:
    return f"{case['unit']}-{case['now']}-{case['ask']}"


@pytest.mark.parametrize("case", CASES, ids=named)
def test_the_reply_says_what_is_so(case: dict[str, Any]) -> None:
    reply = ask(case["unit"], case["now"], case["ask"]).casefold()
    assert [part for part in case["must"] if part.casefold() not in reply] == [], reply
    assert [part for part in case["never"] if part.casefold() in reply] == [], reply


@pytest.mark.parametrize("language", ["sv", "en"])
@pytest.mark.parametrize("case", CASES, ids=named)
def test_every_reply_is_short_and_whole(case: dict[str, Any], language: str) -> None:
    reply = ask(case["unit"], case["now"], case["ask"], language)
    sentences = re.findall(r"[^.]\.(?=\s|$)", reply)
    pages_own_words = 1 if "Torsdag, klockan" in reply else 0
    assert 1 <= len(sentences) <= MOST_SENTENCES + pages_own_words, reply
    assert reply.endswith(".")
    assert reply[0].isupper() or reply[0].isdigit()
    assert not re.search(r"None|  |,\.|\.\.|\bJa\b|\bNej\b", reply), reply


def test_there_are_enough_cases() -> None:
    assert len(CASES) >= 150


def test_the_state_stands_beside_the_text() -> None:
    name, hours = UNITS["phone"]
    closed = hours_text(name, hours, None, dt.datetime.fromisoformat("2026-11-24T12:10"))
    assert not closed.open_now
    assert closed.next_open is not None
    assert closed.next_open.isoformat() == "2026-11-24T13:00:00+01:00"
    assert hours_text(name, hours, None, dt.datetime.fromisoformat(TUESDAY)).open_now


def exceptions(**changes: object) -> tuple[HoursException, ...]:
    entry: dict[str, object] = {"municipality": "x", "unit": "y", "date": "2026-11-24"}
    return load_exceptions([entry | {"hours": "closed", "note": "Vi flyttar"} | changes])


def test_an_exception_is_told_with_its_note() -> None:
    name, hours = UNITS["phone"]
    now = dt.datetime.fromisoformat(TUESDAY)
    question = find_dates("öppet idag", now)
    closed = hours_text(name, hours, question, now, exceptions()).text
    assert closed.startswith("I dag är telefonen stängd. Vi flyttar.")
    short = hours_text(name, hours, question, now, exceptions(hours="08:30-11:00")).text
    assert "08.30–11.00" in short
    assert "Vi flyttar." in short


def test_an_exception_ends_the_guessing_about_an_eve() -> None:
    name, hours = UNITS["phone"]
    now = dt.datetime.fromisoformat(TUESDAY)
    opened = exceptions(date="2026-12-24", hours="09:00-11:00", note=None)
    reply = hours_text(name, hours, find_dates("julafton", now), now, opened).text
    assert reply == "Torsdag 24 december är telefonen öppen klockan 09.00–11.00."


LUNCH = "2026-11-24T12:10"
ENGLISH = [
    ("phone", TUESDAY, "are you open now", "The phone is open now, until 11:30."),
    ("phone", LUNCH, "are you open now", "closed for lunch now. It opens again today at 13:00"),
    (
        "phone",
        TUESDAY,
        "on thursday at 11",
        "At 11:00 on Thursday 26 November the phone is closed.",
    ),
    ("phone", TUESDAY, "on saturdays", "On Saturdays the phone is closed."),
    ("phone", TUESDAY, "Christmas Eve", "expect the phone to be closed"),
    ("visit", TUESDAY, "can I visit tomorrow", "25 November, the office is open 08:30–11:30"),
    ("phone", TUESDAY, "opening hours", "Thursday 08:30–09:30 and 13:00–16:00. The phone is open"),
    ("växel", TUESDAY, "opening hours", "The page names no weekdays."),
    ("service", TUESDAY, "in summer", "from 1 May to 31 August: weekdays 09:30–11:30."),
    ("phone", TUESDAY, "public holidays", "On public holidays, expect the phone to be closed"),
]


@pytest.mark.parametrize(("unit", "now", "text", "must"), ENGLISH)
def test_english(unit: str, now: str, text: str, must: str) -> None:
    assert must in ask(unit, now, text, "en")
