"""Words of the desk: what is said is there, and what is there is said."""

from __future__ import annotations

import re
from pathlib import Path

from bot.knowledge.handoff import load_desk_words

API = Path(__file__).resolve().parents[2] / "api"
SOURCE = "\n".join(path.read_text(encoding="utf-8") for path in sorted(API.rglob("*.py")))
BUILT = [
    re.compile(re.sub(r"\\\{[^}]*\\\}", "[a-z0-9_]+", re.escape(text)))
    for text in re.findall(r'f"((?:[a-z0-9_]|\{[^"}]+\})+)"', SOURCE)
    if re.search(r"[a-z]_?\{|\}_?[a-z]", text)
]
"""Keys that are put together, as patterns."""


def is_said(key: str) -> bool:
    return f'"{key}"' in SOURCE or any(pattern.fullmatch(key) for pattern in BUILT)


def test_every_word_is_said_somewhere() -> None:
    assert [key for key in load_desk_words().words if not is_said(key)] == []


def test_everything_said_is_there() -> None:
    said = set(re.findall(r'\.say\(\s*"(\w+)"', SOURCE))
    assert said
    assert said - load_desk_words().words.keys() == set()


def test_every_mail_is_sent_somewhere() -> None:
    assert [key for key in load_desk_words().mails if f'"{key}"' not in SOURCE] == []
