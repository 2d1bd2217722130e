"""Conversations written in YAML: read and checked.

An editor writes them (tests/dialogues/README.md), so every mistake in a file is told with its
file, its conversation and what to change.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

KNOWN_FAILURES = "_known_failures.yml"
"""The file that lists, in the folder of conversations, those that are known to fail."""

KINDS = frozenset(
    "answer clarify passage not_defined out_of_scope crisis handoff notice smalltalk".split()
)
WHERE = ("municipality", "channel", "language", "now")
WAYS = frozenset({"chat", "callback", "mail"})
_CONVERSATION = frozenset({"name", "because", "turns", "open", *WHERE})
_LISTS = (
    "says",
    "says_any",
    "not",
    "in_order",
    "spoken",
    "spoken_not",
    "kind",
    "answer",
    "buttons",
)
EXPECTS = ("source", "at_most_words", "action", "reason", *_LISTS)
_TURN = frozenset({"user", *EXPECTS, *WHERE})
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation: who it matters to, where it takes place, and its turns."""

    id: str
    because: str
    where: Mapping[str, str]
    open: tuple[str, ...]
    turns: tuple[Mapping[str, Any], ...]


def conversations(folder: Path) -> list[Conversation]:
    """Every conversation under the folder, in the order of its files; ValueError for a mistake."""
    found: list[Conversation] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*/*.yml")):
        for number, data in enumerate(_documents(path, problems), start=1):
            place = f"{path.parent.name}/{path.name}, samtal {number}"
            wrong = [f"{place}: {p}" for p in mistakes(data)]
            problems += wrong
            if not wrong:
                found.append(conversation(path.parent.name, data))
    names = Counter(c.id for c in found)
    problems += [f"{name}: namnet finns två gånger" for name, n in names.items() if n > 1]
    if problems:
        raise ValueError("\n".join(problems))
    return found


def known_failures(path: Path) -> dict[str, str]:
    """The conversations that are known to fail, each with its reason."""
    if not path.exists():
        return {}
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


def conversation(topic: str, data: Mapping[str, Any]) -> Conversation:
    """A conversation that holds no mistakes, under the name of its topic."""
    where = {k: str(data[k]) for k in WHERE if k in data}
    name, ways = f"{topic}/{data['name']}", tuple(data.get("open", ()))
    return Conversation(name, data["because"], where, ways, tuple(data["turns"]))


def mistakes(data: Any) -> list[str]:
    """What is wrong with a conversation as it was written; nothing when it can be played."""
    if not isinstance(data, dict):
        return ["skriv name, because och turns"]
    found = [f"okänt ord: {key}" for key in sorted(map(str, data.keys() - _CONVERSATION))]
    if not _NAME.fullmatch(str(data.get("name", ""))):
        found.append("name: skriv små bokstäver a-z, siffror och bindestreck")
    if len(str(data.get("because") or "").split()) < 4:
        found.append("because: skriv varför det här spelar roll för en människa")
    if not set(listed(data, "open")) <= WAYS:
        found.append(f"open: skriv något av {', '.join(sorted(WAYS))}")
    turns = data.get("turns")
    if not isinstance(turns, list) or not turns:
        return [*found, "turns: skriv minst en replik"]
    for number, turn in enumerate(turns, start=1):
        found += [f"replik {number}: {m}" for m in _mistakes_in_turn(turn)]
    return found


def listed(turn: Mapping[str, Any], key: str) -> list[str]:
    """The texts under a key, where one text may stand without a list."""
    value = turn.get(key, [])
    return [value] if isinstance(value, str) else list(value)


def _documents(path: Path, problems: list[str]) -> list[Any]:
    try:
        return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        problems.append(f"{path.parent.name}/{path.name}: inte giltig YAML: {error}")
        return []


def _mistakes_in_turn(turn: Any) -> Iterator[str]:
    if not isinstance(turn, dict):
        yield "skriv user och vad svaret ska innehålla"
        return
    yield from (f"okänt ord: {key}" for key in sorted(map(str, turn.keys() - _TURN)))
    if not isinstance(turn.get("user"), str) or not turn["user"].strip():
        yield "user: skriv vad personen skriver, som text"
    if not turn.keys() & set(EXPECTS):
        yield "skriv vad svaret ska innehålla: says, says_any, not, kind eller answer"
    for key in _LISTS:
        texts = listed(turn, key) if isinstance(turn.get(key, ""), (str, list)) else [None]
        if any(not isinstance(t, str) or not t.strip() for t in texts if key in turn):
            yield f"{key}: skriv text, med citattecken om det är ett tal"
    if not set(listed(turn, "kind")) <= KINDS:
        yield f"kind: skriv något av {', '.join(sorted(KINDS))}"
