"""A conversation written as a dialogue test: the player reads it, and it proves what was chosen."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import yaml

from api.console.dialogue_file import (
    DialogueFile,
    Expected,
    chosen_at_first,
    name_of,
    phrases,
    problems,
    topics,
)
from bot.testing.dialogues import conversations
from bot.testing.heard import Heard

FILE = DialogueFile(
    topic="ledsagning",
    name="vad-det-kostar",
    because="Den som har ont om pengar måste få veta att det är gratis.",
    where={"municipality": "umea", "channel": "kiosk", "now": "2026-12-24T10:00"},
    open_ways=("chat",),
    turns=(
        Expected("vad kostar det: ”ja”?", "answer", "umea.ledsagning.kostnad", ("112",), ("no",)),
        Expected("# och sen då", says=("Ring 090-16 10 02",)),
    ),
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with one test."""
    folder = tmp_path / "tests" / "dialogues"
    for name in ("ledsagning", "samtal", "_prov"):
        (folder / name).mkdir(parents=True)
    old = replace(FILE, name="finns-redan")
    (folder / "ledsagning" / "flera.yml").write_text(old.text(), encoding="utf-8")
    return tmp_path


def test_the_player_reads_what_was_written(root: Path) -> None:
    """Whatever stands in a text, and a moment stays a text."""
    assert problems(FILE, root) == []
    (root / FILE.path).write_text(FILE.text(), encoding="utf-8")
    _, ours = conversations(root / "tests" / "dialogues")
    assert ours.id == "ledsagning/vad-det-kostar"
    assert ours.where == FILE.where
    assert ours.open == ("chat",)
    assert [dict(turn) for turn in ours.turns] == [turn.data() for turn in FILE.turns]
    assert yaml.safe_load(FILE.text()) == FILE.data()


def test_it_reads_as_people_write() -> None:
    """Lists stand in, and what isn't expected isn't there."""
    assert FILE.text().endswith("  - user: '# och sen då'\n    says:\n      - Ring 090-16 10 02\n")


@pytest.mark.parametrize(
    ("changed", "told"),
    [
        ({"name": "finns-redan"}, "finns redan ett prov med det namnet"),
        ({"name": "Å"}, "name:"),
        ({"because": "därför"}, "because:"),
        ({"topic": "okand"}, "Välj ett ämne"),
        ({"topic": "../hem"}, "Välj ett ämne"),
        ({"turns": (Expected("hej"),)}, "replik 1: skriv vad svaret ska innehålla"),
        ({"turns": ()}, "turns:"),
    ],
)
def test_what_keeps_it_from_being_a_test_is_told(
    root: Path, changed: dict[str, object], told: str
) -> None:
    """By the format's own checker, and by what lies there already."""
    (problem,) = problems(replace(FILE, **changed), root)  # type: ignore[arg-type]
    assert told in problem


def test_topics_are_the_folders_of_tests(root: Path) -> None:
    """Where there are none, the project's tests are not on this computer."""
    assert topics(root) == ["ledsagning", "samtal"]
    assert topics(root / "nowhere") == []
    assert problems(replace(FILE, topic=""), root / "nowhere") == []


@pytest.mark.parametrize(
    ("words", "name"),
    [
        ("Vad kostar det för mig?", "vad-kostar-det-for-mig"),
        ("  Åh, ÄLDRE – och én ö!  ", "ah-aldre-och-en-o"),
        ("كم", ""),
        ("a" * 80, "a" * 60),
        ("x" * 59 + " yz", "x" * 59),
    ],
)
def test_a_name_is_made_of_what_was_said(words: str, name: str) -> None:
    """Letters that a name can have; nothing where there are none."""
    assert name_of(words) == name


def test_sentences_are_offered_and_those_of_the_page_are_chosen() -> None:
    """What the page itself says is what the answer is about; else the first sentence."""
    ring = "Ring 090-16 10 02."
    text = f"Det är gratis. Du betalar t.ex. biobiljetten.\n\n{ring}\n{ring}\n– –"
    offered = phrases(Heard(text))
    assert offered == ["Det är gratis", "Du betalar t.ex. biobiljetten", "Ring 090-16 10 02"]
    quote = {"quote": "Du betalar t.ex. biobiljetten. Det är så."}
    assert chosen_at_first(Heard(text, source=quote), offered) == {offered[1]}
    assert chosen_at_first(Heard(text), offered) == {offered[0]}
    assert chosen_at_first(Heard(""), []) == set()
