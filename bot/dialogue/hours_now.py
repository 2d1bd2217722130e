"""Replies on this moment and today: open now, closed why, when it closes, opens next."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.hours_phrases import (
    Context,
    caution,
    clock,
    closed_all_day,
    lunch_or_pause,
    note,
    on_day,
    opens_at,
    reopening,
    sentence,
    times,
)
from bot.knowledge.hours import DayHours, Status

Sentences = list[str | None]


def now_sentences(context: Context, wants: str) -> Sentences:
    """Whether it is open at this moment, and until when or from when."""
    status = context.status()
    today = status.today
    if not status.is_open:
        return _closed_now(context, status, wants)
    rest = _side_notes(context, today)
    if wants == "closes":
        return [*_closing_today(context, today), *rest]
    return [_open_now(context, status), _later_today(context, today), *rest]


def today_sentences(context: Context, wants: str) -> Sentences:
    """The hours of today, and where in them we are."""
    status = context.status()
    today = status.today
    if not today.spans or status.reason == "after":
        return _closed_now(context, status, "closes" if wants == "closes" else "today")
    rest = _side_notes(context, today)
    if wants == "closes":
        return [*_closing_today(context, today), *rest]
    subject = context.subject
    first = f"I dag är {subject.noun} {subject.open} {times(today.spans)}."
    return [first, _right_now(context, status), *rest]


def next_sentences(context: Context, start: dt.date | None) -> Sentences:
    """When it opens next, from now or from a later day on."""
    if start is not None and start > context.today:
        return _first_opening_from(context, start)
    status = context.status()
    if status.is_open or status.next_open is None:
        again = reopening(context) if status.is_open else None
        return [*now_sentences(context, "hours")[:1], again, *_side_notes(context, status.today)]
    subject = context.subject
    opening = status.next_open
    first = sentence(f"{subject.noun} {subject.opens} {opens_at(opening, context.today)}")
    day = context.day(opening.date())
    return [first, _why_now(context, status), caution(context, day)]


def state_now(context: Context) -> str:
    """Open or closed at this moment, and the next change, in one sentence."""
    status = context.status()
    if status.is_open:
        return _open_now(context, status)
    subject, opening = context.subject, status.next_open
    when = f" {opens_at(opening, context.today).rstrip(',')}" if opening else ""
    lead = f"{subject.noun} är {_closed_state(context, status)} just nu"
    if status.today.inferred and status.today.special is not None:
        lead = f"I dag är det {status.today.special.name}, så räkna med att {subject.noun} är "
        lead += subject.closed
    elif status.today.inferred:
        lead = f"I dag är det helg, så räkna med att {subject.noun} är {subject.closed}"
    return sentence(f"{lead} och öppnar{when}" if when else lead)


def _open_now(context: Context, status: Status) -> str:
    subject = context.subject
    closes = status.closes_at
    if closes is None:
        return sentence(f"{subject.noun} är {subject.open} nu, dygnet runt")
    until = f"klockan {clock(closes)}"
    if closes.date() != context.today and closes.time() != dt.time():
        until = f"{on_day(closes.date(), context.today)} {until}"
    return sentence(f"{subject.noun} är {subject.open} nu, till {until}")


def _later_today(context: Context, today: DayHours) -> str | None:
    later = [s for s in today.spans if s.start > context.now]
    if not later:
        return None
    subject = context.subject
    return f"Senare i dag är {subject.pronoun} {subject.open_short} {times(later)}."


def _right_now(context: Context, status: Status) -> str:
    """Where in today's hours we are, after a sentence that told them."""
    subject = context.subject
    if status.is_open and status.closes_at is not None:
        until = f"till klockan {clock(status.closes_at)}"
        return f"Just nu är {subject.pronoun} {subject.open_short}, {until}."
    if status.is_open:
        return f"Just nu är {subject.pronoun} {subject.open_short}."
    why = " för lunch" if status.reason == "lunch" else ""
    state = f"Just nu är {subject.pronoun} {subject.closed_short}{why}"
    opening = status.next_open
    return f"{state} och öppnar klockan {clock(opening)}." if opening else f"{state}."


def _closing_today(context: Context, today: DayHours) -> Sentences:
    last = clock(today.spans[-1].end)
    subject = context.subject
    first = f"I dag stänger {subject.noun} klockan {last}."
    if subject.is_visit:
        first = f"I dag är {subject.noun} {subject.open} till klockan {last}."
    return [first, lunch_or_pause(context, today) or _right_now(context, context.status())]


def _closed_state(context: Context, status: Status) -> str:
    subject = context.subject
    return f"{subject.closed_short} för lunch" if status.reason == "lunch" else subject.closed


def _closed_now(context: Context, status: Status, wants: str) -> Sentences:
    """Closed at this moment: all day, for lunch, before the first or after the last hours."""
    today = status.today
    if not today.spans:
        return closed_all_day(context, today)
    subject, reason = context.subject, status.reason
    if reason == "after":
        lead = f"{subject.noun} är {subject.closed} nu"
        if wants == "today":
            told = f"I dag var {subject.pronoun} {subject.open_short} {times(today.spans)}."
        else:
            told = f"I dag stängde {subject.pronoun} klockan {clock(today.spans[-1].end)}."
        return [sentence(lead), told if wants != "hours" else None, reopening(context)]
    first = sentence(f"{subject.noun} är {_closed_state(context, status)} just nu")
    opening = reopening(context, word="")
    rest = None
    if (reason == "before" and len(today.spans) > 1) or wants == "closes":
        rest = f"I dag är {subject.pronoun} {subject.open_short} {times(today.spans)}."
    return [first, opening, rest, *_side_notes(context, today)]


def _why_now(context: Context, status: Status) -> str | None:
    """Why it is closed at this moment, in one sentence that says what is an inference."""
    subject, today = context.subject, status.today
    if today.inferred and today.special is not None:
        red = ", en röd dag" if today.closed == "red" else ""
        so = f"så räkna med att {subject.pronoun} är {subject.closed_short}"
        return f"I dag är det {today.special.name}{red}, {so}."
    if today.inferred:
        return f"Räkna med att {subject.pronoun} är {subject.closed_short} i helgen."
    why = " för lunch" if status.reason == "lunch" else ""
    return sentence(f"{subject.pronoun} är {subject.closed_short}{why} just nu")


def _first_opening_from(context: Context, start: dt.date) -> Sentences:
    moment = dt.datetime.combine(start, dt.time()) - dt.timedelta(minutes=1)
    opening = context.status(moment).next_open
    if opening is None:
        return now_sentences(context, "hours")
    subject = context.subject
    day = context.day(opening.date())
    first = sentence(f"{subject.noun} {subject.opens} {opens_at(opening, context.today)}")
    then = f"Den dagen är {subject.pronoun} {subject.open_short} {times(day.spans)}."
    return [first, then, *_side_notes(context, day)]


def _side_notes(context: Context, day: DayHours) -> Sentences:
    """What has to be said beside a day's hours."""
    return [note(day), caution(context, day)]
