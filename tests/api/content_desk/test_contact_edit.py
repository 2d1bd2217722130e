"""A contact is changed in the page's words; what no line proves is refused."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import pytest
import yaml

from api.changes.service import Changes
from api.content_desk.contact_edit import check, draft_of, read_form
from api.content_desk.saving import Checked
from api.content_desk.shelf import load_shelf
from tests.bot.knowledge.mini import TODAY, copy_to

QUOTES = 6
HOURS = "Måndag–onsdag, klockan 08.30–11.30. Torsdag, klockan 09.00–10.00"
SUMMER = "1/6-31/8 Måndag–torsdag, klockan 09.00–10.00"


def checked(project: Path, quote: str | None = None, **values: str) -> Checked:
    """The small content folder's unit with these values, and one quote more."""
    shelf = load_shelf("norrby", project / "content")
    contact = shelf.municipality.contacts["hemhjalp"]
    draft = draft_of(contact)
    draft = replace(draft, values={**draft.values, **values})
    if quote:
        draft = replace(draft, evidence=(*draft.evidence, ("hjalp", quote)))
    return check(shelf, Changes(cast("Any", None), project), contact, draft, TODAY)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    content = copy_to(tmp_path)
    page = content / "norrby/pages/hjalp.txt"
    page.write_text(f"{page.read_text('utf-8')}\nFredag klockan 9–10\n", encoding="utf-8")
    return tmp_path


def test_the_form_shows_hours_as_a_page_writes_them(project: Path) -> None:
    draft = draft_of(load_shelf("norrby", project / "content").municipality.contacts["hemhjalp"])
    assert draft.values["phone_hours"] == f"{HOURS}\n{SUMMER}"
    form = {**draft.values, "base": draft.base}
    for at, (page, quote) in enumerate(draft.evidence, start=1):
        form |= {f"page_{at}": page, f"quote_{at}": quote}
    assert read_form(form) == draft
    assert "inte ändrat något" in checked(project).above[0]


def test_hours_are_read_as_an_import_reads_them(project: Path) -> None:
    found = checked(project, "Fredag klockan 9–10", phone_hours="Fredag klockan 9–10")
    assert not found.stops and found.text
    assert 'osm: "Fr 09:00-10:00"' in found.text or "osm: Fr 09:00-10:00" in found.text


def test_a_page_that_names_no_days_goes_on_meaning_those_it_meant(project: Path) -> None:
    file = project / "content/norrby/municipality.yml"
    written = {"osm": "Mo-Fr 09:00-10:00", "as_written": "Klockan 9–10", "weekdays_named": False}
    data = yaml.safe_load(file.read_text("utf-8"))
    (unit,) = [c for c in data["contacts"] if c["id"] == "hemhjalp"]
    unit["visit_hours"] = {**written, "seasons": []}
    file.write_text(yaml.safe_dump(data, allow_unicode=True), encoding="utf-8")
    found = checked(project, "Fredag klockan 9–10", visit_hours="klockan 9–10")
    assert not found.fields
    changed = yaml.safe_load(found.text or "")["contacts"]
    (hours,) = [c["visit_hours"] for c in changed if c["id"] == "hemhjalp"]
    assert (hours["osm"], hours["weekdays_named"]) == ("Mo-Fr 09:00-10:00", False)
    assert hours["as_written"] == "klockan 9–10"


def test_hours_that_the_desk_follows_are_not_taken_away(project: Path) -> None:
    assert "Chatten och uppringningen" in checked(project, phone_hours="").above[0]


@pytest.mark.parametrize(
    ("values", "field", "says"),
    [
        ({"phone": "090-99 99 99"}, "phone", "står inte i något av kontaktens belägg"),
        ({"email": "ny@norrby.se"}, "email", "står inte i något av kontaktens belägg"),
        ({"phone_hours": "Fredag klockan 9–10"}, "phone_hours", "står inte i något av kontaktens"),
        ({"phone_hours": "ibland"}, "phone_hours", "att läsa. Skriv dem som i exemplet."),
        ({"phone_hours": f"{HOURS}\n1/6-31/8 sällan"}, "phone_hours", "för en del av året gick"),
        ({"phone": ""}, "phone_hours", "Det finns telefontider men inget nummer"),
    ],
)
def test_what_is_not_proven_is_told_at_its_field(
    project: Path, values: dict[str, str], field: str, says: str
) -> None:
    found = checked(project, **values)
    assert found.stops and says in " ".join(found.fields[field])


def test_a_quote_that_does_not_stand_on_the_page_is_told_at_its_number(project: Path) -> None:
    found = checked(project, "Fredag klockan 9–11")
    assert list(found.quotes) == [QUOTES + 1]


def test_a_personal_number_is_no_phone(project: Path) -> None:
    found = checked(project, phone="19121212-1212")
    assert "personnummer" in found.fields["phone"][0]
    assert found.text is None


def test_hours_are_read_only_as_far_as_hours_go(project: Path) -> None:
    found = checked(project, phone_hours="måndag 8–12\n" * 1000)
    assert "för lång" in found.fields["phone_hours"][0]
    assert read_form({"visit_hours": f"  måndag{' ' * 9000}8–12\r\n"}).values["visit_hours"] == (
        "måndag 8–12"
    )
