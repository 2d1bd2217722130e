"""An operator withdraws and restores from the command line; a page is read again from a file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from api.settings import Settings
from api.standing import commands
from api.standing.__main__ import main
from api.standing.service import Standings
from api.storage.store import open_store
from tests.api.staff.helpers import NOW
from tests.api.standing.helpers import COST, DEARER

Said = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _environment(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATA_DIR", str(folder))
    monkeypatch.delenv("LOTSEN_DATABASE_URL", raising=False)
    monkeypatch.setattr(commands, "utc_now", lambda: NOW)


def states(folder: Path) -> Mapping[str, str]:
    store = open_store(Settings(data_dir=folder))
    found = {s.subject: s.state for s in Standings(store.desk).listed()}
    store.close()
    return found


def test_withdraw_list_and_restore(folder: Path, capsys: Said) -> None:
    assert main(["withdraw", COST, "--why", "fel pris"]) == 0
    assert states(folder) == {COST: "withdrawn"}
    capsys.readouterr()
    assert main(["list"]) == 0
    assert capsys.readouterr().out.startswith(f"{COST}\twithdrawn\tVad kostar")
    assert main(["restore", COST, "--why", "det stämmer"]) == 0
    assert states(folder) == {COST: "restored"}


def test_a_contact_is_flagged_by_its_own_name(folder: Path, capsys: Said) -> None:
    assert main(["flag", "umea.mottagningsenheten", "--why", "ny växel"]) == 0
    assert states(folder) == {"contact:mottagningsenheten": "flagged"}
    assert main(["withdraw", "umea.mottagningsenheten", "--why", "x"]) == 1
    capsys.readouterr()
    assert main(["list"]) == 0
    assert capsys.readouterr().out.startswith("umea.mottagningsenheten\tflagged")


@pytest.mark.parametrize("wanted", ["umea.ledsagning.nej", "nowhere.x.y", "umea"])
def test_what_is_not_there_is_refused_in_one_line(wanted: str, capsys: Said) -> None:
    assert main(["withdraw", wanted, "--why", "x"]) == 1
    assert len(capsys.readouterr().err.splitlines()) == 1


def test_a_page_is_read_again_from_a_file(folder: Path, tmp_path: Path, capsys: Said) -> None:
    saved = tmp_path / "sida.txt"
    saved.write_text(DEARER, encoding="utf-8")
    assert main(["again", "umea", "ledsagning", str(saved)]) == 0
    told = capsys.readouterr().out
    assert "1 lines gone, 1 new." in told
    assert f"marked\t{COST}" in told
    assert "/staff/import/again/" in told
    assert states(folder)[COST] == "withdrawn"


@pytest.mark.parametrize(
    "arguments",
    [
        ["umea", "ledsagning", "{saved}"],
        ["umea", "ledsagning", "/nowhere.html"],
        ["umea", "ingen", "{saved}"],
        ["nowhere", "ledsagning", "{saved}"],
        ["umea", "ledsagning", "http://127.0.0.1/"],
    ],
)
def test_another_page_and_no_page_change_nothing(
    arguments: list[str], folder: Path, tmp_path: Path, capsys: Said
) -> None:
    saved = tmp_path / "sida.txt"
    saved.write_text("Logga in\n\nDu behöver logga in.", encoding="utf-8")
    assert main(["again", *(a.format(saved=saved) for a in arguments)]) == 1
    assert capsys.readouterr().err.startswith("Error: ")
    assert states(folder) == {}
