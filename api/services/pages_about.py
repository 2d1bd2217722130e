"""What ``/om/{municipality}`` tells: the common texts, filled with what is known of this one.

What only the municipality can know is told when its assistant.yml gives it; else the page says
that it is not given.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from itertools import groupby

from api.settings import Settings
from bot.dialogue.wording import join
from bot.knowledge.assistant import Officer
from bot.knowledge.interface import Paragraph, load_interface
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality


@dataclass(frozen=True, slots=True)
class Block:
    """Paragraphs that are shown together: one text, one link, or the points of a list."""

    texts: tuple[str, ...]
    is_list: bool = False
    href: str | None = None


@dataclass(frozen=True, slots=True)
class AboutSection:
    """A heading with its blocks, and the law that they rest on."""

    id: str
    title: str
    blocks: tuple[Block, ...]
    basis: str | None
    reviewed: dt.date


def about_sections(
    municipality: Municipality, settings: Settings, language: str
) -> tuple[AboutSection, ...]:
    """The sections in their order, with the paragraphs that hold here."""
    facts = _facts(municipality, settings)
    values = _values(municipality, settings, language)
    return tuple(
        AboutSection(
            id=section.id,
            title=section.title[language],
            blocks=_blocks(list(section.shown(facts)), values, language),
            basis=section.basis,
            reviewed=section.reviewed,
        )
        for section in load_interface().about
    )


def shortcomings(municipality: Municipality, language: str) -> list[str]:
    """What the municipality found not to be accessible."""
    assessment = municipality.assistant.assessment
    return [s[language] for s in assessment.shortcomings] if assessment else []


def _facts(municipality: Municipality, settings: Settings) -> frozenset[str]:
    assistant = municipality.assistant
    contact = municipality.contact(assistant.accessibility_contact)
    found = {
        "saved" if settings.retention_days else "unsaved",
        "decision_known" if assistant.disposal_decision else "decision_unknown",
        "officer_known" if assistant.data_protection_officer else "officer_unknown",
        "assessed" if assistant.assessment else "not_assessed",
    }
    if assistant.responsible == municipality.name:
        found.add("responsible_default")
    if not contact.phone and not contact.email:
        found.add("unreachable")
    return frozenset(found)


def _values(municipality: Municipality, settings: Settings, language: str) -> dict[str, str]:
    assistant, label = municipality.assistant, load_interface().label
    officer, assessment = assistant.data_protection_officer, assistant.assessment
    return {
        "municipality": municipality.name,
        "genitive": municipality.genitive,
        "assistant": assistant.name,
        "responsible": assistant.responsible,
        "days": str(settings.retention_days),
        "callback_days": str(settings.desk.callback_days),
        "decision": assistant.disposal_decision or "",
        "officer": _reach(officer) if officer else "",
        "officer_source": officer.source if officer else "",
        "accessibility_contact": municipality.contact(assistant.accessibility_contact).definite,
        "assessed": assessment.day.isoformat() if assessment else "",
        "status": label(f"status_{assessment.status}", language) if assessment else "",
        "method": assessment.method[language] if assessment else "",
        "languages": _languages(language),
    }


def _reach(officer: Officer) -> str:
    return ", ".join(part for part in (officer.name, officer.phone, officer.email) if part)


def _languages(language: str) -> str:
    """The languages that are recognised besides Swedish and English."""
    key = "in_swedish" if language == "sv" else "name"
    known = load_knowledge().languages
    return join([str(data[key]) for code, data in known.items() if code != "en"], language)


def _blocks(
    paragraphs: list[Paragraph], values: dict[str, str], language: str
) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for is_item, group in groupby(paragraphs, key=lambda p: p.is_item):
        told = [(p.text[language].format(**values), p.href) for p in group]
        if is_item:
            blocks.append(Block(tuple(text for text, _ in told), is_list=True))
        else:
            blocks += [Block((text,), href=href) for text, href in told]
    return tuple(blocks)
