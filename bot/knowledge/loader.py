"""Turn the YAML and page texts under content/ into checked, read-only records.

Broken content raises ContentError, naming file and field, so that a running service never
meets half-valid data. What the loader does not check (evidence, numbers, variants) is
bot.knowledge.validator's. Free of Rasa and FastAPI, since both sides import it.
"""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bot.knowledge.hours_records import Hours, HoursException, load_exceptions
from bot.knowledge.records import (
    Ambiguity,
    Answer,
    Contact,
    Evidence,
    Knowledge,
    Meaning,
    Municipality,
    Page,
    Service,
    Topic,
    parse_topic,
)
from bot.understanding.text import folded_words

CONTENT_DIR = Path(__file__).resolve().parents[2] / "content"
NOT_MUNICIPALITIES = frozenset({"common", "schemas"})


class ContentError(Exception):
    """Content that cannot be used; the message names the file, the field and what to change."""


def read_yaml(path: Path) -> Any:
    """Parse one YAML file; raise ContentError when it is missing or no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - libyaml's safe loader
    except OSError as error:
        raise ContentError(f"{path}: the file cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: this is no valid YAML: {error}") from error


# libyaml parses ten times as fast; a build without it reads the same files.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def municipality_ids(content: Path = CONTENT_DIR) -> tuple[str, ...]:
    """The folders of content/ that are municipalities, sorted."""
    return tuple(
        sorted(
            p.parent.name
            for p in content.glob("*/municipality.yml")
            if p.parent.name not in NOT_MUNICIPALITIES
        )
    )


@cache
def load_knowledge(content: Path = CONTENT_DIR) -> Knowledge:
    """All content as records, read once for each folder."""
    common = content / "common"
    municipalities = {m: _municipality(content / m) for m in municipality_ids(content)}
    index: dict[tuple[str, str, str], list[Answer]] = defaultdict(list)
    for municipality in municipalities.values():
        for answer in municipality.answers:
            index[municipality.id, answer.service, answer.aspect].append(answer)
    services = {p.stem: _service(p) for p in sorted((common / "services").glob("*.yml"))}
    return Knowledge(
        municipalities=MappingProxyType(municipalities),
        services=MappingProxyType(services),
        questions=MappingProxyType(
            {
                " ".join(folded_words(t.question)): (t.service, t.aspect)
                for s in services.values()
                for t in s.topics.values()
            }
        ),
        ambiguities=_ambiguities(common / "ambiguous.yml"),
        texts=MappingProxyType(read_yaml(common / "replies.yml")),
        languages=MappingProxyType(read_yaml(common / "languages.yml")["languages"]),
        other_municipalities=tuple(read_yaml(common / "municipalities.yml")),
        hours_exceptions=_exceptions(common / "hours_exceptions.yml"),
        near_aspects=MappingProxyType(
            {k: tuple(v) for k, v in read_yaml(common / "aspects.yml").items()}
        ),
        _index=MappingProxyType({k: tuple(v) for k, v in index.items()}),
    )


def _municipality(folder: Path) -> Municipality:
    path = folder / "municipality.yml"
    data = read_yaml(path)
    pages = {p["id"]: _page(folder, p) for p in read_yaml(folder / "pages.yml")}
    answers: list[Answer] = []
    for file in sorted(folder.glob("*.yml")):
        if file.name not in {"municipality.yml", "pages.yml"}:
            answers += _answers(folder.name, file)
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
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _error(path, error) from error


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
        )
    except (KeyError, TypeError, ValueError, OSError) as error:
        raise _error(folder / "pages.yml", error) from error


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


def _answers(municipality: str, path: Path) -> list[Answer]:
    data = read_yaml(path)
    try:
        return [_answer(municipality, data["service"], a) for a in data["answers"]]
    except (KeyError, TypeError, ValueError) as error:
        raise _error(path, error) from error


def _answer(municipality: str, service: str, data: dict[str, Any]) -> Answer:
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
    )


def _service(path: Path) -> Service:
    data = read_yaml(path)
    try:
        return Service(
            id=data["id"],
            name=data["name"],
            part_of=data.get("part_of"),
            synonyms=MappingProxyType(
                {k: tuple(v or ()) for k, v in (data.get("synonyms") or {}).items()}
            ),
            topics=MappingProxyType(
                {
                    aspect: Topic(data["id"], aspect, t["question"], t["about"], t.get("en"))
                    for aspect, t in data["topics"].items()
                }
            ),
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _error(path, error) from error


def _ambiguities(path: Path) -> tuple[Ambiguity, ...]:
    try:
        return tuple(
            Ambiguity(
                id=entry["id"],
                words=tuple(entry["words"]),
                question=entry["question"],
                meanings=tuple(
                    Meaning(
                        title=c["title"],
                        topic=parse_topic(c["topic"]),
                        service=c.get("service"),
                        unless=c.get("unless"),
                        hints=tuple(c.get("hints") or ()),
                    )
                    for c in entry["choices"]
                ),
            )
            for entry in read_yaml(path)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise _error(path, error) from error


def _exceptions(path: Path) -> tuple[HoursException, ...]:
    try:
        return load_exceptions(read_yaml(path))
    except ValueError as error:
        raise _error(path, error) from error


def _error(path: Path, error: Exception) -> ContentError:
    what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
    return ContentError(f"{path}: {what}")
