"""The results of all pipelines as a table for docs/adr/0003."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from bench.rankers import PIPELINES
from bench.split import Split

HEAD = (
    "Pipeline",
    "top 1",
    "top 3",
    "training",
    "at most",
    "load",
    "a message",
    "memory",
    "right",
    "missed",
    "wrong",
)


def table(split: Split, folder: Path) -> str:
    """Markdown: what was measured, then a row for each pipeline that has results."""
    labels = {label for _, label in (*split.train, *split.test)}
    learnt, held_out = len(split.train), len(split.test)
    lines = [
        f"{learnt} examples to learn from, {held_out} held out, {len(labels)} labels.",
        "",
        f"| {' | '.join(HEAD)} |",
        f"|{'---|' * len(HEAD)}",
    ]
    for name in sorted(PIPELINES, key=lambda name: PIPELINES[name].title):
        found = _results(folder / name)
        if "top1" in found:
            epochs = f", {found['epochs']} epochs" if name == "diet" and "epochs" in found else ""
            lines.append(_row(PIPELINES[name].title + epochs, found))
    return "\n".join(lines)


def _results(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for what in ("train", "test"):
        path = folder / f"{what}.json"
        if path.exists():
            found |= json.loads(path.read_text(encoding="utf-8"))
    return found


def _row(title: str, found: dict[str, Any]) -> str:
    suite = found.get("suite")
    counts = [str(suite.get(k, 0)) if suite else "–" for k in ("right", "miss", "wrong")]
    cells = [
        title,
        f"{found['top1']:.1%}",
        f"{found['top3']:.1%}",
        f"{found['train_seconds']:.0f} s" if "train_seconds" in found else "–",
        f"{found['train_megabytes']:.0f} MB" if "train_megabytes" in found else "–",
        f"{found['load_seconds']:.1f} s",
        f"{found['ms']:.1f} ms",
        f"{found['megabytes']:.0f} MB",
        *counts,
    ]
    return f"| {' | '.join(cells)} |"
