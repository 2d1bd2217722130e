"""The validator: each check finds what it is for, tells where it stands, and collects all."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
import yaml

from bot.knowledge.validator import main, validate
from tests.bot.knowledge.mini import MINI, TODAY, copy_to, edit

CASES = yaml.safe_load((Path(__file__).parent / "validator_cases.yml").read_text(encoding="utf-8"))
NORRBY = "norrby/hjalp.yml"
ASSISTANT = "norrby/assistant.yml"

WARNINGS = [
    (NORRBY, "# yaml-language-server", "# yaml", "line 1: add as first line"),
    (
        "norrby/pages.yml",
        "Översyn av hjälpen",
        "Översyn av hjälp",
        "oversyn.title: the page's text",
    ),
    ("common/services/oversyn.yml", "[översyn]", "[översyn, hemhjälp]", "'hemhjälp' also means 'h"),
    ("common/crisis.yml", "verify: false", "verify: true", "numbers: call and verify before use"),
    (
        ASSISTANT,
        "from: 2026-12-20\n    to: 2027-12-23",
        "from: 2026-11-20\n    to: 2026-11-21",
        "notices[stangt]: it was last shown on 2026-11-21: remove it",
    ),
    (
        ASSISTANT,
        "är stängd 23/12",
        "är flyttad till 090-99 99 99",
        "'090-99 99 99' is no contact's",
    ),
    (
        "common/hours_exceptions.yml",
        "date: 2026-12-23\n  until: 2026-12-24",
        "date: 2026-12-18",
        "notices[stangt]: it says that something is closed: add the day",
    ),
]


def problems(content: Path, today: dt.date = TODAY) -> list[str]:
    return [str(problem) for problem in validate(content, today)]


def test_whole_content_has_no_problem() -> None:
    assert problems(MINI) == []


@pytest.mark.parametrize("case", CASES, ids=[case["says"] for case in CASES])
def test_error(tmp_path: Path, case: dict[str, str]) -> None:
    content = copy_to(tmp_path)
    edit(content, case["in"], case["replace"], case["by"])
    found = problems(content)
    assert any(line.startswith("[ERROR] ") and case["says"] in line for line in found), found


@pytest.mark.parametrize(("file", "old", "new", "expected"), WARNINGS)
def test_warning(tmp_path: Path, file: str, old: str, new: str, expected: str) -> None:
    content = copy_to(tmp_path)
    edit(content, file, old, new)
    found = problems(content)
    assert len(found) == 1
    assert found[0].startswith("[WARNING] ") and expected in found[0]


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        ("2027-05-22", 0),
        ("2027-05-23", 13),  # three pages, law.yml and the nine sections of about.yml
        ("2027-05-25", 16),  # and crisis.yml, a number in it and privacy.yml, after half a year
    ],
)
def test_review_dates_that_passed(today: str, expected: int) -> None:
    found = problems(MINI, dt.date.fromisoformat(today))
    assert len(found) == expected
    assert all(line.startswith("[WARNING] ") and "review" in line for line in found)


def test_message_names_file_field_and_change(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, NORRBY, "text: Avgiften är 250", "text: Avgiften är 350")
    [line] = problems(content)
    place, change = line.split(": the amount ")
    assert place == "[ERROR] norrby/hjalp.yml: answers[kostnad].text"
    assert change.startswith("'350 kronor' stands neither in the evidence nor in the contacts: ")


def test_white_space_in_a_quote_may_differ(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(
        content, NORRBY, "quote: Avgiften är 250 kronor.", 'quote: "Avgiften  är\\n\\t250 kronor."'
    )
    assert problems(content) == []


def test_fact_of_a_contact_needs_the_contact_to_be_shown(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, NORRBY, "text: Avgiften är 250 kronor.", "text: Ring 090-12 34 56 om avgiften.")
    assert any("phone number '090-12 34 56'" in line for line in problems(content))
    edit(
        content,
        NORRBY,
        "contacts: []\n    next: [hjalp.vad, ",
        "contacts: [hemhjalp]\n    next: [hjalp.vad, ",
    )
    assert problems(content) == []


def test_a_spoken_number_is_proven_by_its_digits(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    speech = "speech: Ring noll nio noll, tolv, trettiofyra, femtiosex."
    edit(content, NORRBY, "    items: [Ring", f"    {speech}\n    items: [Ring")
    assert problems(content) == []


def test_every_problem_is_collected(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, NORRBY, "text: Avgiften är 250", "text: Avgiften är 350")
    edit(content, NORRBY, "next: [hjalp.kostnad]", "next: [hjalp.tid]")
    edit(content, "soderby/hjalp.yml", "easy: Du får fyra", "easy: Du får fem")
    edit(content, "common/replies.yml", "ring 112.", "ring 090-12 34 56.")
    (content / "norrby/municipality.yml").write_text("id: [", encoding="utf-8")
    found = problems(content)
    for file in (
        "norrby/hjalp.yml",
        "soderby/hjalp.yml",
        "common/replies.yml",
        "norrby/municipality",
    ):
        assert any(line.startswith(f"[ERROR] {file}") for line in found)


@pytest.mark.parametrize(
    ("removed", "expected"),
    [
        ("norrby/municipality.yml", "[ERROR] norrby: the folder has no municipality.yml"),
        ("norrby/pages.yml", "[ERROR] norrby: the folder has no pages.yml"),
        ("soderby/hjalp.yml", "[ERROR] soderby: the folder has no answers"),
        ("norrby/pages/oversyn.txt", "oversyn.id: there is no pages/oversyn.txt"),
        ("common/services/hjalp.yml", "service: there is no service 'hjalp'"),
        ("common/crisis.yml", "[ERROR] common/crisis.yml: the file is missing"),
        ("common/privacy.yml", "[ERROR] common/privacy.yml: the file is missing"),
        ("common/replies.yml", "[ERROR] common/replies.yml: the file is missing"),
        ("common/about.yml", "[ERROR] common/about.yml: the file is missing"),
        ("common/interface.yml", "[ERROR] common/interface.yml: the file is missing"),
    ],
)
def test_missing_file(tmp_path: Path, removed: str, expected: str) -> None:
    content = copy_to(tmp_path)
    (content / removed).unlink()
    assert any(expected in line for line in problems(content))


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("common/news.yml", "common/news.yml: no part of the assistant reads this file"),
        ("norrby/extra/x.yml", "norrby/extra/x.yml: no part of the assistant reads this file"),
        ("norrby/hjalp.yaml", "norrby/hjalp.yaml: rename the file"),
        ("norrby/pages/ny.txt", "ny: pages/ny.txt is not listed"),
    ],
)
def test_file_that_nothing_reads(tmp_path: Path, file: str, expected: str) -> None:
    content = copy_to(tmp_path)
    path = content / file
    path.parent.mkdir(exist_ok=True)
    path.write_text("a: b\n", encoding="utf-8")
    assert any(expected in line for line in problems(content))


def test_empty_folder(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / "vastby").mkdir()
    found = problems(content)
    assert "[ERROR] vastby: the folder has no municipality.yml: add it" in found
    assert "[ERROR] vastby: the folder has no pages.yml: add it" in found


def test_file_that_is_no_text(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / "norrby/pages/hjalp.txt").write_bytes("Hjälp".encode("latin-1"))
    assert any("hjalp.txt: save the file as UTF-8" in line for line in problems(content))


def test_exit_code_and_count(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_to(tmp_path)
    assert main(["--content", str(content)]) == 0
    assert capsys.readouterr().out.endswith("Content: 0 errors, 0 warnings.\n")
    edit(content, NORRBY, "text: Avgiften är 250", "text: Avgiften är 350")
    assert main(["--content", str(content)]) == 1
    assert "Content: 1 errors, 0 warnings." in capsys.readouterr().out


def test_no_such_folder(tmp_path: Path) -> None:
    assert main(["--content", str(tmp_path / "nothing")]) == 1
