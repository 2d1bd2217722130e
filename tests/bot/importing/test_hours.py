"""Opening hours as pages write them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.importing.hours import read_hours
from bot.knowledge import validator_hours
from bot.knowledge.validator_report import Report

CASES: list[dict[str, Any]] = yaml.safe_load(
    Path(__file__).with_name("hours_cases.yml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize("case", CASES, ids=lambda case: case["lines"][0][:40])
def test_hours(case: dict[str, Any]) -> None:
    hours, problems = read_hours(case["lines"])
    if case["osm"] is None:
        assert hours is None
        assert problems
        return
    assert hours is not None, problems
    assert hours.osm == case["osm"]
    assert hours.weekdays_named == case.get("named", True)
    seasons = [[s.first, s.last, s.osm, s.as_written] for s in hours.seasons]
    assert seasons == case.get("seasons", [])
    assert case.get("remark", "") in " ".join(hours.remarks)


@pytest.mark.parametrize(
    "case", [c for c in CASES if c["osm"]], ids=lambda case: case["lines"][0][:40]
)
def test_what_is_read_agrees_with_the_validator(case: dict[str, Any]) -> None:
    hours, _ = read_hours(case["lines"])
    assert hours is not None
    report = Report()
    validator_hours.check("f", "w", hours.as_content(), report)
    assert report.problems == set()
