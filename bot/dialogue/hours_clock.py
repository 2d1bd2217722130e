"""A time of day against a day's hours: ``Klockan 11.00 på torsdagar är telefonen stängd.``"""

from __future__ import annotations

import datetime as dt

from bot.dialogue.hours_phrases import Context, clock, sentence, times
from bot.knowledge.hours import DayHours, Span, lunch
from bot.understanding.dates import Clock

_ONE_DAY = dt.timedelta(days=1)
_PART_NAMES = {
    "morning": "på morgonen",
    "forenoon": "på förmiddagen",
    "lunch": "vid lunch",
    "afternoon": "på eftermiddagen",
    "evening": "på kvällen",
    "night": "på natten",
}


def at_clock(context: Context, day: DayHours, asked: Clock, when: str) -> tuple[str, bool]:
    """Whether it is open at a time of a day that has hours: the sentence, and the answer.

    ``when`` names the day inside the sentence.
    """
    start, end = _window(day.day, asked)
    lead = _lead(asked, when, is_today=day.day == context.today)
    if start == end:
        return _at_moment(context, day, asked, lead, start)
    subject = context.subject
    inside = [Span(max(s.start, start), min(s.end, end)) for s in day.spans]
    inside = [s for s in inside if s.start < s.end]
    if not inside:
        return sentence(f"{lead} är {subject.noun} {subject.closed}"), False
    told = times(inside)
    if asked.part is None and inside == [Span(start, end)]:
        told = "hela tiden"
    elif asked.relation == "after" and len(inside) == 1 and inside[0].start == start:
        told = f"till klockan {clock(inside[0].end)}"
    return sentence(f"{lead} är {subject.noun} {subject.open} {told}"), True


def _at_moment(
    context: Context, day: DayHours, asked: Clock, lead: str, moment: dt.datetime
) -> tuple[str, bool]:
    subject = context.subject
    if any(s.includes(moment) for s in day.spans):
        return sentence(f"{lead} är {subject.noun} {subject.open}"), True
    gap = lunch(day, moment)
    if gap is None:
        return sentence(f"{lead} är {subject.noun} {subject.closed}"), False
    if asked.part == "lunch":
        return sentence(f"{lead} är {subject.noun} {subject.closed}, {times([gap])}"), False
    return sentence(f"{lead} är {subject.noun} {subject.closed_short} för lunch"), False


def _window(day: dt.date, asked: Clock) -> tuple[dt.datetime, dt.datetime]:
    """The stretch of a day that a time of day means; a point when both ends are equal."""
    moment = dt.datetime.combine(day, asked.moment)
    midnight = dt.datetime.combine(day, dt.time())
    if asked.relation == "after":
        return moment, midnight + _ONE_DAY
    if asked.relation == "before":
        return midnight, moment
    if asked.until is not None:
        return moment, dt.datetime.combine(day, asked.until)
    return moment, moment


def _lead(asked: Clock, when: str, *, is_today: bool) -> str:
    if asked.part == "lunch":
        return f"vid lunch {when}"
    if asked.part and asked.relation == "between":
        short = {"evening": "i kväll", "afternoon": "i eftermiddag"}.get(asked.part)
        return short if is_today and short else f"{when} {_PART_NAMES[asked.part]}"
    at = f"klockan {clock(asked.moment)}"
    if asked.relation == "between" and asked.until:
        return f"mellan {at} och {clock(asked.until)} {when}"
    word = {"after": "efter ", "before": "före "}.get(asked.relation, "")
    return f"{word}{at} {when}"
