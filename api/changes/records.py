"""What a change set is, and which files one may hold."""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Literal

Kind = Literal["review", "content", "import", "test"]
State = Literal["proposed", "applied", "dropped"]

KINDS: Mapping[str, str] = {
    "review": "från granskningen",
    "content": "ändrat svar",
    "import": "inläst sida",
    "test": "nytt prov",
}
STATES: Mapping[str, str] = {
    "proposed": "väntar",
    "applied": "inlagd",
    "dropped": "släppt",
}

_PATH = re.compile(
    r"(?:content(?:/[a-z0-9_]+)+|bot/data/nlu|tests/dialogues/[a-z0-9_]+|tests/suites)"
    r"/[a-z0-9_]+\.(?:yml|txt)"
)


class ChangeError(Exception):
    """A change set that can't be made or applied; the message is Swedish and tells what to do."""


@dataclass(frozen=True, slots=True)
class FileChange:
    """A file as it was and as it is to be; None: there is no such file."""

    path: str
    before: str | None
    after: str | None

    def diff(self) -> list[str]:
        """The lines of a unified diff that `git apply` takes."""
        old, new = f"a/{self.path}", f"b/{self.path}"
        before, after = (
            text.splitlines(keepends=True) for text in (self.before or "", self.after or "")
        )
        names = (
            "/dev/null" if self.before is None else old,
            "/dev/null" if self.after is None else new,
        )
        lines = difflib.unified_diff(before, after, *names)
        return [
            line if line.endswith("\n") else f"{line}\n\\ No newline at end of file\n"
            for line in lines
        ]


@dataclass(frozen=True, slots=True)
class Proposal:
    """What is to be changed: the new text of each file, None for one that is to go.

    ``about`` is plain data for who made it (the questions it came from, an answer's id).
    """

    municipality: str
    kind: Kind
    title: str
    files: Mapping[str, str | None]
    about: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ChangeSet:
    """A proposal as it is kept."""

    id: str
    municipality: str
    kind: Kind
    title: str
    about: Mapping[str, Any]
    state: State
    created_by: str | None
    created_name: str | None
    created_at: datetime
    changed_at: datetime
    files: tuple[FileChange, ...] = ()

    def patch(self) -> str:
        """All of it as one patch."""
        return "".join(line for change in self.files for line in change.diff())


def check_path(path: str) -> str:
    """The path, if a change set may hold it; else ChangeError."""
    if not _PATH.fullmatch(path):
        raise ChangeError(f"Filen {path} går inte att ändra härifrån.")
    return path
