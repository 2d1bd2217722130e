"""What may become a training example: the rules that all examples are held to."""

from __future__ import annotations

from pathlib import Path

import pytest

from api.review.examples import LONGEST, Row, load_examples
from api.review.titles import OTHERS, OUTSIDE, choices, title_of
from api.settings import ROOT
from bot.knowledge.loader import load_knowledge

HERE = "ledsagning.vad"


@pytest.mark.parametrize(
    ("text", "label", "problem"),
    [
        ("vad i hela friden är ledsagning bra för", HERE, None),
        ("Vad är ledsagning för något?", HERE, "finns redan"),
        ("vad ar  LEDSAGNING for nagot", HERE, "finns redan"),
        ("vad är ledsagning för något", "ledsagning.vem", "på något annat: Vad är ledsagning?"),
        ("vad är ledsagning i Holmsund", HERE, "orten"),
        ("erbjuder Umeås kommun ledsagare", HERE, "orten"),
        ("finns ledsagning i Skellefteå", HERE, "orten"),
        ("ring mig på 070-174 06 58 om ledsagning", HERE, "nummer"),
        ("skriv till mig@epost.example", HERE, "nummer"),
        ("min dotter 860909-9812 vill ha ledsagare", HERE, "nummer"),
        ("ledsagning till [adress]", HERE, "klamrar"),
        ("ledsagning {", HERE, "klamrar"),
        (" ", HERE, "Skriv"),
        ("a" * (LONGEST + 1), HERE, "för lång"),
        ("var får husvagnen stå", "out_of_scope", None),
        ("får husvagnen stå där?", HERE, "på något annat: Har inget med stöd"),
    ],
)
def test_what_may_become_an_example(text: str, label: str, problem: str | None) -> None:
    waiting = [Row("Får husvagnen stå där", "out_of_scope", "")]
    found = load_examples(ROOT).problem(text, label, waiting)
    assert (found or "").find(problem or "") >= 0
    assert (found is None) is (problem is None)


def test_no_example_names_a_person_of_the_pages() -> None:
    contacts = [c for m in load_knowledge().municipalities.values() for c in m.contacts.values()]
    person = next(c.name for c in contacts if c.role == "staff" and " " in c.name)
    problem = load_examples(ROOT).problem(f"jobbar {person} kvar hos er", HERE)
    assert problem


def test_every_choice_has_examples_and_a_title() -> None:
    examples = load_examples(ROOT)
    known = {row.label for row in examples.rows}
    for municipality in load_knowledge().municipalities:
        grouped = choices(municipality)
        offered = [choice for _, several in grouped for choice in several]
        assert {c.label for c in offered} <= known
        assert len({c.label for c in offered}) == len(offered)
        assert [c.label for c in offered if c.title != title_of(c.label)] == []
    assert OUTSIDE.keys() <= known
    assert all(examples.file_of(label) for label in OTHERS)


def test_a_changed_file_is_read_again(tmp_path: Path) -> None:
    folder = tmp_path / "bot" / "data" / "nlu"
    folder.mkdir(parents=True)
    block = "nlu:\n- intent: vad\n  metadata: {service: ledsagning}\n  examples: |\n    - en\n"
    (folder / "a.yml").write_text(block, encoding="utf-8")
    assert load_examples(tmp_path).rows == (Row("en", HERE, "bot/data/nlu/a.yml"),)
    (folder / "a.yml").write_text(f"{block}    - två\n", encoding="utf-8")
    found = load_examples(tmp_path)
    assert [row.text for row in found.rows] == ["en", "två"]
    assert (found.file_of(HERE), found.file_of("x")) == ("bot/data/nlu/a.yml", None)
