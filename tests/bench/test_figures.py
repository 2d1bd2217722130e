"""What the parts make of the times that they took."""

from __future__ import annotations

from collections import defaultdict

import pytest

from bench import trees
from bench.machine import machine
from bench.sizes import _alike, _ratios
from bench.split import ROOT
from bench.steps import _figures, _note


def test_a_step_within_another_counts_once() -> None:
    ms: dict[str, list[float]] = defaultdict(list)
    _note(ms, {"action": 4.0, "aloud": 3.0, "topics": 5.0}, 10.0)
    for way in ("encoder", "in process", "over HTTP", "over HTTP, heard before"):
        ms[way].append(2.0 if way == "encoder" else 6.0)
    found = _figures(ms)
    assert found["steps_ms"]["rest"]["median"] == 1.0
    assert found["share"]["topics"] == 0.5
    assert found["times_the_encoder"]["over HTTP"]["median"] == 3.0


def test_a_question_goes_to_the_municipality_or_one_made_after_it() -> None:
    ids, real = ["ale", "alvesta", "boden", "leksand", "umea"], ["leksand", "umea"]
    picked = [_alike(ids, real, "leksand", number) for number in range(3)]
    assert picked == ["leksand", "ale", "boden"]
    assert _alike(ids, real, "umea", 1) == "alvesta"
    assert _alike(real, real, "umea", 7) == "umea"


def test_ratios_are_of_values_measured_side_by_side() -> None:
    assert _ratios([2.0, 9.0], [1.0, 3.0]) == [2.0, 3.0]


def test_the_machine_is_told() -> None:
    told = machine()
    assert told["packages"]["rasa"]
    assert told["cores"] >= 1


def test_a_tree_holds_what_training_and_serving_need(
    tmp_path_factory: pytest.TempPathFactory,
) -> None:
    tree, ids = trees.plant(4, tmp_path_factory.mktemp("growth"))
    assert len(ids) == 4
    assert (tree / "var" / "encoder").resolve() == ROOT / "var" / "encoder"
    assert all((tree / name).exists() for name in ("api", "bot", "config.yml", "domain.yml"))
