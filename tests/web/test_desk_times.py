"""Times at the desk: the municipality's clock, in summer and in winter, in figures and words."""

from __future__ import annotations

from typing import Any

import pytest

from tests.web.canned_desk import CannedDesk
from tests.web.desk_page import DeskPage

WINTER = "2026-11-18T10:00:00+01:00"
SUMMER = "2026-07-01T21:50:00Z"


@pytest.mark.parametrize(
    ("call", "expected"),
    [
        ("ticking(65)", "1:05"),
        ("ticking(4000)", "1:06:40"),
        ("ticking(-3)", "0:00"),
        ("inWords(59)", "mindre än en minut"),
        ("inWords(60)", "en minut"),
        ("inWords(4000)", "en timme och 6 minuter"),
        (f"clock('{SUMMER}')", "23.50"),
        (f"dayAndClock('{WINTER}')", "2026-11-18 10.00"),
        (f"todayAt('{WINTER}', '16:30')", "2026-11-18T15:30:00.000Z"),
        (f"todayAt('{SUMMER}', '16:30')", "2026-07-01T14:30:00.000Z"),
        (f"endOfDay('{WINTER}')", "2026-11-18T23:00:00.000Z"),
        (f"endOfDay('{SUMMER}')", "2026-07-01T22:00:00.000Z"),
        (f"halfHoursLeft('{SUMMER}')", []),
        (f"halfHoursLeft('{WINTER}')[0]", {"value": "10:30", "words": "10.30"}),
        ("languageName('fi')", "Finska"),
        ("languageName('inget språk')", "inget språk"),
    ],
)
def test_times(desk: DeskPage, desk_server: CannedDesk, call: str, expected: Any) -> None:
    desk.page.goto(f"{desk_server.url}/sign-in")
    told = desk.page.evaluate(f"import('/assets/desk/times.js').then((times) => times.{call})")
    assert told == expected
