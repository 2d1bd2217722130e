"""What was copied from packages is theirs, byte for byte."""

from __future__ import annotations

import pytest

from tests.web.canned_http import WEB
from tools.web import MODULES, have_checkers

FOLDER = WEB / "vendor" / "simple-keyboard"
COPIES = {
    "index.modern.esm.js": "simple-keyboard/build/index.modern.esm.js",
    "swedish.js": "simple-keyboard-layouts/build/layouts/swedish.js",
    # Both packages come with the same words.
    "LICENSE": "simple-keyboard/LICENSE",
}
TYPES = {"index.modern.esm.d.ts"}


@pytest.mark.parametrize(("copy", "original"), COPIES.items(), ids=list(COPIES))
def test_a_copy_is_its_packages_file(copy: str, original: str) -> None:
    have_checkers()
    assert (FOLDER / copy).read_bytes() == (MODULES / original).read_bytes()


def test_nothing_else_lies_there() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {*COPIES, *TYPES}
