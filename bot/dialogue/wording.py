"""Standard replies filled in: the wording stands in content/common/replies.yml."""

from __future__ import annotations

import datetime as dt
from functools import cache
from typing import Any

from bot.knowledge.loader import CONTENT_DIR, load_knowledge, read_yaml
from bot.knowledge.records import Knowledge, Municipality, Page

WEEKDAYS = {
    "sv": ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}


def text_language(language: str) -> str:
    """The language of the standard replies: English for English, else Swedish."""
    return "en" if language == "en" else "sv"


def say(key: str, language: str = "sv", **values: Any) -> str:
    """A standard reply with its names filled in."""
    variants = load_knowledge().texts[key]
    return variants.get(text_language(language), variants["sv"]).format(**values)


@cache
def law_note() -> dict[str, Any]:
    """The general fact about the new Social Services Act, with its date of effect."""
    return dict(read_yaml(CONTENT_DIR / "common" / "law.yml")["new_social_services_act"])


def dated(page: Page, language: str) -> str:
    """When a page is from, as an addition to the source: ``, uppdaterad 2019-08-06``."""
    if page.dated is None:
        return say("dated_unknown", language)
    if page.kind == "news":
        return say("dated_news", language, date=page.dated.isoformat())
    key = "dated_updated" if page.updated else "dated_published"
    return say(key, language, date=page.dated.isoformat())


def source_line(municipality: Municipality, page: Page, language: str) -> str:
    """``Källa: Umeå kommun, sidan ”Ledsagning”, som inte anger något datum.``"""
    return say(
        "source",
        language,
        municipality=municipality.name,
        title=page.title,
        dated=dated(page, language),
    )


def source_data(
    municipality: Municipality, page: Page, quote: str, language: str
) -> dict[str, Any]:
    """The ``custom.source`` of the contract; ``line`` says it in words."""
    return {
        "municipality": municipality.id,
        "title": page.title,
        "updated": page.dated.isoformat() if page.dated else None,
        "quote": quote,
        "line": source_line(municipality, page, language),
    }


def old_law_line(page: Page, language: str) -> str | None:
    """One sentence for a page that cites the Social Services Act and may precede the new one."""
    note = law_note()
    if not page.cites_social_services_act:
        return None
    law = note[text_language(language)]
    if page.dated is None:
        return say("old_page_undated", language, law=law)
    if page.dated >= dt.date.fromisoformat(str(note["effective"])):
        return None
    return say("old_page", language, year=page.dated.year, law=law)


def subjects(knowledge: Knowledge, municipality: Municipality | None, language: str) -> str:
    """What can be asked about: the broad services that the municipality (or any) tells of."""
    holders = [municipality] if municipality else list(knowledge.municipalities.values())
    told = {a.service for m in holders for a in m.answers}
    broad = [s for s in knowledge.services.values() if s.id in told and s.part_of is None]
    names = [s.name for s in broad]
    contact = "how to reach a person" if language == "en" else "hur du når en människa"
    return join([*names, contact], language)


def join(parts: list[str], language: str) -> str:
    """``a, b och c``."""
    if len(parts) < 2:
        return "".join(parts)
    last = " and " if language == "en" else " och "
    return ", ".join(parts[:-1]) + last + parts[-1]


def capitalised(text: str) -> str:
    """The text with its first letter in upper case."""
    return text[:1].upper() + text[1:]


def without_final_stop(text: str) -> str:
    """The text without a full stop at its end, to be put inside another sentence."""
    return text.rstrip().removesuffix(".")
