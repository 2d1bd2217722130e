"""What day, time or period a question asks about, in the ways people write it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.understanding.dates import DateQuestion, find_dates
from bot.understanding.dates_text import prepare

NOW = dt.datetime.fromisoformat("2026-11-24T10:30")
"""A Tuesday."""


def shown(question: DateQuestion | None) -> str:
    """A question in one line: its kind, days, time, and what else is set."""
    if question is None:
        return "-"
    parts: list[str] = [question.kind, *(d.isoformat() for d in question.days)]
    if question.weekdays:
        parts.append("weekdays " + ",".join(map(str, question.weekdays)))
    if clock := question.clock:
        time = clock.moment.strftime("%H:%M")
        time += clock.until.strftime("-%H:%M") if clock.until else ""
        parts.append(time if clock.relation in ("at", "between") else f"{clock.relation} {time}")
        parts += [clock.part] if clock.part else []
    parts += [question.wants] if question.wants != "hours" else []
    parts += [question.special] if question.special else []
    parts += [question.phrase] if question.kind == "season" and question.phrase else []
    return " ".join(parts)


ASKED = [
    # This moment.
    ("är det öppet nu", "now"),
    ("svarar nån just nu", "now"),
    ("har ni öppet?", "now"),
    ("är det fortfarande öppet", "now"),
    ("är telefonen stängd för lunch nu", "now"),
    ("E du nån som svara nu?", "now"),
    ("är det för sent att ringa", "now"),
    ("are you open now?", "now"),
    # Closing and opening.
    ("hur länge till är det öppet?", "now closes"),
    ("när stänger telefonen", "now closes"),
    ("stänger ni klockan fyra?", "now closes"),
    ("är ni öppna till fyra", "now closes"),
    ("när öppnar ni", "next"),
    ("när öppnar växeln härnäst", "next"),
    ("när går det att ringa igen", "next"),
    ("när tidigast kan jag nå någon?", "next"),
    ("when do you open", "next"),
    ("senast jag kan ringa idag", "day 2026-11-24 closes"),
    ("hur länge har ni öppet idag", "day 2026-11-24 closes"),
    ("tidigast imorgon", "day 2026-11-25 opens"),
    ("hur dags imorgon bitti öppnar telefonen", "day 2026-11-25 opens"),
    ("what time do you close today", "day 2026-11-24 closes"),
    # Today, tomorrow, and so on.
    ("hinner jag ringa idag", "day 2026-11-24"),
    ("nar oppnar ni imorron", "day 2026-11-25 opens"),
    ("går det i morrn", "day 2026-11-25"),
    ("imorn bitti", "day 2026-11-25 06:00-10:00 morning"),
    ("imrgon funkar det inte", "day 2026-11-25"),
    ("har ni öppet i övermorgon", "day 2026-11-26"),
    ("i kväll", "day 2026-11-24 17:00-23:00 evening"),
    ("i eftermiddag", "day 2026-11-24 12:00-17:00 afternoon"),
    ("imorgon förmiddag", "day 2026-11-25 06:00-12:00 forenoon"),
    ("om två dagar", "day 2026-11-26"),
    ("om en vecka", "day 2026-12-01"),
    ("är det öppet ida", "day 2026-11-24"),
    ("tomorrow morning", "day 2026-11-25 06:00-10:00 morning"),
    ("onko puhelin auki huomenna", "day 2026-11-25"),
    ("er telefonen åben i morgen", "day 2026-11-25"),
    # Weekdays.
    ("när kan jag ringa på torsdag", "day 2026-11-26"),
    ("på lörda", "day 2026-11-28"),
    ("är det öppet på lördan", "day 2026-11-28"),
    ("på fredan", "day 2026-11-27"),
    ("ar ni oppna pa mandag", "day 2026-11-30"),
    ("är de öppet på sönda", "day 2026-11-29"),
    ("på tordag", "day 2026-11-26"),
    ("på tosdag", "day 2026-11-26"),
    ("ONSDAG", "day 2026-11-25"),
    ("ons kl 13", "day 2026-11-25 13:00"),
    ("stänger ni tidigare på fre", "day 2026-11-27 closes"),
    ("nästa fredag", "day 2026-12-04"),
    ("fredag nästa vecka", "day 2026-12-04"),
    ("nästa vecka tisdag", "day 2026-12-01"),
    ("tisdag v 49", "day 2026-12-01"),
    ("onsdag om en vecka", "day 2026-12-02"),
    ("lördag eller söndag", "days 2026-11-28 2026-11-29"),
    ("tors o fre", "days 2026-11-26 2026-11-27"),
    ("next thursday", "day 2026-12-03"),
    ("Har dere åpent på lørdag?", "day 2026-11-28"),
    # Weekdays in general.
    ("och på torsdagar då?", "weekly weekdays 3"),
    ("när är enheten öppen på tors dagar", "weekly weekdays 3"),
    ("varje onsdag", "weekly weekdays 2"),
    ("på torsdagsförmiddagar", "weekly weekdays 3 06:00-12:00 forenoon"),
    ("är tiderna kortare på fredagar", "weekly weekdays 4 compare"),
    ("hur dags stänger ni på fredagar", "weekly weekdays 4 closes"),
    ("vardagar", "weekly weekdays 0,1,2,3,4"),
    ("mån-fre", "weekly weekdays 0,1,2,3,4"),
    ("måndag till onsdag", "weekly weekdays 0,1,2"),
    ("har ni öppet på helger", "weekly weekdays 5,6"),
    ("helgen", "weekly weekdays 5,6"),
    ("are you open on weekends", "weekly weekdays 5,6"),
    ("i helgen", "days 2026-11-28 2026-11-29"),
    ("nästa vecka", "days 2026-11-30 2026-12-01 2026-12-02 2026-12-03 2026-12-04"),
    ("vecka 52", "days 2026-12-21 2026-12-22 2026-12-23 2026-12-24 2026-12-25"),
    # Dates.
    ("den 3 december", "day 2026-12-03"),
    ("3:e december", "day 2026-12-03"),
    ("den tredje december", "day 2026-12-03"),
    ("24/12", "day 2026-12-24"),
    ("24.12.", "day 2026-12-24"),
    ("24 dec kl 10", "day 2026-12-24 10:00"),
    ("2026-12-24", "day 2026-12-24"),
    ("är det öppet den 1 januari 2027", "day 2027-01-01"),
    ("den 27:e", "day 2026-11-27"),
    ("på torsdag den 26:e", "day 2026-11-26"),
    ("torsdag 26 november klockan 11", "day 2026-11-26 11:00"),
    ("opening hours december 28", "day 2026-12-28"),
    # Named days.
    ("på midsommarafton?", "day 2027-06-25"),
    ("mid sommar afton", "day 2027-06-25"),
    ("midsomarafton", "day 2027-06-25"),
    ("Julaften?", "day 2026-12-24"),
    ("på nyårsdan", "day 2027-01-01"),
    ("annandan", "day 2026-12-26"),
    ("mellandagarna", "days 2026-12-27 2026-12-28 2026-12-29 2026-12-30"),
    ("är ni öppna mellan jul och nyår", "days 2026-12-27 2026-12-28 2026-12-29 2026-12-30"),
    ("jul och nyår", "days " + " ".join(f"2026-12-{d}" for d in range(24, 32)) + " 2027-01-01"),
    ("i jul", "days 2026-12-24 2026-12-25 2026-12-26"),
    ("julveckan", "days " + " ".join(f"2026-12-{d}" for d in range(21, 28))),
    ("trettondagen", "day 2027-01-06"),
    ("trettondagsafton", "day 2027-01-05"),
    ("skärtorsdan", "day 2027-03-25"),
    ("det är ju långfredag på fredag har ni stängt då?", "day 2027-03-26"),
    ("i påsk", "days 2027-03-25 2027-03-26 2027-03-27 2027-03-28 2027-03-29"),
    ("påskafton", "day 2027-03-27"),
    ("annandag påsk", "day 2027-03-29"),
    ("valborg", "day 2027-04-30"),
    ("sista april", "day 2027-04-30"),
    ("första maj", "day 2027-05-01"),
    ("Kristi himmelsfärd", "day 2027-05-06"),
    ("kristihimmelsfärdsdag", "day 2027-05-06"),
    ("klämdagen efter kristi himmelsfärd", "day 2027-05-07"),
    ("pingst", "days 2027-05-15 2027-05-16"),
    ("nationaldagen", "day 2027-06-06"),
    ("alla helgons dag", "day 2027-11-06"),
    ("lucia är en söndag, och luciadagen?", "day 2026-12-13"),
    ("dagen före midsommarafton", "day 2027-06-24"),
    ("dagen efter annandag påsk", "day 2027-03-30"),
    ("innan jul", "day 2026-12-23"),
    ("när öppnar ni efter jul", "next 2026-12-27"),
    ("efter nyår", "next 2027-01-02"),
    ("Are you open on Christmas Eve?", "day 2026-12-24"),
    # Red days in general.
    ("öppet på röda dagar?", "special red"),
    ("helgdagar", "special red"),
    ("har ni öppet på klämdagar", "special bridge"),
    ("dagen före röd dag", "special eve"),
    # Times of day.
    ("klockan tio", "clock 10:00"),
    ("kl 8", "clock 08:00"),
    ("kl 0830", "clock 08:30"),
    ("kl 16.10", "clock 16:10"),
    ("9:30", "clock 09:30"),
    ("vid halv nio", "clock 08:30"),
    ("halv ett", "clock 12:30"),
    ("kvart över åtta", "clock 08:15"),
    ("kvart i nio", "clock 08:45"),
    ("fem i halv nio", "clock 08:25"),
    ("tio över tre", "clock 15:10"),
    ("tio i tre på onsdag", "day 2026-11-25 14:50"),
    ("elva?", "clock 11:00"),
    ("niosnåret", "clock 09:00"),
    ("efter tre", "clock after 15:00"),
    ("har ni öppet efter fyra?", "clock after 16:00"),
    ("före åtta", "clock before 08:00"),
    ("jag slutar 14.30, hinner jag ringa?", "clock after 14:30"),
    ("jag jobbar till fem, går det att nå er efter det", "clock after 17:00"),
    ("runt lunch", "clock 12:00 lunch"),
    ("har ni lunchstängt", "clock 12:00 lunch"),
    ("efter lunch", "clock 12:00-17:00 afternoon"),
    ("på eftermiddagarna", "clock 12:00-17:00 afternoon"),
    ("går det att ringa på kvällen", "clock 17:00-23:00 evening"),
    ("har ni jour på natten", "clock 00:00-06:00 night"),
    ("vid 8 på morgonen", "clock 08:00 morning"),
    ("klockan sex på kvällen", "clock 18:00 evening"),
    ("mellan tio och tolv på fredag", "day 2026-11-27 10:00-12:00"),
    ("10-12 imorgon", "day 2026-11-25 10:00-12:00"),
    ("om en timme", "day 2026-11-24 11:30"),
    ("om en kvart", "day 2026-11-24 10:45"),
    ("om 45 min", "day 2026-11-24 11:15"),
    ("torsdag vid elva", "day 2026-11-26 11:00"),
    ("kan ja komma i mårron vid tie", "day 2026-11-25 10:00"),
    ("can I visit at half past two on friday", "day 2026-11-27 14:30"),
    ("3 pm", "clock 15:00"),
    ("is there anyone there at noon?", "clock 12:00"),
    # Parts of the year.
    ("i sommar", "season 2027-06-01 2027-08-31 sommar"),
    ("på sommaren", "season 2027-06-01 2027-08-31 sommar"),
    ("under semestern", "season 2027-06-01 2027-08-31 sommar"),
    ("i juli", "season 2027-07-01 2027-07-31 month:7"),
    ("är det andra tider i juli och augusti", "season 2027-07-01 2027-07-31 month:7"),
    ("efter sommaren", "season 2027-06-01 2027-08-31 back"),
    ("när går det tillbaka", "season back"),
    ("gäller de vanliga tiderna igen", "season back"),
    ("är sommartiden slut", "season 2027-06-01 2027-08-31 back"),
    ("hur är det i vinter", "season 2026-12-01 2027-02-28 vinter"),
    ("gäller sommartiden i maj", "season 2027-05-01 2027-05-31 month:5"),
    # Sentences that ask outrank sentences that tell.
    ("Jag är ledig i dag. Är det öppet på fredag?", "day 2026-11-27"),
    ("Ringde i går vid tre men ingen svarade, har ni öppet idag?", "day 2026-11-24"),
    ("Jag har rast på torsdag. Kan jag ringa vid tolv?", "day 2026-11-26 12:00"),
]


@pytest.mark.parametrize(("text", "expected"), ASKED)
def test_what_is_asked_about(text: str, expected: str) -> None:
    assert shown(find_dates(text, NOW)) == expected


NO_TIME = [
    "min dotter är 14 år",
    "mamma är 78 och bor på Kungsgatan 10",
    "vid 14 års ålder",
    "om jag är 17?",
    "barn 10-12 år",
    "vi har två barn på 8 och 11 år",
    "barnet är 10 och går i fyran",
    "hur många timmar får man",
    "upp till 10 timmar/månad",
    "får jag 3 timmar i veckan",
    "vad kostar 20 timmar",
    "ring 090-16 10 02",
    "0240-868 37",
    "0240 86837",
    "0901610020",
    "personnummer 19400101-1234",
    "jag bor på Storgatan 12 B",
    "Kungsgatan 71–73",
    "lgh 1102",
    "9 § LSS",
    "paragraf 9 punkt 3",
    "jag har två barn",
    "efter två avslag",
    "vid ett tillfälle",
    "vi är tre stycken som vill hjälpa",
    "nej jag menade den andra",
    "den 1:a gången",
    "kontaktfamilj en helg i månaden",
    "vi behöver avlösning varannan helg",
    "Maj-Britt heter jag",
    "hej ida heter jag",
    "jag bor i Mora",
    "i vår kommun",
    "jag vårdar min man dygnet runt",
    "jag vårdar min mamma",
    "mandatet",
    "i fredags svarade ingen",
    "varför svarade ingen igår",
    "förra veckan var det stängt",
    "pappa ramlade i måndags",
    "min mamma är född 24/12 1940 och behöver hjälp",
    "sedan 1 juli 2022",
    "vad kostar ledsagning",
    "när kan man ringa",
    "vilka öppettider har ni",
]


@pytest.mark.parametrize("text", NO_TIME)
def test_other_numbers_and_names_are_no_times(text: str) -> None:
    assert find_dates(text, NOW) is None


@pytest.mark.parametrize(
    ("now", "text", "expected"),
    [
        ("2026-12-24T09:00", "julafton", "day 2026-12-24"),
        ("2026-12-25T09:00", "julafton", "day 2027-12-24"),
        ("2026-12-26T09:00", "i jul", "days 2026-12-24 2026-12-25 2026-12-26"),
        ("2026-12-31T09:00", "är ni öppna 1 januari", "day 2027-01-01"),
        ("2027-01-01T09:00", "nyårshelgen", "days 2026-12-31 2027-01-01"),
        ("2026-11-26T09:00", "på torsdag", "day 2026-12-03"),
        ("2026-11-28T09:00", "i helgen", "days 2026-11-28 2026-11-29"),
        ("2026-11-29T09:00", "i helgen", "day 2026-11-29"),
        ("2026-02-28T09:00", "den 29 februari", "day 2028-02-29"),
        ("2026-07-15T09:00", "i sommar", "season 2026-06-01 2026-08-31 sommar"),
        ("2027-01-15T09:00", "i vinter", "season 2026-12-01 2027-02-28 vinter"),
        ("2026-11-24T23:30", "om en timme", "day 2026-11-25 00:30"),
        (
            "2026-12-30T09:00",
            "vecka 1",
            "days 2027-01-04 2027-01-05 2027-01-06 2027-01-07 2027-01-08",
        ),
    ],
)
def test_the_next_one_is_meant(now: str, text: str, expected: str) -> None:
    assert shown(find_dates(text, dt.datetime.fromisoformat(now))) == expected


def test_hostile_length_costs_little() -> None:
    """Patterns may not take quadratic time: a message is from anyone."""
    for text in ("när " * 5000, "1" * 20000, "öppet " * 5000, "12.30 " * 5000):
        find_dates(text, NOW)


def test_prepared_text_has_one_spelling() -> None:
    assert prepare("På LÖRDA  i mårron") == "pa lordag imorgon"
