"""Values as our YAML writes them: long texts folded, and nothing that reads as something else."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final

import yaml
from ruamel.yaml.comments import CommentedSeq
from ruamel.yaml.scalarstring import DoubleQuotedScalarString

from api.changes import edits

_ROWS: Final = frozenset({"contacts", "next", "synonyms", "names", "places"})
_LONGEST_ROW: Final = 90


def shaped(value: Any) -> Any:
    """A value ready to be dumped."""
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, Mapping):
        return {name: _in_a_row(name, part) or shaped(part) for name, part in value.items()}
    if isinstance(value, (list, tuple)):
        return [shaped(part) for part in value]
    return value


def _in_a_row(name: str, value: Any) -> Any:
    """A list of names on one line, as our files have those that are short."""
    if (
        name not in _ROWS
        or not value
        or not isinstance(value[0], str)
        or sum(map(len, value)) > _LONGEST_ROW
    ):
        return None
    row = CommentedSeq([_text(part) for part in value])
    row.fa.set_flow_style()
    return row


def _text(value: str) -> Any:
    folded = edits.folded(value)
    if type(folded) is not str:
        return folded
    return folded if _stays_text(folded) else DoubleQuotedScalarString(folded)


def _stays_text(value: str) -> bool:
    """Whether the loader, which knows older YAML, reads it as the text it is: not ``no``."""
    try:
        return bool(yaml.safe_load(value) == value)
    except yaml.YAMLError:
        return False
