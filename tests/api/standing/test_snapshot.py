"""The change set of a page that was read again: its text, its entry, quotes spelled anew."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from api.changes import edits
from api.changes.records import ChangeError
from api.settings import ROOT
from api.standing.compare import compare
from api.standing.snapshot import Rewritten, as_spelled, snapshot
from bot.knowledge.files import CONTENT_DIR
from bot.knowledge.validator_draft import check_draft
from tests.api.standing.helpers import DEARER, PAGE, UMEA, read

TODAY = dt.date(2027, 1, 4)
PAGES, TEXT, ANSWERS = (
    f"content/umea/{name}" for name in ("pages.yml", "pages/ledsagning.txt", "ledsagning.yml")
)


def on_disk(path: str) -> str | None:
    file = ROOT / path
    return file.read_text(encoding="utf-8") if file.is_file() else None


def made(text: str, *rewritten: Rewritten) -> dict[str, str]:
    return snapshot(UMEA, PAGE, read(text), TODAY, on_disk, rewritten)


def problems(files: dict[str, str]) -> list[str]:
    changed = {path.removeprefix("content/"): text for path, text in files.items()}
    found = check_draft(CONTENT_DIR, "umea", changed, TODAY)
    return [str(p) for p in found if p.level == "ERROR"]


@pytest.mark.parametrize(
    "text", [PAGE.text, "\n".join(line.strip() for line in PAGE.text.splitlines())]
)
def test_the_same_page_gets_new_dates_alone(text: str) -> None:
    files = made(text)
    assert set(files) == {PAGES}
    entry = next(p for p in edits.load(files[PAGES]) if p["id"] == "ledsagning")
    assert entry["read"] == TODAY
    assert entry["review_by"] - entry["read"] == PAGE.review_by - PAGE.read
    assert problems(files) == []


def test_what_is_said_of_lines_that_are_gone_goes_with_them() -> None:
    files = made(
        PAGE.text.replace("Sidan publicerades", "").replace("socialtjänstlagen (SoL)", "lag")
    )
    entry = next(p for p in edits.load(files[PAGES]) if p["id"] == "ledsagning")
    assert "Sidan publicerades" not in [n["line"] for n in entry["not_stated"]]
    assert entry["cites_social_services_act"] is False


@pytest.mark.parametrize(("line", "expected"), [("Uppdaterad 2026-12-01", True), ("", False)])
def test_a_date_is_only_written_when_the_page_gives_it(line: str, expected: bool) -> None:
    day = dt.date(2026, 12, 1)
    page = read(f"{PAGE.text}\n{line}")
    dated = snapshot(UMEA, PAGE, replace(page, updated=day), TODAY, on_disk)
    entry = next(p for p in edits.load(dated[PAGES]) if p["id"] == "ledsagning")
    assert entry["updated"] == (day if expected else None)


def test_quotes_are_spelled_as_the_page_spells_them() -> None:
    files = made(PAGE.text.replace("Måndag–fredag, klockan", "Måndag–fredag klockan"))
    assert "Måndag–fredag klockan 08.30" in files["content/umea/municipality.yml"]


def test_lines_that_only_were_copied_otherwise_stay_as_they_were() -> None:
    text = made("\n".join(line.strip() for line in DEARER.splitlines()))[TEXT]
    assert text.rstrip() == DEARER.rstrip()


def test_lost_evidence_stays_until_a_person_rewrites_the_answer() -> None:
    files = made(DEARER)
    assert ANSWERS not in files
    assert problems(files)


def test_rewritten_answers_make_the_whole_valid() -> None:
    new = "Du betalar 90 kronor i timmen, medan kommunen står för ledsagarens eventuella kostnader."
    said = {
        "text": new,
        "easy": "Du betalar 90 kronor i timmen.",
        "en": "You pay 90 kronor an hour.",
        "speech": None,
        "evidence": [{"page": "ledsagning", "quote": new}],
    }
    lost = [one.subject.split(".") for one in compare(UMEA, PAGE, DEARER).lost]
    files = made(DEARER, *(Rewritten(service, aspect, "alla", said) for _, service, aspect in lost))
    assert problems(files) == []


def test_the_last_answer_of_a_service_is_not_taken_away() -> None:
    files = made(DEARER, Rewritten("ledsagning", "kostnad", "alla", None))
    assert "aspect: kostnad" not in files[ANSWERS]
    with pytest.raises(ChangeError):
        made(DEARER, Rewritten("ledsagning", "finns_inte", "alla", None))


@pytest.mark.parametrize(
    ("quote", "page", "expected"),
    [
        ("Ring 090-1 23.", "Så här: Ring, 090-1 23. Tack", "Ring, 090-1 23."),
        ("Ring oss.", "Ring oss nu.", "Ring oss"),
        ("Ring oss", "Mejla oss", None),
        ("", "Ring", None),
    ],
)
def test_as_spelled(quote: str, page: str, expected: str | None) -> None:
    assert as_spelled(quote, page) == expected
