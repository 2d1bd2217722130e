"""What a soak makes of its samples."""

from __future__ import annotations

import pytest

from bench.soak import Sample, judged, quarters, report


def samples(*megabytes: float) -> list[Sample]:
    """One each 10 seconds."""
    return [Sample(10.0 * n, held, 20 + n, 9, 0.01) for n, held in enumerate(megabytes)]


def test_memory_that_stays_is_flat() -> None:
    found = judged(samples(500, 501, 500, 502, 501, 500, 502, 501))
    assert found["flat"] is True
    assert found["quarters"] == [500.5, 501.0, 500.5, 501.5]
    assert found["files"] == [20, 27, 27]
    assert found["threads"] == [9, 9, 9]


def test_memory_that_grows_by_more_than_two_in_a_hundred_is_not() -> None:
    steady = [500.0 + n for n in range(0, 80, 5)]
    found = judged(samples(*steady))
    assert found["flat"] is False
    assert found["growth"] == pytest.approx(567.5 / 527.5)
    assert found["megabytes_an_hour"] == pytest.approx(5 * 360)


def test_too_few_samples_say_nothing() -> None:
    with pytest.raises(ValueError, match="too few"):
        quarters(samples(*[500.0] * 7))


def test_the_report_tells_the_verdict_and_what_was_not_answered() -> None:
    on = {"at": "2026-11-22", "commit": "", "cores": 2, "processor": "x", "system": "y",
          "python": "3.10", "load_before": 0.1}  # fmt: skip
    found = {"machine": on, "minutes": 30.0, "rate": 5.0, "answers": {"200": 8990, "503": 10},
             "judged": judged(samples(*[500.0] * 8))}  # fmt: skip
    told = report(found)
    assert "**flat**" in told
    assert "9000, not answered with 200: {'503': 10}" in told
    assert "500.0, 500.0, 500.0, 500.0 MB" in told
