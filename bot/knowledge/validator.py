"""Prove that content/ is true to the municipalities' pages and fit for use.

``python -m bot.knowledge.validator [--content DIR]`` collects every problem before it prints
them, one a line: ``[ERROR] file: field: what to change``. The exit code is 1 when there is an
error; a warning is something that a person should look at. docs/handbok/innehall.md explains
each message to editors.
"""

from __future__ import annotations

import argparse
import datetime as dt
import sys
from collections.abc import Sequence
from pathlib import Path

from bot.knowledge import (
    validator_assistant,
    validator_common,
    validator_handoff,
    validator_interface,
    validator_names,
    validator_schema,
)
from bot.knowledge.handoff import load_desk_words, read_plans
from bot.knowledge.interface import load_interface
from bot.knowledge.loader import CONTENT_DIR, ContentError, read_knowledge
from bot.knowledge.validator_folder import check_folder
from bot.knowledge.validator_report import Problem, Report
from bot.knowledge.validator_source import Content, read_content


def validate(content: Path = CONTENT_DIR, today: dt.date | None = None) -> list[Problem]:
    """Every problem of a content folder, by file and field. Review dates are held against today."""
    report = Report()
    if not content.is_dir():
        report.error(str(content), "", "there is no such folder")
        return report.sorted()
    day = today or dt.datetime.now(dt.timezone.utc).date()
    source = read_content(content, report)
    if not source.folders:
        report.error(content.name, "", "there is no municipality: add a folder for one")
    validator_schema.check(source, report)
    validator_common.check(source, day, report)
    known = validator_names.Known.of(source)
    # One municipality after the other: what its texts say is read once for all the checks.
    for folder in source.folders.values():
        check_folder(source, folder, known, day, report)
    validator_names.check(source, known, report)
    validator_assistant.check(source, day, report)
    validator_handoff.check(source, report)
    validator_interface.check(source, report)
    if not any(problem.level == "ERROR" for problem in report.problems):
        _check_loads(source, report)
    return report.sorted()


def _check_loads(source: Content, report: Report) -> None:
    """What the checks let through, the service must be able to load."""
    content = source.root
    try:
        knowledge = read_knowledge(content, source.read)
        load_interface.__wrapped__(content)
        read_plans(content, knowledge.municipalities)
        load_desk_words.__wrapped__(content)
    except ContentError as error:
        report.error(content.name, "", f"the service cannot load it: {error}")


def main(arguments: Sequence[str] | None = None) -> int:
    """Print every problem; 1 when there is an error."""
    parser = argparse.ArgumentParser(prog="python -m bot.knowledge.validator", description=__doc__)
    parser.add_argument("--content", type=Path, default=CONTENT_DIR, help="the folder to check")
    problems = validate(parser.parse_args(arguments).content)
    for problem in problems:
        print(problem)
    errors = sum(problem.level == "ERROR" for problem in problems)
    print(f"Content: {errors} errors, {len(problems) - errors} warnings.")
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
