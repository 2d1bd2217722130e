"""Known weaknesses of packages as they were last read, kept with the project.

The file tells when and from where it was read, and about which versions of which packages. What
nobody asked about is not clean but unknown, and the report says so.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from packaging.specifiers import SpecifierSet

KEPT = "requirements/advisories.json"


@dataclass(frozen=True)
class Advisory:
    """One weakness that was made known: in which versions, and in which it is mended."""

    id: str
    package: str
    affected: tuple[str, ...]
    """Ranges of versions; one that fits is enough."""
    fixed: tuple[str, ...]
    summary: str
    aliases: tuple[str, ...] = ()

    def concerns(self, version: str) -> bool:
        """Whether a version has the weakness."""
        return any(SpecifierSet(one).contains(version, prereleases=True) for one in self.affected)

    @property
    def names(self) -> frozenset[str]:
        """All names it goes by: databases number the same weakness each in their own way."""
        return frozenset((self.id, *self.aliases))


@dataclass(frozen=True)
class Kept:
    """All that was read, and how."""

    read: str
    source: str
    asked: dict[str, str]
    advisories: tuple[Advisory, ...] = field(default=())

    def findings(self, lock: dict[str, str]) -> list[Advisory]:
        """The weaknesses that concern the locked versions, each once, sorted."""
        found: list[Advisory] = []
        for advisory in sorted(self.advisories, key=lambda one: (one.package, one.id)):
            version = lock.get(advisory.package)
            known = any(advisory.names & other.names for other in found)
            if version and not known and advisory.concerns(version):
                found.append(advisory)
        return found

    def unasked(self, lock: dict[str, str]) -> list[str]:
        """Packages about whose locked version nobody has asked."""
        return [name for name, version in lock.items() if self.asked.get(name) != version]


def load(path: Path) -> Kept:
    """Read the kept file."""
    content = json.loads(path.read_text("utf-8"))
    advisories = tuple(_advisory(one) for one in content["advisories"])
    return Kept(content["read"], content["source"], content["asked"], advisories)


def save(kept: Kept, path: Path) -> None:
    """Write the file, sorted, so that a new reading shows as a small difference."""
    content = asdict(kept)
    listed = sorted(content["advisories"], key=lambda one: (one["package"], one["id"]))
    content["advisories"] = listed
    content["asked"] = dict(sorted(kept.asked.items()))
    text = json.dumps(content, ensure_ascii=False, indent=1)
    path.write_text(f"{text}\n", encoding="utf-8")


def _advisory(one: dict[str, Any]) -> Advisory:
    several = {key: tuple(one.get(key, ())) for key in ("affected", "fixed", "aliases")}
    return Advisory(id=one["id"], package=one["package"], summary=one["summary"], **several)
