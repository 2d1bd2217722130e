"""What was measured is written as Markdown, part by part, with its goals."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from bench import __main__ as bench
from bench.report import report
from bench.stats import spread

ABOUT = {
    "at": "2026-11-22T10:00:00+00:00",
    "commit": "abc",
    "cores": 2,
    "processor": "P",
    "memory": "24 GB",
    "system": "Linux",
    "python": "3.10",
    "packages": {"rasa": "3.6"},
    "load_before": 0.1,
}
ONE, TWO = spread([1.0]), spread([2.0])
SIDE = {"replies_a_second": TWO, "wait_ms": ONE, "empty": 0, "failed": 0}
TRAINED = {"examples": 9, "epochs": 1, "seconds": 5.0, "processor_seconds": 4.0, "megabytes": 3.0}
PARTS: dict[str, dict[str, Any]] = {
    "replies": {
        "rounds": 1,
        "slice_seconds": 2.0,
        "conversations": 3,
        "stock_training": TRAINED,
        "start_seconds": {"ours": 7.0, "stock": 20.0},
        "megabytes": {"ours": None, "stock": 900.0},
        "levels": {
            "8": {"ours": SIDE, "stock": SIDE, "times_as_many": spread([7.5])},
        },
    },
    "steps": {
        "ms": {"encoder": ONE, "over HTTP": TWO},
        "times_the_encoder": {"over HTTP": TWO},
        "steps_ms": {"action": TWO, "aloud": ONE},
        "share": {"action": 0.9, "aloud": 0.2},
        "within": {"aloud": "action"},
    },
    "sizes": {
        "sizes": {"4": dict.fromkeys(("reply_ms", "training_seconds"), ONE), "290": {}},
        "times_the_first": {n: {"290": TWO} for n in ("reply_ms", "training_seconds")},
        "repeats": 1,
        "messages": 2,
    },
    "long": {"lengths": {"10": {"reply_ms": ONE, "new_ms": ONE, "times_a_new_one": ONE}}},
    "sound": {"ms": {"cold": TWO}},
}
PARTS["sizes"]["sizes"]["290"] = PARTS["sizes"]["sizes"]["4"]
FOUND = {name: {"machine": ABOUT, "took_seconds": 1.0, **part} for name, part in PARTS.items()}


def test_each_part_has_a_section_and_says_whether_goals_are_met() -> None:
    text = report(FOUND)
    assert text.count("\n## ") == len(bench.PARTS)
    assert "at least 15 ×; measured 7.50 ×: not met, 2.00 times off." in text
    assert "at most 2.5 ×; measured 2.00 ×: met." in text
    assert "Training seconds: goal: at most 1.2 ×; measured 2.00 ×: not met" in text
    assert "| aloud (within action) | 1.00 (1.00–1.00) | 20% |" in text
    assert "## " not in report({})


def test_a_part_that_is_not_asked_for_keeps_its_figures(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    results, written = tmp_path / "found.json", tmp_path / "bench.md"
    results.write_text(json.dumps({"sound": FOUND["sound"]}), encoding="utf-8")
    monkeypatch.setitem(bench.PARTS, "long", lambda given: PARTS["long"])
    told = ["--only", "long", "--results", str(results), "--report", str(written)]
    assert bench.main(told) == 0
    assert set(json.loads(results.read_text(encoding="utf-8"))) == {"sound", "long"}
    assert "## First sound" in written.read_text(encoding="utf-8")


def test_a_quick_run_leaves_the_real_figures_alone() -> None:
    given = bench.arguments(["--quick", "--rounds", "2"])
    assert given.results != bench.RESULTS
    assert (given.rounds, given.epochs) == (2, 1)
