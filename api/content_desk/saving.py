"""From an editor's draft to a change set, by way of the validator. All of it blocks.

Nothing that runs is changed: files are only written when somebody applies the change set.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Final

from api.changes.edits import set_answer
from api.changes.records import ChangeError, ChangeSet, Proposal
from api.changes.service import Changes
from api.content_desk.draft import Draft, as_answer, changed_fields, refused
from api.content_desk.findings import Finding, elsewhere, of_block
from api.content_desk.shelf import (
    Shelf,
    field_of,
    file_of,
    problems_of,
    replaced,
    title_of,
)
from api.staff.records import Staff
from bot.dialogue.turn import in_stockholm
from bot.knowledge.coverage import coverage_of
from bot.knowledge.records import Answer, Municipality
from bot.knowledge.standing import fingerprint
from bot.knowledge.validator_common import REVIEW_AFTER
from bot.knowledge.validator_draft import check_draft
from bot.knowledge.validator_report import Problem

_CHANGED: Final = (
    "Svaret har ändrats sedan du öppnade det. Jämför med svaret som det är nu, och spara igen om "
    "din text ska gälla."
)
_NOTHING: Final = "Du har inte ändrat något."
_UNSTATED: Final = (
    "Ingen säger längre det här från sidan: ”{line}”. Låt något svar säga det, om det är viktigt."
)


@dataclass(frozen=True, slots=True)
class Checked:
    """What is wrong with a draft, by field, and what else there is to tell."""

    fields: Mapping[str, Sequence[str]] = field(default_factory=dict)
    quotes: Mapping[int, Sequence[str]] = field(default_factory=dict)
    above: tuple[str, ...] = ()
    advice: tuple[str, ...] = ()
    text: str | None = None

    @property
    def stops(self) -> bool:
        """Whether it cannot be saved."""
        return bool(self.fields or self.quotes or self.above)


def check(shelf: Shelf, changes: Changes, answer: Answer, draft: Draft, day: dt.date) -> Checked:
    """Hold a draft against the validator, in the file as it would be."""
    if draft.base and draft.base != fingerprint(answer):
        return Checked(above=(_CHANGED,))
    told = refused(draft)
    if told:
        return Checked(fields={key: [message] for key, message in told.items()})
    fields = changed_fields(answer, draft)
    if not fields:
        return Checked(above=(_NOTHING,))
    try:
        text = _changed_text(changes, answer, fields)
    except ChangeError as error:
        return Checked(above=(str(error),))
    file = file_of(answer)
    problems = check_draft(shelf.root, answer.municipality, {file: text}, day)
    found = of_block(problems, file, field_of(answer))
    errors = [f for f in found if f.level == "error"]
    return Checked(
        fields=by_field(f for f in errors if f.field != "evidence" or f.number is None),
        quotes=by_number(f for f in errors if f.field == "evidence" and f.number is not None),
        above=new_elsewhere(shelf, problems, (file, field_of(answer)), day),
        advice=tuple(
            [f.text for f in found if f.level == "warning"] + _unstated(shelf, answer, draft)
        ),
        text=text,
    )


def save(changes: Changes, answer: Answer, text: str, staff: Staff, now: dt.datetime) -> ChangeSet:
    """Keep a draft that was checked as a change set; raise ChangeError."""
    proposal = Proposal(
        municipality=answer.municipality,
        kind="content",
        title=title_of(answer),
        files={f"content/{file_of(answer)}": text},
        about={"answers": [answer.id]},
    )
    return changes.propose(proposal, staff, now)


def reviewed(
    changes: Changes, answers: Sequence[Answer], staff: Staff, now: dt.datetime
) -> ChangeSet:
    """``Granskad i dag``: the dates alone, of one answer or of several; raise ChangeError."""
    day = in_stockholm(now).date()
    dates = {"reviewer": staff.name, "reviewed": day, "review_by": day + REVIEW_AFTER}
    files: dict[str, str | None] = {}
    for answer in answers:
        path = f"content/{file_of(answer)}"
        text = files.get(path) or _text(changes, path)
        files[path] = set_answer(text, answer.service, answer.aspect, answer.audience, dates)
    title = title_of(answers[0]) if len(answers) == 1 else f"{len(answers)} svar"
    proposal = Proposal(
        municipality=answers[0].municipality,
        kind="content",
        title=f"Granskat utan ändring: {title}",
        files=files,
        about={"answers": [a.id for a in answers], "reviewed": True},
    )
    return changes.propose(proposal, staff, now)


def waiting(changes: Changes, municipality: str) -> dict[str, list[ChangeSet]]:
    """The change sets that wait to be applied, by the answers that they are about."""
    found: dict[str, list[ChangeSet]] = {}
    for one in changes.listed([municipality]):
        if one.state == "proposed":
            for answer in one.about.get("answers") or ():
                found.setdefault(str(answer), []).append(one)
    return found


def _changed_text(changes: Changes, answer: Answer, fields: Mapping[str, Any]) -> str:
    text = _text(changes, f"content/{file_of(answer)}")
    return set_answer(text, answer.service, answer.aspect, answer.audience, fields)


def _text(changes: Changes, path: str) -> str:
    text = changes.read(path)
    if text is None:
        raise ChangeError("Svarets fil finns inte längre.")
    return text


def new_elsewhere(
    shelf: Shelf, problems: Sequence[Problem], place: tuple[str, str], day: dt.date
) -> tuple[str, ...]:
    """What a change breaks in another answer or contact; what was wrong before is no news."""
    found = elsewhere(problems, *place)
    before = {f.text for f in elsewhere(problems_of(shelf, day), *place)} if found else set()
    return tuple(f.text for f in found if f.text not in before)


def by_field(found: Iterable[Finding]) -> dict[str, list[str]]:
    """The messages of each field."""
    told: dict[str, list[str]] = {}
    for finding in found:
        told.setdefault(finding.field, []).append(_numbered(finding))
    return told


def _numbered(finding: Finding) -> str:
    return f"{finding.where}: {finding.text}" if finding.number else finding.text


def by_number(found: Iterable[Finding]) -> dict[int, list[str]]:
    """The messages of each quote."""
    told: dict[int, list[str]] = {}
    for finding in found:
        told.setdefault(finding.number or 0, []).append(finding.text)
    return told


def _unstated(shelf: Shelf, answer: Answer, draft: Draft) -> list[str]:
    """Lines of the pages that nothing would state any longer."""
    new = as_answer(answer, draft)
    if new is None or new.evidence == answer.evidence:
        return []
    gone = _silent(replaced(shelf.municipality, new)) - _silent(shelf.municipality)
    return [_UNSTATED.format(line=line) for line in sorted(gone)]


def _silent(municipality: Municipality) -> set[str]:
    return {line.text for line in coverage_of(municipality) if line.is_defect}
