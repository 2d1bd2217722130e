"""All that the page of flows shows, read once and again only when a file of it has changed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from api.flows import data, probes, walks
from api.flows.coverage import Coverage, coverage
from api.flows.data import Form, Rule
from api.flows.naming import Naming
from api.flows.walks import Walks
from api.handoff.machine import EVENTS
from api.settings import ROOT
from bot.dialogue.callback_fields import STEPS
from bot.knowledge.loader import load_whole
from bot.knowledge.records import Knowledge

Stamp = tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The flows as the files tell them, and the tests. ``has_tests``: whether there are any here.

    ``examples`` counts the sentences that each intent is trained on.
    """

    knowledge: Knowledge
    rules: tuple[Rule, ...]
    forms: tuple[Form, ...]
    intents: tuple[str, ...]
    examples: Mapping[str, int]
    has_tests: bool
    coverage: Coverage
    handoff: Walks
    callback: Walks


class _Kept:
    """The newest snapshot, and what it was made of. One is made at a time."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._made: tuple[Path, Stamp, Knowledge, Snapshot] | None = None

    def get(self, root: Path, stamp: Stamp, knowledge: Knowledge) -> Snapshot:
        """The one of these files and this content."""
        with self._lock:
            made = self._made
            if made is None or made[:2] != (root, stamp) or made[2] is not knowledge:
                made = (root, stamp, knowledge, _read(root, knowledge))
                self._made = made
            return made[3]


_KEPT = _Kept()


def snapshot(root: Path = ROOT) -> Snapshot:
    """The newest; takes seconds after a change. Blocks."""
    read = [*data.files(root), *probes.test_files(root), *walks.files(root)]
    return _KEPT.get(root, _stamp(read), load_whole())


def _read(root: Path, knowledge: Knowledge) -> Snapshot:
    groups = data.read_examples(root)
    counted: Counter[str] = Counter()
    for group in groups:
        counted[group.intent] += len(group.texts)
    found = probes.read_probes(root)
    return Snapshot(
        knowledge=knowledge,
        rules=tuple(data.read_rules(root)),
        forms=tuple(data.read_forms(root)),
        intents=tuple(data.read_intents(root)),
        examples=counted,
        has_tests=bool(found),
        coverage=coverage(found, knowledge, Naming(groups)),
        handoff=walks.walks(root, walks.TESTS_OF_HANDOFF, EVENTS),
        callback=walks.walks(root, walks.TESTS_OF_CALLBACK, STEPS),
    )


def _stamp(paths: Iterable[Path]) -> Stamp:
    return tuple(sorted((str(path), path.stat().st_mtime_ns) for path in paths))
