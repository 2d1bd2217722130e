"""A copy of the project as an operator has it, to break."""

from __future__ import annotations

import shutil
from pathlib import Path

from api.settings import ROOT

FILES = ("config.yml", "domain.yml", "endpoints.yml", "credentials.yml")


def copy_project(place: Path) -> Path:
    """Code, content and settings; the encoder is shared, and there is no model."""
    for name in ("api", "bot", "content"):
        shutil.copytree(ROOT / name, place / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(ROOT / name, place / name)
    (place / "requirements").mkdir()
    shutil.copy(ROOT / "requirements" / "run.txt", place / "requirements")
    (place / "var").mkdir()
    (place / "var" / "encoder").symlink_to(ROOT / "var" / "encoder")
    return place
