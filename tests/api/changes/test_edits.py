"""Files are edited as an editor would: only what is meant changes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from api.changes.edits import add_examples, dump, load, set_answer
from api.changes.records import ChangeError, check_path
from bot.knowledge.loader import CONTENT_DIR
from tools.prepare import ROOT

NLU = """version: "3.1"
nlu:
- intent: vad
  metadata: {service: ledsagning}
  examples: |
    - vad är ledsagning
    - va e ledsagning

# the price
- intent: kostnad
  metadata: {service: ledsagning}
  examples: |
    - vad kostar det
- intent: greet
  examples: |
    - hej
"""


@pytest.mark.parametrize(
    ("intent", "service", "after"),
    [
        ("vad", "ledsagning", "    - va e ledsagning\n"),
        ("kostnad", "ledsagning", "    - vad kostar det\n"),
        ("greet", None, "    - hej\n"),
    ],
)
def test_examples_are_added_last_and_nothing_else_changes(
    intent: str, service: str | None, after: str
) -> None:
    changed = add_examples(NLU, intent, service, ["en [ny](fråga)", "en till"])
    assert changed == NLU.replace(after, f"{after}    - en ny fråga\n    - en till\n")


@pytest.mark.parametrize(("intent", "service"), [("vad", None), ("vad", "avlosning"), ("x", None)])
def test_an_intent_that_the_file_lacks_is_told(intent: str, service: str | None) -> None:
    with pytest.raises(ChangeError, match="ingen plats"):
        add_examples(NLU, intent, service, ["hej"])


@pytest.mark.parametrize("name", ["umea/ledsagning.yml", "umea/municipality.yml", "umea/pages.yml"])
def test_what_is_not_touched_stays_as_it_is(name: str) -> None:
    text = (CONTENT_DIR / name).read_text(encoding="utf-8")
    assert dump(load(text)) == text


def test_one_answer_is_changed_and_the_rest_of_the_file_stays() -> None:
    text = (CONTENT_DIR / "umea" / "ledsagning.yml").read_text(encoding="utf-8")
    long = "Det kostar inget belopp som sidan anger. " * 6
    changed = set_answer(text, "ledsagning", "kostnad", "alla", {"text": long, "easy": "Kort."})
    old, new = (yaml.safe_load(t)["answers"] for t in (text, changed))
    (at,) = [n for n, a in enumerate(old) if a["aspect"] == "kostnad"]
    assert new[at] == {**old[at], "text": long.strip(), "easy": "Kort."}
    assert [a for n, a in enumerate(new) if n != at] == [a for n, a in enumerate(old) if n != at]
    gone = [line for line in text.splitlines() if line not in changed.splitlines()]
    assert len(gone) < 12
    assert max(map(len, changed.splitlines())) < 140


@pytest.mark.parametrize(
    "path",
    [
        "../outside.yml",
        "content/../api/app.yml",
        "/etc/passwd.txt",
        "bot/dialogue/engine.py",
        "content/umea/logo.svg",
        "bot/data/vectors.npz",
        "config.yml",
    ],
)
def test_other_files_are_out_of_reach(path: str) -> None:
    with pytest.raises(ChangeError):
        check_path(path)


def test_the_projects_own_files_are_within_reach() -> None:
    for pattern in ("content/umea/*.yml", "content/*/pages/*.txt", "bot/data/nlu/*.yml"):
        for path in Path(ROOT).glob(pattern):
            assert check_path(str(path.relative_to(ROOT)))
