"""A change set is proposed, reviewed, merged into a project, or leaves it as it was."""

from __future__ import annotations

import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from api.changes import applying
from api.changes.records import ChangeError, Proposal
from api.changes.service import Changes
from api.settings import Settings
from api.storage.store import Store, open_store
from tests.api.staff.helpers import NOW, add_account
from tools.prepare import ROOT

TALK = "tests/dialogues/ledsagning/kostnad.yml"
NLU = "bot/data/nlu/ledsagning.yml"


@pytest.fixture
def store(folder: Path) -> Store:
    return open_store(Settings(data_dir=folder))


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with two files, and nothing to run."""
    root = tmp_path / "project"
    for name in (TALK, NLU):
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, root / name)
    return root


@pytest.fixture
def ran(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What is run after writing; the circle from review to answer runs it for real."""
    calls: list[str] = []
    monkeypatch.setattr(applying, "_run", lambda root, module, *rest, told: calls.append(module))
    return calls


def proposal(files: Mapping[str, str | None]) -> Proposal:
    return Proposal("umea", "test", "Ett  nytt\nprov", files, {"questions": ["Vad kostar det?"]})


def test_it_is_kept_with_who_and_what(store: Store, project: Path) -> None:
    eva = add_account(store, "eva", "Eva Ek", umea="editor")
    changes = Changes(store.desk, project)
    old = changes.read(TALK)
    made = changes.propose(proposal({TALK: f"{old}# mer\n"}), eva, NOW)
    found = changes.find(made.id)
    assert found is not None
    assert (found.title, found.created_name, found.state) == ("Ett nytt prov", "Eva Ek", "proposed")
    assert found.patch().splitlines()[-1] == "+# mer"
    assert [s.id for s in changes.listed(["umea"])] == [made.id]
    assert changes.listed(["ludvika"]) == []
    assert changes.find("260101-abcdef") is None
    assert changes.read(TALK) == old, "nothing is changed before it is applied"


def test_a_change_that_changes_nothing_is_refused(store: Store, project: Path) -> None:
    changes = Changes(store.desk, project)
    with pytest.raises(ChangeError, match="ingen skillnad"):
        changes.propose(proposal({TALK: changes.read(TALK)}), None, NOW)


def test_two_changes_of_one_file_are_merged(store: Store, project: Path, ran: list[str]) -> None:
    changes = Changes(store.desk, project)
    old = changes.read(NLU) or ""
    first = changes.propose(proposal({NLU: f"# first\n{old}"}), None, NOW)
    second = changes.propose(proposal({NLU: f"{old}# second\n"}), None, NOW)
    changes.apply(first, None, NOW)
    done = changes.apply(second, None, NOW)
    assert changes.read(NLU) == f"# first\n{old}# second\n"
    assert ran == ["bot.knowledge.validator", "bot.training"] * 2
    assert "Träna om" in " ".join(done)
    with pytest.raises(ChangeError, match="väntar inte"):
        changes.apply(second, None, NOW)


@pytest.mark.usefixtures("ran")
def test_the_same_lines_changed_by_two_are_told(store: Store, project: Path) -> None:
    changes = Changes(store.desk, project)
    old = changes.read(TALK) or ""
    mine = changes.propose(proposal({TALK: old.replace("kostnad", "min", 1)}), None, NOW)
    (project / TALK).write_text(old.replace("kostnad", "din", 1), encoding="utf-8")
    with pytest.raises(ChangeError, match="samma rader"):
        changes.apply(mine, None, NOW)
    assert "din" in (changes.read(TALK) or "")
    waiting = changes.find(mine.id)
    assert waiting is not None
    assert waiting.state == "proposed", "it can be made anew or dropped"


def test_what_the_validator_refuses_leaves_all_as_it_was(
    store: Store, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(root: Path, module: str, *rest: str, told: str) -> None:
        raise ChangeError(f"{told}: {module}")

    monkeypatch.setattr(applying, "_run", refuse)
    changes = Changes(store.desk, project)
    new = "tests/dialogues/ledsagning/nytt.yml"
    made = changes.propose(proposal({TALK: None, new: "name: x\n"}), None, NOW)
    with pytest.raises(ChangeError, match="validator"):
        changes.apply(made, None, NOW)
    assert changes.read(TALK) is not None
    assert not (project / new).exists()


@pytest.mark.usefixtures("ran")
def test_a_file_can_be_made_and_another_taken_away(store: Store, project: Path) -> None:
    changes = Changes(store.desk, project)
    new = "content/norrby/pages/hjalp.txt"
    made = changes.propose(proposal({TALK: None, new: "Hjälp\n"}), None, NOW)
    assert "+++ /dev/null" in made.patch()
    changes.apply(made, None, NOW)
    assert changes.read(new) == "Hjälp\n"
    assert changes.read(TALK) is None


def test_one_that_was_dropped_waits_no_more(store: Store, project: Path) -> None:
    changes = Changes(store.desk, project)
    made = changes.propose(proposal({TALK: None}), None, NOW)
    changes.drop(made, None, NOW)
    for act in (changes.drop, changes.apply):
        with pytest.raises(ChangeError, match="väntar inte"):
            act(made, None, NOW)


def test_while_files_are_checked_the_database_is_everybody_elses(
    store: Store, project: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    changes = Changes(store.desk, project)
    made = changes.propose(proposal({TALK: None}), None, NOW)
    other = changes.propose(proposal({NLU: None}), None, NOW)

    def check(*_: object, **__: object) -> None:
        with pytest.raises(ChangeError, match="läggs in just nu"):
            Changes(store.desk, project).apply(other, None, NOW)
        changes.drop(made, None, NOW)

    monkeypatch.setattr(applying, "_run", check)
    before = changes.read(TALK)
    with pytest.raises(ChangeError, match="väntar inte"):
        changes.apply(made, None, NOW)
    assert changes.read(TALK) == before, "it was dropped meanwhile"
    assert changes.read(NLU) is not None
