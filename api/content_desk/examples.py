"""The training examples of a topic: how the assistant has learned to recognise the question."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path
from typing import Final

from api.settings import ROOT
from bot.knowledge.files import read_yaml
from bot.knowledge.records import TopicId

NLU: Final = ROOT / "bot" / "data" / "nlu"


def examples_of(topic: TopicId, folder: Path = NLU) -> list[str]:
    """The examples of a topic, in the order of their file. It reads files the first time."""
    file = folder / f"{topic[0]}.yml"
    if not file.is_file():
        return []
    return list(_by_topic(file, file.stat().st_mtime_ns).get(topic, ()))


@lru_cache(maxsize=64)
def _by_topic(file: Path, _changed: int) -> Mapping[TopicId, tuple[str, ...]]:
    found: dict[TopicId, list[str]] = defaultdict(list)
    for entry in read_yaml(file).get("nlu") or ():
        service = (entry.get("metadata") or {}).get("service")
        if service and "intent" in entry:
            lines = str(entry.get("examples") or "").splitlines()
            texts = (line.strip().removeprefix("- ").strip() for line in lines)
            found[service, entry["intent"]] += [text for text in texts if text]
    return {topic: tuple(texts) for topic, texts in found.items()}
