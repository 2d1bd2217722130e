"""Accepted drafts as files: what is there already stays, and what a person typed counts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from api.importing import form as forms
from api.importing.records import Batch, ImportingError
from api.importing.service import Importing
from api.settings import Settings
from api.storage import imports
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
"""


@pytest.fixture
def importing(folder: Path) -> Iterator[Importing]:
    store = open_store(Settings(data_dir=folder))
    yield Importing(store.desk, read_page)
    store.close()


@pytest.fixture
def batch(importing: Importing) -> Batch:
    return importing.read([PastedText(TEXT)], "umea", None, NOW)


def made(importing: Importing, batch: Batch, **values: str) -> dict[str, Any]:
    """The files that come of what is in the form, parsed; nothing may be wrong with them."""
    typed = {name.replace("__", "-"): value for name, value in values.items()}
    files, told = importing.check(forms.read_form(batch, typed), NOW)
    assert [one for one in told if one.stops] == []
    return {path: yaml.safe_load(text) for path, text in files.items() if path.endswith(".yml")}


def test_nothing_accepted_is_only_the_page(importing: Importing, batch: Batch) -> None:
    assert made(importing, batch).keys() == {"content/umea/pages.yml"}


def test_a_known_contact_gets_what_the_page_says(importing: Importing, batch: Batch) -> None:
    known = next(draft for _, draft in batch.drafts("contacts"))
    assert known["known"] == UNIT.id
    files = made(importing, batch, **{f"1-{known['id']}": "ja", "1-t1": "ja"})
    contacts = {c["id"]: c for c in files[RECORD]["contacts"]}
    assert contacts.keys() == load_knowledge().municipalities["umea"].contacts.keys()
    unit = contacts[UNIT.id]
    assert unit["phone_hours"]["osm"] == "Mo-Fr 08:00-10:00"
    assert (unit["email"], unit["job"], unit["name"]) == (UNIT.email, UNIT.job, UNIT.name)
    assert unit["evidence"][-1]["page"] == "mer_om_ledsagning"
    before = (CONTENT_DIR / "umea" / "municipality.yml").read_text(encoding="utf-8")
    text = importing.check(forms.read_form(batch, {f"1-{known['id']}": "ja"}), NOW)[0][RECORD]
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


def test_a_sentence_without_a_place(importing: Importing, batch: Batch) -> None:
    left = [draft["text"] for _, draft in batch.drafts("unplaced")]
    number = left.index("Bygglov krävs för att bygga till ett hus.")
    files = made(importing, batch, **{f"1-u{number}": "skip"})
    lines = [n["line"] for n in files["content/umea/pages.yml"][-1]["not_stated"]]
    assert "Bygglov krävs för att bygga till ett hus." in lines
    files = made(importing, batch, **{f"1-u{number}": "ledsagning.resor"})
    answers = files["content/umea/ledsagning.yml"]["answers"]
    answer = next(a for a in answers if a["text"] == left[number])
    assert answer["aspect"] == "resor"
    assert answer["en"] == f"The page says in Swedish: {left[number]}"


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
