"""All dialogues and suites, chosen by words in their names, and each one played and judged."""

from __future__ import annotations

import time
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.testing.dialogues import KNOWN_FAILURES, Conversation, conversations, known_failures
from bot.testing.expecting import expected, step
from bot.testing.play import Say, hold
from bot.testing.results import Case, Part, Step, Verdict
from tools import ask


@dataclass(frozen=True, slots=True)
class Playable:
    """A test that can be played."""

    part: Part
    group: str
    name: str
    play: Callable[[Say], Case]

    @property
    def id(self) -> str:
        """Its name among all tests."""
        return f"{self.part}/{self.group}/{self.name}"

    def is_called(self, words: Collection[str]) -> bool:
        """Whether any of the words stands in its name; without words every test is meant."""
        return not words or any(word.casefold() in self.id.casefold() for word in words)


def dialogues(folder: Path) -> list[Playable]:
    """Every conversation under the folder; ValueError for a mistake in a file."""
    known = known_failures(folder / KNOWN_FAILURES)
    return [_dialogue(c, known.get(c.id)) for c in conversations(folder)]


def suites(folders: Sequence[Path], known_in: Path) -> list[Playable]:
    """Every case of the suites in the folders; ValueError for a mistake in a file.

    ``known_in`` lists the cases that are known to miss something, each with its reason.
    """
    known = known_failures(known_in)
    found = []
    for folder in folders:
        for case in ask.load(sorted(folder.glob("*.yml"))):
            name = str(case["id"])
            found.append(Playable("suites", case["suite"], name, _player(case, known.get(name))))
    return found


def _dialogue(conversation: Conversation, known: str | None) -> Playable:
    group, _, name = conversation.id.partition("/")

    def play(say: Say) -> Case:
        started = time.perf_counter()
        exchanges = list(hold(conversation, say))
        verdict = _verdict(any(e.wrong for e in exchanges), known is not None)
        return Case(
            part="dialogues",
            group=group,
            name=name,
            verdict=verdict,
            seconds=round(time.perf_counter() - started, 3),
            because=conversation.because,
            known=known or "",
            where=conversation.where,
            steps=() if verdict == "passed" else tuple(step(e) for e in exchanges),
        )

    return Playable("dialogues", group, name, play)


def _verdict(failed: bool, known: bool) -> Verdict:
    if known:
        return "known" if failed else "mended"
    return "failed" if failed else "passed"


def _player(case: Mapping[str, Any], known: str | None) -> Callable[[Say], Case]:
    def play(say: Say) -> Case:
        def put(sender: str, text: str, metadata: Mapping[str, Any]) -> str:
            return say(sender, text, metadata).text

        result = ask.hold(case, put)
        where = {k: v for k, v in ask.metadata_of(case).items() if k != "channel" or v != "web"}
        verdict = _verdict(result.verdict != "right", known is not None)
        return Case(
            part="suites",
            group=case["suite"],
            name=str(case["id"]),
            verdict=verdict,
            seconds=round(sum(result.seconds), 3),
            known=known or "",
            where=where,
            steps=() if verdict == "passed" else tuple(_steps(case, result)),
        )

    return play


def _steps(case: Mapping[str, Any], result: ask.Result) -> Iterator[Step]:
    """The turns of a case with what each missed or stated wrongly."""
    for number, (turn, said) in enumerate(zip(case["turns"], result.log, strict=True), start=1):
        start = f"turn {number}: "
        wrong = [w for w in (*result.wrong, *result.misses) if w.startswith(start)]
        yield Step(
            said=said["say"],
            reply=said["reply"],
            expected=tuple(expected(turn)),
            wrong=tuple(_in_swedish(w.removeprefix(start)) for w in wrong),
        )


def _in_swedish(problem: str) -> str:
    """The judge's words as an editor reads them."""
    if problem.startswith("never "):
        return f"fel i sak: {problem.removeprefix('never ')}"
    if problem.startswith("must "):
        return f"saknas: {problem.removeprefix('must ')}"
    if problem.startswith("any of "):
        return f"inget av detta finns: {problem.removeprefix('any of ')}"
    return "inget svar kom"
