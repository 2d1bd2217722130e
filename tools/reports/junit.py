"""JUnit XML for CI: a suite for each folder of dialogues and for each file of cases."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

from bot.testing.results import BAD, Case, Report

_NOT_IN_XML = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_MENDED = "Känt fel som inte längre finns: ta bort raden i listan över kända fel"


def write_junit(report: Report, target: Path) -> None:
    """Write the file."""
    root = ET.Element("testsuites", {"name": "Medborgarlotsen", **_counts(report.cases)})
    for part, group, _ in report.groups():
        cases = [c for c in report.cases if (c.part, c.group) == (part, group)]
        suite = ET.SubElement(root, "testsuite", {"name": f"{part}.{group}", **_counts(cases)})
        suite.set("timestamp", report.started[:19])
        for case in cases:
            _add(suite, case)
    ET.indent(root)
    ET.ElementTree(root).write(target, encoding="utf-8", xml_declaration=True)


def told(case: Case) -> str:
    """The conversation that was had, and what was expected where it went wrong."""
    return _clean("\n".join(_lines(case)))


def _lines(case: Case) -> Iterator[str]:
    if case.because:
        yield f"Viktigt: {case.because}"
    if case.where:
        yield ", ".join(f"{name}: {value}" for name, value in case.where.items())
    for step in case.steps:
        yield f"> {step.said}"
        yield from (f"  {line}" for line in step.reply.splitlines())
        if step.wrong:
            yield from (f"  * {sentence}" for sentence in step.expected)
            yield from (f"  ! {problem}" for problem in step.wrong)


def _add(suite: ET.Element, case: Case) -> None:
    place = f"{case.part}.{case.group}"
    element = ET.SubElement(
        suite, "testcase", classname=place, name=case.name, time=f"{case.seconds:.3f}"
    )
    if case.verdict == "mended":
        ET.SubElement(element, "failure", message=_MENDED).text = told(case)
    elif case.verdict == "failed":
        wrong = [problem for step in case.steps for problem in step.wrong]
        message = _clean(wrong[0] if wrong else "gick inte som väntat")
        ET.SubElement(element, "failure", message=message).text = told(case)
    elif case.verdict == "known":
        ET.SubElement(element, "skipped", message=_clean(case.known))


def _counts(cases: tuple[Case, ...] | list[Case]) -> dict[str, str]:
    verdicts = [case.verdict for case in cases]
    return {
        "tests": str(len(verdicts)),
        "failures": str(sum(v in BAD for v in verdicts)),
        "skipped": str(verdicts.count("known")),
        "time": f"{sum(case.seconds for case in cases):.3f}",
    }


def _clean(text: str) -> str:
    """Text without the characters that XML can't hold."""
    return _NOT_IN_XML.sub("\ufffd", text)
