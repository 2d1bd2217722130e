"""One municipality's folder as records."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge.assistant import ASSISTANT_FILE, Assistant, read_assistant
from bot.knowledge.files import NOT_ANSWERS, Reader, content_error, read_yaml
from bot.knowledge.hours_records import Hours
from bot.knowledge.records import Answer, Contact, Evidence, Municipality, Page, parse_topic


def read_municipality(
    folder: Path,
    texts: Mapping[str, Mapping[str, str]],
    read: Reader = read_yaml,
    *,
    names_only: bool = False,
) -> Municipality:
    """A municipality's whole folder, or what it says but for pages and answers.

    Raises ContentError.
    """
    path = folder / "municipality.yml"
    data = read(path)
    pages, answers = ({}, []) if names_only else _said(folder, read)
    try:
        return Municipality(
            id=data["id"],
            name=data["name"],
            short=data["short"],
            genitive=data["genitive"],
            names=tuple(data["names"]),
            places=tuple(data.get("places") or ()),
            reception=data["reception"],
            contacts=MappingProxyType(
                {c["id"]: _contact(folder.name, c) for c in data["contacts"]}
            ),
            pages=MappingProxyType(pages),
            answers=tuple(answers),
            suggested=tuple(parse_topic(t) for t in data.get("suggested") or ()),
            assistant=_assistant(folder, data, texts, read),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def _said(folder: Path, read: Reader) -> tuple[dict[str, Page], list[Answer]]:
    pages = {p["id"]: _page(folder, p) for p in read(folder / "pages.yml")}
    answers: list[Answer] = []
    for file in sorted(folder.glob("*.yml")):
        if file.name not in NOT_ANSWERS:
            answers += _answers(folder.name, file, read)
    return pages, answers


def _assistant(
    folder: Path,
    record: Mapping[str, Any],
    texts: Mapping[str, Mapping[str, str]],
    read: Reader,
) -> Assistant:
    path = folder / ASSISTANT_FILE
    data = read(path) if path.exists() else {}
    try:
        return read_assistant(data, record, texts, folder)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def _page(folder: Path, data: dict[str, Any]) -> Page:
    path = folder / "pages" / f"{data.get('id')}.txt"
    try:
        return Page(
            id=data["id"],
            municipality=folder.name,
            title=data["title"],
            text=path.read_text(encoding="utf-8"),
            kind=data["kind"],
            published=_date(data.get("published")),
            updated=_date(data.get("updated")),
            read=dt.date.fromisoformat(str(data["read"])),
            review_by=dt.date.fromisoformat(str(data["review_by"])),
            cites_social_services_act=bool(data.get("cites_social_services_act")),
            note=data.get("note"),
            not_stated=tuple((n["line"], n["reason"]) for n in data.get("not_stated") or ()),
            url=_address(data),
        )
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise content_error(folder / "pages.yml", error) from error


def _address(data: Mapping[str, Any]) -> str | None:
    """Where the page is, when an operator has written it: only the web's own kind of address."""
    url = data.get("url")
    if url is not None and not str(url).startswith("https://"):
        raise ValueError(f"{data['id']}.url is {url!r}: write https://…")
    return url


def _date(value: object) -> dt.date | None:
    return None if value is None else dt.date.fromisoformat(str(value))


def _contact(municipality: str, data: dict[str, Any]) -> Contact:
    return Contact(
        id=data["id"],
        municipality=municipality,
        name=data["name"],
        definite=data["definite"],
        role=data["role"],
        job=data.get("job"),
        how=data.get("how"),
        phone=data.get("phone"),
        email=data.get("email"),
        visit_address=data.get("visit_address"),
        postal_address=tuple(data.get("postal_address") or ()),
        phone_hours=_hours(data.get("phone_hours"), "phone"),
        visit_hours=_hours(data.get("visit_hours"), "visit"),
        synonyms=tuple(data.get("synonyms") or ()),
        evidence=_evidence(data.get("evidence") or ()),
    )


def _hours(data: dict[str, Any] | None, kind: str) -> Hours | None:
    return None if data is None else Hours.from_content(data, kind)


def _evidence(entries: Any) -> tuple[Evidence, ...]:
    return tuple(Evidence(e["page"], e["quote"]) for e in entries)


def _answers(municipality: str, path: Path, read: Reader) -> list[Answer]:
    data = read(path)
    try:
        return [answer_record(municipality, data["service"], a) for a in data["answers"]]
    except (KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def answer_record(municipality: str, service: str, data: Mapping[str, Any]) -> Answer:
    """An answer as its file has it; raise KeyError or ValueError for one that is broken."""
    return Answer(
        municipality=municipality,
        service=service,
        aspect=data["aspect"],
        audience=data.get("audience", "alla"),
        text=data["text"].strip(),
        easy=data["easy"].strip(),
        en=data["en"].strip(),
        speech=data.get("speech"),
        items=tuple(data.get("items") or ()),
        items_en=tuple(data.get("items_en") or ()),
        evidence=_evidence(data["evidence"]),
        contacts=tuple(data.get("contacts") or ()),
        next=tuple(parse_topic(t) for t in data.get("next") or ()),
        reviewer=data.get("reviewer"),
        reviewed=_date(data.get("reviewed")),
        review_by=_date(data.get("review_by")),
    )
