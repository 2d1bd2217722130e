"""`make audit`: what is known, what it concerns, and that each has its one reason."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from tools import audit
from tools.supply import advisories, reasons
from tools.supply.advisories import Advisory, Kept
from tools.supply.asking import NotAnsweredError, ask, understood
from tools.supply.locks import locked
from tools.supply.reasons import Reason, ReasonsError, mistakes
from tools.supply.report import report

ROOT = Path(__file__).resolve().parents[3]
LOCK = "alpha==1.2 ; python_full_version < '3.11' \\\n    --hash=sha256:00\nBeta_Two==3.0\n"
WHY = "nothing of ours calls it, and no text of others reaches it"
WEAK = Advisory("CVE-1", "alpha", ("<1.3",), ("1.3",), "falls over", ("GHSA-1",))


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A project with two packages, one of them weak."""
    for folder in ("requirements", "docs"):
        (tmp_path / folder).mkdir()
    (tmp_path / audit.RUN).write_text(LOCK, encoding="utf-8")
    (tmp_path / "proof.py").touch()
    advisories.save(
        Kept("2026-11-01", "hand", {"alpha": "1.2"}, (WEAK,)), tmp_path / advisories.KEPT
    )
    accept(tmp_path, "CVE-1")
    return tmp_path


def accept(root: Path, *ids: str, why: str = WHY, proof: str = "proof.py") -> None:
    listed = [{"package": "alpha", "ids": [one], "why": why, "proof": [proof]} for one in ids]
    (root / reasons.ACCEPTED).write_text(json.dumps(listed), encoding="utf-8")


def said(*dependencies: object) -> str:
    return json.dumps({"dependencies": dependencies, "fixes": []})


def weakness(name: str, description: str = "") -> dict[str, object]:
    return {"id": name, "fix_versions": ["9"], "aliases": [], "description": description}


def test_a_lock_is_read_by_the_names_that_indexes_compare(root: Path) -> None:
    assert locked(root / audit.RUN) == {"alpha": "1.2", "beta-two": "3.0"}


@pytest.mark.parametrize(
    ("affected", "version", "weak"),
    [
        (("<1.3",), "1.2", True),
        (("<1.3",), "1.3", False),
        (("<1.45.1", ">=2,<2.8.0"), "1.46", False),
        (("<1.45.1", ">=2,<2.8.0"), "2.1", True),
        (("==1.2",), "1.2.post1", False),
        (("<1.3",), "1.3rc1", False),
    ],
)
def test_a_version_is_weak_by_any_of_its_ranges(
    affected: tuple[str, ...], version: str, weak: bool
) -> None:
    assert Advisory("X", "alpha", affected, (), "").concerns(version) is weak


def test_one_weakness_under_two_numbers_is_one_finding() -> None:
    twin = Advisory("PYSEC-1", "alpha", ("<1.3",), (), "", ("CVE-1",))
    found = Kept("", "", {}, (twin, WEAK)).findings({"alpha": "1.2"})
    assert [one.id for one in found] == ["CVE-1"]


def test_all_is_well_when_each_has_its_reason(root: Path) -> None:
    assert audit.audit(root, offline=True) == []
    page = (root / audit.PAGE).read_text("utf-8")
    assert f"{WHY} Proof: `proof.py`." in page
    assert "1 of them were asked about at the version that is locked, 1 were not" in page
    assert "Unknown is not clean. beta-two 3.0." in page


@pytest.mark.parametrize(
    ("ids", "more", "complaint"),
    [
        ([], {}, "alpha: CVE-1 is known and has no reason"),
        (["CVE-1", "CVE-2"], {}, "alpha: CVE-2 has a reason in"),
        (["CVE-1", "GHSA-1"], {}, "alpha: CVE-1 has two reasons"),
        (["CVE-1"], {"proof": "gone.py"}, "proof gone.py is no file"),
    ],
)
def test_what_does_not_fit_together_is_told(
    root: Path, ids: list[str], more: dict[str, str], complaint: str
) -> None:
    accept(root, *ids, **more)
    told = audit.audit(root, offline=True)
    assert len(told) == 1
    assert complaint in told[0]


def test_a_raised_version_makes_its_reason_too_many(root: Path) -> None:
    (root / audit.RUN).write_text(LOCK.replace("1.2", "1.3"), encoding="utf-8")
    told = audit.audit(root, offline=True)
    assert ["concerns no locked version: remove it" in one for one in told] == [True]


@pytest.mark.parametrize(
    "entry",
    [
        {"package": "alpha"},
        "alpha",
        {"package": "alpha", "ids": ["CVE-1"], "why": "not used", "proof": ["p"]},
        {"package": "alpha", "ids": [], "why": WHY, "proof": ["p"]},
    ],
)
def test_a_reason_that_is_not_of_the_form_is_refused(root: Path, entry: object) -> None:
    (root / reasons.ACCEPTED).write_text(json.dumps([entry]), encoding="utf-8")
    with pytest.raises(ReasonsError, match="entry 1"):
        audit.audit(root, offline=True)


def test_what_pip_audit_skips_is_not_clean_but_unknown() -> None:
    """It calls `No known vulnerabilities` what it could ask nothing about."""
    skipped = {"name": "beta", "skip_reason": "not found"}
    kept = understood(said({"name": "Alpha", "version": "1.2", "vulns": []}, skipped), "2026-11-02")
    assert kept.asked == {"alpha": "1.2"}
    with pytest.raises(NotAnsweredError, match="none of the packages"):
        understood(said(skipped), "2026-11-02")


def test_words_instead_of_an_answer_are_told_as_they_are() -> None:
    with pytest.raises(NotAnsweredError, match="Failed to resolve"):
        understood("Traceback …\nConnectionError: Failed to resolve", "2026-11-02")


def test_every_locked_version_is_asked_about(tmp_path: Path) -> None:
    heard: list[str] = []

    def run(command: Sequence[str]) -> str:
        heard.append(Path(command[command.index("--requirement") + 1]).read_text("utf-8"))
        return said({"name": "alpha", "version": "1.2", "vulns": [weakness("CVE-7", "ä " * 300)]})

    kept = ask(tmp_path, {"alpha": "1.2", "beta": "3"}, "2026-11-02", run)
    assert heard == ["alpha==1.2\nbeta==3\n"]
    assert kept.advisories[0].affected == ("==1.2",)
    assert len(kept.advisories[0].summary) <= 202


def test_an_answer_is_kept_and_older_ones_stay_where_it_has_none(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "toolbox", lambda _: Path("unused"))
    new = said({"name": "beta-two", "version": "3.0", "vulns": [weakness("CVE-8")]})
    told = audit.audit(root, offline=False, run=lambda _: new)
    assert [one.split(" is known")[0] for one in told] == ["beta-two: CVE-8"]
    kept = advisories.load(root / advisories.KEPT)
    assert kept.asked == {"alpha": "1.2", "beta-two": "3.0"}
    assert {one.id for one in kept.advisories} == {"CVE-1", "CVE-8"}
    assert kept.read > "2026-11-01"


def test_without_the_database_the_last_reading_holds(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(audit, "toolbox", lambda _: Path("unused"))
    before = (root / advisories.KEPT).read_bytes()
    assert audit.audit(root, offline=False, run=lambda _: "no route to host") == []
    assert (root / advisories.KEPT).read_bytes() == before
    assert "was not reached (no route to host)" in capsys.readouterr().out


def test_words_of_others_do_not_become_markup() -> None:
    nasty = Advisory("CVE-1", "alpha", ("<2",), (), "<script> | [x](y)\n# `z`")
    reason = Reason("alpha", ("CVE-1",), WHY, ("p",))
    page = report(Kept("d", "s", {}, (nasty,)), {"alpha": "1.2"}, [reason])
    assert r"| \<script\> \| \[x\](y) # \`z\` |" in page


def test_ours_fits_together_and_the_page_is_of_today(tmp_path: Path) -> None:
    lock = locked(ROOT / audit.RUN)
    kept = advisories.load(ROOT / advisories.KEPT)
    given = reasons.load(ROOT / reasons.ACCEPTED)
    assert mistakes(kept.findings(lock), given, ROOT) == []
    assert (ROOT / audit.PAGE).read_text("utf-8") == report(kept, lock, given)
    # Saved anew it is the same, so that a new reading shows nothing but what is new.
    copy = shutil.copy(ROOT / advisories.KEPT, tmp_path)
    advisories.save(kept, Path(copy))
    assert Path(copy).read_bytes() == (ROOT / advisories.KEPT).read_bytes()
