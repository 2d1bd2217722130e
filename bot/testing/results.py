"""What a run of all tests found, as it is written to its folder and read again.

A conversation that went as expected is kept by its name only; of the others everything is kept
that was said and expected.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import Final, Literal

from pydantic import BaseModel, Extra, Field

Part = Literal["dialogues", "suites", "nlu"]
Verdict = Literal["passed", "failed", "known", "mended"]
"""``known``: failed, as it is known to. ``mended``: known to fail, and did not."""

PARTS: Final[tuple[Part, ...]] = ("dialogues", "suites", "nlu")
RESULTS: Final = "results.json"
BAD: Final = frozenset({"failed", "mended"})
"""What makes a run fail."""


class _Record(BaseModel):
    class Config:
        """Results that another version wrote are refused rather than shown half."""

        extra = Extra.forbid
        allow_mutation = False


class Step(_Record):
    """One turn: what was said, what came back, what was expected, what was not as expected."""

    said: str
    reply: str
    kind: str = ""
    answer: str = ""
    expected: tuple[str, ...] = ()
    wrong: tuple[str, ...] = ()


class Case(_Record):
    """One conversation and what came of it."""

    part: Part
    group: str
    name: str
    verdict: Verdict
    seconds: float = 0.0
    because: str = ""
    known: str = ""
    where: Mapping[str, str] = Field(default_factory=dict)
    steps: tuple[Step, ...] = ()

    @property
    def id(self) -> str:
        """Its name among all cases of all runs."""
        return f"{self.part}/{self.group}/{self.name}"

    @property
    def begins(self) -> str:
        """How the conversation begins, where it is kept."""
        return self.steps[0].said if self.steps else self.name


class Score(_Record):
    """How one topic (or intent) is recognised among the sentences that were held out."""

    label: str
    title: str
    cases: int
    precision: float
    recall: float
    f1: float


class Confused(_Record):
    """A sentence that was taken for another topic, and the example there that is most like it."""

    text: str
    like: str


class Pair(_Record):
    """A topic that is taken for another, with the sentences that were."""

    label: str
    title: str
    taken_for: str
    taken_title: str
    count: int
    examples: tuple[Confused, ...]


class Bucket(_Record):
    """How many sentences were judged with a confidence from here on, right and wrong."""

    least: float
    right: int
    wrong: int


class Nlu(_Record):
    """How well sentences are recognised that the classifier has not seen."""

    learnt: int
    held_out: int
    topics: int
    top1: float
    top3: float
    intents: tuple[Score, ...]
    services: tuple[Score, ...]
    scores: tuple[Score, ...]
    pairs: tuple[Pair, ...]
    histogram: tuple[Bucket, ...]


class Differences(_Record):
    """What is otherwise than when each case was last run."""

    failing: tuple[str, ...] = ()
    passing: tuple[str, ...] = ()
    added: tuple[str, ...] = ()
    gone: tuple[str, ...] = ()
    before: str = ""
    top1_before: float | None = None


class Report(_Record):
    """A whole run."""

    id: str
    started: str
    finished: str
    model: str
    parts: tuple[Part, ...]
    only: tuple[str, ...] = ()
    cases: tuple[Case, ...] = ()
    nlu: Nlu | None = None
    differences: Differences = Field(default_factory=Differences)

    @property
    def good(self) -> bool:
        """Whether all was as expected."""
        return not any(c.verdict in BAD for c in self.cases)

    def count(self, verdict: Verdict, part: Part | None = None) -> int:
        """How many cases came out so."""
        return sum(c.verdict == verdict for c in self.cases if part in (None, c.part))

    def of(self, *verdicts: Verdict) -> tuple[Case, ...]:
        """The cases that came out so."""
        return tuple(c for c in self.cases if c.verdict in verdicts)

    def groups(self) -> list[tuple[Part, str, Mapping[str, int]]]:
        """How the cases of each folder and suite came out."""
        found: dict[tuple[Part, str], Counter[str]] = {}
        for case in self.cases:
            found.setdefault((case.part, case.group), Counter())[case.verdict] += 1
        return [(part, group, counts) for (part, group), counts in found.items()]


def read_report(folder: Path) -> Report | None:
    """The results in a run's folder; None where there are none that can be read."""
    try:
        return Report.parse_raw((folder / RESULTS).read_bytes())
    except (OSError, ValueError):
        return None


def compare(
    cases: Iterable[Case], only: Collection[str], top1: float | None, earlier: Iterable[Report]
) -> Differences:
    """What is otherwise than before; ``earlier`` runs newest first, ``only`` the tests asked for.

    Each case is held against the newest run that had it, so that a run of a few tests in between
    hides nothing. What is new and what is gone is told by the newest run of all such tests.
    """
    now = {case.id: case.verdict for case in cases}
    parts = {case.part for case in cases}
    before: dict[str, str] = {}
    whole: Report | None = None
    newest, top1_before = "", None
    for report in earlier:
        newest = newest or report.id
        for case in report.cases:
            before.setdefault(case.id, case.verdict)
        if whole is None and not report.only and parts <= set(report.parts):
            whole = report
        if top1_before is None and report.nlu and top1 is not None:
            top1_before = report.nlu.top1
    had = [c.id for c in whole.cases if c.part in parts] if whole else []
    both = [name for name in now if name in before]
    return Differences(
        failing=tuple(n for n in both if not _fine(now[n]) and _fine(before[n])),
        passing=tuple(n for n in both if _fine(now[n]) and not _fine(before[n])),
        added=tuple(n for n in now if n not in before) if whole else (),
        gone=() if only else tuple(n for n in had if n not in now),
        before=newest,
        top1_before=top1_before,
    )


def _fine(verdict: str) -> bool:
    return verdict in {"passed", "mended"}
