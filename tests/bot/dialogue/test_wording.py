"""Standard replies filled in, and the small joints of sentences."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from bot.dialogue.wording import (
    capitalised,
    dated,
    join,
    law_note,
    old_law_line,
    say,
    source_line,
    subjects,
    text_language,
    without_final_stop,
)
from bot.knowledge.records import Page
from tests.bot.dialogue.helpers import KNOWLEDGE, OSTERSUND, UMEA

DAY = dt.date(2019, 8, 6)


def page(**changes: object) -> Page:
    changes = {"published": None, "updated": None, "kind": "page", **changes}
    return replace(UMEA.pages["ledsagning"], **changes)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("language", "used"), [("sv", "sv"), ("en", "en"), ("fi", "sv"), ("ar", "sv")]
)
def test_text_language(language: str, used: str) -> None:
    assert text_language(language) == used


def test_say_fills_in_and_falls_back_to_swedish() -> None:
    assert say("email", "sv", name="X", email="a@b.se") == "E-postadressen till X är a@b.se."
    assert say("thanks", "fi") == say("thanks", "sv") != say("thanks", "en")


@pytest.mark.parametrize("key", ["no such reply", ""])
def test_an_unknown_reply_is_an_error(key: str) -> None:
    with pytest.raises(KeyError):
        say(key)


@pytest.mark.parametrize(
    ("changes", "added"),
    [
        ({}, ", som inte anger något datum"),
        ({"published": DAY}, ", publicerad 2019-08-06"),
        ({"published": DAY, "updated": dt.date(2022, 6, 23)}, ", uppdaterad 2022-06-23"),
        ({"published": DAY, "kind": "news"}, ", en nyhet från 2019-08-06 som inte uppdateras"),
        ({"kind": "news"}, ", som inte anger något datum"),
    ],
)
def test_dated(changes: dict[str, object], added: str) -> None:
    assert dated(page(**changes), "sv") == added


def test_source_line_names_municipality_page_and_date() -> None:
    line = source_line(UMEA, page(updated=DAY, title="Ledsagning"), "sv")
    assert line == "Källa: Umeå kommun, sidan ”Ledsagning”, uppdaterad 2019-08-06."
    assert source_line(UMEA, page(), "en").startswith("Source: Umeå kommun")


EFFECTIVE = dt.date.fromisoformat(str(law_note()["effective"]))


@pytest.mark.parametrize(
    ("cites", "updated", "told"),
    [
        (True, DAY, "2019"),
        (True, None, "inget datum"),
        (True, EFFECTIVE - dt.timedelta(days=1), str(EFFECTIVE.year)),
        (True, EFFECTIVE, None),
        (False, DAY, None),
        (False, None, None),
    ],
)
def test_old_law_line(cites: bool, updated: dt.date | None, told: str | None) -> None:
    line = old_law_line(page(cites_social_services_act=cites, updated=updated), "sv")
    if told is None:
        assert line is None
    else:
        assert line is not None
        assert told in line
        assert law_note()["sv"] in line


def test_subjects_are_the_broad_services_that_are_told_of() -> None:
    own = subjects(KNOWLEDGE, OSTERSUND, "sv")
    assert KNOWLEDGE.services["omsorgskontakt"].name in own
    assert KNOWLEDGE.services["ledsagning"].name not in own
    assert own.endswith("och hur du når en människa")
    every = subjects(KNOWLEDGE, None, "en")
    assert KNOWLEDGE.services["ledsagning"].name in every
    assert every.endswith("and how to reach a person")


@pytest.mark.parametrize(
    ("parts", "language", "joined"),
    [
        ([], "sv", ""),
        (["a"], "sv", "a"),
        (["a", "b"], "sv", "a och b"),
        (["a", "b", "c"], "en", "a, b and c"),
        (["a", "b"], "fi", "a och b"),
    ],
)
def test_join(parts: list[str], language: str, joined: str) -> None:
    assert join(parts, language) == joined


@pytest.mark.parametrize(("text", "told"), [("åtta", "Åtta"), ("", ""), ("LSS", "LSS")])
def test_capitalised(text: str, told: str) -> None:
    assert capitalised(text) == told


@pytest.mark.parametrize(("text", "told"), [("a. ", "a"), ("a?", "a?"), ("a..", "a."), ("", "")])
def test_without_final_stop(text: str, told: str) -> None:
    assert without_final_stop(text) == told
