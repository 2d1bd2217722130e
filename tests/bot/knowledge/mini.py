"""A small content folder to break: two made-up municipalities, without a single problem."""

from __future__ import annotations

import datetime as dt
import shutil
from pathlib import Path

MINI = Path(__file__).parent / "mini"
TODAY = dt.date(2026, 11, 22)
"""The day on which every review date of the folder still lies ahead."""


def copy_to(folder: Path) -> Path:
    """A copy of the small content folder, to be changed at will."""
    return Path(shutil.copytree(MINI, folder / "content"))


def edit(content: Path, file: str, old: str, new: str) -> None:
    """Replace what stands once in a file."""
    path = content / file
    text = path.read_text(encoding="utf-8")
    assert text.count(old) == 1, f"{old!r} stands {text.count(old)} times in {file}"
    path.write_text(text.replace(old, new), encoding="utf-8")
