"""The handbook shows every picture that is taken, and takes every picture that it shows."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tools.handbook import FOLDER
from tools.states_staff import CHANGED, PAGE, STAFF_STATES

HANDBOOK = FOLDER.parent
PAGES = sorted(HANDBOOK.glob("*.md"))
PICTURE = re.compile(r"\(bilder/([\w-]+)\.png\)")
SHOWN = {name for page in PAGES for name in PICTURE.findall(page.read_text("utf-8"))}


def test_every_picture_is_taken_shown_and_there() -> None:
    assert {state.name for state in STAFF_STATES} == SHOWN
    assert {path.stem for path in FOLDER.glob("*.png")} == SHOWN


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert (HANDBOOK / link).exists(), link


def test_the_changed_page_of_the_pictures_differs() -> None:
    assert PAGE.text != CHANGED
