"""A conversation from the console as a dialogue test: a file in the form of tests/dialogues.

What a test expects is what staff chose of what was said, so that it proves that and no more. The
format's own checker tells what is wrong; nothing here knows what may stand in a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from bot.testing.dialogues import mistakes
from bot.testing.heard import Heard
from bot.testing.play import plain

FOLDER = "tests/dialogues"
ROW = 100
"""Characters of a line before the file breaks it."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+(?=[A-ZÅÄÖ0-9])")
_LETTERS = re.compile(r"[^a-z0-9]+")
_FEWEST_LETTERS = 2
_LONGEST_NAME = 60


@dataclass(frozen=True, slots=True)
class Expected:
    """A turn, and what its reply is to hold."""

    user: str
    kind: str = ""
    answer: str = ""
    says: tuple[str, ...] = ()
    never: tuple[str, ...] = ()

    def data(self) -> dict[str, Any]:
        """The turn as it is written."""
        pairs = {
            "user": self.user,
            "kind": self.kind,
            "answer": self.answer,
            "says": list(self.says),
            "not": list(self.never),
        }
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True, slots=True)
class DialogueFile:
    """One conversation with its place in the project; ``where`` as the format has it."""

    topic: str
    name: str
    because: str
    where: Mapping[str, str]
    open_ways: tuple[str, ...]
    turns: tuple[Expected, ...]

    @property
    def path(self) -> str:
        """Where it is kept, from the project's root."""
        return f"{FOLDER}/{self.topic}/{self.name.replace('-', '_')}.yml"

    def data(self) -> dict[str, Any]:
        """The conversation as it is written."""
        ways = {"open": list(self.open_ways)} if self.open_ways else {}
        return {
            "name": self.name,
            "because": self.because,
            **self.where,
            **ways,
            "turns": [turn.data() for turn in self.turns],
        }

    def text(self) -> str:
        """The file."""
        return yaml.dump(
            self.data(),
            Dumper=_Dumper,
            allow_unicode=True,
            sort_keys=False,
            default_flow_style=False,
            width=ROW,
        )


class _Dumper(yaml.SafeDumper):
    """Lists stand in from what they belong to, as people write them."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        """Never without an indent."""
        super().increase_indent(flow, False)


def problems(file: DialogueFile, root: Path) -> list[str]:
    """What keeps the file from being a test; nothing when it can be one.

    Without the project's tests beside it the file can be taken home all the same.
    """
    found, known = mistakes(file.data()), topics(root)
    if not known:
        return found
    if file.topic not in known:
        found.append("Välj ett ämne som finns.")
    elif file.name in _names(root, file.topic) or (root / file.path).exists():
        found.append("Det finns redan ett prov med det namnet i ämnet. Välj ett annat namn.")
    return found


def topics(root: Path) -> list[str]:
    """The folders of tests; empty where the project's tests are not there."""
    return sorted(p.name for p in (root / FOLDER).glob("*") if p.is_dir() and p.name[0] not in "._")


def name_of(text: str) -> str:
    """A name for a test out of words: ``Vad kostar det för mig?`` is ``vad-kostar-det-for-mig``."""
    plain_letters = unicodedata.normalize("NFKD", text.casefold()).encode("ascii", "ignore")
    name = _LETTERS.sub("-", plain_letters.decode())[:_LONGEST_NAME]
    return name.strip("-")


def phrases(heard: Heard) -> list[str]:
    """What can be asked of the reply: its sentences, each without its full stop."""
    found = (
        sentence.rstrip(".").strip()
        for line in heard.text.split("\n")
        for sentence in _SENTENCE.split(line)
    )
    return _once(s for s in found if sum(map(str.isalnum, s)) >= _FEWEST_LETTERS)


def chosen_at_first(heard: Heard, offered: Sequence[str]) -> set[str]:
    """The phrases that most likely are what the answer is about: those the page itself has."""
    quote = plain(str((heard.source or {}).get("quote") or ""))
    from_page = {p for p in offered if quote and plain(p) in quote}
    return from_page or set(offered[:1])


def _once(texts: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(texts))


def _names(root: Path, topic: str) -> set[str]:
    return {str(d.get("name")) for d in _conversations(root / FOLDER / topic)}


def _conversations(folder: Path) -> Iterator[dict[str, Any]]:
    for path in sorted(folder.glob("*.yml")):
        for data in yaml.safe_load_all(path.read_text(encoding="utf-8")):
            if isinstance(data, dict):
                yield data
