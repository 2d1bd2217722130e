"""Replies on opening hours in English: the same facts as the Swedish ones, told more briefly."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from bot.dialogue.hours_phrases import Context, span_times
from bot.dialogue.hours_weekly import by_times, usual_day
from bot.knowledge.hours import DayHours, Season, Span
from bot.understanding.dates import Clock, DateQuestion

Sentences = list[str | None]

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip

_WORKING_DAYS = (0, 1, 2, 3, 4)
_MOST_GROUPS = 2


def english_sentences(context: Context, question: DateQuestion | None) -> Sentences:
    """The reply to any question about hours, as sentences, the fact first."""
    if question is None:
        return [_week(context), *_state(context)]
    if question.kind == "season":
        return [*_seasons(context), *_state(context)[:1]]
    if question.kind == "special":
        noun = _noun(context)
        closed = f"On public holidays, expect {noun} to be closed; the page does not say."
        return [closed, "On other eves and bridge days it may close early."]
    if question.kind == "weekly":
        return _weekly(context, question)
    if question.kind == "now" or (question.kind == "next" and not question.days):
        return _state(context)
    if question.kind == "next":
        start = dt.datetime.combine(question.days[0], dt.time())
        return [_opens_next(context, start, "")]
    if not question.days:
        return [*_state(context)[:1], _week(context)]
    return _days(context, question)


def _state(context: Context) -> Sentences:
    """Open or closed at this moment, and the next change."""
    status = context.status()
    noun = _noun(context)
    if status.is_open:
        until = f", until {_clock(status.closes_at)}" if status.closes_at else ""
        return [_sentence(f"{noun} is open now{until}"), _caution(context, status.today)]
    if not status.today.spans:
        again = _opens_next(context, context.now, " again")
        return [_closed_day(context, status.today), again, _caution(context, status.today)]
    why = " for lunch" if status.reason == "lunch" else ""
    first = _sentence(f"{noun} is closed{why} now")
    return [first, _opens_next(context, context.now, " again"), _caution(context, status.today)]


def _days(context: Context, question: DateQuestion) -> Sentences:
    """The hours of the days that were named, perhaps at a time of day."""
    days = [context.day(d) for d in question.days]
    told: Sentences = []
    for group in by_times(days)[:_MOST_GROUPS]:
        first = group[0]
        if not first.spans and len(group) == 1:
            told.append(_closed_day(context, first))
        elif not first.spans:
            dates = _listed(_date(d.day, context) for d in group)
            told.append(f"Expect {_noun(context)} to be closed on {dates}.")
        else:
            if question.clock and question.clock.part is None:
                told.append(_at(context, first, question.clock))
            dates = _listed(_day(d.day, context) for d in group)
            told.append(_sentence(f"{dates} {_noun(context)} is open {_times(first.spans)}"))
    if not any(d.spans for d in days):
        end = dt.datetime.combine(days[-1].day, dt.time(23, 59))
        told.append(_opens_next(context, end, " again"))
    elif days[0].day == context.today and len(days) == 1:
        told.append(_state(context)[0])
    short = next((d for d in days if d.may_be_short), days[0])
    return [*told, _caution(context, short)]


def _at(context: Context, day: DayHours, asked: Clock) -> str:
    moment = dt.datetime.combine(day.day, asked.moment)
    word = {"after": "After", "before": "Before"}.get(asked.relation, "At")
    when = f"{word} {moment:%H:%M} {_day(day.day, context)}"
    if asked.relation == "after":
        is_open = any(s.end > moment for s in day.spans)
    elif asked.relation == "before":
        is_open = any(s.start < moment for s in day.spans)
    else:
        is_open = any(s.includes(moment) for s in day.spans)
    return _sentence(f"{when} {_noun(context)} is {'open' if is_open else 'closed'}")


def _weekly(context: Context, question: DateQuestion) -> Sentences:
    told: Sentences = []
    for group in by_times(usual_day(context, w) for w in question.weekdays):
        names = _listed(f"{WEEKDAYS[d.day.weekday()]}s" for d in group)
        if group[0].spans:
            told.append(f"On {names} {_noun(context)} is open {_times(group[0].spans)}.")
        elif group[0].inferred:
            told.append(f"Expect {_noun(context)} to be closed on {names}.")
        else:
            told.append(f"On {names} {_noun(context)} is closed.")
    return [*told, _caution(context, None)]


def _week(context: Context) -> str:
    return f"{_title(context)}: {_week_words(context, context.hours.season(context.today))}."


def _seasons(context: Context) -> Sentences:
    hours = context.hours
    if not hours.seasons:
        return ["The page names no other hours for a part of the year.", _week(context)]
    season = hours.seasons[0]
    first, last = (_month_day(text) for text in (season.first, season.last))
    return [
        f"{_title(context)} from {first} to {last}: {_week_words(context, season)}.",
        f"The rest of the year: {_week_words(context, None)}.",
    ]


def _week_words(context: Context, season: Season | None) -> str:
    """``Monday, Tuesday, Wednesday and Friday 08:30–11:30, Thursday 08:30–09:30``"""
    parts = []
    for group in by_times(usual_day(context, w, season) for w in range(7)):
        weekdays = tuple(d.day.weekday() for d in group)
        names = "weekdays" if weekdays == _WORKING_DAYS else _listed(WEEKDAYS[w] for w in weekdays)
        if group[0].spans:
            named = f"{names} " if context.hours.weekdays_named else ""
            parts.append(f"{named}{_times(group[0].spans)}")
    return "; ".join(parts)


def _closed_day(context: Context, day: DayHours) -> str:
    lead, noun = _day(day.day, context), _noun(context)
    if day.special is not None and day.closed in ("red", "eve"):
        what = f"{day.special.name_en}, a public holiday"
        what = day.special.name_en if day.closed == "eve" else what
        return f"{_upper(_date(day.day, context))} is {what}: expect {noun} to be closed."
    if day.inferred:
        return f"Expect {noun} to be closed {lead.rstrip(',')}."
    return _sentence(f"{lead} {noun} is closed")


def _opens_next(context: Context, after: dt.datetime, again: str) -> str | None:
    opening = context.status(after).next_open
    if opening is None:
        return None
    day = _day(opening.date(), context).rstrip(",")
    return f"It opens{again} {day} at {_clock(opening)}."


def _caution(context: Context, day: DayHours | None) -> str | None:
    if day is not None and day.may_be_short and day.special is not None:
        return f"It may close early {day.special.phrase_en}; the page does not say."
    return None if context.hours.weekdays_named else "The page names no weekdays."


def _noun(context: Context) -> str:
    subject = context.subject
    if subject.is_visit:
        return "the office"
    own = subject.noun
    return "the phone" if own == "telefonen" else f"the phone ({own})"


def _title(context: Context) -> str:
    return "Visiting hours" if context.subject.is_visit else "Phone hours"


def _day(day: dt.date, context: Context) -> str:
    """``today``, ``tomorrow, Friday 1 May``, ``on Thursday 3 December``"""
    if day == context.today:
        return "today"
    tomorrow = day == context.today + dt.timedelta(days=1)
    date = _plain_date(day, context)
    return f"tomorrow, {date}," if tomorrow else f"on {date}"


def _date(day: dt.date, context: Context) -> str:
    return "today" if day == context.today else _plain_date(day, context)


def _plain_date(day: dt.date, context: Context) -> str:
    year = f" {day.year}" if day.year != context.today.year else ""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]}{year}"


def _month_day(text: str) -> str:
    month, day = text.split("-")
    return f"{int(day)} {MONTHS[int(month) - 1]}"


def _times(spans: Iterable[Span]) -> str:
    return _listed(span_times(s).replace(".", ":") for s in spans)


def _clock(moment: dt.datetime | None) -> str:
    return moment.strftime("%H:%M") if moment else ""


def _listed(parts: Iterable[str]) -> str:
    items = list(parts)
    return " and ".join([", ".join(items[:-1]), items[-1]] if len(items) > 1 else items)


def _upper(text: str) -> str:
    return text[:1].upper() + text[1:]


def _sentence(text: str) -> str:
    return f"{_upper(text)}."
