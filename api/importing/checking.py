"""What the validator says of accepted drafts, before anything is proposed."""

from __future__ import annotations

import datetime as dt
import shutil
import tempfile
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from api.content_desk.findings import in_swedish
from api.importing.records import Batch
from bot.knowledge.files import ContentError
from bot.knowledge.loader import load_knowledge
from bot.knowledge.loader_municipality import read_municipality
from bot.knowledge.validator_draft import check_draft


@dataclass(frozen=True, slots=True)
class Told:
    """One thing to change, in Swedish: ``about`` names the draft, ``stops`` tells an error."""

    about: str
    where: str
    text: str
    stops: bool


def check(content: Path, batch: Batch, files: Mapping[str, str], today: dt.date) -> list[Told]:
    """Everything that is wrong with the municipality as it would be, errors first."""
    changed = {path.removeprefix("content/"): text for path, text in files.items()}
    told = []
    problems = set(check_draft(content, batch.municipality, changed, today))
    if problems and not batch.new:
        # What was wrong before these pages came is told elsewhere, and does not stop them.
        problems -= set(check_draft(content, batch.municipality, {}, today))
    for problem in sorted(problems):
        finding = in_swedish(problem)
        if problem.level == "ERROR" or problem.file in changed:
            about = _about(finding.block, problem.file)
            told.append(Told(about, finding.where, finding.text, problem.level == "ERROR"))
    if not any(one.stops for one in told):
        told += _unread(content, batch.municipality, changed)
    # What is wrong in the answer is as a rule wrong in its other texts too: it is told once.
    once = {(one.about, one.text): one for one in sorted(told, key=lambda o: o.where == "Svaret")}
    return sorted(once.values(), key=lambda one: (not one.stops, one.about))


def _about(block: str, file: str) -> str:
    """Which draft it is about: ``answers[kostnad]`` in umea/ledsagning.yml -> the question."""
    kind, _, name = block.rstrip("]").partition("[")
    if kind == "answers":
        service = Path(file).stem
        topic = load_knowledge().topic((service, name.partition("/")[0]))
        return topic.question if topic else f"{service} {name}"
    return f"Kontakten {name}" if kind == "contacts" else ""


def _unread(content: Path, municipality: str, changed: Mapping[str, str]) -> list[Told]:
    """What the checks let through, the service must be able to load."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / municipality
        if (content / municipality).is_dir():
            shutil.copytree(content / municipality, folder)
        for path, text in changed.items():
            target = Path(name) / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text(text, encoding="utf-8")
        try:
            read_municipality(folder, load_knowledge().texts)
        except ContentError as error:
            return [Told("", "", f"Det går inte att läsa in: {error}", True)]
    return []
