"""Where content lies, and reading one file of it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.assistant import ASSISTANT_FILE
from bot.knowledge.yaml_text import parse

CONTENT_DIR = Path(__file__).resolve().parents[2] / "content"
NOT_MUNICIPALITIES = frozenset({"common", "schemas"})
HANDOFF_FILE = "handoff.yml"
NOT_ANSWERS = frozenset({"municipality.yml", "pages.yml", ASSISTANT_FILE, HANDOFF_FILE})
"""The files of a municipality's folder that hold no answers."""


Reader = Callable[[Path], Any]
"""Gives the data of a YAML file, as read_yaml does."""


class ContentError(Exception):
    """Content that cannot be used; the message names the file, the field and what to change."""


def read_yaml(path: Path) -> Any:
    """Parse one YAML file; raise ContentError when it is missing or no YAML."""
    try:
        return parse(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise ContentError(f"{path}: the file cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: this is no valid YAML: {error}") from error


def content_error(path: Path, error: Exception) -> ContentError:
    """What was wrong with a file's fields, as ContentError."""
    what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
    return ContentError(f"{path}: {what}")
