"""The coverage report: which sentences count as stated, which are excused, which are defects."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.coverage import Line, coverage, main
from bot.knowledge.loader import load_knowledge
from tests.bot.knowledge.mini import MINI, copy_to, edit


def line(content: Path, text: str) -> Line:
    [found] = [one for one in coverage(load_knowledge(content)) if one.text == text]
    return found


def test_small_content_is_covered() -> None:
    assert not [one.text for one in coverage(load_knowledge(MINI)) if one.is_defect]


@pytest.mark.parametrize(
    ("text", "stated_by"),
    [
        ("Du får upp till 10 timmar/månad.", ("norrby.hjalp.vad",)),
        ("Avgiften är 250 kronor.", ("norrby.hjalp.kostnad",)),
        ("Ring 090-12 34 56", ("norrby.hjalp.ansok", "norrby.kontakt.hemhjalp")),
        ("Skriv till hjalp@norrby.se", ("norrby.kontakt.hemhjalp",)),
        ("Telefon: 0911-22 33 44", ("soderby.kontakt.vaxel",)),
        ("Erbjuda digitala träffar", ("norrby.oversyn.vad",)),
        ("Öppettider", ()),
    ],
)
def test_stated_by(text: str, stated_by: tuple[str, ...]) -> None:
    assert line(MINI, text).stated_by == stated_by


def test_reason_of_pages_yml() -> None:
    assert line(MINI, "Öppettider").reason == "rubrik utan egen uppgift"


def test_line_without_answer_and_reason_is_a_defect(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(
        content,
        "norrby/pages.yml",
        "    - line: Öppettider\n      reason: rubrik utan egen uppgift\n",
        "",
    )
    assert line(content, "Öppettider").is_defect


def test_new_sentence_is_a_defect(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, "norrby/pages/hjalp.txt", "är 250 kronor.", "är 250 kronor. Avgiften höjs i år.")
    assert line(content, "Avgiften höjs i år.").is_defect
    assert not line(content, "Avgiften är 250 kronor.").is_defect


@pytest.mark.parametrize(
    ("quote", "defect"),
    [
        ("Träffar hålls en gång i veckan klockan", False),  # 7 of 10 words
        ("Träffar hålls en gång i veckan", False),  # 6 of 10
        ("Träffar hålls en gång i", True),  # 5 of 10
    ],
)
def test_a_quote_has_to_be_substantial(tmp_path: Path, quote: str, defect: bool) -> None:
    content = copy_to(tmp_path)
    whole = "Träffar hålls en gång i veckan klockan 08.30 på torsdagar."
    edit(content, "norrby/hjalp.yml", f"quote: {whole}", f"quote: {quote}")
    assert line(content, whole).is_defect is defect


def test_two_quotes_of_one_answer_add_up(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    whole = "Träffar hålls en gång i veckan klockan 08.30 på torsdagar."
    parts = (
        "quote: Träffar hålls en\n      - page: hjalp\n        quote: klockan 08.30 på torsdagar"
    )
    edit(content, "norrby/hjalp.yml", f"quote: {whole}", parts)
    assert line(content, whole).stated_by == ("norrby.hjalp.traffar",)


def test_a_quoted_line_is_not_taken_for_a_longer_one(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(
        content,
        "norrby/pages/hjalp.txt",
        " • Fråga Eva Ek",
        " • Fråga Eva Ek\n • Fråga Eva Ek på plats",
    )
    assert line(content, "Fråga Eva Ek").stated_by
    assert line(content, "Fråga Eva Ek på plats").is_defect


def test_exit_code_and_summary(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_to(tmp_path)
    assert main(["--content", str(content)]) == 0
    told = capsys.readouterr().out
    assert "norrby/hjalp: 19 sentences, 17 stated, 2 with a reason, 0 defects" in told
    assert told.endswith("Coverage: 0 defects in 28 sentences.\n")


def test_defects_are_told_and_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_to(tmp_path)
    edit(content, "soderby/pages/hjalp.txt", "Telefon:", "Ny rad.\n\nTelefon:")
    assert main(["--content", str(content)]) == 1
    told = capsys.readouterr().out
    assert "DEFECT Ny rad." in told
    assert "[ERROR] soderby/pages/hjalp.txt: no answer quotes it" in told


def test_markdown(tmp_path: Path) -> None:
    target = tmp_path / "coverage.md"
    assert main(["--content", str(MINI), "--markdown", str(target)]) == 0
    written = target.read_text(encoding="utf-8")
    assert "| stated | Avgiften är 250 kronor. | norrby.hjalp.kostnad |" in written
    assert "| reason | Öppettider | rubrik utan egen uppgift |" in written


def test_broken_content_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    content = copy_to(tmp_path)
    (content / "norrby/pages.yml").unlink()
    assert main(["--content", str(content)]) == 1
    assert "[ERROR]" in capsys.readouterr().err
