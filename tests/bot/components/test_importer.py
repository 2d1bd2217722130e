"""The fast reader of NLU files reads what Rasa's own would."""

from __future__ import annotations

import copy
import textwrap
from pathlib import Path

import pytest
from rasa.shared.nlu.constants import INTENT, METADATA, METADATA_INTENT, TEXT
from rasa.shared.nlu.training_data.formats.rasa_yaml import RasaYAMLReader

from bot.components.importer import Example, NluFolderImporter, read_examples

FILE = """
    version: "3.1"
    nlu:
    - intent: kostnad
      metadata: {service: ledsagning}
      examples: |
        - vad kostar det
        - är det - dyrt
    - synonym: ledsagning
      examples: |
        - ledsagare
    - intent: greet
      examples: |
        - hej
        -   hallå där
"""


@pytest.fixture
def nlu(tmp_path: Path) -> Path:
    path = tmp_path / "data" / "nlu.yml"
    path.parent.mkdir()
    path.write_text(textwrap.dedent(FILE), encoding="utf-8")
    return path


def test_examples_have_text_intent_and_service(nlu: Path) -> None:
    found = [(e.get(TEXT), e.get(INTENT), e.get(METADATA)) for e in read_examples(nlu)]
    service = {METADATA_INTENT: {"service": "ledsagning"}}
    assert found == [
        ("vad kostar det", "kostnad", service),
        ("är det - dyrt", "kostnad", service),
        ("hej", "greet", None),
        ("hallå där", "greet", None),
    ]


def test_rasas_own_reader_reads_the_same(nlu: Path) -> None:
    own = RasaYAMLReader().read(str(nlu)).training_examples
    assert [e.data for e in read_examples(nlu)] == [
        {k: v for k, v in e.data.items() if k in {TEXT, INTENT, METADATA}} for e in own
    ]


def test_blank_lines_between_examples_are_none(tmp_path: Path) -> None:
    path = tmp_path / "nlu.yml"
    path.write_text("nlu:\n- intent: greet\n  examples: |\n    - hej\n\n    - hopp\n")
    assert [e.get(TEXT) for e in read_examples(path)] == ["hej", "hopp"]


@pytest.mark.parametrize("text", ["", "version: '3.1'\n", "version: '3.1'\nnlu: []\n"])
def test_a_file_without_examples_has_none(tmp_path: Path, text: str) -> None:
    path = tmp_path / "empty.yml"
    path.write_text(text, encoding="utf-8")
    assert read_examples(path) == []


def test_the_importer_reads_a_folder_once(nlu: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    importer = NluFolderImporter(training_data_paths=[str(nlu.parent)])
    first = importer.get_nlu_data().training_examples
    monkeypatch.setattr("bot.components.importer.read_examples", lambda path: pytest.fail("again"))
    assert importer.get_nlu_data().training_examples == first
    assert len(first) == 4


def example(**data: object) -> Example:
    return Example(data={TEXT: "hej", INTENT: "greet", **data})


@pytest.mark.parametrize(
    "change", [{TEXT: "hejsan"}, {INTENT: "goodbye"}, {METADATA: {"a": 1}}, {"tokens": []}]
)
def test_what_differs_has_another_fingerprint(change: dict[str, object]) -> None:
    assert example(**change).fingerprint() != example().fingerprint()
    assert example(**change) != example()


def test_equal_examples_are_one_to_sets_and_comparisons() -> None:
    assert example().fingerprint() == example().fingerprint()
    assert len({example(), example()}) == 1


def test_a_fingerprint_follows_what_is_set_later() -> None:
    changed = example()
    before = changed.fingerprint()
    changed.set("language", "sv")
    assert changed.fingerprint() != before


def test_a_copy_is_an_example_of_its_own() -> None:
    first = example()
    second = copy.deepcopy(first)
    second.set(TEXT, "hallå")
    assert isinstance(second, Example)
    assert first.get(TEXT) == "hej"
