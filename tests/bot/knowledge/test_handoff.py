"""Handing over: what a municipality opened, and the words of the desk."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.handoff import (
    DAYS_AHEAD,
    Canned,
    HandoffPlan,
    canned_replies,
    load_desk_words,
    load_plans,
)
from bot.knowledge.loader import ContentError, load_knowledge
from bot.knowledge.validator import validate
from tests.bot.knowledge.mini import MINI, TODAY, copy_to, edit

PLAN = "norrby/handoff.yml"
DESK = "common/desk.yml"


def problems(content: Path) -> list[str]:
    return [str(problem) for problem in validate(content, TODAY)]


def test_plan_is_read() -> None:
    plan = load_plans(MINI)["norrby"]
    assert (plan.unit, plan.days_ahead) == ("hemhjalp", 3)
    assert plan.ways == {"chat", "callback", "mail"}
    assert plan.hours == load_knowledge(MINI).municipalities["norrby"].reception_unit.phone_hours
    assert [reply.id for reply in plan.canned] == ["bus"]


def test_municipality_without_a_plan_opens_nothing() -> None:
    plan = load_plans(MINI)["soderby"]
    assert plan == HandoffPlan("soderby", "vaxel")
    assert (plan.ways, plan.hours, plan.days_ahead) == (frozenset(), None, DAYS_AHEAD)


def test_hours_of_the_desk_come_before_those_of_the_phone(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, PLAN, "hours: null", 'hours: "Mo-Fr 08:00-16:00"')
    hours = load_plans(content)["norrby"].hours
    assert hours is not None
    assert (hours.osm, hours.weekdays_named, hours.seasons) == ("Mo-Fr 08:00-16:00", True, ())


def test_what_is_left_out_has_a_default(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / PLAN).write_text("chat: false\ncallback: true\nmail: false\n", encoding="utf-8")
    plan = load_plans(content)["norrby"]
    assert (plan.unit, plan.canned) == ("hemhjalp", ())
    assert plan.ways == {"callback"}
    assert plan.days_ahead == DAYS_AHEAD


def test_words_are_said_in_the_language_as_far_as_we_have_it() -> None:
    words = load_desk_words(MINI)
    assert words.say("waiting", "en", place=2) == "You are number 2 in line."
    for language in ("sv", "fi", None):
        assert words.say("waiting", language, place=2) == "Du är nummer 2 i kön."
    with pytest.raises(KeyError):
        words.say("waiting", "sv")
    assert load_desk_words(MINI) is words


def test_canned_replies_are_filled_in_with_the_units_own() -> None:
    norrby, soderby = (load_knowledge(MINI).municipalities[m] for m in ("norrby", "soderby"))
    texts = {reply.id: reply.text for reply in canned_replies(norrby, "sv", MINI)}
    assert list(texts) == ["bus", "welcome", "call", "callback"]
    assert texts["call"].startswith("Ring hemhjälpen, 090-12 34 56. Måndag–onsdag, klockan")
    assert [r.id for r in canned_replies(soderby, "sv", MINI)] == ["welcome", "call"]
    english = {reply.id: reply.text for reply in canned_replies(soderby, "en", MINI)}
    assert english["welcome"] == "Hello, a person is answering."


def test_a_reply_that_lacks_a_value_is_not_there() -> None:
    canned = Canned("call", "Ring", "Ring {phone}.", "Call {phone}.")
    assert canned.text("sv", {"phone": None}) is None
    assert canned.text("sv", {}) is None
    assert canned.text("en", {"phone": "090-12 34 56"}) == "Call 090-12 34 56."


BROKEN_PLANS = [
    ("unit: hemhjalp", "unit: vaxel", "unit: there is no contact 'vaxel'"),
    ("hours: null", "hours: Mo-Xx", "hours: 'Mo-Xx' cannot be read: write it like"),
    ("unit: hemhjalp", "unit: eva_ek", "chat: 'eva_ek' has no phone hours: write the desk's"),
    ("unit: hemhjalp", "unit: eva_ek", "callback: 'eva_ek' has no phone hours: write the desk's"),
    ("unit: hemhjalp", "unit: eva_ek", "mail: 'eva_ek' has no e-mail address"),
    ("id: bus", "id: call", "canned[call].id: common/desk.yml has a reply of that id"),
    ("till hjalp@norrby.se om", "till buss@norrby.se om", "'buss@norrby.se' is no contact's"),
    ("till hjalp@norrby.se om", "090-99 99 99 om", "canned[bus].sv: '090-99 99 99' is no"),
    ("till hjalp@norrby.se om", "till {unit} om", "canned[bus]: only one language has {unit}"),
    ("chat: true", "chat: ja", "chat: write true or false"),
    ("days_ahead: 3", "days_ahead: 0", "days_ahead: 0"),
    ("mail: true", "post: true", "post: no such field"),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN_PLANS)
def test_validator_names_what_cannot_be(tmp_path: Path, old: str, new: str, expected: str) -> None:
    content = copy_to(tmp_path)
    edit(content, PLAN, old, new)
    found = problems(content)
    assert any(line.startswith(f"[ERROR] {PLAN}: {expected}") or expected in line for line in found)
    assert all(line.startswith("[ERROR] ") for line in found)


BROKEN_WORDS = [
    ("place} i kön", "plats} i kön", "words.waiting: only one language has {place, plats}"),
    (
        "Vill du bli uppringd?",
        "Ring Söderby kommun.",
        "canned[callback].sv: names 'Söderby kommun'",
    ),
    ("Vill du bli uppringd?", "Ring 090-12 34 56.", "remove '090-12 34 56': no fact"),
    ("Vill du bli uppringd?", "Vi har öppet på måndag.", "remove 'måndag': no fact"),
    ("id: callback", "id: welcome", "canned[welcome].id: an id stands twice"),
    ("needs: callback", "needs: fax", "needs: write one of chat, callback, mail"),
    ('subject: "Ring upp, ärende', 'subject: "Ring {name}, ärende', "subject: "),
    ("Ring {unit}, {phone}. {hours}", "Ring {enhet}.", "canned[call].sv: "),
]


@pytest.mark.parametrize(("old", "new", "expected"), BROKEN_WORDS)
def test_validator_reads_the_words(tmp_path: Path, old: str, new: str, expected: str) -> None:
    content = copy_to(tmp_path)
    edit(content, DESK, old, new)
    found = problems(content)
    assert any(line.startswith(f"[ERROR] {DESK}: ") and expected in line for line in found), found


def test_hours_of_its_own_open_a_unit_without_phone_hours(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, PLAN, "unit: hemhjalp", "unit: eva_ek")
    edit(content, PLAN, "hours: null", 'hours: "Mo-Fr 08:00-16:00"')
    edit(content, PLAN, "mail: true", "mail: false")
    assert problems(content) == []
    assert load_plans(content)["norrby"].ways == {"chat", "callback"}


def test_missing_words_are_told(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / DESK).unlink()
    assert f"[ERROR] {DESK}: the file is missing: add it" in "\n".join(problems(content))
    with pytest.raises(ContentError, match=r"desk\.yml"):
        load_desk_words(content)


@pytest.mark.parametrize(
    ("file", "old", "new", "expected"),
    [
        (PLAN, "unit: hemhjalp", "unit: vaxel", "there is no contact 'vaxel'"),
        (PLAN, "unit: hemhjalp", "unit: eva_ek", "hours"),
        (PLAN, "hours: null", "hours: Mo-Xx", "no opening_hours expression"),
        (PLAN, "title: Bussen, ", "", "title"),
    ],
)
def test_broken_plan_is_not_loaded(
    tmp_path: Path, file: str, old: str, new: str, expected: str
) -> None:
    content = copy_to(tmp_path)
    edit(content, file, old, new)
    with pytest.raises(ContentError, match=expected):
        load_plans(content)


def test_mail_without_an_address_is_not_loaded(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    (content / "soderby/handoff.yml").write_text("mail: true\n", encoding="utf-8")
    with pytest.raises(ContentError, match="no e-mail address"):
        load_plans(content)


def test_broken_words_are_not_loaded(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(content, DESK, "outcomes:\n  answered: Frågan fick svar\n", "")
    with pytest.raises(ContentError, match="the field 'outcomes' is missing"):
        load_desk_words(content)


def test_what_each_municipality_opens() -> None:
    """Ludvika's page gives no address, Leksand's no hours, Östersund's neither."""
    assert {m: set(plan.ways) for m, plan in load_plans().items()} == {
        "umea": {"chat", "callback", "mail"},
        "ludvika": {"chat", "callback"},
        "leksand": {"mail"},
        "ostersund": set(),
    }
    assert {m: plan.unit for m, plan in load_plans().items()} == {
        "umea": "mottagningsenheten",
        "ludvika": "vaxel",
        "leksand": "kundtjanst",
        "ostersund": "hemtjanst",
    }


def test_subjects_of_mail_name_nothing_but_the_receipt() -> None:
    for mail in load_desk_words().mails.values():
        assert "{receipt}" in mail.subject
        assert "{" not in mail.subject.replace("{receipt}", "")
