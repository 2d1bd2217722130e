"""Turn the YAML and page texts under content/ into checked, read-only records.

Broken content raises ContentError, naming file and field, so that a running service never
meets half-valid data. What the loader does not check (evidence, numbers, variants) is
bot.knowledge.validator's. Free of Rasa and FastAPI, since both sides import it.
"""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from pathlib import Path
from types import MappingProxyType
from typing import Final

from bot.knowledge.ambiguity import Ambiguity, Meaning
from bot.knowledge.files import (
    CONTENT_DIR,
    NOT_ANSWERS,
    NOT_MUNICIPALITIES,
    ContentError,
    Reader,
    content_error,
    read_yaml,
)
from bot.knowledge.hours_records import HoursException, load_exceptions
from bot.knowledge.loader_municipality import read_municipality
from bot.knowledge.records import (
    Answer,
    Knowledge,
    Service,
    Topic,
    parse_topic,
)
from bot.knowledge.standing import as_it_stands
from bot.understanding.text import folded_words

__all__ = [
    "CONTENT_DIR",
    "NOT_ANSWERS",
    "NOT_MUNICIPALITIES",
    "ContentError",
    "load_knowledge",
    "load_names",
    "load_whole",
    "municipality_ids",
    "read_knowledge",
    "read_yaml",
]


def municipality_ids(content: Path = CONTENT_DIR) -> tuple[str, ...]:
    """The folders of content/ that are municipalities, sorted."""
    return tuple(
        sorted(
            p.parent.name
            for p in content.glob("*/municipality.yml")
            if p.parent.name not in NOT_MUNICIPALITIES
        )
    )


def load_knowledge(content: Path = CONTENT_DIR) -> Knowledge:
    """What may be said now: all content without the answers that are withdrawn.

    Ask anew each time rather than keep it: an answer can be withdrawn at any moment.
    """
    return as_it_stands(load_whole(content))


def load_whole(content: Path = CONTENT_DIR) -> Knowledge:
    """All content, what is withdrawn too: for those who look after it. Read once."""
    found = _read_once(content)
    _HAS_BEEN_READ.add(content)
    return found


def load_names(content: Path = CONTENT_DIR) -> Knowledge:
    """What things are called: all content where it has been read, else without pages and answers.

    Training needs no more, and hundreds of municipalities' answers take seconds to read.
    """
    return load_whole(content) if content in _HAS_BEEN_READ else _read_names_once(content)


def read_knowledge(
    content: Path, read: Reader = read_yaml, *, names_only: bool = False
) -> Knowledge:
    """All content as records, read from its files anew; ``read`` parses one of them."""
    common = content / "common"
    texts = MappingProxyType(read(common / "replies.yml"))
    municipalities = {
        m: read_municipality(content / m, texts, read, names_only=names_only)
        for m in municipality_ids(content)
    }
    index: dict[tuple[str, str, str], list[Answer]] = defaultdict(list)
    for municipality in municipalities.values():
        for answer in municipality.answers:
            index[municipality.id, answer.service, answer.aspect].append(answer)
    services = {p.stem: _service(p, read) for p in sorted((common / "services").glob("*.yml"))}
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
        ambiguities=_ambiguities(common / "ambiguous.yml", read),
        texts=texts,
        languages=MappingProxyType(read(common / "languages.yml")["languages"]),
        other_municipalities=tuple(read(common / "municipalities.yml")),
        hours_exceptions=_exceptions(common / "hours_exceptions.yml", read),
        near_aspects=MappingProxyType(
            {k: tuple(v) for k, v in read(common / "aspects.yml").items()}
        ),
        _index=MappingProxyType({k: tuple(v) for k, v in index.items()}),
    )


# A few folders, since drafts are checked in scratch folders while the service runs.
_read_once = lru_cache(maxsize=8)(read_knowledge)
_HAS_BEEN_READ: Final[set[Path]] = set()


@lru_cache(maxsize=1)
def _read_names_once(content: Path) -> Knowledge:
    return read_knowledge(content, names_only=True)


def _service(path: Path, read: Reader) -> Service:
    data = read(path)
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
        raise content_error(path, error) from error


def _ambiguities(path: Path, read: Reader) -> tuple[Ambiguity, ...]:
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
            for entry in read(path)
        )
    except (KeyError, TypeError, ValueError) as error:
        raise content_error(path, error) from error


def _exceptions(path: Path, read: Reader) -> tuple[HoursException, ...]:
    try:
        return load_exceptions(read(path))
    except ValueError as error:
        raise content_error(path, error) from error
