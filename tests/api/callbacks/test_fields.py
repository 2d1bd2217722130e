"""What was written is checked field by field, and a problem never quotes it."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest

from api.callbacks.fields import (
    Checked,
    Question,
    mail_address,
    problem_text,
    read_question,
    read_wish,
    refusal,
)
from api.callbacks.records import Slot, Wish

NOON = dt.datetime(2026, 11, 23, 12, tzinfo=dt.timezone.utc)
SLOT = Slot("a/b", "måndag", NOON, NOON)
WISH = Wish("Kim Berg", "070-174 06 05", "Ledsagning till tandläkaren", "a/b", consent=True)


def problems(wish: Wish, slot: Slot | None = SLOT) -> dict[str, str]:
    """What is wrong with it."""
    found = read_wish(wish, slot)
    return {} if isinstance(found, Checked) else dict(found)


def with_field(field: str, written: str) -> Wish:
    """The wish with another text in a field."""
    changed: dict[str, Any] = {field: written}
    return replace(WISH, **changed)


def checked(**changed: Any) -> Checked:
    """What is kept of it."""
    found = read_wish(replace(WISH, **changed), SLOT)
    assert isinstance(found, Checked), found
    return found


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("070-174 06 05", "070-174 06 05"),
        ("0701740605", "070-174 06 05"),
        ("+46 (0)70 174 06 05", "070-174 06 05"),
        ("0046701740605", "070-174 06 05"),
        (" 090\u2011161 002 ", "090-16 10 02"),
        ("+358 40 123 4567", "+358 401 234 567"),
    ],
)
def test_a_number_is_read_back_in_one_way(written: str, kept: str) -> None:
    assert checked(phone=written).phone == kept


@pytest.mark.parametrize(
    ("field", "written", "problem"),
    [
        ("name", " \u200b ", "name_empty"),
        ("name", "12", "name_empty"),
        ("name", "x" * 81, "name_long"),
        ("name", "Kim 070-174 06 05", "name_digits"),
        ("phone", "", "phone_empty"),
        ("phone", "i morgon", "phone_no_number"),
        ("phone", "varför då?", "phone_no_number"),
        ("phone", "112", "phone_short"),
        ("phone", "1740605", "phone_area"),
        ("phone", "480615-9846", "phone_identity"),
        ("phone", "070-174 06 05 eller 070-174 06 06", "phone_several"),
        ("phone", "0701740605070", "phone_long"),
        ("phone", "0900-123 45 67", "phone_costly"),
        ("about", "…", "about_empty"),
        ("about", "x" * 301, "about_long"),
    ],
)
def test_a_problem_is_told_at_its_field(field: str, written: str, problem: str) -> None:
    assert problems(with_field(field, written)) == {field: problem}
    for language in ("sv", "en"):
        told = problem_text(problem, language)
        assert told.endswith(".")
        assert "{" not in told
        assert not written.strip("\u200b ") or written not in told


def test_all_problems_are_told_in_the_order_of_the_form() -> None:
    found = problems(Wish("", "", "", ""), None)
    assert list(found) == ["name", "phone", "about", "time", "consent"]
    first = refusal(found)
    assert (first.status, first.code, first.field) == (422, "field_wrong", "name")
    assert first.text("en") == "Write your name. Your first name is enough."


def test_a_time_that_is_gone_is_not_one_that_was_never_chosen() -> None:
    assert problems(WISH, None) == {"time": "time_gone"}
    assert problems(replace(WISH, time=""), None) == {"time": "time_empty"}


def test_limits_are_told_in_characters() -> None:
    assert "80 tecken" in problem_text("name_long", "sv")
    assert "1000 characters" in problem_text("question_long", "en")


def test_what_is_kept_is_on_one_line_and_without_identity_numbers() -> None:
    assert checked(name="Kim\r\nBerg\u202e").name == "Kim Berg"
    kept = checked(about="Mamma 480615-9846\nbehöver ledsagning").about
    assert kept == "Mamma [personnummer] behöver ledsagning"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("kim@example.se", "kim@example.se"),
        (" <Kim.Berg+a@EXAMPLE.se> ", "Kim.Berg+a@example.se"),
        ("mailto:kim@example.se", "kim@example.se"),
        ("kim@räksmörgås.se", "kim@xn--rksmrgs-5wao1o.se"),
        ("kim@example", None),
        ("kim", None),
        ("@example.se", None),
        ("kim@@example.se", None),
        ("kim berg@example.se", None),
        ("kim@example..se", None),
        ("kim@-example.se", None),
        ("kim@example.se\nBcc: all@example.se", None),
        ("kim@example.se, anna@example.se", None),
        ('"kim"@example.se', None),
        ("å@example.se", None),
        ("kim@" + "a" * 64 + ".se", None),
        ("k" * 250 + "@example.se", None),
    ],
)
def test_addresses(written: str, kept: str | None) -> None:
    assert mail_address(written) == kept


def test_a_question_to_mail() -> None:
    found = read_question("kim@example.se", "Vad kostar det?\nOch när, 480615-9846?", True)
    assert found == Question("kim@example.se", "Vad kostar det?\nOch när, [personnummer]?")
    assert read_question("", "?", False) == {
        "reply_to": "reply_to_empty",
        "about": "question_empty",
        "consent": "consent_missing",
    }
    assert read_question("kim", "x" * 1001, True) == {
        "reply_to": "reply_to_wrong",
        "about": "question_long",
    }
