"""The examples that every pipeline learns from, and those that it is tested with."""

from __future__ import annotations

import json
import random
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
WORK: Final = ROOT / "var" / "bench"
"""Splits, trained models and results; `var` is not kept in git."""

HELD_OUT: Final = 0.2
SEED: Final = 0

Examples = list[tuple[str, str]]
"""Texts with their labels."""


@dataclass(frozen=True, slots=True)
class Split:
    """Examples to learn from and examples held out."""

    train: Examples
    test: Examples

    def save(self, folder: Path = WORK) -> None:
        """Keep the split: the data may change while the pipelines train."""
        folder.mkdir(parents=True, exist_ok=True)
        text = json.dumps({"train": self.train, "test": self.test}, ensure_ascii=False)
        (folder / "split.json").write_text(text, encoding="utf-8")

    @classmethod
    def load(cls, folder: Path = WORK) -> Split:
        """Read what `save` wrote."""
        kept = json.loads((folder / "split.json").read_text(encoding="utf-8"))
        return cls([(t, k) for t, k in kept["train"]], [(t, k) for t, k in kept["test"]])


def read_data(folder: Path = ROOT / "bot" / "data" / "nlu") -> Examples:
    """All training examples with their joint labels (service.aspect), each text once."""
    from bot.components.importer import read_examples
    from bot.understanding.analyse import label_of, unshout

    labelled = {}
    for path in sorted(folder.glob("*.yml")):
        for example in read_examples(path):
            metadata = (example.get("metadata") or {}).get("intent") or {}
            labelled[unshout(example.get("text"))] = label_of(example.get("intent"), metadata)
    return sorted(labelled.items())


def stratified(examples: Examples, share: float, seed: int = SEED) -> tuple[Examples, Examples]:
    """Divide so that each label gives this share of its examples to the second part."""
    of_label: dict[str, list[str]] = defaultdict(list)
    for text, label in examples:
        of_label[label].append(text)
    # Not for secrets: the same seed has to give the same split.
    chance = random.Random(seed)  # noqa: S311
    first: Examples = []
    second: Examples = []
    for label, texts in sorted(of_label.items()):
        chance.shuffle(texts)
        count = round(len(texts) * share)
        second += [(text, label) for text in texts[:count]]
        first += [(text, label) for text in texts[count:]]
    chance.shuffle(first)
    return first, second


def make_split(share_of_data: float = 1.0) -> Split:
    """Split the project's own examples, or a stratified share of them."""
    examples = read_data()
    if share_of_data < 1.0:
        _, examples = stratified(examples, share_of_data)
    return Split(*stratified(examples, HELD_OUT))
