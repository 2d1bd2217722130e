"""The turns of all tests, dialogues and suites alike: what is said, and what is expected."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from api.flows.data import read_yaml
from bot.testing.dialogues import conversations, listed
from bot.testing.play import plain

DIALOGUES, SUITES = "tests/dialogues", "tests/suites"

SUITE_KINDS: Mapping[str, str] = {
    "handoff": "handoff",
    "oos": "out_of_scope",
    "crisis": "crisis",
    "unknown": "not_defined",
    "hours": "hours",
}
"""What a suite's kind says of the replies, in the words of the dialogues."""


@dataclass(frozen=True, slots=True)
class Probe:
    """One turn of a test. ``patterns`` all have to be found; of ``choice`` one has to be."""

    test: str
    text: str
    municipality: str | None
    kinds: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    reason: str | None = None
    action: str | None = None
    patterns: tuple[str, ...] = ()
    choice: tuple[str, ...] = ()

    def fitting(self, texts: Mapping[str, str]) -> list[str]:
        """The names of the texts that hold all that is expected; nothing expected fits none."""
        if not self.patterns and not self.choice:
            return []
        # Compiled for all texts at once: re itself remembers fewer patterns than there are.
        every = [re.compile(_small(p)) for p in self.patterns]
        some = [re.compile(_small(p)) for p in self.choice]
        return [
            name
            for name, text in texts.items()
            if all(p.search(text) for p in every)
            and (not some or any(p.search(text) for p in some))
        ]


def read_probes(root: Path) -> list[Probe]:
    """All turns of all tests; none where the project has no tests with it."""
    return [*_of_dialogues(root / DIALOGUES), *_of_suites(root / SUITES)]


def test_files(root: Path) -> list[Path]:
    """The files that the tests stand in."""
    return [*(root / DIALOGUES).glob("*/*.yml"), *(root / SUITES).glob("*.yml")]


def _of_dialogues(folder: Path) -> Iterator[Probe]:
    if not folder.is_dir():
        return
    for conversation in conversations(folder):
        municipality = conversation.where.get("municipality")
        for turn in conversation.turns:
            municipality = turn.get("municipality", municipality)
            yield Probe(
                conversation.id,
                turn["user"],
                municipality,
                tuple(listed(turn, "kind")),
                tuple(listed(turn, "answer")),
                turn.get("reason"),
                turn.get("action"),
                _literal([*listed(turn, "says"), *listed(turn, "in_order")]),
                _literal(listed(turn, "says_any")),
            )


def _of_suites(folder: Path) -> Iterator[Probe]:
    for path in sorted(folder.glob("*.yml")):
        for case in read_yaml(path) or ():
            kind = SUITE_KINDS.get(case["kind"])
            for turn in case["turns"]:
                yield Probe(
                    f"{path.stem}/{case['id']}",
                    turn["say"],
                    case.get("municipality"),
                    (kind,) if kind else (),
                    patterns=tuple(turn.get("must", ())),
                    choice=tuple(turn.get("any", ())),
                )


def _small(pattern: str) -> str:
    """A pattern for texts in small letters, a third of the time of one for both; `\\W` stays."""
    return re.sub(r"\\.|[^\W\d_]", lambda m: m[0] if len(m[0]) > 1 else m[0].lower(), pattern)


def _literal(texts: Sequence[str]) -> tuple[str, ...]:
    return tuple(re.escape(plain(text)) for text in texts)


def comparable(text: str) -> str:
    """A text as the expectations of both kinds of tests read it."""
    return re.sub(r"\b(\d{1,2})[.:](\d{2})\b", lambda m: f"{m[1]:>02}.{m[2]}", plain(text))
