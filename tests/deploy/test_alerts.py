"""Alarms: each rests on a figure that /metrics has."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import yaml

from api.numbers.meter import KINDS, Meter
from api.numbers.metrics import Standing, exposition

RULES = Path(__file__).resolve().parents[2] / "deploy" / "prometheus" / "alerts.yml"
ALERTS: list[dict[str, Any]] = [
    rule for group in yaml.safe_load(RULES.read_text())["groups"] for rule in group["rules"]
]


def test_every_alarm_asks_for_figures_that_are_there() -> None:
    now = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone.utc)
    text = exposition(Meter().registry, Standing(), True, now, redis=True).decode()
    told = set(re.findall(r"^(lotsen_\w+)", text, re.MULTILINE))
    for alert in ALERTS:
        asked = set(re.findall(r"\blotsen_\w+", alert["expr"]))
        assert asked <= told, alert["alert"]
        assert asked or "up{" in alert["expr"]


def test_every_kind_of_reply_is_one_that_is_counted() -> None:
    for alert in ALERTS:
        for kinds in re.findall(r'kind=~?"([^"]+)"', alert["expr"]):
            assert set(kinds.split("|")) <= KINDS


def test_every_alarm_tells_what_it_is_and_how_urgent() -> None:
    names = [alert["alert"] for alert in ALERTS]
    assert len(names) == len(set(names))
    for alert in ALERTS:
        assert alert["labels"]["severity"] in {"page", "ticket"}
        assert alert["annotations"]["summary"]
        assert alert["for"]
