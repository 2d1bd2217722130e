"""Check one municipality as it would be with some files changed, before anything is written.

Of the other municipalities only their records are read, for what must never be mixed up: it is as
quick with hundreds of them as with four. What is wrong elsewhere is not told here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from pathlib import Path

from bot.knowledge import (
    validator_assistant,
    validator_handoff,
    validator_names,
    validator_schema,
)
from bot.knowledge.validator_folder import check_folder
from bot.knowledge.validator_report import Problem, Report
from bot.knowledge.validator_source import Content, read_content


def check_draft(
    root: Path, municipality: str, changed: Mapping[str, str], today: dt.date
) -> list[Problem]:
    """The problems of a municipality; ``changed`` has new texts by their paths in content/."""
    report = Report()
    source = read_content(root, report, changed, only=municipality)
    own = source.folders.get(municipality)
    if own is not None:
        written = {f: d for f, d in source.files.items() if f in changed}
        validator_schema.check(Content(root, written, source.raw), report)
        known = validator_names.Known.of(source)
        check_folder(source, own, known, today, report)
        alone = Content(root, source.files, source.raw, {own.id: own})
        validator_handoff.check(alone, report)
        validator_names.check(source, known, report)
        validator_assistant.check(source, today, report)
    return [p for p in report.sorted() if p.file.partition("/")[0] == municipality]
