"""Accepted drafts as files: what is there already stays, and what a person typed counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.changes.service import Changes
from api.importing import files_contacts, views
from api.importing import form as forms
from api.importing.files import files_of
from api.importing.hours_proof import hours_given
from api.importing.records import Batch, Draft, ImportingError
from api.importing.service import Importing
from api.settings import Settings
from api.storage import imports
from api.storage.imports import ImportRow
from api.storage.store import open_store
from bot.importing.page import PastedText, read_page
from bot.knowledge.files import CONTENT_DIR
from bot.knowledge.loader import load_knowledge

NOW = dt.datetime(2026, 11, 22, 12, tzinfo=dt.timezone.utc)
UNIT = load_knowledge().municipalities["umea"].reception_unit
RECORD = "content/umea/municipality.yml"
TEXT = f"""Mer om ledsagning

Ledsagning är en insats för alla som behöver sällskap.

Bygglov krävs för att bygga till ett hus.

{UNIT.name}

Telefon: {UNIT.phone}

Telefontid

Måndag–fredag 8–10

Anhörigcentrum

0980 31 92 10

Öppet dygnet runt

Vi finns på Storgatan 7, välkommen.
"""


@pytest.fixture
def importing(folder: Path) -> Iterator[Importing]:
    store = open_store(Settings(data_dir=folder))
    yield Importing(store.desk, read_page)
    store.close()


@pytest.fixture
def batch(importing: Importing) -> Batch:
    return importing.read([PastedText(TEXT)], "umea", None, NOW)


def made(importing: Importing, batch: Batch, **typed: str) -> dict[str, Any]:
    """The files that come of what is in the form, parsed."""
    read = Changes(importing.store).read
    files = files_of(forms.read_form(batch, typed), load_knowledge(), read, NOW.date())
    return {path: yaml.safe_load(text) for path, text in files.items() if path.endswith(".yml")}


def test_nothing_accepted_is_only_the_page(importing: Importing, batch: Batch) -> None:
    assert made(importing, batch).keys() == {"content/umea/pages.yml"}


def test_a_known_contact_gets_what_the_page_says(importing: Importing, batch: Batch) -> None:
    known = next(draft for _, draft in batch.drafts("contacts"))
    assert known["known"] == UNIT.id
    hours = {f"1-{known['id']}": "ja", "1-t1": "ja"}
    files = made(importing, batch, **hours)
    contacts = {c["id"]: c for c in files[RECORD]["contacts"]}
    assert contacts.keys() == load_knowledge().municipalities["umea"].contacts.keys()
    unit = contacts[UNIT.id]
    assert unit["phone_hours"]["osm"] == "Mo-Fr 08:00-10:00"
    assert (unit["email"], unit["job"], unit["name"]) == (UNIT.email, UNIT.job, UNIT.name)
    assert unit["evidence"][-1]["page"] == "mer_om_ledsagning"
    before = (CONTENT_DIR / "umea" / "municipality.yml").read_text(encoding="utf-8")
    _, texts, told = importing.check(forms.read_form(batch, hours), NOW)
    assert [one for one in told if one.stops] == []
    text = texts[RECORD]
    comments = [line for line in before.splitlines() if line.startswith("#")]
    assert set(comments) <= set(text.splitlines())


def test_a_new_contact_and_its_name_inside_a_sentence(importing: Importing, batch: Batch) -> None:
    _, (_, new) = batch.drafts("contacts")
    key = f"1-{new['id']}"
    typed = {key: "ja", f"{key}-name": "Anhörigcentrum", f"{key}-phone": new["phone"]}
    contact = made(importing, batch, **typed)[RECORD]["contacts"][-1]
    assert (contact["id"], contact["definite"]) == ("anhorigcentrum", "anhörigcentrum")
    assert contact["phone"] == "0980-31 92 10", "written our way, proven by the page's"


def test_hours_that_cannot_be_read(importing: Importing, batch: Batch) -> None:
    with pytest.raises(ImportingError, match="Skriv in tiderna"):
        made(importing, batch, **{"1-t2": "ja", "1-t2-contact": UNIT.id})
    with pytest.raises(ImportingError, match="Godkänn också kontakten"):
        made(importing, batch, **{"1-t2": "ja"})


@pytest.mark.parametrize(
    ("said", "typed", "osm", "as_written"),
    [
        ("Måndag–fredag 8.30–9.30", "måndag–fredag 8.30–9.30", "Mo-Fr 08:30-09:30", "Måndag–f"),
        ("Telefontid 08:30 - 09:30.", "måndag, tisdag 8.30–9.30", "Mo,Tu 08:30-09:30", "08:30 -"),
        ("Vi svarar vardagar kl. 8-12 och 13-15", "måndag–fredag 8–12 och 13–15",
         "Mo-Fr 08:00-12:00,13:00-15:00", "vardagar kl. 8-12 och 13-15"),
        ("Tisdag 8.30–9.30", "måndag–fredag 8.30–9.30", "", "Sidan säger ”Tisdag 8.30–9.30”"),
        ("Tisdag 8.30–9.30", "tisdag 8.30–10", "", "står inte på sidan"),
        ("Tisdag 8.30–9.30", "när det passar", "", "gick inte att läsa"),
    ],
)  # fmt: skip
def test_hours_that_a_person_types(said: str, typed: str, osm: str, as_written: str) -> None:
    text = f"Kundtjänst\n\n{said}\n"
    row = ImportRow("b-1", "umea", "sida", "", "", NOW, text, {}, "open", None, NOW, NOW)
    draft: Draft = {"hours": None, "evidence": []}
    given = hours_given(Batch((row,)), row, draft, {"written": typed})
    if not given.hours:
        assert (osm, as_written in given.problem) == ("", True)
        return
    assert given.hours["osm"] == osm
    assert given.hours["as_written"].startswith(as_written)
    assert given.evidence == [("sida", said)]


def test_the_page_proves_what_a_person_corrects(importing: Importing, batch: Batch) -> None:
    """Blanks and dashes aside: ``0980-319 210`` is the page's ``0980 31 92 10``."""
    _, (row, new) = batch.drafts("contacts")
    key = f"1-{new['id']}"
    named = {key: "ja", f"{key}-name": "Anhörigcentrum"}
    typed = {f"{key}-phone": "0980-319 210", f"{key}-visit_address": "storgatan 7"}
    _, files, told = importing.check(forms.read_form(batch, {**named, **typed}), NOW)
    assert [one for one in told if one.stops] == []
    contact = yaml.safe_load(files[RECORD])["contacts"][-1]
    assert contact["visit_address"] == "Storgatan 7", "as the page has it"
    assert {"page": row.page, "quote": "Vi finns på Storgatan 7, välkommen."} in contact["evidence"]
    for field, value in (("visit_address", "Storgatan 70"), ("email", "vi@umea.se")):
        with pytest.raises(ImportingError, match="står inte på sidan") as refused:
            made(importing, batch, **named, **{f"{key}-{field}": value, f"{key}-phone": "0980"})
        assert refused.value.about == key


def test_a_number_that_stands_twice_is_one_contact() -> None:
    record = {"contacts": [{"id": "vaxel", "phone": "0970-81 80 00", "email": None}]}
    assert files_contacts.same(record, {"phone": "0970-818 000"}) is record["contacts"][0]
    assert files_contacts.same(record, {"phone": "0970-81 80 01"}) is None


def test_sentences_left_over(importing: Importing, batch: Batch) -> None:
    left = [draft["text"] for _, draft in batch.drafts("unplaced")]
    number = left.index("Bygglov krävs för att bygga till ett hus.")
    ticked = {f"1-u{number}": "ja"}
    files = made(importing, batch, **ticked, **{"1-left": "skip"})
    lines = [n["line"] for n in files["content/umea/pages.yml"][-1]["not_stated"]]
    assert left[number] in lines
    untouched = forms.read_form(batch, ticked)
    assert views.pages_of(untouched)[0].left[number].ticked
    title = load_knowledge().services["ledsagning"].topics["resor"].question.upper()
    files = made(importing, batch, **ticked, **{"1-left-other": title})
    answers = files["content/umea/ledsagning.yml"]["answers"]
    answer = next(a for a in answers if a["text"] == left[number])
    assert answer["aspect"] == "resor"
    assert answer["en"] == f"The page says in Swedish: {left[number]}"
    choices = dict(views.pages_of(batch)[0].left_choices)
    assert all(c.startswith("ledsagning.") for c in choices.keys() - {"", "skip", "keep"})


def test_an_id_is_taken_by_a_page_or_by_drafts_that_wait(
    importing: Importing, batch: Batch
) -> None:
    elsewhere = importing.read([PastedText("Mer om ledsagning\n\nHej.")], "leksand", None, NOW)
    assert elsewhere.rows[0].page == batch.rows[0].page
    second = importing.read([PastedText(TEXT)], "umea", None, NOW)
    assert second.rows[0].page == f"{batch.rows[0].page}_2"
    importing.drop(batch, None, NOW)
    assert importing.check(second, NOW)[0].rows[0].page == batch.rows[0].page


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ({"1-s1-other": "Vad är meningen?"}, "ingen fråga som heter"),
        ({"1-s1-text": "x" * 4001}, "för lång"),
        ({"1-s1-easy": "Ring 19900101-0017"}, "personnummer"),
    ],
)
def test_what_may_not_be_kept(batch: Batch, typed: dict[str, str], told: str) -> None:
    with pytest.raises(ImportingError, match=told):
        forms.read_form(batch, typed)


def test_another_question_by_its_title(importing: Importing, batch: Batch) -> None:
    typed = {"1-s1": "ja", "1-s1-other": "vad kan man få ledsagning till?", "1-s1-audience": "barn"}
    answer = made(importing, batch, **typed)["content/umea/ledsagning.yml"]["answers"][-1]
    assert (answer["aspect"], answer["audience"]) == ("exempel", "barn")


def test_drafts_wait_ninety_days(importing: Importing, batch: Batch) -> None:
    with importing.store.begin() as connection:
        assert imports.purge(connection, NOW + dt.timedelta(days=90)) == 0
        assert imports.purge(connection, NOW + dt.timedelta(days=91)) == 1
    assert importing.find(batch.id) is None
