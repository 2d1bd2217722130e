"""A municipality is checked as it would be, without writing a file and without the others."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from bot.knowledge.validator_draft import check_draft
from tests.bot.knowledge.mini import MINI, TODAY, copy_to

FILE = "norrby/hjalp.yml"


def found(changed: dict[str, str], root: Path = MINI, today: dt.date = TODAY) -> list[str]:
    return [str(problem) for problem in check_draft(root, "norrby", changed, today)]


def text_with(old: str, new: str, file: str = FILE) -> dict[str, str]:
    text = (MINI / file).read_text(encoding="utf-8")
    assert text.count(old) == 1
    return {file: text.replace(old, new)}


def test_nothing_is_wrong_with_what_is_there() -> None:
    assert found({}) == []


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("text: Avgiften är 250 kronor.", "text: Avgiften är 350 kronor.", "[kostnad].text: the a"),
        ("quote: Fråga Eva Ek", "quote: Fråga Eva Eks", "evidence[3].quote: does not stand"),
        ("    easy: Det kostar 250 kronor.\n", "", "answers[kostnad].easy: the field is missing"),
        ("text: Avgiften är 250 kronor.", "text: Ring Söderby.", "names 'Söderby', of another"),
        ("service: hjalp", "service: [", "write valid YAML"),
        (
            "- aspect: kostnad\n",
            "- aspect: kostnad\n    reviewed: 2026-11-23\n",
            "answers[kostnad].reviewed: 2026-11-23 has not come yet",
        ),
        (
            "- aspect: kostnad\n",
            "- aspect: kostnad\n    reviewed: 2026-11-20\n    review_by: 2026-11-19\n",
            "answers[kostnad].review_by: 2026-11-19 is before reviewed, 2026-11-20",
        ),
        (
            "- aspect: kostnad\n",
            "- aspect: kostnad\n    review_by: 2026-11-21\n",
            "[WARNING] norrby/hjalp.yml: answers[kostnad].review_by: its review was due on",
        ),
        (
            "- aspect: kostnad\n",
            "- aspect: kostnad\n    reviewer: E\n",
            "answers[kostnad].reviewer: 'E' is too short",
        ),
    ],
)
def test_what_would_be_wrong(old: str, new: str, says: str) -> None:
    problems = found(text_with(old, new))
    assert any(says in line for line in problems), problems


def test_new_files_and_other_municipalities(tmp_path: Path) -> None:
    root = copy_to(tmp_path)
    (root / "soderby" / "hjalp.yml").write_text("broken: [", encoding="utf-8")
    assert found({}, root) == []
    unlisted = found({"norrby/pages/ny.txt": "En ny sida"}, root)
    assert unlisted == [
        "[ERROR] norrby/pages.yml: ny: pages/ny.txt is not listed: add it, or remove it"
    ]


def test_dates_that_are_right_say_nothing() -> None:
    dates = "- aspect: kostnad\n    reviewer: Eva Ek\n    reviewed: 2026-11-20\n"
    assert found(text_with("- aspect: kostnad\n", f"{dates}    review_by: 2027-05-22\n")) == []
