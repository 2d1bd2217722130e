"""Setting up: skipped when nothing changed, repaired when killed, refused without room."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.tools.helpers import program, python
from tools import bootstrap, uv
from tools.bootstrap import Setup, check_disk
from tools.errors import DISK_FULL, INDEX_NOT_REACHED, SetupError

# Writes down how it was called; `uv venv` makes an interpreter, the last argument being the folder.
FAKE_UV = """
case "$1" in --version) echo "uv 0.13.9"; exit 0;; esac
echo "$@" >> "$CALLS"
case "$1" in venv) for last; do :; done; mkdir -p "$last/bin"
  printf '#!/bin/sh\\n' > "$last/bin/python"; chmod +x "$last/bin/python";; esac
[ ! -e "$CALLS.fail" ] || { cat "$CALLS.fail" >&2; exit 2; }
"""


class Machine:
    """A project folder and a machine of fakes."""

    def __init__(self, folder: Path) -> None:
        self.root = folder / "project"
        (self.root / "requirements").mkdir(parents=True)
        for lock in bootstrap.LOCKS.values():
            (self.root / lock).write_text("rasa==3.6.21\n", encoding="utf-8")
        self.python = python(folder / "bin/python3.10", "3.10.13")
        program(folder / "bin/uv", FAKE_UV)
        self.log = folder / "calls"
        self.environment = {
            "PATH": f"{folder}/bin:/usr/bin:/bin",
            "CALLS": str(self.log),
            "LOTSEN_PYTHON": str(self.python),
            "LOTSEN_MIN_FREE_GB": "0",
        }

    def set_up(self, dev: bool = False, listen: bool = False) -> list[str]:
        """Run the set-up; return uv's subcommands."""
        self.log.unlink(missing_ok=True)
        Setup(self.root, self.environment, dev, listen).ensure()
        calls = self.log.read_text("utf-8").splitlines() if self.log.exists() else []
        return [call.split(" --")[0] for call in calls]


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    return Machine(tmp_path)


def test_the_first_time_everything_is_made(machine: Machine) -> None:
    assert machine.set_up() == ["venv", "pip sync"]
    assert "--require-hashes" in machine.log.read_text("utf-8")


def test_nothing_is_done_when_nothing_changed(machine: Machine) -> None:
    machine.set_up()
    assert machine.set_up() == []


def test_a_changed_lock_is_installed_into_what_is_there(machine: Machine) -> None:
    machine.set_up()
    (machine.root / "requirements/run.txt").write_text("rasa==3.6.22\n", encoding="utf-8")
    assert machine.set_up() == ["pip sync"]
    assert machine.set_up() == []


@pytest.mark.parametrize("more", ["dev", "listen"])
def test_what_is_added_is_not_taken_away_by_a_mere_run(machine: Machine, more: str) -> None:
    machine.set_up()
    assert machine.set_up(**{more: True}) == ["pip sync"]
    assert f"{more}.txt" in machine.log.read_text("utf-8")
    assert machine.set_up() == []
    (machine.root / "requirements/run.txt").write_text("rasa==3.6.22\n", encoding="utf-8")
    assert machine.set_up() == ["pip sync"]
    assert f"{more}.txt" in machine.log.read_text("utf-8")


def test_an_installation_that_failed_is_made_anew(machine: Machine) -> None:
    machine.set_up()
    (machine.root / "requirements/run.txt").write_text("rasa==3.6.22\n", encoding="utf-8")
    failure = machine.log.with_name("calls.fail")
    failure.write_text("error: Failed to fetch: `https://index.example/rasa/`", encoding="utf-8")
    with pytest.raises(SetupError) as caught:
        machine.set_up()
    assert caught.value.code == INDEX_NOT_REACHED
    failure.unlink()
    assert machine.set_up() == ["venv", "pip sync"]


def test_a_killed_installation_leaves_no_stamp_and_is_made_anew(
    machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(bootstrap, "compile_packages", killed)
    with pytest.raises(KeyboardInterrupt):
        machine.set_up()
    monkeypatch.undo()
    assert machine.set_up() == ["venv", "pip sync"]


def test_another_interpreter_makes_another_environment(machine: Machine, tmp_path: Path) -> None:
    machine.set_up()
    other = python(tmp_path / "other/python3.10", "3.10.14")
    machine.environment["LOTSEN_PYTHON"] = str(other)
    assert machine.set_up() == ["venv", "pip sync"]


def test_an_interpreter_that_went_away_makes_another_environment(
    machine: Machine, tmp_path: Path
) -> None:
    machine.set_up()
    machine.python.rename(tmp_path / "bin/python3.10-moved")
    machine.environment["LOTSEN_PYTHON"] = str(python(tmp_path / "other/python3.10", "3.10.13"))
    assert machine.set_up() == ["venv", "pip sync"]


@pytest.mark.parametrize("stamp", ["", "{", "[]", "{}"])
def test_a_broken_stamp_counts_as_none(machine: Machine, stamp: str) -> None:
    machine.set_up()
    (machine.root / ".venv" / bootstrap.STAMP).write_text(stamp, encoding="utf-8")
    assert machine.set_up() == ["venv", "pip sync"]


def test_the_stamp_is_written_in_one_move(machine: Machine) -> None:
    machine.set_up()
    assert [path.name for path in (machine.root / ".venv").glob(".lotsen*")] == [bootstrap.STAMP]
    stamp = json.loads((machine.root / ".venv" / bootstrap.STAMP).read_text("utf-8"))
    assert stamp["interpreter"] == str(machine.python)


def test_without_room_nothing_begins(machine: Machine) -> None:
    machine.environment["LOTSEN_MIN_FREE_GB"] = "1000000"
    with pytest.raises(SetupError, match=r"about 1e\+06 GB wanted|disk is full") as caught:
        machine.set_up()
    assert caught.value.code == DISK_FULL
    assert not (machine.root / ".venv").exists()


def test_enough_room_is_no_error(tmp_path: Path) -> None:
    check_disk(tmp_path, 0.0, {})


def test_without_uv_the_pinned_one_is_installed_and_its_failure_explained(
    machine: Machine, tmp_path: Path
) -> None:
    (tmp_path / "bin/uv").unlink()
    (machine.root / "requirements/uv.txt").write_text("uv==0.13.9\n", encoding="utf-8")
    maker = program(
        tmp_path / "bin/maker",
        'for last; do :; done; mkdir -p "$last/bin"\n'
        "printf '#!/bin/sh\\necho Retrying \\\\(Retry 0\\\\) >&2; exit 1' > \"$last/bin/python\"\n"
        'chmod +x "$last/bin/python"',
    )
    with pytest.raises(SetupError) as caught:
        uv.find_uv(machine.root, machine.environment, [str(maker)])
    assert caught.value.code == INDEX_NOT_REACHED


def test_without_uv_and_without_venv_it_tells_what_to_install(
    machine: Machine, tmp_path: Path
) -> None:
    (tmp_path / "bin/uv").unlink()
    broken = program(tmp_path / "bin/broken", "exit 1")
    with pytest.raises(SetupError, match="python3-venv"):
        uv.find_uv(machine.root, machine.environment, [str(broken)])


def test_the_exit_code_is_that_of_the_error(
    machine: Machine, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(bootstrap, "ROOT", machine.root)
    monkeypatch.setenv("LOTSEN_MIN_FREE_GB", "1000000")
    assert bootstrap.main([]) == DISK_FULL
    assert capsys.readouterr().err.startswith("[ERROR] The disk is full")
