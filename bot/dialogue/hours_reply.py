"""Opening hours in words: what a question about hours gets as its answer.

Facts come from `bot.knowledge.hours`, the question from `bot.understanding.dates`. A reply
begins with the fact, has at most three sentences, names the date of any day but today, and
says what is our inference (red days, weekends of a page that names no weekdays).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from bot.dialogue.hours_days import clock_sentences, day_sentences, days_sentences
from bot.dialogue.hours_english import english_sentences
from bot.dialogue.hours_now import next_sentences, now_sentences, today_sentences
from bot.dialogue.hours_phrases import Context, subject_of
from bot.dialogue.hours_special import general_sentences, season_sentences, special_sentences
from bot.dialogue.hours_weekly import weekly_sentences
from bot.knowledge.hours import Hours, HoursException, in_stockholm
from bot.understanding.dates import DateQuestion

MOST_SENTENCES = 3


@dataclass(frozen=True, slots=True)
class HoursReply:
    """A reply about hours, and the state at the moment of the question."""

    text: str
    open_now: bool
    next_open: dt.datetime | None


def hours_text(
    contact_name: str,
    hours: Hours,
    question: DateQuestion | None,
    now: dt.datetime,
    exceptions: Sequence[HoursException] = (),
    language: str = "sv",
) -> HoursReply:
    """Answer a question about one unit's phone or visiting hours; None asks for all of them.

    ``contact_name`` is the contact's definite form. ``exceptions`` are those of the unit
    (`bot.knowledge.hours.exceptions_for`). Any language but English gets Swedish.
    """
    local = in_stockholm(now).replace(tzinfo=None)
    context = Context(subject_of(contact_name, hours.kind), hours, local, exceptions)
    answer = english_sentences if language == "en" else _sentences
    told = [s for s in answer(context, question) if s]
    status = context.status()
    return HoursReply(" ".join(told[:MOST_SENTENCES]), status.is_open, status.next_open)


def _sentences(context: Context, question: DateQuestion | None) -> list[str | None]:
    if question is None:
        return general_sentences(context)
    if question.kind == "season":
        return season_sentences(context, question)
    if question.kind == "special":
        return special_sentences(context, question)
    if question.kind == "weekly":
        return weekly_sentences(context, question)
    if question.kind == "next":
        return next_sentences(context, question.days[0] if question.days else None)
    if question.kind == "now":
        return now_sentences(context, question.wants)
    if question.clock is not None:
        return clock_sentences(context, question)
    if question.kind == "days":
        return days_sentences(context, question)
    if question.days[0] == context.today:
        return today_sentences(context, question.wants)
    return day_sentences(context, question)
