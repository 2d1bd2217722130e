"""Content broken while a server runs: it goes on with what it read, and ``/ready`` says so.

All of this is done to a copy of the project.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.settings import Settings
from tests.faults.project import copy_project
from tests.faults.served import Served, served, started

pytestmark = pytest.mark.faults

BROKEN = "content/umea/municipality.yml"


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project as an operator has it, with its model."""
    return copy_project(tmp_path_factory.mktemp("copy"))


@pytest.fixture(scope="module")
def server(copy: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server of that copy."""
    data = tmp_path_factory.mktemp("data")
    with served(data, copy, LOTSEN_MODEL=str(Settings().model)) as running:
        yield running


@pytest.mark.parametrize("what", ["no YAML", "no fields", "cut short", "gone"])
def test_the_last_good_content_goes_on_serving(server: Served, copy: Path, what: str) -> None:
    file = copy / BROKEN
    whole = file.read_text(encoding="utf-8")
    before = server.ask(sender=f"before {what}").json()[0]["text"]
    assert "problem" not in server.http.get("/ready").json()
    try:
        if what == "gone":
            file.unlink()
        else:
            texts = {"no YAML": "id: [", "no fields": "a: b\n", "cut short": whole[:300]}
            file.write_text(texts[what], encoding="utf-8")
        ready = server.http.get("/ready")
        assert ready.status_code == 200
        assert ready.json()["problem"].endswith("what was read before goes on serving")
        assert server.ask(sender=f"after {what}").json()[0]["text"] == before
    finally:
        file.write_text(whole, encoding="utf-8")
    assert "problem" not in server.http.get("/ready").json()


def test_a_start_with_broken_content_is_told_with_the_file(copy: Path, tmp_path: Path) -> None:
    file = copy / BROKEN
    whole = file.read_text(encoding="utf-8")
    try:
        file.write_text("id: [", encoding="utf-8")
        done = started(tmp_path / "data", copy, LOTSEN_MODEL=str(Settings().model))
    finally:
        file.write_text(whole, encoding="utf-8")
    assert done.returncode == 4
    errors = [line for line in done.stderr.splitlines() if line.startswith("Error: ")]
    assert len(errors) == 1 and BROKEN in errors[0]
    assert "Traceback" not in done.stderr
