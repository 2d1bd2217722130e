"""Problems found in content, one line each: ``[ERROR] file: field: what to change``."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Literal

Level = Literal["ERROR", "WARNING"]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing to change in content. A warning stops nothing, an error stops the service."""

    file: str
    field: str
    level: Level
    message: str

    def __str__(self) -> str:
        """The line that an editor reads."""
        place = f"{self.file}: {self.field}" if self.field else self.file
        return f"[{self.level}] {place}: {self.message}"


@dataclass(slots=True)
class Report:
    """Every problem found; checks add to it and never stop at the first."""

    problems: set[Problem] = field(default_factory=set)

    def error(self, file: str, where: str, message: str) -> None:
        """Note what has to be changed before the content can be used."""
        self.problems.add(Problem(file, where, "ERROR", message))

    def warning(self, file: str, where: str, message: str) -> None:
        """Note what somebody should look at."""
        self.problems.add(Problem(file, where, "WARNING", message))

    def sorted(self) -> list[Problem]:
        """The problems by file and field."""
        return sorted(self.problems)
