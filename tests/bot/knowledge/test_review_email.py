"""Where the weekly summary goes: optional, one address, never another municipality's."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.knowledge.loader import load_knowledge
from bot.knowledge.validator import validate
from tests.bot.knowledge.mini import MINI, TODAY, copy_to, edit

FILE = "norrby/assistant.yml"


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("null", ""),
        ("webben@norrby.se", ""),
        ("webben@norrby", "review_email"),
        ("Webben <w@norrby.se>", "review_email"),
        ("webben@SODERBY.se", "review_email: 'webben@soderby.se' belongs to soderby"),
    ],
)
def test_the_address_is_checked(tmp_path: Path, address: str, told: str) -> None:
    content = copy_to(tmp_path)
    edit(content, FILE, "logo: null", f"logo: null\nreview_email: '{address}'")
    if address == "null":
        edit(content, FILE, "'null'", "null")
    edit(content, "soderby/municipality.yml", "email: null", "email: hej@soderby.se")
    found = [str(p) for p in validate(content, TODAY) if FILE in str(p)]
    assert bool(found) is bool(told)
    assert all(told in problem for problem in found)
    known = load_knowledge(content).municipalities["norrby"].assistant.review_email
    assert known == (None if address == "null" else address)


def test_without_it_no_mail_is_sent() -> None:
    known = load_knowledge(MINI).municipalities.values()
    assert [m.assistant.review_email for m in known] == [None, None]
