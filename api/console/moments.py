"""When a conversation is played, as staff write it: ``torsdag 09.45``, ``julafton``."""

from __future__ import annotations

import datetime as dt
import re
from typing import Final

from api.console.refusals import unknown_moment
from bot.dialogue.hours_phrases import date_words
from bot.dialogue.turn import in_stockholm
from bot.understanding.dates import DateQuestion, find_dates

UNSAID: Final = dt.time(10)
"""When no time of day is written: most phones are open then."""

_YEARS: Final = 10
"""So far away red days are known, and nobody tests further."""

_WRITTEN_TIME: Final = re.compile(r"\d{1,2}[.:]\d\d")


def read_moment(text: str | None, now: dt.datetime) -> dt.datetime:
    """The moment that was written; ``now`` where nothing was. Raise ApiError for anything else."""
    written = (text or "").strip()
    if not written:
        return in_stockholm(now)
    moment = _iso(written) or _in_words(written, now)
    if moment is None or abs(moment.year - now.year) > _YEARS:
        raise unknown_moment()
    return moment


def moment_words(moment: dt.datetime) -> str:
    """``torsdag 24 december 2026, klockan 10.00``"""
    local = in_stockholm(moment)
    # Told from another year's day, so that the year always stands there.
    return f"{date_words(local.date(), dt.date(1, 1, 1))}, klockan {local:%H.%M}"


def _iso(text: str) -> dt.datetime | None:
    try:
        moment = in_stockholm(dt.datetime.fromisoformat(text))
    except ValueError:
        return None
    except OverflowError:
        raise unknown_moment() from None
    return moment if len(text) > len("2026-12-24") else None


def _in_words(text: str, now: dt.datetime) -> dt.datetime | None:
    """One day, a time of day, or both."""
    local = in_stockholm(now)
    found = find_dates(text, local)
    if found is None or found.kind not in {"now", "day", "clock"}:
        return None
    if found.kind == "now":
        return local
    if found.clock is None and _WRITTEN_TIME.search(text):
        return None  # such as 25.00: what was meant can't be told
    day = found.days[0] if found.days else local.date()
    return in_stockholm(dt.datetime.combine(day, _time(found)))


def _time(found: DateQuestion) -> dt.time:
    """The time of day; of a part of the day, as a morning, its middle."""
    clock = found.clock
    if clock is None:
        return UNSAID
    if clock.until is None:
        return clock.moment
    minutes = (_minutes(clock.moment) + _minutes(clock.until)) // 2
    return dt.time(minutes // 60, minutes % 60)


def _minutes(time: dt.time) -> int:
    return time.hour * 60 + time.minute
