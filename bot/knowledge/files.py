"""Where content lies, and reading one file of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml

from bot.knowledge.assistant import ASSISTANT_FILE

CONTENT_DIR = Path(__file__).resolve().parents[2] / "content"
NOT_MUNICIPALITIES = frozenset({"common", "schemas"})
HANDOFF_FILE = "handoff.yml"
NOT_ANSWERS = frozenset({"municipality.yml", "pages.yml", ASSISTANT_FILE, HANDOFF_FILE})
"""The files of a municipality's folder that hold no answers."""


class ContentError(Exception):
    """Content that cannot be used; the message names the file, the field and what to change."""


def read_yaml(path: Path) -> Any:
    """Parse one YAML file; raise ContentError when it is missing or no YAML."""
    try:
        return yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)  # noqa: S506 - libyaml's safe loader
    except OSError as error:
        raise ContentError(f"{path}: the file cannot be read ({error.strerror})") from error
    except (yaml.YAMLError, UnicodeDecodeError) as error:
        raise ContentError(f"{path}: this is no valid YAML: {error}") from error


# libyaml parses ten times as fast; a build without it reads the same files.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def content_error(path: Path, error: Exception) -> ContentError:
    """What was wrong with a file's fields, as ContentError."""
    what = f"the field {error} is missing" if isinstance(error, KeyError) else str(error)
    return ContentError(f"{path}: {what}")
