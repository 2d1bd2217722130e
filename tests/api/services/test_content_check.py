"""Content broken on disk is told with its file, and forgotten once it is mended."""

from __future__ import annotations

import shutil
from pathlib import Path

import httpx
import pytest
from fastapi import FastAPI

from api.services.content_check import ContentCheck
from bot.knowledge.loader import CONTENT_DIR

FILE = "content/ludvika/municipality.yml"


@pytest.fixture
def content(tmp_path: Path) -> Path:
    """A copy with one municipality."""
    place = tmp_path / "content"
    for part in ("common", "ludvika"):
        shutil.copytree(CONTENT_DIR / part, place / part)
    return place


@pytest.mark.parametrize("broken", ["id: [", "a: b\n", ""], ids=["no YAML", "fields", "empty"])
async def test_ready_names_the_file_until_it_is_mended(
    app: FastAPI, http: httpx.AsyncClient, content: Path, broken: str
) -> None:
    app.state.content_check = ContentCheck(content)
    file = content / "ludvika" / "municipality.yml"
    whole = file.read_text(encoding="utf-8")
    told = []
    for text in (whole, broken, whole):
        file.write_text(text, encoding="utf-8")
        response = await http.get("/ready")
        assert (response.status_code, response.json()["status"]) == (200, "ready")
        told.append(response.json().get("problem"))
    assert told[0] is None and told[2] is None
    assert told[1] is not None and told[1].endswith("what was read before goes on serving")


def test_the_file_is_named_without_where_the_project_lies(content: Path) -> None:
    check = ContentCheck(content)
    assert check.problem() is None
    (content / "ludvika" / "municipality.yml").write_text("id: [", encoding="utf-8")
    assert check.problem() == f"{FILE} can't be used; what was read before goes on serving"


def test_a_municipality_that_is_gone_is_missed(content: Path) -> None:
    check = ContentCheck(content)
    (content / "ludvika" / "municipality.yml").unlink()
    assert (check.problem() or "").startswith(FILE)


def test_what_did_not_change_is_not_read_again(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    check = ContentCheck(content)
    check.problem()
    monkeypatch.setattr("api.services.content_check.read_knowledge", lambda _: pytest.fail("read"))
    assert check.problem() is None


def test_a_fault_that_nobody_foresaw_is_a_problem_too(
    content: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_: Path) -> None:
        raise ZeroDivisionError

    check = ContentCheck(content)
    monkeypatch.setattr("api.services.content_check.read_knowledge", fail)
    assert (check.problem() or "").startswith("content can't be used")
