"""What is decided of questions, beside a small project of its own."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from api.changes.service import Changes
from api.review.deciding import LONGEST_NOTE, Decisions
from api.review.records import ReviewError
from api.settings import Settings
from api.staff.records import Staff
from api.storage import review as table
from api.storage.store import Store, open_store
from tests.api.staff.helpers import NOW

EVA = Staff("eva", "eva", "Eva Ek")
NLU = """nlu:
- intent: vad
  metadata: {service: ledsagning}
  examples: |
    - vad är det
- intent: out_of_scope
  examples: |
    - bygglov
"""
HERE = "ledsagning.vad"


@pytest.fixture
def store(folder: Path) -> Iterator[Store]:
    """A database of its own."""
    opened = open_store(Settings(data_dir=folder))
    yield opened
    opened.close()


@pytest.fixture
def examples(tmp_path: Path) -> Path:
    """The only file of examples."""
    file = tmp_path / "bot" / "data" / "nlu" / "a.yml"
    file.parent.mkdir(parents=True)
    file.write_text(NLU, encoding="utf-8")
    return file


@pytest.fixture
def decisions(store: Store, examples: Path, tmp_path: Path) -> Decisions:
    """Decides of that project's examples."""
    return Decisions(store, tmp_path)


def states(store: Store, municipality: str = "umea") -> dict[str, str]:
    with store.desk.connect() as connection:
        return {key: mark.state for key, mark in table.marks(connection, municipality).items()}


def test_several_choices_make_one_change_set(
    store: Store, decisions: Decisions, examples: Path, tmp_path: Path
) -> None:
    decisions.pick("umea", {"a": "vem hänger  med", "b": "vad är bisittare"}, HERE, EVA, NOW)
    decisions.pick("umea", {"c": "husvagnsplats"}, "out_of_scope", EVA, NOW)
    decisions.pick("ludvika", {"a": "något helt annat"}, HERE, EVA, NOW)
    made = decisions.propose("umea", EVA, NOW)
    (file,) = made.files
    assert file.after == NLU.replace(
        "- vad är det\n", "- vad är det\n    - vem hänger med\n    - vad är bisittare\n"
    ).replace("- bygglov\n", "- bygglov\n    - husvagnsplats\n")
    assert made.title == (
        "Nya exempel: Vad är ledsagning? (2), Har inget med stöd och omsorg att göra (1)"
    )
    assert states(store) == {"a": "added", "b": "added", "c": "out_of_scope"}
    assert states(store, "ludvika") == {"a": "picked"}
    assert examples.read_text(encoding="utf-8") == NLU
    assert Changes(store.desk, tmp_path).find(made.id) == made
    with pytest.raises(ReviewError, match="Inget är valt"):
        decisions.propose("umea", EVA, NOW)


def test_what_stands_there_by_now_is_told_by_name(decisions: Decisions, examples: Path) -> None:
    decisions.pick("umea", {"a": "vem hänger med", "b": "vad är bisittare"}, HERE, EVA, NOW)
    examples.write_text(NLU + "    - vem hänger med\n", encoding="utf-8")
    with pytest.raises(ReviewError, match="”vem hänger med”: .*på något annat") as error:
        decisions.propose("umea", EVA, NOW)
    assert "bisittare" not in str(error.value)


@pytest.mark.parametrize(
    ("wordings", "label", "keys"),
    [
        ({"a": "vad heter det", "b": "Vad heter det?"}, HERE, {"b"}),
        ({"a": "redan vald", "c": "ny"}, HERE, {"a"}),
        ({"a": "vad är det"}, HERE, {"a"}),
        ({"a": "ny"}, "ledsagning.nothing", set()),
        ({"a": "ny"}, "crisis_suicide", set()),
        ({"a": "ny"}, "", set()),
    ],
)
def test_what_does_not_fit_is_refused(
    store: Store, decisions: Decisions, wordings: dict[str, str], label: str, keys: set[str]
) -> None:
    decisions.pick("umea", {"x": "redan vald"}, HERE, EVA, NOW)
    with pytest.raises(ReviewError) as error:
        decisions.pick("umea", wordings, label, EVA, NOW)
    assert error.value.problems.keys() == keys
    assert states(store) == {"x": "picked"}


def test_what_was_picked_can_be_picked_as_something_else(
    store: Store, decisions: Decisions
) -> None:
    decisions.pick("umea", {"a": "ny fråga"}, HERE, EVA, NOW)
    decisions.pick("umea", {"a": "ny fråga"}, "out_of_scope", EVA, NOW)
    with store.desk.connect() as connection:
        assert table.marks(connection, "umea")["a"].note == "out_of_scope"


def test_a_topic_without_examples_has_no_place(decisions: Decisions) -> None:
    decisions.pick("umea", {"a": "ny fråga"}, "ledsagning.vem", EVA, NOW)
    with pytest.raises(ReviewError, match="Vem kan få ledsagning"):
        decisions.propose("umea", EVA, NOW)


def test_an_editor_gets_one_wording_and_a_short_note(store: Store, decisions: Decisions) -> None:
    with pytest.raises(ReviewError, match="för långt"):
        decisions.ask("umea", {"a": "fråga"}, "x " * LONGEST_NOTE, EVA, NOW)
    decisions.ask("umea", {"a": "fråga", "b": "samma fråga"}, "", EVA, NOW)
    with store.desk.connect() as connection:
        marks = table.marks(connection, "umea")
    assert [(m.question, m.note) for m in marks.values()] == [("fråga", None), (None, "a")]
    assert decisions.take_back("umea", ["a"], EVA, NOW) == 2
    assert decisions.take_back("umea", ["a"], EVA, NOW) == 0
    assert not decisions.answered("umea", "a", EVA, NOW)
