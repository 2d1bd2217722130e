"""A municipality's assistant: defaults, notices by day, order of contacts, refusals at start."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path

import pytest

from bot.knowledge.assistant import Notice, active_notices, ordered_contacts
from bot.knowledge.contrast import NEUTRAL
from bot.knowledge.loader import ContentError, load_knowledge
from bot.knowledge.records import Municipality
from tests.bot.knowledge.mini import MINI, copy_to, edit

FILE = "norrby/assistant.yml"


@pytest.fixture
def norrby() -> Municipality:
    return load_knowledge(MINI).municipalities["norrby"]


def test_what_the_file_says(norrby: Municipality) -> None:
    assistant = norrby.assistant
    assert assistant.name == "Norrbys assistent"
    assert assistant.greeting["en"] == "Hello from Norrby!"
    assert assistant.logo is None and assistant.switched_off is None
    assert assistant.data_protection_officer is None


def test_without_a_file_it_is_neutral() -> None:
    assistant = load_knowledge(MINI).municipalities["soderby"].assistant
    assert assistant.name == "Söderby kommuns digitala assistent"
    assert assistant.greeting["sv"] == "Hej! Jag svarar för Söderby kommun."
    assert assistant.colours == NEUTRAL
    assert assistant.responsible == "Söderby kommun"
    reception = load_knowledge(MINI).municipalities["soderby"].reception
    assert assistant.contact_order == (reception,)
    assert assistant.accessibility_contact == reception


def test_contacts_come_in_the_chosen_order(norrby: Municipality) -> None:
    assert [c.id for c in ordered_contacts(norrby)] == ["hemhjalp", "eva_ek"]
    turned = replace(norrby, assistant=replace(norrby.assistant, contact_order=("eva_ek",)))
    assert [c.id for c in ordered_contacts(turned)] == ["eva_ek", "hemhjalp"]


@pytest.mark.parametrize(
    ("moment", "shown"),
    [
        ("2026-12-19T23:59:59+01:00", False),
        ("2026-12-20T00:00:00+01:00", True),
        ("2027-12-23T23:59:59+01:00", True),
        ("2027-12-24T00:00:00+01:00", False),
        # Midnight is Swedish, whatever clock the moment is told by.
        ("2026-12-19T22:59:00+00:00", False),
        ("2026-12-19T23:00:00+00:00", True),
        ("2026-12-20T00:00:00", True),
    ],
)
def test_notices_by_day(norrby: Municipality, moment: str, shown: bool) -> None:
    assert bool(active_notices(norrby, dt.datetime.fromisoformat(moment))) == shown


def test_notices_by_channel(norrby: Municipality) -> None:
    moment = dt.datetime(2027, 1, 1, 12, tzinfo=dt.timezone.utc)
    assert len(active_notices(norrby, moment)) == 1
    assert len(active_notices(norrby, moment, "web")) == 1
    assert active_notices(norrby, moment, "kiosk") == ()
    everywhere = Notice("a", moment.date(), moment.date(), {"sv": "x", "en": "y"})
    assert everywhere.applies(moment.date(), "kiosk")


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        ('primary: "#1f4e6b"', 'primary: "#c0ffee"', "colours.on_primary: the contrast to primary"),
        ('primary: "#1f4e6b"', "primary: blue", "colours.primary: write a colour as #1f4e6b"),
        ("logo: null", "logo: ../hemlig.svg", "logo: write the name of an svg or png file"),
        ("logo: null", "logo: norrby.svg", "logo: there is no file 'norrby.svg'"),
        ("contact_order: [hemhjalp]", "contact_order: [x]", "contact_order: there is no contact"),
        ("    contact: hemhjalp", "    contact: x", "notices[stangt].contact: there is no"),
        ("to: 2027-12-23", "to: 2026-12-19", "notices[stangt].to: 2026-12-19 is before from"),
        ("to: 2027-12-23", "to: snart", "snart"),
        ("en: The phone is closed on 23 December.", "en: ' '", "notices[stangt].en: a text is"),
        (", en: Hello from Norrby!", "", "greeting.en: a text is missing"),
        (
            "accessibility: {contact: hemhjalp",
            "accessibility: {contact: x",
            "accessibility.contact",
        ),
        ("  - id: stangt\n", "  - idd: stangt\n", "the field 'id' is missing"),
    ],
)
def test_refused_at_start(tmp_path: Path, old: str, new: str, told: str) -> None:
    content = copy_to(tmp_path)
    edit(content, FILE, old, new)
    with pytest.raises(ContentError) as error:
        load_knowledge(content)
    assert FILE in str(error.value) and told in str(error.value)


def test_all_that_can_be_told(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / "norrby/logotyp.png").write_bytes(b"\x89PNG")
    edit(content, FILE, "logo: null", "logo: logotyp.png")
    edit(content, FILE, "switched_off: null", "switched_off: {sv: Stängt nu., en: Off now.}")
    edit(
        content,
        FILE,
        "data_protection_officer: null",
        "data_protection_officer: {name: Ombudet, email: ombud@norrby.se, source: Norrbys webb,"
        " reviewed: 2026-11-22}",
    )
    edit(
        content,
        FILE,
        "assessment: null",
        "assessment: {day: 2026-11-01, status: delvis, method: {sv: Vi provade., en: We tried.},"
        " shortcomings: [{sv: En brist., en: A fault.}]}",
    )
    assistant = load_knowledge(content).municipalities["norrby"].assistant
    assert assistant.logo == "logotyp.png"
    assert assistant.switched_off == {"sv": "Stängt nu.", "en": "Off now."}
    officer, assessment = assistant.data_protection_officer, assistant.assessment
    assert officer is not None and (officer.name, officer.phone) == ("Ombudet", None)
    assert assessment is not None and assessment.status == "delvis"
    assert assessment.shortcomings[0]["en"] == "A fault."
