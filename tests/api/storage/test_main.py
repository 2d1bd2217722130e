"""The commands for whoever looks after the database."""

from __future__ import annotations

import json

import pytest

from api.settings import Settings
from api.storage import __main__ as module
from api.storage.__main__ import main
from api.storage.store import Store, open_store
from tests.api.storage.helpers import DAY, NOW, count, rasa_writes, start


@pytest.fixture(autouse=True)
def _environment(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOTSEN_DATABASE_URL", settings.database_url)
    monkeypatch.delenv("LOTSEN_RETENTION_DAYS", raising=False)
    monkeypatch.setattr(module, "utc_now", lambda: NOW)


def kept(settings: Settings, *ids: str) -> list[bool]:
    store = open_store(settings)
    found = [store.export(i) is not None for i in ids]
    store.close()
    return found


def test_upgrade_makes_the_tables(settings: Settings, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["upgrade"]) == 0
    assert capsys.readouterr().out == "The database's tables are up to date.\n"
    assert kept(settings, "nobody") == [False]


def test_purge_takes_the_days_of_the_setting_or_its_own(
    store: Store,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    ids = [start(store, NOW - days * DAY).id for days in (31, 8, 1)]
    assert main(["purge"]) == 0
    assert kept(settings, *ids) == [False, True, True]
    monkeypatch.setenv("LOTSEN_RETENTION_DAYS", "7")
    assert main(["purge"]) == 0
    assert kept(settings, *ids) == [False, False, True]
    assert main(["purge", "--days", "0"]) == 0
    assert kept(settings, *ids) == [False, False, False]
    assert capsys.readouterr().out.splitlines() == [
        f"Deleted 1 conversations last touched more than {days} days ago." for days in (30, 7, 0)
    ]


def test_freeze_and_thaw(
    store: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    old = start(store, NOW - 31 * DAY).id
    assert main(["freeze"]) == 0
    assert main(["purge"]) == 1
    said = capsys.readouterr()
    assert said.out == "Everything is kept until `thaw`.\n"
    assert said.err.startswith("Error: Deletion is frozen: nothing was deleted.")
    assert kept(settings, old) == [True]
    assert main(["thaw"]) == 0
    assert main(["purge"]) == 0
    assert kept(settings, old) == [False]


def test_freeze_and_thaw_one_conversation(
    store: Store, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    one, two = (start(store, NOW - 31 * DAY).id for _ in range(2))
    assert main(["freeze", one]) == 0
    assert capsys.readouterr().out == f"{one} is kept until `thaw`.\n"
    assert main(["purge"]) == 0
    assert kept(settings, one, two) == [True, False]
    assert main(["thaw", one]) == 0
    assert main(["purge"]) == 0
    assert kept(settings, one) == [False]
    for command in ("freeze", "thaw"):
        assert main([command, two]) == 1
    assert f"Error: Nothing is kept of a conversation {two}.\n" in capsys.readouterr().err


def test_export_prints_json(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    mine = start(store).id
    store.add(mine, "citizen", "Får jag åka?", NOW)
    rasa_writes(store, mine, "Får jag åka?")
    assert main(["export", mine]) == 0
    said = capsys.readouterr().out
    assert json.loads(said) == store.export(mine)
    assert "Får jag åka?" in said


def test_export_of_nobody(store: Store, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["export", "nobody"]) == 1
    said = capsys.readouterr()
    assert (said.out, said.err) == ("", "Error: Nothing is kept of a conversation nobody.\n")


def test_counters_are_lines_for_a_spreadsheet(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    count(store, NOW.date(), "umea", "messages", 3)
    count(store, NOW.date() - 31 * DAY, "umea", "messages", 2)
    assert main(["counters"]) == 0
    assert main(["counters", "--since", "2026-01-01"]) == 0
    head, newest = "day\tmunicipality\tname\tvalue", "2026-11-18\tumea\tmessages\t3"
    old = "2026-10-18\tumea\tmessages\t2"
    assert capsys.readouterr().out.splitlines() == [head, newest, head, old, newest]


def test_conversations_are_listed_without_their_words(
    store: Store, capsys: pytest.CaptureFixture[str]
) -> None:
    new, old = start(store), start(store, NOW - 40 * DAY)
    store.add(new.id, "citizen", "hemlighet", NOW + DAY)
    assert main(["conversations"]) == 0
    assert main(["conversations", "--since", "2026-10-09"]) == 0
    head = "id\tmunicipality\tchannel\tbegun\tlast touched"
    first = f"{new.id}\tumea\tweb\t2026-11-18T10:00:00+00:00\t2026-11-19T10:00:00+00:00"
    second = f"{old.id}\tumea\tweb\t2026-10-09T10:00:00+00:00\t2026-10-09T10:00:00+00:00"
    assert capsys.readouterr().out.splitlines() == [head, first, head, second, first]


@pytest.mark.parametrize(
    "arguments",
    [[], ["unknown"], ["purge", "--days", "x"], ["purge", "--days", "-1"], ["export"],
     ["purge", "--days", "99999999999"], ["counters", "--since", "soon"]],
)  # fmt: skip
def test_a_command_that_cannot_be_read(
    arguments: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        main(arguments)
    assert end.value.code == 2
    assert "usage: python -m api.storage" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("LOTSEN_RETENTION_DAYS", "many", "LOTSEN_RETENTION_DAYS is 'many'"),
        ("LOTSEN_DATABASE_URL", "mysql://x", "LOTSEN_DATABASE_URL names 'mysql'"),
    ],
)
def test_a_setting_that_cannot_be_used_is_one_line(
    name: str,
    value: str,
    words: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setenv(name, value)
    assert main(["upgrade"]) == 2
    said = capsys.readouterr().err
    assert said.startswith(f"Error: {words}")
    assert said.count("\n") == 1
