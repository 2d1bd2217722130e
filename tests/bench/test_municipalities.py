"""Municipalities that are made up for measuring: others' names, and content that holds."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from bench.municipalities import grow, identifier
from bot.knowledge.loader import CONTENT_DIR, read_knowledge


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("grown") / "content"
    shutil.copytree(CONTENT_DIR, folder)
    grow(folder, 8)
    return folder


def test_the_folder_grows_by_copies_of_each_in_turn(content: Path) -> None:
    known = read_knowledge(content).municipalities
    assert len(known) == 8
    made = [m for m in known.values() if not (CONTENT_DIR / m.id).exists()]
    assert len(made) == 4
    answers = sorted(len(m.answers) for m in known.values())
    assert answers[::2] == answers[1::2]


def test_names_and_numbers_are_others(content: Path) -> None:
    known = read_knowledge(content).municipalities
    real = {m.id: m for m in known.values() if (CONTENT_DIR / m.id).exists()}
    phones = {c.phone for m in real.values() for c in m.contacts.values() if c.phone}
    for municipality in known.values():
        if municipality.id in real:
            continue
        assert identifier(municipality.short) == municipality.id
        text = "".join(p.read_text("utf-8") for p in (content / municipality.id).rglob("*.*"))
        assert not [m.short for m in real.values() if m.short in text]
        assert not phones & {c.phone for c in municipality.contacts.values()}


def test_more_than_there_are_names_for(content: Path) -> None:
    with pytest.raises(ValueError, match="290"):
        grow(content, 291)
