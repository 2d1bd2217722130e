"""A draft is held against the validator in the file as it would be."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest

from api.changes.service import Changes
from api.content_desk.draft import Draft, draft_of
from api.content_desk.saving import Checked, check
from api.content_desk.shelf import load_shelf
from tests.bot.knowledge.mini import TODAY, copy_to, edit

KOSTNAD = "norrby.hjalp.kostnad"


def checked(project: Path, answer_id: str, **changed: Any) -> Checked:
    """A draft of one answer of the small content folder, with these values or parts changed."""
    shelf = load_shelf("norrby", project / "content")
    answer = shelf.answer(answer_id)
    assert answer
    draft: Draft = draft_of(answer)
    parts = {k: changed.pop(k) for k in ("evidence", "contacts", "next") if k in changed}
    draft = replace(draft, values={**draft.values, **changed}, **parts)
    changes = Changes(cast("Any", None), project)
    return check(shelf, changes, answer, draft, TODAY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    copy_to(tmp_path)
    return tmp_path


def test_a_good_draft_gives_the_new_file(project: Path) -> None:
    found = checked(project, KOSTNAD, text="Avgiften är alltid 250 kronor.", reviewer="Eva Ek")
    assert not found.stops and found.advice == ()
    before = (project / "content/norrby/hjalp.yml").read_text(encoding="utf-8")
    assert found.text and found.text != before
    old, new = set(before.splitlines()), set(found.text.splitlines())
    assert {line.strip() for line in new - old} == {
        "text: Avgiften är alltid 250 kronor.", "reviewer: Eva Ek",
    }  # fmt: skip


def test_each_quote_has_its_own_problems(project: Path) -> None:
    evidence = (("hjalp", "Avgiften är 250 kronor."), ("hjalp", "Avgiften är 300 kronor."))
    found = checked(project, KOSTNAD, evidence=evidence, easy="Det kostar 99 kronor.")
    assert list(found.quotes) == [2] and list(found.fields) == ["easy"]
    assert found.stops


def test_a_line_that_nothing_states_any_longer_is_pointed_out(project: Path) -> None:
    reworded = "Du kan ringa 090-12 34 56."
    found = checked(
        project,
        KOSTNAD,
        text=reworded,
        easy=reworded,
        en="Call 090-12 34 56 for help at home (hjälp hemma).",
        evidence=(("hjalp", "Ring 090-12 34 56"),),
    )
    assert not found.stops
    assert [line for line in found.advice if "”Avgiften är 250 kronor.”" in line] != []


def test_what_was_wrong_elsewhere_before_stops_nobody(project: Path) -> None:
    edit(project / "content", "norrby/hjalp.yml", "easy: Du kan ansöka", "easy: Nej, ansök")
    assert not checked(project, KOSTNAD, text="Avgiften är alltid 250 kronor.").stops


def test_nothing_changed_is_told(project: Path) -> None:
    assert "inte ändrat något" in checked(project, KOSTNAD).above[0]
