"""Check the review dates that an answer may have of its own."""

from __future__ import annotations

import datetime as dt

from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import AnswerSource, Folder, date


def check(folder: Folder, today: dt.date, report: Report) -> None:
    """The answers of a municipality."""
    for answer in folder.answers:
        _check_answer(answer, today, report)


def _check_answer(answer: AnswerSource, today: dt.date, report: Report) -> None:
    reviewed, due = date(answer.data, "reviewed"), date(answer.data, "review_by")
    if reviewed and reviewed > today:
        report.error(
            answer.file,
            answer.at("reviewed"),
            f"{reviewed} has not come yet: write the day it was reviewed",
        )
    if reviewed and due and due < reviewed:
        report.error(answer.file, answer.at("review_by"), f"{due} is before reviewed, {reviewed}")
    elif due and due < today:
        report.warning(
            answer.file,
            answer.at("review_by"),
            f"its review was due on {due}: check it, then its dates",
        )
