"""Check what is common to all municipalities: services, wording, languages, law, exceptions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any, Final

from bot.knowledge.validator_facts import facts
from bot.knowledge.validator_hours import readable
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_source import (
    COMMON,
    Content,
    date,
    entries,
    mapping,
    strings,
    text,
)

CONTACT_ASPECTS: Final = frozenset(
    {
        "telefonnummer",
        "oppettider",
        "besokstider",
        "epost",
        "besoksadress",
        "postadress",
        "kontakt",
        "human_handoff",
    }
)
"""What is asked about a unit, not about a service: answered from municipality.yml."""

REVIEW_AFTER: Final = dt.timedelta(days=183)
"""How long a review holds where a file gives only the day of the last one."""

_ALWAYS_DATED: Final = ("about.yml", "crisis.yml", "law.yml", "privacy.yml")
_ALLOWED_NUMBERS: Final = ("112", "070-174 06 05")
"""Nobody's: the emergency number, and one that is reserved for examples (PTS)."""


def check(content: Content, today: dt.date, report: Report) -> None:
    """Every file of content/common."""
    _check_services(content, report)
    _check_ambiguous(content, report)
    _check_aspects(content, report)
    _check_languages(content, report)
    _check_wording(content, report)
    _check_exceptions(content, report)
    _check_law(content, report)
    _check_reviews(content, today, report)


def _check_services(content: Content, report: Report) -> None:
    services = content.services
    for stem, data in services.items():
        file = f"{COMMON}/services/{stem}.yml"
        if text(data, "id") != stem:
            report.error(file, "id", f"write {stem!r}, as the file is named, or rename the file")
        seen = [stem]
        while parent := text(services.get(seen[-1], {}), "part_of"):
            if parent not in services:
                report.error(file, "part_of", f"there is no service {parent!r}: correct it or null")
                break
            if parent in seen:
                report.error(file, "part_of", f"{parent!r} is part of itself: write null in one")
                break
            seen.append(parent)


def _check_ambiguous(content: Content, report: Report) -> None:
    file, services, topics = f"{COMMON}/ambiguous.yml", content.services, content.topics
    for entry in entries({"": content.common("ambiguous.yml")}, ""):
        where = text(entry, "id")
        for at, choice in enumerate(entries(entry, "choices"), start=1):
            place = f"{where}.choices[{at}]"
            if text(choice, "topic") not in topics:
                report.error(file, f"{place}.topic", f"there is no topic {text(choice, 'topic')!r}")
            for key in ("service", "unless"):
                if (service := text(choice, key)) and service not in services:
                    report.error(file, f"{place}.{key}", f"there is no service {service!r}")


def _check_aspects(content: Content, report: Report) -> None:
    known = _aspects(content)
    data = content.common("aspects.yml")
    for aspect in data if isinstance(data, dict) else {}:
        for name in {str(aspect), *strings(data, aspect)} - known:
            report.error(f"{COMMON}/aspects.yml", str(aspect), f"no service has a topic {name!r}")


def _check_languages(content: Content, report: Report) -> None:
    file, services = f"{COMMON}/languages.yml", content.services
    known = _aspects(content) | CONTACT_ASPECTS
    for language, data in mapping(content.common("languages.yml"), "languages").items():
        terms = mapping(data, "terms")
        for service in mapping(terms, "services").keys() - services.keys():
            place = f"languages.{language}.terms.services.{service}"
            report.error(file, place, f"there is no service {service!r}: correct it")
        for aspect in mapping(terms, "aspects").keys() - known:
            place = f"languages.{language}.terms.aspects.{aspect}"
            report.error(file, place, f"no service has a topic {aspect!r}: correct it")


def _check_wording(content: Content, report: Report) -> None:
    """No fact about a municipality stands in what is said for all of them."""
    spoken: list[tuple[str, str, str]] = []
    for file in ("replies.yml", "interface.yml"):
        data = content.common(file)
        for key, variants in (data if isinstance(data, dict) else {}).items():
            spoken += [(file, f"{key}.{v}", text(variants, v)) for v in ("sv", "en")]
    for language, data in mapping(content.common("languages.yml"), "languages").items():
        sentences = mapping(data, "sentences")
        spoken += [
            ("languages.yml", f"{language}.{key}", text(sentences, key)) for key in sentences
        ]
    for name, where, written in spoken:
        for fact in facts(written):
            if fact.written.strip() not in _ALLOWED_NUMBERS and fact.kind in (
                "phone number",
                "e-mail address",
                "address",
                "number",
            ):
                report.error(
                    f"{COMMON}/{name}", where, f"remove {fact.written!r}: no fact stands in wording"
                )


def _check_exceptions(content: Content, report: Report) -> None:
    file = f"{COMMON}/hours_exceptions.yml"
    for at, entry in enumerate(entries({"": content.common("hours_exceptions.yml")}, ""), start=1):
        municipality, unit = text(entry, "municipality"), text(entry, "unit")
        folder = content.folders.get(municipality)
        if folder is None:
            report.error(file, f"[{at}].municipality", f"there is no folder {municipality!r}")
        elif unit not in folder.contacts:
            report.error(file, f"[{at}].unit", f"{municipality} has no contact {unit!r}")
        hours = text(entry, "hours")
        if hours and hours != "closed" and not readable(hours):
            report.error(file, f"[{at}].hours", f"{hours!r} cannot be read: write '08:30-11:30'")
        first, last = date(entry, "date"), date(entry, "until")
        if first and last and last < first:
            report.error(file, f"[{at}].until", f"{last} is before date, {first}")


def _check_law(content: Content, report: Report) -> None:
    data = content.common("law.yml")
    for key, entry in (data if isinstance(data, dict) else {}).items():
        grounds = facts(f"{date(entry, 'effective')}. {text(entry, 'source')}")
        for language in ("sv", "en"):
            for fact in facts(text(entry, language)):
                if not fact.proven_by(grounds):
                    report.error(
                        f"{COMMON}/law.yml",
                        f"{key}.{language}",
                        f"{fact.written!r} stands neither in effective nor in source",
                    )


def _check_reviews(content: Content, today: dt.date, report: Report) -> None:
    """Whatever carries a review date is looked at again in time."""
    for name in _ALWAYS_DATED:
        file = f"{COMMON}/{name}"
        if file in content.files and not list(_reviews(content.files[file], "")):
            report.error(file, "reviewed", "the field is missing: write the day of the last review")
    for file, data in content.files.items():
        if not file.startswith(f"{COMMON}/"):
            continue
        for where, due in _reviews(data, ""):
            if due < today:
                report.warning(
                    file, where, f"its review was due on {due}: check it, then its dates"
                )
    crisis = mapping(content.common("crisis.yml"), "numbers")
    unsure = [
        str(n.get("number")) for n in crisis.values() if isinstance(n, dict) and n.get("verify")
    ]
    if unsure:
        report.warning(
            f"{COMMON}/crisis.yml",
            "numbers",
            f"call and verify before use, then write verify: false: {', '.join(unsure)}",
        )


def _reviews(data: Any, where: str) -> Iterator[tuple[str, dt.date]]:
    """Every place with a review date, and the day by which it is to be reviewed."""
    if isinstance(data, list):
        for at, part in enumerate(data, start=1):
            yield from _reviews(part, f"{where}[{at}]")
    if not isinstance(data, dict):
        return
    prefix = f"{where}." if where else ""
    due, reviewed = date(data, "review_by"), date(data, "reviewed")
    if due:
        yield f"{prefix}review_by", due
    elif reviewed:
        yield f"{prefix}reviewed", reviewed + REVIEW_AFTER
    for key, part in data.items():
        yield from _reviews(part, f"{prefix}{key}")


def _aspects(content: Content) -> frozenset[str]:
    return frozenset(topic.partition(".")[2] for topic in content.topics)
