"""Check every answer: its evidence, facts, variants, references, and what it must never say."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePosixPath
from typing import Final

from bot.knowledge.validator_evidence import Grounds, check_facts, check_names, check_quotes
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import AnswerSource, Content, Folder, entries, strings, text
from bot.knowledge.validator_text import sentences, squeeze

SENTENCES: Final = {"text": 3, "easy": 5, "en": 3, "speech": 3}
CHARACTERS: Final = {"text": 350, "easy": 350, "en": 450, "speech": 400}
_YES_OR_NO: Final = re.compile(r"(?:ja|nej|jo|javisst|yes|no)(?!\w)", re.IGNORECASE)
_OFFERS: Final = re.compile(r"(?<!\w)(?:erbjuder|erbjuds|offers|(?:is|are) offered)(?!\w)", re.I)
_SAYS_PROPOSAL: Final = re.compile(
    r"översyn|projekt|förslag|föresl|review|project|propos", re.IGNORECASE
)


def check(content: Content, folder: Folder, report: Report) -> None:
    """All answers of a municipality."""
    topics = content.topics
    _check_doubles(folder, report)
    for answer in folder.answers:
        _check_topic(content, answer, topics, report)
        _check_variants(answer, report)
        grounds = Grounds.of_answer(folder, answer.data)
        check_quotes(folder, answer.file, answer.field, answer.data, report)
        for where, written in texts(answer):
            check_facts(answer.file, answer.at(where), written, grounds, report)
            english = where.startswith(("en", "items_en"))
            check_names(answer.file, answer.at(where), written, grounds, report, english=english)
        _check_references(folder, answer, topics, report)
        _check_project(folder, answer, report)


def texts(answer: AnswerSource) -> Iterator[tuple[str, str]]:
    """Every text of an answer that people may meet, with the name of its field."""
    for key in ("text", "easy", "en", "speech"):
        if written := text(answer.data, key):
            yield key, squeeze(written)
    for key in ("items", "items_en"):
        for at, item in enumerate(strings(answer.data, key), start=1):
            yield f"{key}[{at}]", squeeze(item)


def _check_doubles(folder: Folder, report: Report) -> None:
    count = Counter(
        (a.service, text(a.data, "aspect"), text(a.data, "audience")) for a in folder.answers
    )
    for answer in folder.answers:
        key = (answer.service, text(answer.data, "aspect"), text(answer.data, "audience"))
        if count[key] > 1:
            report.error(
                answer.file, answer.field, f"answered {count[key]} times for {key[2]!r}: keep one"
            )


def _check_topic(
    content: Content, answer: AnswerSource, topics: frozenset[str], report: Report
) -> None:
    stem = PurePosixPath(answer.file).stem
    if answer.service != stem:
        report.error(
            answer.file, "service", f"write {stem!r}, as the file is named, or rename the file"
        )
    if answer.service not in content.services:
        report.error(
            answer.file,
            "service",
            f"there is no service {answer.service!r}: add common/services/{answer.service}.yml",
        )
    elif (topic := f"{answer.service}.{text(answer.data, 'aspect')}") not in topics:
        report.error(
            answer.file,
            answer.at("aspect"),
            f"there is no topic {topic!r}: add it in common/services/{answer.service}.yml",
        )


def _check_variants(answer: AnswerSource, report: Report) -> None:
    for key, limit in SENTENCES.items():
        written = squeeze(text(answer.data, key))
        count = len(sentences(written))
        if count > limit:
            report.error(answer.file, answer.at(key), f"{count} sentences: write at most {limit}")
        if len(written) > CHARACTERS[key]:
            report.error(
                answer.file,
                answer.at(key),
                f"{len(written)} characters: write at most {CHARACTERS[key]}",
            )
        if _YES_OR_NO.match(written):
            report.error(
                answer.file,
                answer.at(key),
                "begins with yes or no, but one answer serves many questions: state the fact",
            )
    items, items_en = strings(answer.data, "items"), strings(answer.data, "items_en")
    if len(items) != len(items_en):
        report.error(
            answer.file,
            answer.at("items_en"),
            f"{len(items_en)} entries, but items has {len(items)}: write the same, in order",
        )


def _check_references(
    folder: Folder, answer: AnswerSource, topics: frozenset[str], report: Report
) -> None:
    for contact in strings(answer.data, "contacts"):
        if contact not in folder.contacts:
            report.error(
                answer.file,
                answer.at("contacts"),
                f"there is no contact {contact!r} in {folder.record_file}: correct or remove it",
            )
    own = f"{answer.service}.{text(answer.data, 'aspect')}"
    for topic in strings(answer.data, "next"):
        message = next_problem(topic, topics, folder.answered)
        if topic == own:
            message = f"{topic!r} is this answer itself: remove it"
        if message:
            report.error(answer.file, answer.at("next"), message)


def next_problem(topic: str, topics: frozenset[str], answered: frozenset[str]) -> str | None:
    """What is wrong with a topic that is offered to people, if anything."""
    if topic not in topics:
        return f"there is no topic {topic!r}: correct or remove it"
    if topic not in answered:
        return f"this municipality does not answer {topic!r}: remove it, or add the answer"
    return None


def _check_project(folder: Folder, answer: AnswerSource, report: Report) -> None:
    """A finished project's proposals are never told as services on offer."""
    cited = entries(answer.data, "evidence")
    project = [e for e in cited if folder.pages.get(text(e, "page"), {}).get("kind") == "project"]
    if not project:
        return
    proposals = any(_is_list_line(folder, text(e, "page"), text(e, "quote")) for e in project)
    for where, written in texts(answer):
        offer = _OFFERS.search(written)
        if offer:
            report.error(
                answer.file,
                answer.at(where),
                f"{offer.group()!r} tells a project's page as a service on offer: "
                "say what was proposed or reviewed",
            )
        if proposals and not _SAYS_PROPOSAL.search(written):
            report.error(
                answer.file,
                answer.at(where),
                "rests on a project's proposals: say that they are proposals",
            )


def _is_list_line(folder: Folder, page: str, quote: str) -> bool:
    wanted = squeeze(quote)
    lines = (squeeze(line) for line in folder.page_texts.get(page, "").splitlines())
    return any(line.startswith("•") and wanted and wanted in line for line in lines)
