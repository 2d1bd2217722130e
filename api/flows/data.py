"""What Rasa is trained on, read from the project's own files: rules, the form, the examples."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

RULES, EXAMPLES, DOMAIN = "bot/data/rules", "bot/data/nlu", "domain.yml"
NO_SERVICE = "none"
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule: when it holds, and what it does then. A step is ``("intent", "greet")``."""

    name: str
    steps: tuple[tuple[str, str], ...]
    within: str | None = None

    @property
    def intent(self) -> str | None:
        """The intent that it begins with."""
        return next((value for kind, value in self.steps if kind == "intent"), None)

    @property
    def actions(self) -> tuple[str, ...]:
        """What it does, in order."""
        return tuple(value for kind, value in self.steps if kind == "action")


@dataclass(frozen=True, slots=True)
class Form:
    """A form and what it asks for, in order."""

    name: str
    slots: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Examples:
    """Example sentences of an intent, about a service or about none."""

    intent: str
    service: str | None
    texts: tuple[str, ...]

    @property
    def label(self) -> str:
        """What the classifier tells apart: ``ledsagning.kostnad``, or the intent alone."""
        return f"{self.service}.{self.intent}" if self.service else self.intent


def read_rules(root: Path) -> list[Rule]:
    """Every rule, in the order of the files."""
    return [_rule(data) for path in _files(root / RULES) for data in _read(path).get("rules") or ()]


def read_intents(root: Path) -> list[str]:
    """The intents of the domain."""
    return [str(intent) for intent in _read(root / DOMAIN).get("intents") or ()]


def read_forms(root: Path) -> list[Form]:
    """The forms of the domain."""
    forms: Mapping[str, Any] = _read(root / DOMAIN).get("forms") or {}
    return [Form(name, tuple(form.get("required_slots") or ())) for name, form in forms.items()]


def read_examples(root: Path) -> list[Examples]:
    """Every group of examples."""
    return list(_examples(root / EXAMPLES))


def files(root: Path) -> list[Path]:
    """The files that all this is read from."""
    return [*_files(root / RULES), *_files(root / EXAMPLES), root / DOMAIN]


def _examples(folder: Path) -> Iterator[Examples]:
    for path in _files(folder):
        for entry in _read(path).get("nlu") or ():
            if "intent" not in entry:
                continue
            service = (entry.get("metadata") or {}).get("service")
            lines = str(entry.get("examples") or "").splitlines()
            texts = tuple(line[2:].strip() for line in lines if line.startswith("- "))
            named = None if service in {None, NO_SERVICE} else str(service)
            yield Examples(str(entry["intent"]), named, texts)


def _rule(data: Mapping[str, Any]) -> Rule:
    steps = [(str(k), str(v)) for step in data["steps"] for k, v in step.items()]
    conditions = [c for c in data.get("condition") or () if "active_loop" in c]
    within = str(conditions[0]["active_loop"]) if conditions else None
    return Rule(str(data["rule"]), tuple(steps), within)


def _files(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.yml"))


def _read(path: Path) -> dict[str, Any]:
    data = read_yaml(path)
    return data if isinstance(data, dict) else {}


def read_yaml(path: Path) -> Any:
    """A file of ours, by the reader in C: the one in Python takes seconds for the examples."""
    return yaml.load(path.read_bytes(), Loader=_LOADER)  # noqa: S506 - it is a safe one
