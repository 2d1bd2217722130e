"""The calculator of docs/sizing.md: its sums, where it gets its figure from, and what it says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from bench.sizing import PLACES, Assumed, main, measured, need

ASSUMED = Assumed(contacts=1.0, busiest_hour=0.001, messages=3.6, burst=2.0, load=0.5)


def results(folder: Path) -> Path:
    """Of two levels, the slower one counts."""
    levels = {
        at_once: {"ours": {"replies_a_second": {"median": median}}}
        for at_once, median in (("1", 30.0), ("32", 20.0))
    }
    file = folder / "bench.json"
    file.write_text(json.dumps({"replies": {"levels": levels}}))
    return file


def test_the_sum_is_the_one_that_the_page_tells() -> None:
    found = need(500_000, 2.0, ASSUMED)
    # 500 000 × 1 × 0.001 = 500 conversations in the hour, 1 800 messages, 0.5 a second, twice that.
    assert found.messages_a_second == pytest.approx(1.0)
    # One process may give 2 × 0.5 a second; and one is to spare.
    assert found.processes == 2
    assert (found.megabytes, found.connections) == (1400, 104)


def test_even_a_village_has_one_to_spare() -> None:
    assert need(1, 100.0, ASSUMED).processes == 2


@pytest.mark.parametrize("name", ["contacts", "busiest_hour", "messages", "burst"])
def test_twice_as_much_of_anything_is_twice_as_many_messages(name: str) -> None:
    values = {n: getattr(ASSUMED, n) for n in ("contacts", "busiest_hour", "messages", "burst")}
    more = Assumed(**{**values, name: 2 * values[name]}, load=0.5)
    before = need(500_000, 2.0, ASSUMED).messages_a_second
    assert need(500_000, 2.0, more).messages_a_second == pytest.approx(2 * before)


def test_the_slowest_level_is_what_can_be_promised(tmp_path: Path) -> None:
    assert measured(json.loads(results(tmp_path).read_text())) == 20.0


def test_it_prints_a_row_for_each_place(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--results", str(results(tmp_path))]) == 0
    told = capsys.readouterr()
    assert "20 replies a second" in told.err
    for name in PLACES:
        assert f"| {name} |" in told.out
    assert main(["--replies", "2", "--inhabitants", "500000", "--load", "0.25"]) == 0
    assert "| 500 000 |" in capsys.readouterr().out


def test_without_a_measurement_it_says_what_to_do(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--results", str(tmp_path / "none.json")]) == 1
    assert "make bench" in capsys.readouterr().err
    for wrong in (["--replies", "0"], ["--replies", "2", "--load", "-1"]):
        with pytest.raises(SystemExit):
            main(wrong)
