"""`make licences`: what metadata say, in one language, and what may be here."""

from __future__ import annotations

import importlib.metadata
import re
from email.message import Message
from pathlib import Path

import pytest

from tools import licences as command
from tools.supply.licences import RULES, Rules, load, mistakes, of_package
from tools.supply.locks import locked

ROOT = Path(__file__).resolve().parents[3]
RULE = Rules(
    frozenset({"MIT", "Apache-2.0", "BSD-3-Clause"}),
    {"MIT License": "MIT", "Apache Software License": "Apache-2.0", "BSD": "BSD-3-Clause"},
    {
        "silent": {"licence": "MIT", "why": "its\n file"},
        "copyleft": {"licence": "GPL-3.0-or-later", "why": "apart", "exception": True},
    },
)
CLASS = "License :: OSI Approved :: "


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("License-Expression", "MIT OR Apache-2.0"), ("License", "x")], "MIT OR Apache-2.0"),
        ([("Classifier", f"{CLASS}MIT License"), ("License", "see file")], "MIT"),
        (
            [
                ("Classifier", f"{CLASS}MIT License"),
                ("Classifier", f"{CLASS}Apache Software License"),
            ],
            "Apache-2.0 AND MIT",
        ),
        (
            [("Classifier", "License :: OSI Approved"), ("License", "BSD\nCopyright …")],
            "BSD-3-Clause",
        ),
        ([("License", "Beer License")], "Beer License"),
        ([], ""),
    ],
)
def test_metadata_say_it_in_many_ways(
    monkeypatch: pytest.MonkeyPatch, fields: list[tuple[str, str]], expected: str
) -> None:
    told = Message()
    for name, value in fields:
        told[name] = value
    monkeypatch.setattr(importlib.metadata, "metadata", lambda _: told)
    assert of_package("some", RULE) == expected


def test_what_a_person_read_outranks_metadata_and_the_unknown_is_unknown() -> None:
    assert of_package("silent", RULE) == "MIT"
    assert of_package("there-is-no-such-package", RULE) == ""


@pytest.mark.parametrize(
    ("name", "licence", "may"),
    [
        ("one", "MIT", True),
        ("one", "MIT AND Apache-2.0", True),
        ("one", "MIT AND GPL-3.0-only", False),
        ("one", "GPL-2.0-only OR MIT", True),
        ("one", "(MIT OR GPL-2.0-only)", True),
        ("one", "GPL-3.0-or-later", False),
        ("one", "", False),
        ("copyleft", "GPL-3.0-or-later", True),
    ],
)
def test_only_what_is_allowed_may_be_here(name: str, licence: str, may: bool) -> None:
    assert RULE.may(name, licence) is may


def test_a_licence_that_is_not_allowed_and_a_note_on_nothing_are_told() -> None:
    told = mistakes({"one": "Beer License", "two": "", "silent": "MIT"}, RULE)
    assert [one.partition(":")[0] for one in told] == ["one", "two", "copyleft"]
    assert "Beer License is not allowed" in told[0]
    assert "unknown is not allowed" in told[1]


def test_ours_are_allowed_and_each_stands_on_the_page() -> None:
    rules = load(ROOT / RULES)
    text, found = command.page(ROOT, rules)
    assert mistakes(found, rules) == []
    assert text == (ROOT / command.PAGE).read_text("utf-8")
    rows = dict(re.findall(r"^\| ([a-z0-9-]+) \| (\S+) \| \S.* \|", text, re.MULTILINE))
    for name in ("run", "dev"):
        lock = locked(ROOT / f"requirements/{name}.txt")
        assert {package: rows.get(package) for package in lock} == lock
