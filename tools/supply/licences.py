"""Which licence each installed package has, by its own metadata, and whether it may be here."""

from __future__ import annotations

import importlib.metadata
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

RULES = "requirements/licences.yml"


@dataclass(frozen=True)
class Rules:
    """What is allowed, and what a person has read where metadata say too little."""

    allowed: frozenset[str]
    words: Mapping[str, str]
    packages: Mapping[str, Mapping[str, object]]

    def read_by_hand(self, name: str) -> str | None:
        """The licence that a person wrote down."""
        return str(self.packages[name]["licence"]) if name in self.packages else None

    def why(self, name: str) -> str:
        """What that person wrote about it."""
        return " ".join(str(self.packages.get(name, {}).get("why", "")).split())

    def may(self, name: str, licence: str) -> bool:
        """Whether a package may be here: one of several by choice, or all that hold together."""
        if self.packages.get(name, {}).get("exception") is True:
            return True
        choices = re.split(r"\s+OR\s+", licence.replace("(", "").replace(")", ""))
        return any(
            all(part.strip() in self.allowed for part in re.split(r"\s+AND\s+", choice))
            for choice in choices
        )


def load(path: Path) -> Rules:
    """Read the hand-written file."""
    content = yaml.safe_load(path.read_text("utf-8"))
    return Rules(frozenset(content["allowed"]), content["words"], content["packages"])


def of_package(name: str, rules: Rules) -> str:
    """The licence as an SPDX expression where one can be made; empty when nothing is told."""
    by_hand = rules.read_by_hand(name)
    if by_hand is not None:
        return by_hand
    try:
        metadata = importlib.metadata.metadata(name)
    except importlib.metadata.PackageNotFoundError:
        return ""
    if "License-Expression" in metadata:
        return metadata["License-Expression"]
    classes = [one.split(" :: ")[-1] for one in metadata.get_all("Classifier") or [] if _tells(one)]
    written = "".join((metadata.get_all("License") or [])[:1])
    told = classes or written.strip().splitlines()[:1]
    # Several classifiers: all of them, which is the stricter reading.
    return " AND ".join(sorted({rules.words.get(one, one) for one in told}))


def _tells(classifier: str) -> bool:
    return classifier.startswith("License ::") and classifier != "License :: OSI Approved"


def mistakes(found: Mapping[str, str], rules: Rules) -> list[str]:
    """Packages that may not be here, and notes on packages that are not."""
    wrong = [
        f"{name}: licence {licence or 'unknown'} is not allowed: read its licence file, then add "
        f"it to {RULES} or do without the package"
        for name, licence in found.items()
        if not rules.may(name, licence)
    ]
    gone = [
        f"{name}: has a note in {RULES} but is locked nowhere: remove it"
        for name in rules.packages
        if name not in found
    ]
    return wrong + gone
