"""Results of runs: kept, read again, and held against what was before."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest

from bot.testing.expecting import expected
from bot.testing.results import RESULTS, Case, Differences, Report, Verdict, compare, read_report


def case(name: str, verdict: Verdict = "passed", group: str = "kris") -> Case:
    return Case(part="dialogues", group=group, name=name, verdict=verdict)


def report(run: str, *cases: Case, only: Sequence[str] = ()) -> Report:
    day = "2026-11-18T10:00:00+01:00"
    kept = {"started": day, "finished": day, "model": "", "parts": ["dialogues"]}
    return Report.parse_obj({"id": run, "cases": cases, "only": only, **kept})


WHOLE = report("1", case("a"), case("b", "failed"), case("c"), case("gone"))
PART = report("2", case("a", "failed"), only=["a"])


@pytest.mark.parametrize(
    ("cases", "only", "earlier", "found"),
    [
        ([case("a")], (), [], {}),
        ([case("a"), case("b", "failed"), case("c"), case("gone")], (), [WHOLE], {"before": "1"}),
        (
            [case("a"), case("b"), case("c", "failed"), case("new")],
            (),
            [WHOLE],
            {
                "failing": ["dialogues/kris/c"],
                "passing": ["dialogues/kris/b"],
                "added": ["dialogues/kris/new"],
                "gone": ["dialogues/kris/gone"],
                "before": "1",
            },
        ),
        # A run of few tests in between is the newest for these alone.
        (
            [case("a"), case("b", "failed"), case("c"), case("gone")],
            (),
            [PART, WHOLE],
            {"passing": ["dialogues/kris/a"], "before": "2"},
        ),
        # Nothing is new or gone when only some tests were asked for, or ever run.
        ([case("a", "known")], ("a",), [WHOLE], {"failing": ["dialogues/kris/a"], "before": "1"}),
        ([case("a"), case("b")], (), [PART], {"passing": ["dialogues/kris/a"], "before": "2"}),
        # What is mended answers as it should, though the run fails until its line is removed.
        ([case("b", "mended")], ("b",), [WHOLE], {"passing": ["dialogues/kris/b"], "before": "1"}),
    ],
)
def test_differences_to_what_was_before(
    cases: list[Case], only: Sequence[str], earlier: list[Report], found: dict[str, object]
) -> None:
    assert compare(cases, only, None, earlier) == Differences.parse_obj(found)


@pytest.mark.parametrize(
    ("verdict", "good"), [("passed", True), ("known", True), ("failed", False), ("mended", False)]
)
def test_a_run_is_good_when_all_was_as_expected(verdict: Verdict, good: bool) -> None:
    assert report("1", case("a"), case("b", verdict)).good is good


def test_results_are_read_as_they_were_written(tmp_path: Path) -> None:
    (tmp_path / RESULTS).write_text(WHOLE.json(), encoding="utf-8")
    assert read_report(tmp_path) == WHOLE
    assert WHOLE.groups() == [("dialogues", "kris", {"passed": 3, "failed": 1})]
    for broken in ('{"id": "1"}', "{", ""):
        (tmp_path / RESULTS).write_text(broken, encoding="utf-8")
        assert read_report(tmp_path) is None
    assert read_report(tmp_path / "not-there") is None


def test_what_a_turn_expects_is_told_in_sentences() -> None:
    turn = {"user": "?", "says": ["a", "b"], "kind": "answer", "at_most_words": 9, "never": ["x"]}
    assert list(expected(turn)) == [
        "I svaret ska stå: ”a”, ”b”",
        "Svaret ska vara av slaget: ”answer”",
        "Svaret ska ha högst så många ord: 9",
        "Mönstret vore ett fel i sak: ”x”",
    ]
