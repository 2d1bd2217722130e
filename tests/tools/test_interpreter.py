"""The search for a Python 3.10 that really runs."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.tools.helpers import program, python
from tools import interpreter
from tools.errors import NO_PYTHON, SetupError


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A machine whose own interpreters are out of sight."""
    monkeypatch.setattr(sys, "version_info", (3, 12, 0))
    monkeypatch.setattr(interpreter, "USUAL_FOLDERS", ())
    return {"PATH": f"{tmp_path}/bin", "HOME": str(tmp_path), "PYENV_ROOT": f"{tmp_path}/pyenv"}


def test_the_one_on_the_path_is_taken(machine: dict[str, str], tmp_path: Path) -> None:
    path = python(tmp_path / "bin/python3.10", "3.10.4")
    assert interpreter.find_interpreter(machine) == (path, "3.10.4")


def test_a_shim_that_only_answers_with_an_error_is_passed_over(
    machine: dict[str, str], tmp_path: Path
) -> None:
    program(
        tmp_path / "bin/python3.10", 'echo "pyenv: python3.10: command not found" >&2; exit 127'
    )
    path = python(tmp_path / "pyenv/versions/3.10.9/bin/python3.10", "3.10.9")
    assert interpreter.find_interpreter(machine) == (path, "3.10.9")


def test_the_newest_of_pyenv_is_taken(machine: dict[str, str], tmp_path: Path) -> None:
    for patch in ("9", "13", "2"):
        python(tmp_path / f"pyenv/versions/3.10.{patch}/bin/python3.10", f"3.10.{patch}")
    python(tmp_path / "pyenv/versions/3.11.7/bin/python3.11", "3.11.7")
    found = interpreter.find_interpreter(machine)
    assert found is not None
    assert found.version == "3.10.13"


def test_pyenv_itself_tells_where_its_versions_are(machine: dict[str, str], tmp_path: Path) -> None:
    del machine["PYENV_ROOT"]
    program(tmp_path / "bin/pyenv", f'[ "$1" = root ] && echo "{tmp_path}/elsewhere"')
    path = python(tmp_path / "elsewhere/versions/3.10.1/bin/python3.10", "3.10.1")
    assert interpreter.find_interpreter(machine) == (path, "3.10.1")


@pytest.mark.parametrize(
    ("version", "implementation", "bits"),
    [
        ("3.11.7", "CPython", 64),
        ("3.1.0", "CPython", 64),
        ("3.10.4", "PyPy", 64),
        ("3.10.4", "CPython", 32),
    ],
)
def test_what_is_no_64_bit_cpython_3_10_is_not_taken(
    machine: dict[str, str], tmp_path: Path, version: str, implementation: str, bits: int
) -> None:
    python(tmp_path / "bin/python3.10", version, implementation, bits)
    assert interpreter.find_interpreter(machine) is None


def test_the_named_one_outranks_the_path(machine: dict[str, str], tmp_path: Path) -> None:
    python(tmp_path / "bin/python3.10", "3.10.4")
    named = python(tmp_path / "mine/python", "3.10.11")
    found = interpreter.find_interpreter({**machine, "LOTSEN_PYTHON": str(named)})
    assert found == (named, "3.10.11")


def test_a_named_one_that_is_wrong_is_an_error_not_a_reason_to_look_on(
    machine: dict[str, str], tmp_path: Path
) -> None:
    python(tmp_path / "bin/python3.10", "3.10.4")
    named = python(tmp_path / "mine/python", "3.12.1")
    with pytest.raises(SetupError, match="is not a CPython 3.10") as caught:
        interpreter.find_interpreter({**machine, "LOTSEN_PYTHON": str(named)})
    assert caught.value.code == NO_PYTHON


def test_a_real_interpreter_is_recognised() -> None:
    found = interpreter.examine(Path(sys.executable))
    assert found is not None
    assert found.version.startswith("3.10.")
    assert found.path.exists()


def test_what_hangs_or_is_missing_is_no_answer(tmp_path: Path) -> None:
    assert interpreter.ask([str(tmp_path / "nothing")]) is None
    assert interpreter.ask([str(program(tmp_path / "fails", "exit 3"))]) is None
