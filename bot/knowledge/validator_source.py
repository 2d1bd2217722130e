"""Read every file under content/ as it is, broken or not, so that all problems can be told.

The loader stops at the first broken field; here a broken one is reported or left to its schema,
and the rest of the file is still checked.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path, PurePosixPath
from typing import Any, Final

import yaml

from bot.knowledge.assistant import ASSISTANT_FILE
from bot.knowledge.files import HANDOFF_FILE, read_yaml
from bot.knowledge.loader import NOT_ANSWERS, NOT_MUNICIPALITIES
from bot.knowledge.validator_report import Report
from bot.knowledge.validator_text import squeeze
from bot.knowledge.yaml_text import parse

COMMON: Final = "common"
PICTURE: Final = ".png"
"""The one kind of file that is no text: a logo."""

RECORD: Final = "municipality.yml"

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


@dataclass
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

    @cached_property
    def contacts(self) -> dict[str, Entry]:
        """Its contacts by id."""
        return {text(c, "id"): c for c in entries(self.record, "contacts")}

    @cached_property
    def answered(self) -> frozenset[str]:
        """The topics that it answers, written ``service.aspect``."""
        return frozenset(f"{a.service}.{text(a.data, 'aspect')}" for a in self.answers)

    @cached_property
    def squeezed(self) -> dict[str, str]:
        """The texts of its pages with all white space written as one blank."""
        return {page: squeeze(written) for page, written in self.page_texts.items()}


@dataclass
class Content:
    """All of content/: the parsed files by path, and the municipalities put together.

    What is asked for again and again is put together once, so nothing is added after reading.
    """

    root: Path
    files: dict[str, Any] = field(default_factory=dict)
    raw: dict[str, str] = field(default_factory=dict)
    folders: dict[str, Folder] = field(default_factory=dict)

    def read(self, path: Path) -> Any:
        """A file as bot.knowledge.files.read_yaml gives it, parsed no second time."""
        file = path.relative_to(self.root).as_posix()
        return self.files[file] if file in self.files else read_yaml(path)

    def common(self, name: str) -> Any:
        """A file of content/common, or None."""
        return self.files.get(f"{COMMON}/{name}")

    @cached_property
    def services(self) -> dict[str, Entry]:
        """The services by the name of their file."""
        prefix = f"{COMMON}/services/"
        return {
            Path(file).stem: data
            for file, data in self.files.items()
            if file.startswith(prefix) and isinstance(data, dict)
        }

    @cached_property
    def topics(self) -> frozenset[str]:
        """Every topic of every service, written ``service.aspect``."""
        return frozenset(
            f"{service}.{aspect}"
            for service, data in self.services.items()
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
    files: dict[str, list[str]] = {}
    for file in content.raw:
        files.setdefault(file.partition("/")[0], []).append(file)
    folders = {p.name for p in root.iterdir() if p.is_dir()}
    for folder in sorted(folders | {f.partition("/")[0] for f in drafts if "/" in f}):
        if folder not in NOT_MUNICIPALITIES and not folder.startswith("."):
            content.folders[folder] = _folder(content, folder, files.get(folder, []))
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
        content.files[file] = parse(content.raw[file], strict=True)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f"line {mark.line + 1}" if mark else ""
        report.error(file, where, f"write valid YAML: {getattr(error, 'problem', None) or error}")


def _folder(content: Content, name: str, files: Sequence[str]) -> Folder:
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
        Path(file).stem: content.raw[file]
        for file in files
        if file.startswith(prefix) and file.endswith(".txt")
    }
    folder.answers = list(_answers(content, name, files))
    return folder


def _answers(content: Content, name: str, files: Sequence[str]) -> Iterator[AnswerSource]:
    for file in files:
        path = PurePosixPath(file)
        if file not in content.files or path.parent.as_posix() != name or path.name in NOT_ANSWERS:
            continue
        data = content.files[file]
        for answer in entries(data, "answers"):
            aspect, audience = text(answer, "aspect"), text(answer, "audience")
            suffix = "" if audience in ("", "alla") else f"/{audience}"
            field_name = f"answers[{aspect}{suffix}]"
            yield AnswerSource(file, field_name, text(data, "service"), answer)
