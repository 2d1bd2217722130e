"""Change sets at the command line."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.changes.__main__ import main
from api.changes.records import Proposal
from api.changes.service import Changes
from api.settings import Settings
from api.storage.store import open_store
from tests.api.staff.helpers import NOW

TALK = "tests/dialogues/ledsagning/kostnad.yml"


def test_it_is_listed_shown_and_dropped(
    folder: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("LOTSEN_DATA_DIR", str(folder))
    store = open_store(Settings(data_dir=folder))
    made = Changes(store.desk).propose(Proposal("umea", "test", "Bort", {TALK: None}), None, NOW)
    store.close()
    assert main(["list"]) == main(["show", made.id]) == main(["drop", made.id]) == 0
    told = capsys.readouterr().out
    assert "umea  nytt prov: Bort" in told
    assert "--- a/tests/dialogues/ledsagning/kostnad.yml" in told
    assert main(["apply", made.id]) == main(["show", "finns-inte"]) == main(["show"]) == 2
    assert capsys.readouterr().err.count("[ERROR]") == 3
