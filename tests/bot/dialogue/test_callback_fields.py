"""Reading a field of a callback: what is an answer, what is none, and what is wrong with it."""

from __future__ import annotations

import datetime as dt

import pytest

from bot.dialogue.callback_fields import ABOUT_LIMIT, NAME_LIMIT, STEPS, FieldReading, read_field
from bot.dialogue.turn import STOCKHOLM

MONDAY = "måndag 23 november, klockan 08.30–11.30"
AFTERNOON = "måndag 23 november, klockan 13.00–16.00"
TUESDAY = "tisdag 24 november, klockan 08.30–11.30"
TIMES = (MONDAY, AFTERNOON, TUESDAY)
SUNDAY = dt.datetime(2026, 11, 22, 10, 0, tzinfo=STOCKHOLM)


@pytest.mark.parametrize(
    ("written", "read_back"),
    [
        ("0701234567", "070-123 45 67"),
        ("070-123 45 67", "070-123 45 67"),
        ("070/123 45 67", "070-123 45 67"),
        ("070 1234567.", "070-123 45 67"),
        ("0 7 0 1 2 3 4 5 6 7", "070-123 45 67"),
        ("+46 (0)70 123 45 67", "070-123 45 67"),
        ("0046701234567", "070-123 45 67"),
        ("46701234567", "070-123 45 67"),
        ("٠٧٠١٢٣٤٥٦٧", "070-123 45 67"),
        ("070123-4567", "070-123 45 67"),
        ("mitt nummer är 0240-860 00, helst efter 17", "0240-860 00"),
        ("08-123 456 78", "08-123 456 78"),
        ("090-16 10 02", "090-16 10 02"),
        ("+358 40 1234567", "+358 401 234 567"),
        ("+1 (212) 555-0100", "+1 212 555 0100"),
        ("ring 0730001122 är ni snälla", "073-000 11 22"),
    ],
)
def test_a_number_in_any_usual_writing(written: str, read_back: str) -> None:
    assert read_field("phone", written) == FieldReading("given", read_back)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("noll sju noll", "no_number"),
        ("jag har ingen telefon", "no_number"),
        ("121212-1212", "identity"),
        ("19121212-1212", "identity"),
        ("701234567", "area"),
        ("112", "short"),
        ("070-123 45", "short"),
        ("070-123 45 67 89", "long"),
        ("0900 123 45 67", "costly"),
        ("070 123 45 67 eller 08-12345678", "several"),
    ],
)
def test_what_is_wrong_with_a_number(written: str, problem: str) -> None:
    assert read_field("phone", written) == FieldReading("refused", problem=problem)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("Anna Andersson", "Anna Andersson"),
        ("jag heter Åsa Öst-Berg.", "Åsa Öst-Berg"),
        ("Hej, mitt namn är Bo", "Bo"),
        ("my name is John O'Neill", "John O'Neill"),
        ("Kan Yilmaz", "Kan Yilmaz"),
        ("محمد علي", "محمد علي"),
    ],
)
def test_a_name(written: str, name: str) -> None:
    assert read_field("name", written) == FieldReading("given", name)


@pytest.mark.parametrize(
    ("written", "problem"),
    [
        ("Anna, 070-123 45 67", "digits"),
        ("vill inte säga", "unclear"),
        ("nej", "unclear"),
        ("...", "unclear"),
        ("jag bor på en gård och har många får där", "unclear"),
        ("x" * (NAME_LIMIT + 1), "long"),
    ],
)
def test_what_is_wrong_with_a_name(written: str, problem: str) -> None:
    assert read_field("name", written) == FieldReading("refused", problem=problem)


@pytest.mark.parametrize(
    "written",
    [
        "mammas hemtjänst",
        "hur mycket mamma ska betala",
        "avgiften, den är fel",
        "jag vill prata med någon om min ansökan",
        "jag vill byta ledsagare och undrar hur det går till med det",
    ],
)
def test_what_a_call_is_about(written: str) -> None:
    assert read_field("about", written) == FieldReading("given", written)


def test_a_subject_has_letters_and_an_end() -> None:
    assert read_field("about", "...").problem == "empty"
    assert read_field("about", "å" * (ABOUT_LIMIT + 1)).problem == "long"


@pytest.mark.parametrize(
    ("written", "title"),
    [
        (MONDAY, MONDAY),
        ("Måndag 23 november, klockan 08.30-11.30", MONDAY),
        ("2", AFTERNOON),
        ("nummer 3 tack", TUESDAY),
        ("kan jag ta tvåan", AFTERNOON),
        ("tisdag", TUESDAY),
        ("24/11", TUESDAY),
        ("måndag eftermiddag", AFTERNOON),
        ("den 23 kl 9", MONDAY),
        ("i morgon efter 13", AFTERNOON),
        ("går det på tisdag?", TUESDAY),
        ("när som helst", MONDAY),
        ("as soon as possible", MONDAY),
    ],
)
def test_a_time_by_number_day_or_hour(written: str, title: str) -> None:
    assert read_field("time", written, TIMES, SUNDAY) == FieldReading("given", title)


@pytest.mark.parametrize(
    ("written", "problem"),
    [("lördag", "unknown"), ("klockan 12", "unknown"), ("måndag", "several"), ("nio", "unknown")],
)
def test_what_is_wrong_with_a_time(written: str, problem: str) -> None:
    assert read_field("time", written, TIMES, SUNDAY) == FieldReading("refused", problem=problem)


@pytest.mark.parametrize("written", ["ja", "Ja, det stämmer", "ok", "yes", "kyllä", "نعم"])
def test_a_yes(written: str) -> None:
    assert read_field("confirm", written).answer == "given"


def test_a_no_is_refused_and_anything_else_is_no_answer() -> None:
    assert read_field("confirm", "nej").problem == "no"
    assert read_field("confirm", "Nej, ändra något").problem == "no"
    assert read_field("confirm", "jag har en fundering till").answer == "none"


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize(
    "written",
    [
        "avbryt",
        "jag ångrar mig",
        "cancel",
        "ändra numret",
        "Vad kostar ledsagning?",
        "vad sparas om mig?",
        "Bli uppringd",
        "Chatta med en människa",
        "jag vill hellre chatta",
    ],
)
def test_a_wish_or_a_question_is_no_answer(step: str, written: str) -> None:
    assert read_field(step, written, TIMES, SUNDAY) == FieldReading("none")


def test_there_is_no_other_step() -> None:
    with pytest.raises(ValueError, match="address"):
        read_field("address", "Storgatan 1")
