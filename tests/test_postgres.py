"""Where the tests' PostgreSQL comes from, and what its absence means."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests import postgres
from tests.postgres import ABSENT, programs_folder


def provide(folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in ("initdb", "pg_ctl"):
        (folder / name).touch()


def test_the_first_folder_with_both_programs_is_taken(tmp_path: Path) -> None:
    provide(tmp_path / "second")
    provide(tmp_path / "third")
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "initdb").touch()
    places = [str(tmp_path / name) for name in ("nowhere", "first", "second", "third")]
    assert programs_folder(places) == tmp_path / "second"


def test_a_link_leads_to_the_folder_with_its_neighbours(tmp_path: Path) -> None:
    provide(tmp_path / "lib")
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "initdb").symlink_to(tmp_path / "lib" / "initdb")
    assert programs_folder([str(tmp_path / "bin")]) == tmp_path / "lib"


def test_what_is_missing_is_installed_where_it_may(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres, "_install", lambda: provide(tmp_path / "new"))
    assert programs_folder([str(tmp_path / "new")], install=True) == tmp_path / "new"


def test_its_absence_is_one_loud_line_and_in_ci_a_failure(tmp_path: Path) -> None:
    with pytest.raises(pytest.skip.Exception) as skipped:
        programs_folder([str(tmp_path)], install=False, ci=False)
    with pytest.raises(pytest.fail.Exception) as failed:
        programs_folder([str(tmp_path)], install=False, ci=True)
    assert str(skipped.value) == str(failed.value) == ABSENT
    assert "\n" not in ABSENT


def test_only_root_with_a_package_manager_installs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(shutil, "which", lambda name: f"/usr/bin/{name}")
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert not postgres._may_install()
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert postgres._may_install()
    monkeypatch.setattr(shutil, "which", lambda name: None)
    assert not postgres._may_install()
