"""The words of the pages around the conversation: labels, and what /om/ says of the service.

Read from ``content/common/interface.yml`` and ``about.yml``, once for each folder. Broken files
raise ContentError, as all content does.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

from bot.knowledge.assistant import Texts
from bot.knowledge.loader import CONTENT_DIR, ContentError, read_yaml


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One text of a section: always shown, or only ``when`` something holds."""

    text: Texts
    when: str | None
    is_item: bool
    href: str | None


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the page about the service, with the law it rests on and when it was checked."""

    id: str
    title: Texts
    basis: str | None
    reviewed: dt.date
    paragraphs: tuple[Paragraph, ...]

    def shown(self, facts: Collection[str]) -> Iterator[Paragraph]:
        """The paragraphs that hold when these facts do."""
        return (p for p in self.paragraphs if p.when is None or p.when in facts)


@dataclass(frozen=True, slots=True)
class Interface:
    """All of it."""

    labels: Mapping[str, Texts]
    about: tuple[Section, ...]

    def label(self, key: str, language: str, **values: Any) -> str:
        """A label with its names filled in."""
        return self.labels[key][language].format(**values)


@cache
def load_interface(content: Path = CONTENT_DIR) -> Interface:
    """The words, read once."""
    labels, about = (content / "common" / name for name in ("interface.yml", "about.yml"))
    try:
        sections = tuple(_section(key, data) for key, data in read_yaml(about).items())
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        raise ContentError(f"{about}: {error!r}") from error
    return Interface(MappingProxyType(read_yaml(labels)), sections)


def _section(key: str, data: Mapping[str, Any]) -> Section:
    return Section(
        id=key,
        title=_texts(data["title"]),
        basis=data.get("basis"),
        reviewed=dt.date.fromisoformat(str(data["reviewed"])),
        paragraphs=tuple(
            Paragraph(_texts(p), p.get("when"), bool(p.get("item")), p.get("href"))
            for p in data["text"]
        ),
    )


def _texts(data: Mapping[str, Any]) -> Texts:
    return MappingProxyType({language: str(data[language]) for language in ("sv", "en")})
