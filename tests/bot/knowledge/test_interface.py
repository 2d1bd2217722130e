"""The pages' words: every label is there and used, and nothing is told without its languages."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from api.services.kiosk import PREFIX
from bot.knowledge.interface import load_interface
from bot.knowledge.loader import ContentError
from tests.bot.knowledge.mini import MINI, copy_to, edit

API = Path(__file__).resolve().parents[3] / "api"
ASSESSED = {"status_helt", "status_delvis", "status_inte"}
"""Chosen by the status that a municipality writes."""


def test_labels_are_those_that_the_pages_use() -> None:
    files = [*(API / "web" / "templates").glob("*.html"), *(API / "services").glob("pages*.py")]
    files += (API / "speech").glob("*.py")
    written = "\n".join(path.read_text(encoding="utf-8") for path in files)
    labels = load_interface().labels
    asked = set(re.findall(r"""\bt\("(\w+)"|label\("(\w+)\"""", written))
    assert {a or b for a, b in asked} <= labels.keys()
    of_pages = {key for key in labels if not key.startswith(PREFIX)}
    assert {key for key in of_pages if f'"{key}"' not in written} == ASSESSED


def test_a_kiosks_labels_are_those_that_it_uses() -> None:
    """Its scripts get them without their prefix; what its server says, it says itself."""
    kiosk = [*(API / "web" / "kiosk").glob("*.js"), *(API / "services").glob("kiosk*.py")]
    kiosk += [*(API / "web" / "templates").glob("kiosk*.html"), API / "routers" / "kiosk.py"]
    written = "\n".join(path.read_text(encoding="utf-8") for path in kiosk)
    used = set(re.findall(r"""['"`](\w+)['"`$]""", written.replace("_${", "_`")))
    labels = [key for key in load_interface().labels if key.startswith(PREFIX)]
    names = {key: {key, key.removeprefix(PREFIX), _numbered(key)} for key in labels}
    assert [key for key in labels if not names[key] & used] == []


def _numbered(key: str) -> str:
    """``volume_`` for ``kiosk_volume_1``: scripts count through such labels."""
    return re.sub(r"\d+$", "", key.removeprefix(PREFIX))


def test_label_is_filled_in() -> None:
    assert load_interface().label("hint", "sv", limit=500).endswith("Högst 500 tecken.")
    with pytest.raises(KeyError):
        load_interface().label("hint", "sv")


def test_sections_show_what_holds(tmp_path: Path) -> None:
    content = copy_to(tmp_path)
    edit(
        content,
        "common/about.yml",
        "kept:\n  title: {sv: Om tjänsten, en: About it}",
        "kept:\n  basis: Någon lag.\n  title: {sv: Om tjänsten, en: About it}",
    )
    kept = load_interface(content).about[2]
    assert (kept.id, kept.basis) == ("kept", "Någon lag.")
    always = kept.paragraphs[0]
    assert list(kept.shown(())) == [always]


def test_conditions_choose_paragraphs() -> None:
    sections = {section.id: section for section in load_interface().about}
    kept = sections["kept"]
    saved = [p.text["sv"] for p in kept.shown({"saved"})]
    unsaved = [p.text["sv"] for p in kept.shown({"unsaved"})]
    assert any("{days} dagar" in text for text in saved)
    assert not any("{days}" in text for text in unsaved)
    assert any("Bara siffrorna" in text for text in unsaved)


@pytest.mark.parametrize(
    ("old", "new"),
    [("machine:\n  title: {sv: Om tjänsten, en: About it}", "machine:\n  titel: x")],
)
def test_broken_file_is_named(tmp_path: Path, old: str, new: str) -> None:
    content = copy_to(tmp_path)
    edit(content, "common/about.yml", old, new)
    with pytest.raises(ContentError, match="about.yml"):
        load_interface(content)


def test_words_are_read_once() -> None:
    assert load_interface(MINI) is load_interface(MINI)
