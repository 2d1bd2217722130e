"""A page that is read again: what changed, what that costs, and the change set that follows.

What lost its evidence is withdrawn or flagged at once; content itself is only proposed to be
changed. All of it blocks: call it in a thread.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from api.changes.records import ChangeError, ChangeSet, Proposal
from api.changes.service import Changes
from api.content_desk.findings import in_swedish
from api.content_desk.shelf import field_of, file_of
from api.standing.compare import Compared, compare
from api.standing.service import Acted, StandingError, Standings
from api.standing.snapshot import Rewritten, snapshot
from api.storage.audit import Actor
from bot.dialogue.turn import in_stockholm
from bot.guard.intake import admit_from_staff
from bot.importing.page import ImportedPage
from bot.knowledge.loader import CONTENT_DIR, load_whole
from bot.knowledge.records import Municipality, Page
from bot.knowledge.validator_draft import check_draft
from bot.knowledge.validator_report import Problem

_PRIVATE = "Texten innehåller något som liknar ett personnummer. Ta bort det och försök igen."
_FOLDER = "content/"


@dataclass(frozen=True, slots=True)
class Reading:
    """A page of content, as it was and as it was read now."""

    municipality: Municipality
    page: Page
    now: ImportedPage
    compared: Compared


def reading(municipality_id: str, page_id: str, now: ImportedPage) -> Reading:
    """Hold a page against the one that content has; StandingError when there is none."""
    municipality = load_whole().municipalities[municipality_id]
    page = municipality.pages.get(page_id)
    if page is None:
        raise StandingError("Välj vilken sida det är.")
    if admit_from_staff(f"{now.title}\n{now.url or ''}\n{now.text}").masked:
        raise StandingError(_PRIVATE)
    return Reading(municipality, page, now, compare(municipality, page, now.text))


def act(
    found: Reading,
    standings: Standings,
    changes: Changes,
    setting: str,
    staff: Actor | None,
    now: dt.datetime,
) -> tuple[Acted, ChangeSet | None]:
    """Let what was read have effect at once, and propose the page's new text.

    There is nothing to propose when the page was read today already, with nothing new.
    """
    municipality = found.municipality.id
    acted = standings.act(municipality, found.page, found.compared, setting, staff, now)
    about = _about(found, acted)
    for older in changes.listed([municipality]):
        if older.state == "proposed" and _is_replaced(older, found.page.id):
            changes.drop(older, staff, now)
    try:
        return acted, changes.propose(_proposal(found, changes, now, about), staff, now)
    except ChangeError:
        return acted, None


def _is_replaced(older: ChangeSet, page: str) -> bool:
    """Whether it holds nothing but an earlier reading of the page: no work of a person."""
    return older.about.get("page") == page and older.about.get("rewritten") == []


def rewrite(
    found: Reading,
    changes: Changes,
    before: ChangeSet,
    rewritten: Sequence[Rewritten],
    staff: Actor | None,
    now: dt.datetime,
) -> ChangeSet | list[str]:
    """The page's new text together with rewritten answers in place of the first proposal.

    Else what the validator has against it, in Swedish.
    """
    about = {**before.about, "rewritten": [f"{r.service}.{r.aspect}" for r in rewritten]}
    proposal = _proposal(found, changes, now, about, rewritten)
    before_them = _proposal(found, changes, now, about)
    problems = _new_problems(found.municipality, before_them, proposal, rewritten, now)
    if problems:
        return problems
    new = changes.propose(proposal, staff, now)
    if before.state == "proposed":
        changes.drop(before, staff, now)
    return new


def _new_problems(
    municipality: Municipality,
    before: Proposal,
    after: Proposal,
    rewritten: Sequence[Rewritten],
    now: dt.datetime,
) -> list[str]:
    """What the validator has against the rewritten answers, and what is wrong because of them.

    What is wrong anyway, as with answers that somebody rewrites later, stops nobody here.
    """
    known = {str(p) for p in _errors(municipality, before, now)}
    chosen = {(r.service, r.aspect, r.audience) for r in rewritten}
    own = [
        (file_of(a), field_of(a))
        for a in municipality.answers
        if (a.service, a.aspect, a.audience) in chosen
    ]
    found = [
        in_swedish(p)
        for p in _errors(municipality, after, now)
        if str(p) not in known or any(p.file == f and p.field.startswith(at) for f, at in own)
    ]
    return list(dict.fromkeys(f"{e.where}: {e.text}" if e.where else e.text for e in found))


def _errors(municipality: Municipality, proposal: Proposal, now: dt.datetime) -> list[Problem]:
    files = proposal.files.items()
    changed = {path[len(_FOLDER) :]: text for path, text in files if text is not None}
    found = check_draft(CONTENT_DIR, municipality.id, changed, in_stockholm(now).date())
    return [problem for problem in found if problem.level == "ERROR"]


def from_change_set(found: ChangeSet, changes: Changes) -> Reading:
    """What a proposal was made of; StandingError when content has no such page any longer."""
    municipality = load_whole().municipalities[found.municipality]
    page = municipality.pages.get(str(found.about.get("page")))
    if page is None:
        raise StandingError("Sidan finns inte längre.")
    path = f"{_FOLDER}{municipality.id}/pages/{page.id}.txt"
    texts = {c.path: (c.before, c.after) for c in found.files}
    before, after = texts.get(path, (page.text, page.text))
    page = replace(page, text=before or "")
    now = ImportedPage(
        title=str(found.about.get("title") or page.title),
        text=after or "",
        url=found.about.get("url"),
        published=_day(found.about.get("published")),
        updated=_day(found.about.get("updated")),
        language="sv",
        warnings=(),
    )
    return Reading(municipality, page, now, compare(municipality, page, now.text))


def _proposal(
    found: Reading,
    changes: Changes,
    now: dt.datetime,
    about: Mapping[str, object],
    rewritten: Sequence[Rewritten] = (),
) -> Proposal:
    today = in_stockholm(now).date()
    files: Mapping[str, str | None] = dict(
        snapshot(found.municipality, found.page, found.now, today, changes.read, tuple(rewritten))
    )
    title = f"Sidan ”{found.page.title}” läst igen"
    return Proposal(found.municipality.id, "import", title, files, about)


def _about(found: Reading, acted: Acted) -> dict[str, object]:
    days = {"published": found.now.published, "updated": found.now.updated}
    return {
        "page": found.page.id,
        "title": found.now.title,
        "url": found.now.url,
        "marked": list(acted.marked),
        "restored": list(acted.restored),
        "rewritten": [],
        **{key: day.isoformat() if day else None for key, day in days.items()},
    }


def _day(written: object) -> dt.date | None:
    return dt.date.fromisoformat(str(written)) if written else None
