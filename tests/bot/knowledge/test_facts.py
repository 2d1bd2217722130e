"""Facts in Swedish and English text: what is found, and what proves what."""

from __future__ import annotations

import pytest

from bot.knowledge.validator_facts import facts, unproven

PROVEN = [
    ("up to 10 hours a month", "Upp till 10 timmar/månad"),
    ("upp till tio timmar i månaden", "upp till 10 timmar/månad"),
    ("over 12 years of age", "skolungdom över 12 år"),
    ("once a day", "en gång om dagen eller flera gånger i veckan"),
    ("at one time or regularly", "vid ett tillfälle eller regelbundet"),
    ("Since 1 July 2022", "från och med 1 juli 2022"),
    ("July 1, 2022", "den första juli 2022"),
    ("in November 2019", "13 november 2019 klockan 12.04"),
    ("2019", "Sidan uppdaterad 2019-08-06"),
    ("den 6 augusti 2019", "Sidan uppdaterad 2019-08-06"),
    ("in spring 2022 and March 2023", "under våren 2022 och var klar mars 2023"),
    ("från 1 maj till 31 augusti", "Ändrade telefontider 1/5-31/8"),
    ("halv nio", "klockan 08.30"),
    ("half past eight", "klockan 08.30"),
    ("kvart över fyra", "13:00-16:15"),
    ("kvart i fem", "till 16.45"),
    ("4 pm", "13.00–16.00"),
    ("klockan fyra", "13.00–16.00"),
    ("klockan nio till sexton", "09.00–16.00"),
    ("klockan 9–16", "09.00–16.00"),
    ("från åtta och trettio till elva och trettio", "08.30–11.30"),
    ("on Wednesdays", "Måndag–fredag"),
    ("weekdays", "Vardagar 9:00-12:00"),
    ("090-161002", "090-16 10 02"),
    ("+46 90 16 10 02", "090-16 10 02"),
    ("noll nio noll, sexton, tio, noll två", "090-16 10 02"),
    ("Kungsgatan 71-73", "Besöksadress Kungsgatan 71–73"),
    ("P.O. Box 3045", "Box 3045"),
    ("25 %", "25 procent"),
    ("tjugo platser", "20 platser"),
    ("1 200 kronor", "1200 kr"),
    ("12-åringar", "12 år"),
]

UNPROVEN = [
    ("10 timmar i veckan", "10 timmar/månad"),
    ("10 timmar", "upp till 10 timmar"),
    ("minst 10 timmar", "upp till 10 timmar"),
    ("12 timmar", "10 timmar för den som är över 12 år"),
    ("twice a day", "en gång om dagen"),
    ("1 juli 2023", "1 juli 2022, klar mars 2023"),
    ("våren 2023", "våren 2022, klar mars 2023"),
    ("2 juli 2022", "1 juli 2022"),
    ("halv nio", "klockan 09.30"),
    ("08.30", "20.30"),
    ("16", "090-16 10 02"),
    ("30", "klockan 08.30"),
    ("71", "Kungsgatan 71–73"),
    ("Kungsgatan 71", "Kungsgatan 71–73"),
    ("903 01 Umeå", "903 02 Umeå"),
    ("lördagar", "Måndag–fredag"),
    ("tre förslag", "några av de förslag"),
    ("det tredje förslaget", "13 förslag"),
    ("info@umea.se", "mottagningsenheten@umea.se"),
    ("www.umea.se", "umea"),
    ("fem", "femtio"),
    ("12 platser", "över 12 år"),
    ("klockan nio till sjutton", "09.00–16.00"),
    ("klockan åtta och fyrtiofem", "08.30–11.30"),
]

NO_FACTS = [
    "Det finns en ansökan för barn och en för vuxna.",
    "People with home care are to be offered one; you may call again.",
    "Ledsagning sker ibland, men andra gånger inte, på en annan plats.",
    "Man kan fråga om det, till exempel hos kommunen.",
]


@pytest.mark.parametrize(("text", "evidence"), PROVEN)
def test_proven(text: str, evidence: str) -> None:
    assert facts(text)
    assert unproven(text, facts(evidence)) == []


@pytest.mark.parametrize(("text", "evidence"), UNPROVEN)
def test_unproven(text: str, evidence: str) -> None:
    assert unproven(text, facts(evidence))


@pytest.mark.parametrize("text", NO_FACTS)
def test_ordinary_words_are_no_facts(text: str) -> None:
    assert facts(text) == ()
