"""Check the list of pages against the page texts: ids, dates, lines that need no answer."""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from itertools import pairwise
from typing import Final

from bot.knowledge.validator_dates import Day
from bot.knowledge.validator_facts import Fact, facts
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Content, Entry, Folder, date, entries, text
from bot.knowledge.validator_text import find_quote, squeeze

_THE_ACT: Final = re.compile(r"socialtjänstlag|(?<!\w)SoL(?!\w)")


def check(content: Content, folder: Folder, today: dt.date, report: Report) -> None:
    """The pages of a municipality."""
    file = f"{folder.id}/pages.yml"
    if file not in content.raw:
        report.error(folder.id, "", "the folder has no pages.yml: add it")
        return
    if not folder.answers:
        report.error(folder.id, "", "the folder has no answers: add a file for a service")
    listed = entries({"pages": content.files.get(file)}, "pages")
    for page_id, count in Counter(text(p, "id") for p in listed).items():
        if count > 1:
            report.error(file, page_id, "the page is listed twice: remove one")
    for unlisted in folder.page_texts.keys() - folder.pages.keys():
        report.error(file, unlisted, f"pages/{unlisted}.txt is not listed: add it, or remove it")
    for page in listed:
        _check_page(folder, file, page, today, report)


def cites_the_act(text: str) -> bool:
    """Whether a page names the Social Services Act."""
    return _THE_ACT.search(text) is not None


def _check_page(folder: Folder, file: str, page: Entry, today: dt.date, report: Report) -> None:
    page_id = text(page, "id")
    _check_dates(file, page_id, page, today, report)
    if page_id not in folder.page_texts:
        report.error(file, f"{page_id}.id", f"there is no pages/{page_id}.txt: add the page's text")
        return
    source = folder.squeezed[page_id]
    if not source:
        report.error(f"{folder.id}/pages/{page_id}.txt", "", "the text is empty: copy the page")
    if not find_quote(squeeze(text(page, "title")), source):
        report.warning(file, f"{page_id}.title", "the page's text has no such heading")
    for line in entries(page, "not_stated"):
        if not find_quote(squeeze(text(line, "line")), source):
            report.error(
                file,
                f"{page_id}.not_stated",
                f"{text(line, 'line')!r} does not stand on the page: correct or remove it",
            )
    cites = cites_the_act(source)
    if page.get("cites_social_services_act") is not cites:
        does = "names" if cites else "does not name"
        report.error(
            file,
            f"{page_id}.cites_social_services_act",
            f"write {str(cites).lower()}: the page {does} the Social Services Act",
        )
    _check_given_dates(file, page_id, page, source, report)


def _check_given_dates(file: str, page_id: str, page: Entry, source: str, report: Report) -> None:
    """A date that the page is said to give stands on it."""
    there = facts(source)
    for key in ("published", "updated"):
        given = date(page, key)
        if given is None:
            continue
        fact = Fact("date", Day(given.year, given.month, given.day), given.isoformat())
        if not fact.proven_by(there):
            report.error(
                file, f"{page_id}.{key}", f"{given} does not stand on the page: correct it or null"
            )


def _check_dates(file: str, page_id: str, page: Entry, today: dt.date, report: Report) -> None:
    order = [key for key in ("published", "updated", "read", "review_by") if date(page, key)]
    for earlier, later in pairwise(order):
        first, second = date(page, earlier), date(page, later)
        if first and second and first > second:
            report.error(file, f"{page_id}.{later}", f"{second} is before {earlier}, {first}")
    review_by, read = date(page, "review_by"), date(page, "read")
    if review_by and review_by < today:
        report.warning(
            file,
            f"{page_id}.review_by",
            f"passed on {review_by}: read the page again, then correct the answers and the dates",
        )
    if read and read > today:
        report.error(file, f"{page_id}.read", f"{read} has not come yet: write the day it was read")
