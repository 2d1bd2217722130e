"""A municipality's content as its files have it now: what the content desk shows and changes.

The running assistant may know an older state, and does not tell what is withdrawn; an editor
works with the files. They are read again when one of them has changed.
"""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Final

from bot.knowledge.coverage import page_units
from bot.knowledge.files import CONTENT_DIR, read_yaml
from bot.knowledge.loader import load_knowledge
from bot.knowledge.loader_municipality import read_municipality
from bot.knowledge.records import Answer, Municipality, Page, Topic
from bot.knowledge.validator_draft import check_draft
from bot.knowledge.validator_report import Problem
from bot.knowledge.validator_text import find_quote, squeeze

AUDIENCES: Final = {"alla": "alla", "barn": "barn och unga", "vuxen": "vuxna"}

_BULLET: Final = "• "

Stamp = tuple[tuple[str, int, int], ...]


@dataclass(frozen=True, slots=True)
class Shelf:
    """All of a municipality's content; ``stamp`` changes when its files do.

    ``lost`` has, by the answers' ids, the quotes that do not stand on their page.
    """

    root: Path
    municipality: Municipality
    stamp: Stamp
    lost: Mapping[str, tuple[str, ...]]

    def answer(self, answer_id: str) -> Answer | None:
        """One of its answers."""
        return next((a for a in self.municipality.answers if a.id == answer_id), None)

    def page_of(self, answer: Answer) -> Page:
        """The page that an answer rests on."""
        return self.municipality.pages[answer.evidence[0].page]

    def due(self, answer: Answer) -> dt.date:
        """By when it is to be reviewed: its own day, else the first of its pages'."""
        pages = {e.page for e in answer.evidence}
        return answer.review_by or min(self.municipality.pages[p].review_by for p in pages)


def load_shelf(municipality: str, root: Path = CONTENT_DIR) -> Shelf:
    """The municipality's files; raise ContentError when they cannot be read."""
    return _shelf(municipality, root, _stamp(root / municipality))


def problems_of(shelf: Shelf, today: dt.date) -> list[Problem]:
    """What the validator has to say of the files as they are."""
    return list(_problems(shelf.municipality.id, shelf.root, shelf.stamp, today))


def replaced(municipality: Municipality, answer: Answer) -> Municipality:
    """The municipality with one of its answers in another version."""
    answers = tuple(answer if a.id == answer.id else a for a in municipality.answers)
    return dataclasses.replace(municipality, answers=answers)


def topic_of(answer: Answer) -> Topic:
    """What is asked; a topic that content no longer lists is named by its id."""
    name = f"{answer.service}.{answer.aspect}"
    return load_knowledge().topic(answer.topic) or Topic(*answer.topic, name, name)


def title_of(answer: Answer) -> str:
    """The question, and whom the answer is for when not for all."""
    question = topic_of(answer).question
    who = AUDIENCES.get(answer.audience, answer.audience)
    return question if answer.audience == "alla" else f"{question} ({who})"


def service_name(service: str) -> str:
    """A service as people call it."""
    known = load_knowledge().services.get(service)
    return known.name if known else service


def file_of(answer: Answer) -> str:
    """The file that an answer stands in, below content/."""
    return f"{answer.municipality}/{answer.service}.yml"


def field_of(answer: Answer) -> str:
    """What the validator calls the answer."""
    return f"answers[{answer.aspect}{'' if answer.audience == 'alla' else f'/{answer.audience}'}]"


def lines_of(page: Page) -> list[str]:
    """The sentences and list lines of a page, in order, as an editor chooses among them."""
    text, spans = page_units(page.text)
    return [text[first:last].removeprefix(_BULLET) for first, last in spans]


@lru_cache(maxsize=16)
def _shelf(municipality: str, root: Path, stamp: Stamp) -> Shelf:
    texts: Mapping[str, Any] = read_yaml(root / "common" / "replies.yml")
    read = read_municipality(root / municipality, texts)
    return Shelf(root, read, stamp, _lost(read))


def _lost(municipality: Municipality) -> dict[str, tuple[str, ...]]:
    sources = {page.id: squeeze(page.text) for page in municipality.pages.values()}
    found = {
        a.id: tuple(
            e.quote for e in a.evidence if not find_quote(squeeze(e.quote), sources.get(e.page, ""))
        )
        for a in municipality.answers
    }
    return {answer: quotes for answer, quotes in found.items() if quotes}


@lru_cache(maxsize=16)
def _problems(municipality: str, root: Path, stamp: Stamp, today: dt.date) -> tuple[Problem, ...]:
    return tuple(check_draft(root, municipality, {}, today))


def _stamp(folder: Path) -> Stamp:
    files = sorted(p for p in folder.rglob("*") if p.suffix in {".yml", ".txt"})
    return tuple((p.name, p.stat().st_mtime_ns, p.stat().st_size) for p in files)
