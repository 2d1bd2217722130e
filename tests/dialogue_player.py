"""Conversations written in YAML: read, checked, and held against what the assistant says.

An editor writes them (tests/dialogues/README.md), so every mistake in a file is told with its
file, its conversation and what to change. Texts are compared without regard to case, to the
kind of dash and to blanks; they are plain texts, not patterns.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.conftest import Heard, Talk

DIALOGUES = Path(__file__).parent / "dialogues"
KNOWN_FAILURES = DIALOGUES / "_known_failures.yml"

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
_TURN = frozenset({"user", "source", "at_most_words", "action", "reason", *_LISTS, *WHERE})
_EXPECTS = _TURN - {"user", *WHERE}
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
_UNSAYABLE = re.compile(r"[\d§@/•*”“\"«»()\[\]{}%&+=<>|#_–—\n]|https?|www")
"""What no spoken form may hold: an engine leaves it out or reads it wrongly."""

_LEFT_OVER = re.compile(r"[{}]|\bNone\b|\bnull\b")


@dataclass(frozen=True, slots=True)
class Conversation:
    """One conversation: who it matters to, where it takes place, and its turns."""

    id: str
    because: str
    where: Mapping[str, str]
    open: tuple[str, ...]
    turns: tuple[Mapping[str, Any], ...]


def conversations(folder: Path = DIALOGUES) -> list[Conversation]:
    """Every conversation under the folder, in the order of its files; ValueError for a mistake."""
    found: list[Conversation] = []
    problems: list[str] = []
    for path in sorted(folder.glob("*/*.yml")):
        for number, data in enumerate(_documents(path, problems), start=1):
            place = f"{path.parent.name}/{path.name}, samtal {number}"
            wrong = [f"{place}: {p}" for p in mistakes(data)]
            problems += wrong
            if not wrong:
                found.append(_conversation(path.parent.name, data))
    names = Counter(c.id for c in found)
    problems += [f"{name}: namnet finns två gånger" for name, n in names.items() if n > 1]
    if problems:
        raise ValueError("\n".join(problems))
    return found


def known_failures(path: Path = KNOWN_FAILURES) -> dict[str, str]:
    """The conversations that are known to fail, each with its reason."""
    return dict(yaml.safe_load(path.read_text(encoding="utf-8")) or {})


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


def play(conversation: Conversation, converse: Talk) -> list[str]:
    """Hold the conversation with the assistant; tell what was not as expected."""
    where = dict(conversation.where)
    for number, turn in enumerate(conversation.turns, start=1):
        where.update({k: str(turn[k]) for k in WHERE if k in turn})
        person = {way: way in conversation.open for way in WAYS} | {"waiting": 0}
        metadata = {**where, "person": person} if conversation.open else where
        heard = converse(f"test {conversation.id}", turn["user"], metadata)
        wrong = list(differences(turn, heard))
        if wrong:
            said = f"replik {number}, {turn['user']!r} fick svaret [{heard.kind}, {heard.answer}]:"
            return [said, heard.text, *wrong]
    return []


def differences(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    """What a turn expects and the reply does not hold."""
    text = plain(heard.text)
    if not text or _LEFT_OVER.search(heard.text):
        yield "svaret är tomt eller har luckor som inte fyllts i"
    if heard.kind not in KINDS:
        yield f"svarets kind är {heard.kind!r}"
    yield from (f"saknas: {s!r}" for s in listed(turn, "says") if plain(s) not in text)
    any_of = listed(turn, "says_any")
    if any_of and not any(plain(s) in text for s in any_of):
        yield f"inget av detta finns: {any_of}"
    yield from (f"får inte stå: {s!r}" for s in listed(turn, "not") if plain(s) in text)
    spoken = plain(heard.spoken)
    yield from (f"sägs inte: {s!r}" for s in listed(turn, "spoken") if plain(s) not in spoken)
    yield from (f"får inte sägas: {s!r}" for s in listed(turn, "spoken_not") if plain(s) in spoken)
    unsayable = sorted(set(_UNSAYABLE.findall(heard.spoken)))
    if unsayable or not spoken:
        yield f"en röst läser fel på {unsayable} i {heard.spoken!r}"
    if not _stand_in_order(listed(turn, "in_order"), text):
        yield f"står inte i den ordningen: {turn['in_order']}"
    yield from _differences_in_data(turn, heard)
    yield from _differences_in_ways(turn, heard)


def _differences_in_ways(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    """What is offered to choose, what is to be done then, and why a person is offered."""
    yield from (f"knapp saknas: {b!r}" for b in listed(turn, "buttons") if b not in heard.buttons)
    if "action" in turn and heard.action != turn["action"]:
        yield f"action är {heard.action!r}, skulle vara {turn['action']!r}"
    if "reason" in turn and heard.reason != turn["reason"]:
        yield f"reason är {heard.reason!r}, skulle vara {turn['reason']!r}"


def _differences_in_data(turn: Mapping[str, Any], heard: Heard) -> Iterator[str]:
    if "kind" in turn and heard.kind not in listed(turn, "kind"):
        yield f"kind är {heard.kind!r}, skulle vara {turn['kind']!r}"
    if "answer" in turn and heard.answer not in listed(turn, "answer"):
        yield f"answer är {heard.answer!r}, skulle vara {turn['answer']!r}"
    if "source" in turn:
        title = (heard.source or {}).get("title")
        if title != turn["source"] or plain(turn["source"]) not in plain(heard.text):
            yield f"källan är {title!r}, skulle vara {turn['source']!r}"
    words = len(heard.text.split())
    if words > turn.get("at_most_words", words):
        yield f"svaret har {words} ord, skulle ha högst {turn['at_most_words']}"


def listed(turn: Mapping[str, Any], key: str) -> list[str]:
    """The texts under a key, where one text may stand without a list."""
    value = turn.get(key, [])
    return [value] if isinstance(value, str) else list(value)


def plain(text: str) -> str:
    """Text as it is compared: lower case, one kind of dash, single blanks."""
    return " ".join(re.sub(r"[‐‑‒–—−]", "-", text).casefold().split())


def _stand_in_order(texts: list[str], text: str) -> bool:
    start = 0
    for wanted in map(plain, texts):
        start = text.find(wanted, start)
        if start < 0:
            return False
        start += len(wanted)
    return True


def _documents(path: Path, problems: list[str]) -> list[Any]:
    try:
        return list(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    except yaml.YAMLError as error:
        problems.append(f"{path.parent.name}/{path.name}: inte giltig YAML: {error}")
        return []


def _conversation(topic: str, data: Mapping[str, Any]) -> Conversation:
    where = {k: str(data[k]) for k in WHERE if k in data}
    name, ways = f"{topic}/{data['name']}", tuple(data.get("open", ()))
    return Conversation(name, data["because"], where, ways, tuple(data["turns"]))


def _mistakes_in_turn(turn: Any) -> Iterator[str]:
    if not isinstance(turn, dict):
        yield "skriv user och vad svaret ska innehålla"
        return
    yield from (f"okänt ord: {key}" for key in sorted(map(str, turn.keys() - _TURN)))
    if not isinstance(turn.get("user"), str) or not turn["user"].strip():
        yield "user: skriv vad personen skriver, som text"
    if not turn.keys() & _EXPECTS:
        yield "skriv vad svaret ska innehålla: says, says_any, not, kind eller answer"
    for key in _LISTS:
        texts = listed(turn, key) if isinstance(turn.get(key, ""), (str, list)) else [None]
        if any(not isinstance(t, str) or not t.strip() for t in texts if key in turn):
            yield f"{key}: skriv text, med citattecken om det är ett tal"
    if not set(listed(turn, "kind")) <= KINDS:
        yield f"kind: skriv något av {', '.join(sorted(KINDS))}"
