"""The content itself: no error, every line of the pages stated, no changed number unseen."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.knowledge.coverage import coverage
from bot.knowledge.loader import CONTENT_DIR, load_knowledge
from bot.knowledge.validator import validate
from bot.knowledge.validator_answers import texts
from bot.knowledge.validator_contacts import check as check_contacts
from bot.knowledge.validator_evidence import Grounds, check_facts
from bot.knowledge.validator_numbers import NUMBER_WORDS, WORD_PATTERN
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import Content, read_content

TODAY = dt.date(2026, 11, 22)
WORDS = {number: word for word, number in reversed(NUMBER_WORDS.items()) if word != "en"}
NUMBER = re.compile(rf"\d+|(?<!\w)(?:{WORD_PATTERN}|once|twice)(?!\w)", re.IGNORECASE)


@pytest.fixture(scope="module")
def source() -> Content:
    report = Report()
    content = read_content(CONTENT_DIR, report)
    assert not report.problems
    return content


def changed(text: str) -> Iterator[str]:
    """The text with one number changed, for each of its numbers and several ways to change it."""
    for match in NUMBER.finditer(text):
        for other in others(match.group()):
            yield text[: match.start()] + other + text[match.end() :]


def others(number: str) -> Iterator[str]:
    """Numbers near one, in digits or as words as it is written."""
    if number.isdigit():
        for digit in range(len(number)):
            for step in (1, 3, 7):
                figure = str((int(number[digit]) + step) % 10)
                yield number[:digit] + figure + number[digit + 1 :]
        yield f"{number}0"
    elif number.casefold() in ("once", "twice"):
        yield {"once": "twice", "twice": "once"}[number.casefold()]
    else:
        known = NUMBER_WORDS[number.casefold()]
        yield from (WORDS[n] for n in (known + 1, known + 2) if n in WORDS)


def test_no_error() -> None:
    errors = [str(p) for p in validate(CONTENT_DIR, TODAY) if p.level == "ERROR"]
    assert errors == []


def test_every_line_of_the_pages_is_stated_or_excused() -> None:
    assert [line.text for line in coverage(load_knowledge()) if line.is_defect] == []


def test_every_changed_number_of_an_answer_is_caught(source: Content) -> None:
    tried, missed = 0, []
    for folder in source.folders.values():
        for answer in folder.answers:
            grounds = Grounds.of_answer(folder, answer.data)
            for where, text in texts(answer):
                for wrong in changed(text):
                    report = Report()
                    check_facts(answer.file, where, wrong, grounds, report)
                    tried += 1
                    if not report.problems:
                        missed.append(f"{answer.file} {answer.at(where)}: {wrong}")
    assert missed == []
    assert tried > 300


def test_every_changed_number_of_a_contact_is_caught(source: Content) -> None:
    tried, missed = 0, []
    for folder in source.folders.values():
        alone = replace(source, folders={folder.id: folder})
        assert contact_problems(alone) == 0
        for contact in folder.contacts.values():
            for holder, key in fields(contact):
                right = holder[key]
                for wrong in changed(right):
                    holder[key] = wrong
                    tried += 1
                    if not contact_problems(alone):
                        missed.append(f"{folder.id}: {key}: {wrong}")
                holder[key] = right
    assert missed == []
    assert tried > 500


def contact_problems(source: Content) -> int:
    report = Report()
    for folder in source.folders.values():
        check_contacts(source, folder, report)
    return len(report.problems)


def fields(data: Any) -> Iterator[tuple[Any, Any]]:
    """Every text of a contact that states something, its evidence and names apart."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in ("evidence", "synonyms", "id"):
            continue
        if isinstance(value, str):
            yield data, key
        elif isinstance(value, dict | list):
            yield from fields(value)
