"""Read every file under content/ as it is, broken or not, so that all problems can be told.

The loader stops at the first broken field; here a broken one is reported or left to its schema,
and the rest of the file is still checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from bot.knowledge.assistant import ASSISTANT_FILE
from bot.knowledge.files import HANDOFF_FILE
from bot.knowledge.loader import NOT_ANSWERS, NOT_MUNICIPALITIES
from bot.knowledge.validator_report import Report

COMMON: Final = "common"
PICTURE: Final = ".png"
"""The one kind of file that is no text: a logo."""

RECORD: Final = "municipality.yml"

_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

Entry = dict[str, Any]


@dataclass(frozen=True, slots=True)
class AnswerSource:
    """One answer of a file, with where it stands."""

    file: str
    field: str
    service: str
    data: Entry

    def at(self, key: str) -> str:
        """The name of one of its fields in a message."""
        return f"{self.field}.{key}"


@dataclass(slots=True)
class Folder:
    """A municipality's folder."""

    id: str
    record: Entry = field(default_factory=dict)
    assistant: Entry = field(default_factory=dict)
    handoff: Entry = field(default_factory=dict)
    pages: dict[str, Entry] = field(default_factory=dict)
    page_texts: dict[str, str] = field(default_factory=dict)
    answers: list[AnswerSource] = field(default_factory=list)

    @property
    def record_file(self) -> str:
        """The municipality's own record."""
        return f"{self.id}/municipality.yml"

    @property
    def contacts(self) -> dict[str, Entry]:
        """Its contacts by id."""
        return {text(c, "id"): c for c in entries(self.record, "contacts")}

    def answered(self) -> frozenset[str]:
        """The topics that it answers, written ``service.aspect``."""
        return frozenset(f"{a.service}.{text(a.data, 'aspect')}" for a in self.answers)


@dataclass(slots=True)
class Content:
    """All of content/: the parsed files by path, and the municipalities put together."""

    root: Path
    files: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)

    def common(self, name: str) -> Any:
        """A file of content/common, or None."""
        return self.files.get(f"{COMMON}/{name}")

    def services(self) -> dict[str, Entry]:
        """The services by the name of their file."""
        prefix = f"{COMMON}/services/"
        return {
            Path(file).stem: data
            for file, data in self.files.items()
            if file.startswith(prefix) and isinstance(data, dict)
        }

    def topics(self) -> frozenset[str]:
        """Every topic of every service, written ``service.aspect``."""
        return frozenset(
            f"{service}.{aspect}"
            for service, data in self.services().items()
            for aspect in mapping(data, "topics")
        )


def read_content(
    root: Path, report: Report, changed: Mapping[str, str] | None = None, only: str | None = None
) -> Content:
    """All files of a content folder; what cannot be read is reported and left out.

    ``changed`` are texts that stand in place of files, or beside them. With ``only``, no more is
    read of the other municipalities than their records.
    """
    content, drafts = Content(root), changed or {}
    there = {p.relative_to(root).as_posix(): p for p in root.rglob("*") if p.is_file()}
    for file in sorted(there.keys() | drafts.keys()):
        name = PurePosixPath(file)
        if name.name.startswith(".") or name.suffix == PICTURE or not _is_wanted(name, only):
            continue
        try:
            known = drafts.get(file)
            content.raw[file] = there[file].read_text("utf-8") if known is None else known
        except UnicodeDecodeError:
            report.error(file, "", "save the file as UTF-8 text")
            continue
        if name.suffix == ".yml":
            _parse(content, file, report)
    folders = {p.name for p in root.iterdir() if p.is_dir()}
    for folder in sorted(folders | {f.partition("/")[0] for f in drafts if "/" in f}):
        if folder not in NOT_MUNICIPALITIES and not folder.startswith("."):
            content.folders[folder] = _folder(content, folder)
    return content


def _is_wanted(file: PurePosixPath, only: str | None) -> bool:
    folder = file.parts[0]
    return only in (None, folder) or folder in NOT_MUNICIPALITIES or file.name == RECORD


def text(data: object, key: str) -> str:
    """A text field, or "" where there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return value.strip() if isinstance(value, str) else ""


def strings(data: object, key: str) -> list[str]:
    """A list of texts, or [] where there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return [v for v in value if isinstance(v, str)] if isinstance(value, list) else []


def entries(data: object, key: str) -> list[Entry]:
    """A list of mappings, or [] where there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def mapping(data: object, key: str) -> Entry:
    """A mapping, or {} where there is none."""
    value = data.get(key) if isinstance(data, dict) else None
    return value if isinstance(value, dict) else {}


def date(data: object, key: str) -> dt.date | None:
    """A date field, or None where there is none that can be read."""
    value = data.get(key) if isinstance(data, dict) else None
    try:
        return None if value is None else dt.date.fromisoformat(str(value)[:10])
    except ValueError:
        return None


def _parse(content: Content, file: str, report: Report) -> None:
    try:
        content.files[file] = yaml.load(content.raw[file], Loader=_StrictLoader)  # noqa: S506  # a safe loader
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        report.error(file, where, f"write valid YAML: {getattr(error, 'problem', None) or error}")


def _folder(content: Content, name: str) -> Folder:
    folder = Folder(name)
    record = content.files.get(f"{name}/municipality.yml")
    folder.record = record if isinstance(record, dict) else {}
    assistant = content.files.get(f"{name}/{ASSISTANT_FILE}")
    folder.assistant = assistant if isinstance(assistant, dict) else {}
    handoff = content.files.get(f"{name}/{HANDOFF_FILE}")
    folder.handoff = handoff if isinstance(handoff, dict) else {}
    pages = content.files.get(f"{name}/pages.yml")
    folder.pages = {text(p, "id"): p for p in entries({"pages": pages}, "pages")}
    prefix = f"{name}/pages/"
    folder.page_texts = {
        Path(file).stem: raw
        for file, raw in content.raw.items()
        if file.startswith(prefix) and file.endswith(".txt")
    }
    folder.answers = list(_answers(content, name))
    return folder


def _answers(content: Content, name: str) -> Iterator[AnswerSource]:
    for file, data in content.files.items():
        path = Path(file)
        if path.parent.as_posix() != name or path.name in NOT_ANSWERS:
            continue
        for answer in entries(data, "answers"):
            aspect, audience = text(answer, "aspect"), text(answer, "audience")
            suffix = "" if audience in ("", "alla") else f"/{audience}"
            field_name = f"answers[{aspect}{suffix}]"
            yield AnswerSource(file, field_name, text(data, "service"), answer)


class _StrictLoader(_LOADER):
    """Refuses a key that stands twice in one mapping: YAML would silently keep the last."""

    def construct_mapping(self, node: yaml.MappingNode, deep: bool = False) -> Any:
        """Build a mapping after looking at its keys."""
        seen: set[object] = set()
        for key_node, _ in node.value:
            key = self.construct_object(key_node, deep=True)
            if key in seen:
                raise yaml.constructor.ConstructorError(
                    None, None, f"the key {key!r} stands twice", key_node.start_mark
                )
            seen.add(key)
        return super().construct_mapping(node, deep)
