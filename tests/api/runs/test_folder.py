"""Where runs are kept: one at a time, the newest kept, and a lost process seen."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from api.runs.folder import Runs, State, read_state, write_state

NOW = dt.datetime(2026, 11, 18, 10, 0, tzinfo=dt.timezone.utc)


@pytest.fixture
def runs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Runs:
    # Who asks for a lock that is held would wait a second for it.
    monkeypatch.setattr("api.runs.folder._TRIES", 1)
    return Runs(tmp_path / "runs")


def begin(runs: Runs, **values: object) -> str:
    run = runs.new(NOW)
    state = {"id": run, "parts": ["suites"], "started": "2026", **values}
    write_state(runs.path(run), State.parse_obj(state))
    return run


def test_one_run_at_a_time_and_a_lost_one_is_broken(runs: Runs) -> None:
    assert runs.states() == [] and runs.active() is None
    run = begin(runs)
    with runs.held(run) as free:
        assert free and runs.active() == run
        with runs.held("20261118-100001") as second:
            assert not second
        assert runs.active() == run, "who did not get the lock leaves it alone"
        assert [s.state for s in runs.states()] == ["running"]
    assert runs.active() is None
    state = runs.state(run)
    assert state and state.state == "broken"
    kept = read_state(runs.path(run))
    assert kept and kept.state == "running", "looking changes nothing"


def test_a_lock_goes_on_in_the_process_that_inherits_it(runs: Runs) -> None:
    run = begin(runs)
    lock = runs.take(run)
    assert lock is not None
    with runs.held(run, lock) as free:
        assert free and runs.active() == run
    assert runs.active() is None


def test_names_order_and_the_newest_kept(runs: Runs) -> None:
    names = [begin(runs, state="done") for _ in range(12)]
    assert names[:2] == ["20261118-100000", "20261118-100000-2"]
    (runs.folder / "20261118-090000").mkdir()
    (runs.folder / "mine").mkdir()
    assert runs.ids() == [*reversed(names), "20261118-090000"]
    assert [s.id for s in runs.states()] == list(reversed(names)), "one without a state is no run"
    runs.prune(2)
    assert runs.ids() == [names[-1], names[-2]]
    assert (runs.folder / "mine").exists(), "what is no run of ours stays"


@pytest.mark.parametrize("name", ["../etc", "20261118-100000/../x", "", "20261118", "mine"])
def test_no_state_but_of_a_run(runs: Runs, name: str) -> None:
    begin(runs)
    assert runs.state(name) is None


def test_a_state_that_cannot_be_read_is_none(runs: Runs) -> None:
    run = begin(runs)
    (runs.path(run) / "state.json").write_text("{", encoding="utf-8")
    assert runs.state(run) is None
    assert runs.states() == []
