"""Replies on the whole week, parts of the year, and red days in general."""

from __future__ import annotations

import datetime as dt

from bot.dialogue.hours_now import state_now
from bot.dialogue.hours_phrases import MONTHS, Context, caution, date_words, month_day, sentence
from bot.dialogue.hours_weekly import season_dates, season_hours, week_title
from bot.knowledge.calendar import special_day, upcoming
from bot.knowledge.hours import Season
from bot.understanding.dates import DateQuestion

Sentences = list[str | None]

_SEASON_NAMES = {"sommar": "på sommaren", "host": "på hösten", "vinter": "på vintern"}


def general_sentences(context: Context) -> Sentences:
    """All hours in the page's own words, and the state at this moment."""
    today = context.day(context.today)
    return [week_title(context), state_now(context), caution(context, today)]


def season_sentences(context: Context, question: DateQuestion) -> Sentences:
    """What applies in a part of the year, the other hours, and the days on which they change."""
    hours = context.hours
    if not hours.seasons:
        return _no_season(context, question)
    subject, usual = context.subject, season_hours(context, None)
    season = _season_meant(context, question)
    if season is None:
        season = hours.season(context.today) or hours.seasons[0]
        lead = _lead(question) or "resten av året"
        return [
            sentence(f"{lead} är {subject.noun} {subject.open} {usual}"),
            sentence(f"{season_dates(season)} gäller {season_hours(context, season)}"),
            caution(context, None),
        ]
    back = sentence(f"från {_day_after(season)} gäller {usual} igen")
    state = f"är {subject.noun} {subject.open} {season_hours(context, season)}"
    during = sentence(f"{season_dates(season)} {state}")
    told: Sentences = [back, during] if question.phrase == "back" else [during, back]
    return [*told, caution(context, None)]


def special_sentences(context: Context, question: DateQuestion) -> Sentences:
    """Red days, klämdagar and eves in general, with the next one."""
    special = question.special
    assert special is not None
    subject = context.subject
    day = upcoming(special, context.today)
    if special == "red":
        first = f"På röda dagar: räkna med att {subject.noun} är {subject.closed}; "
        return [first + "sidan säger inget om röda dagar.", _next_special(context, "röda dag", day)]
    if special == "bridge":
        first = "Klämdagar är vanliga vardagar, så räkna med de vanliga tiderna."
        short = "Tiderna kan vara kortare på en klämdag; sidan säger inget om det."
        return [first, short, _next_special(context, "klämdag", day)]
    first = (
        f"På midsommarafton, julafton och nyårsafton: räkna med att {subject.noun} "
        f"är {subject.closed}."
    )
    short = "Andra aftnar och dagen före en röd dag kan tiderna vara kortare."
    return [first, short, "Sidan säger inget om det."]


def _no_season(context: Context, question: DateQuestion) -> Sentences:
    """The page gives one set of hours for the whole year."""
    when = _lead(question)
    silent = f"inga särskilda tider {when}" if when else "inga andra tider"
    return [f"Sidan nämner {silent}.", week_title(context), state_now(context)]


def _season_meant(context: Context, question: DateQuestion) -> Season | None:
    """The season that the question's days lie in; None when the ordinary hours apply then."""
    hours = context.hours
    if question.phrase == "back":
        return hours.season(context.today) or hours.seasons[0]
    return next((s for day in question.days if (s := hours.season(day))), None)


def _lead(question: DateQuestion) -> str:
    phrase = question.phrase or ""
    if phrase.startswith("month:"):
        return f"i {MONTHS[int(phrase.removeprefix('month:')) - 1]}"
    return _SEASON_NAMES.get(phrase, "")


def _day_after(season: Season) -> str:
    last = dt.date.fromisoformat(f"2027-{season.last}") + dt.timedelta(days=1)
    return month_day(last.strftime("%m-%d"))


def _next_special(context: Context, name: str, day: dt.date | None) -> str | None:
    if day is None:
        return None
    special = special_day(day)
    own = f" ({special.name})" if special and name == "röda dag" else ""
    return f"Nästa {name} är {date_words(day, context.today)}{own}."
