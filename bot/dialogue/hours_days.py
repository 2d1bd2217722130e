"""Replies on given days, and on a time of day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from itertools import groupby

from bot.dialogue.hours_clock import at_clock
from bot.dialogue.hours_phrases import (
    WEEKDAYS,
    Context,
    caution,
    clock,
    closed_all_day,
    date_words,
    listed,
    note,
    on_day,
    reopening,
    sentence,
    times,
)
from bot.dialogue.hours_weekly import by_times, compared, usual_day
from bot.knowledge.hours import DayHours
from bot.understanding.dates import Clock, DateQuestion

Sentences = list[str | None]

_WORKING_DAYS = range(5)


def day_sentences(context: Context, question: DateQuestion) -> Sentences:
    """The hours of one day that is not today."""
    day = context.day(question.days[0])
    if not day.spans:
        return closed_all_day(context, day)
    subject, lead = context.subject, on_day(day.day, context.today)
    side = [note(day), compared(context, day, question), caution(context, day)]
    then = f"Den dagen är {subject.pronoun} {subject.open_short} {times(day.spans)}."
    if question.wants == "opens":
        return [_verb(context, lead, "öppnar", day.spans[0].start), then, *side]
    if question.wants == "closes":
        return [_verb(context, lead, "stänger", day.spans[-1].end), then, *side]
    return [sentence(f"{lead} är {subject.noun} {subject.open} {times(day.spans)}"), *side]


def clock_sentences(context: Context, question: DateQuestion) -> Sentences:
    """Whether it is open at a time of day: on the day that was named, else on the next one."""
    asked = question.clock
    assert asked is not None
    if len(question.days) > 1:
        return [_at_or_closed(context, context.day(d), asked) for d in question.days]
    date = question.days[0] if question.days else _day_for(context, asked)
    day = context.day(date)
    if not day.spans:
        return closed_all_day(context, day)
    first, is_open = at_clock(context, day, asked, on_day(date, context.today))
    subject = context.subject
    today = date == context.today
    told = f"{subject.open_short} {times(day.spans)}"
    hours = f"Den dagen är {subject.pronoun} {told}."
    if today:
        hours = sentence(f"{subject.pronoun} är {told} i dag")
    others = None if question.days else _other_weekdays(context, day, asked, is_open)
    over = today and not is_open and context.now >= day.spans[-1].end
    again = reopening(context) if over else None
    return [first, hours, again, note(day), others, caution(context, day)]


def days_sentences(context: Context, question: DateQuestion) -> Sentences:
    """The hours of several days or a period, days with the same hours told together."""
    days = [context.day(d) for d in question.days]
    opened = [g for g in by_times(days) if g[0].spans]
    closed = [d for d in days if not d.spans]
    subject = context.subject
    told: Sentences = []
    for group in opened[:2]:
        lead = _dates(context, [d.day for d in group])
        noun = subject.pronoun if told else subject.noun
        told.append(sentence(f"{lead} är {noun} {subject.open} {times(group[0].spans)}"))
    if closed:
        told.append(_closed_days(context, closed, subject.pronoun if told else subject.noun))
    if not opened:
        told.append(reopening(context, dt.datetime.combine(days[-1].day, dt.time(23, 59))))
    short = next((d for d in days if d.may_be_short), None)
    return [*told, caution(context, short, question.phrase)]


def _verb(context: Context, lead: str, verb: str, moment: dt.datetime) -> str:
    subject = context.subject
    if subject.noun == "det":
        preposition = "från" if verb == "öppnar" else "till"
        return sentence(f"{lead} är det {subject.open} {preposition} klockan {clock(moment)}")
    return sentence(f"{lead} {verb} {subject.noun} klockan {clock(moment)}")


def _day_for(context: Context, asked: Clock) -> dt.date:
    """The day that a bare time of day is about: today while it lies ahead, else the next one."""
    today = context.day(context.today)
    end = asked.until or asked.moment
    if today.spans and (end >= context.now.time() or asked.relation == "after"):
        return context.today
    midnight = dt.datetime.combine(context.today, dt.time(23, 59))
    opening = context.status(midnight).next_open
    return opening.date() if opening else context.today


def _other_weekdays(context: Context, day: DayHours, asked: Clock, is_open: bool) -> str | None:
    """The weekdays on which the same time of day has the other answer."""
    differing = []
    for weekday in _WORKING_DAYS:
        usual = usual_day(context, weekday)
        if weekday != day.day.weekday() and at_clock(context, usual, asked, "")[1] != is_open:
            differing.append(f"{WEEKDAYS[weekday]}ar")
    if not differing:
        return None
    subject = context.subject
    state = subject.closed_short if is_open else subject.open_short
    return f"På {listed(differing)} är {subject.pronoun} {state} då."


def _dates(context: Context, dates: Sequence[dt.date]) -> str:
    """``måndag 28–onsdag 30 december``: runs of days written short."""
    runs: list[str] = []
    numbered = enumerate(dates)
    for _, items in groupby(numbered, key=lambda pair: pair[1].toordinal() - pair[0]):
        run = [d for _, d in items]
        last = date_words(run[-1], context.today)
        if len(run) > 2 and run[0].month == run[-1].month:
            runs.append(f"{WEEKDAYS[run[0].weekday()]} {run[0].day}–{last}")
        else:
            runs += [date_words(d, context.today) for d in run]
    return listed(runs)


def _at_or_closed(context: Context, day: DayHours, asked: Clock) -> str:
    """One of several days at a time of day, in one sentence."""
    if day.spans:
        return at_clock(context, day, asked, on_day(day.day, context.today))[0]
    return _closed_days(context, [day], context.subject.noun)


def _closed_days(context: Context, closed: Sequence[DayHours], noun: str) -> str:
    """The days of a period without hours, with what is inferred told as such."""
    subject = context.subject
    dates = _dates(context, [d.day for d in closed])
    if not any(d.inferred for d in closed):
        return sentence(f"{dates} är {noun} {subject.closed}")
    names = [d.special.name for d in closed if d.special and d.closed in ("red", "eve")]
    own = f" ({listed(names)})" if names else ""
    return f"Räkna med att {noun} är {subject.closed} {dates}{own}; sidan säger inget om det."
