"""Check what one municipality says of itself; of the others only names and numbers are known."""

from __future__ import annotations

import datetime as dt

from bot.knowledge import (
    validator_answers,
    validator_contacts,
    validator_names,
    validator_pages,
    validator_reviews,
)
from bot.knowledge.validator_names import Known
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Content, Folder


def check_folder(
    content: Content, folder: Folder, known: Known, today: dt.date, report: Report
) -> None:
    """Its record, pages and answers."""
    validator_contacts.check(content, folder, report)
    validator_pages.check(content, folder, today, report)
    validator_answers.check(content, folder, report)
    validator_reviews.check(folder, today, report)
    validator_names.check_others(folder, known, report)
