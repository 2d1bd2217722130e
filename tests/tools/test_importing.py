"""Reading pages in from the command line: what it finds is kept for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.importing.service import Importing
from api.settings import Settings
from api.storage.store import open_store
from bot.importing.page import read_page
from tests.bot.importing.pages import LEDSAGNING
from tools.importing import main


@pytest.fixture(autouse=True)
def data(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LOTSEN_DATA_DIR", str(tmp_path))
    monkeypatch.delenv("LOTSEN_DATABASE_URL", raising=False)
    return tmp_path


def test_a_saved_page_waits_for_a_person(data: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = data / "sida.html"
    page.write_text(LEDSAGNING, encoding="utf-8")
    given = {"FILE": str(page), "MUNICIPALITY": "umea"}
    assert main([], given) == 0
    told = capsys.readouterr().out
    assert told.startswith("Ledsagning: 5 answers, 2 contacts, 1 opening hours")
    assert main(["--new", "Nyby kommun", "--short", "Nyby"], {"FILE": str(page)}) == 0
    store = open_store(Settings(data_dir=data))
    kept = Importing(store.desk, read_page).waiting(["umea"], new=True)
    assert sorted((b.municipality, b.host) for b in kept) == [("nyby", "leksand"), ("umea", "umea")]
    store.close()


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        ([], "Write URL="),
        (["--url", "https://a.se", "--municipality", "atlantis"], "no municipality 'atlantis'"),
        (["--file", "finns/inte.html", "--municipality", "umea"], "can't be read"),
        (["--url", "http://127.0.0.1/", "--municipality", "umea"], "internt nät"),
        (["--url", "http://a.se", "--new", "Umeå kommun", "--short", "Umeå"], "finns redan"),
    ],
)
def test_what_cannot_be_done(
    arguments: list[str], told: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(arguments, {}) == 1
    assert told in capsys.readouterr().err
