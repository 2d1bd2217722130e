"""Handing over to a person, and the form for being called back, with the tests that walk them.

These are tested by programs (tests/…/test_*.py), so the programs are read: a test walks an event
when it calls the desk's method of that name, asks for its address, or names it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from api.handoff.machine import ENDED, EVENTS, STATES, Event, NotPossible, State, next_state

TESTS_OF_HANDOFF = (
    "tests/api/handoff/test_*.py",
    "tests/api/routers/test_desk_[!c]*.py",
    "tests/api/routers/test_*handoff.py",
)
TESTS_OF_CALLBACK = ("tests/**/test_*callback*.py", "tests/api/test_rest_form.py")
_CALLED_ON = frozenset({"desk", "book"})

STATE_TITLES: Mapping[State, str] = {
    "waiting": "Väntar i kön",
    "talking": "Chattar med en handläggare",
    "returned": "Tillbaka hos assistenten",
    "closed": "Avslutad av handläggaren",
    "left": "Invånaren har gått",
    "expired": "Desken stängde",
}
EVENT_TITLES: Mapping[Event, str] = {
    "claim": "en handläggare tar samtalet",
    "release": "släpps tillbaka till kön",
    "transfer": "lämnas till en kollega",
    "give_back": "lämnas till assistenten",
    "close": "handläggaren avslutar",
    "leave": "invånaren lämnar",
    "erased": "invånaren raderar samtalet",
    "agent_gone": "handläggaren försvinner, kollegor finns",
    "nobody_left": "ingen handläggare är kvar",
    "desk_closed": "desken stänger",
    "citizen_gone": "invånaren hörs inte av",
    "long_wait": "väntan blir lång",
}

Walks = Mapping[str, tuple[str, ...]]
"""Names of tests by what they walk."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an event does in a state."""

    state: State
    event: Event
    after: State


def changes() -> list[Change]:
    """Every change that the machine knows, read out of the machine itself."""
    return [c for state in STATES for event in EVENTS if (c := _change(state, event))]


def is_end(state: State) -> bool:
    """Whether nothing happens any more."""
    return state in ENDED


def walks(root: Path, patterns: Iterable[str], words: Collection[str]) -> Walks:
    """The tests that walk each of the words."""
    found: dict[str, list[str]] = defaultdict(list)
    for path in sorted({path for pattern in patterns for path in root.glob(pattern)}):
        for name, used in _functions(path):
            for word in sorted(used & set(words)):
                found[word].append(f"{path.stem.removeprefix('test_')}: {name}")
    return {word: tuple(names) for word, names in found.items()}


def files(root: Path) -> list[Path]:
    """The tests that are read."""
    return [p for pattern in (*TESTS_OF_HANDOFF, *TESTS_OF_CALLBACK) for p in root.glob(pattern)]


def _change(state: State, event: Event) -> Change | None:
    try:
        return Change(state, event, next_state(state, event))
    except NotPossible:
        return None


def _functions(path: Path) -> Iterator[tuple[str, set[str]]]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            continue
        if node.name.startswith("test_"):
            name = node.name.removeprefix("test_").replace("_", " ")
            yield name, {word for part in ast.walk(node) for word in _words(part)}


def _words(node: ast.AST) -> Iterator[str]:
    """What a part of a program names: a method of the desk, a text, the end of an address."""
    if isinstance(node, ast.Attribute):
        owner = node.value
        called = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
        if called in _CALLED_ON:
            yield node.attr
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value.rpartition("/")[2].replace("-", "_")
