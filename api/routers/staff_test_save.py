"""A conversation from the console saved as a test: what to expect, the file, and where it goes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Any
from urllib.parse import quote

from fastapi import APIRouter, Depends
from fastapi.responses import Response
from starlette.datastructures import FormData

from api.changes.records import ChangeError, Proposal
from api.changes.service import Changes
from api.console import saving
from api.console.deps import ConsoleDep
from api.console.dialogue_file import DialogueFile, topics
from api.console.moments import moment_words
from api.console.page_form import Asked, read_asked
from api.console.records import Played
from api.console.saving import Draft, Problem
from api.errors import ApiError
from api.routers.deps import StoreDep
from api.routers.staff_shell import EDITORS, EVERYBODY, NO_STORE, Shell, shell_for
from api.settings import ROOT
from api.storage.store import Store
from bot.dialogue.turn import in_stockholm

router = APIRouter(include_in_schema=False)

PATH = "/staff/test/save"
SAVE, CHECK, DOWNLOAD, PROPOSE, WRITE = "save", "check", "download", "propose", "write"

ShellDep = Annotated[Shell, Depends(shell_for(*EVERYBODY))]


@dataclass(frozen=True, slots=True)
class Saving:
    """A test that is being written, as far as it has come."""

    asked: Asked
    draft: Draft
    file: DialogueFile
    was_easy: bool = False
    problems: tuple[Problem, ...] = ()
    failures: tuple[str, ...] = ()
    learnt: tuple[str, ...] = ()
    checked: bool = False


@router.get(PATH)
async def nothing_to_save(shell: ShellDep) -> Response:
    """A conversation comes before a test: reloading the address leads to the console."""
    return shell.back("/staff/test")


@router.post(PATH)
async def save(shell: ShellDep, console: ConsoleDep, store: StoreDep) -> Response:
    """Show what can be expected, check what was chosen, or put the file where it was asked for."""
    form = await shell.form()
    as_said = read_asked(_kept(form))
    # Before it is read for what has to be masked, which takes seconds of what is far too long.
    moment = console.checked(as_said.setting, as_said.texts, shell.now)
    asked = saving.as_a_test(as_said)
    if not asked.texts:
        return shell.back("/staff/test")
    fixed = f"{in_stockholm(moment):%Y-%m-%dT%H:%M}"
    asked = replace(asked, setting=replace(asked.setting, moment=fixed))
    played = await console.play(asked.setting, list(asked.texts), shell.now)
    do = str(form.get("do") or CHECK)
    found = await asyncio.to_thread(_saving, form, asked, played, do)
    found = replace(found, was_easy=as_said.setting.easy)
    if found.problems or do not in {DOWNLOAD, PROPOSE, WRITE}:
        return _page(shell, found, moment_words(moment))
    if do == DOWNLOAD:
        return _download(found.file)
    try:
        return await asyncio.to_thread(_put, shell, store, found.file, do)
    except ChangeError as error:
        refusal = Problem("", str(error))
        return _page(shell, replace(found, problems=(refusal,)), moment_words(moment))


def _kept(form: FormData) -> FormData:
    """The form without its button: nothing is said or taken out on this page."""
    return FormData([(k, v) for k, v in form.multi_items() if k != "do"] + [("do", SAVE)])


def _saving(form: FormData, asked: Asked, played: Sequence[Played], do: str) -> Saving:
    """What stands on the page. Blocks: it reads the project's tests."""
    moment = asked.setting.moment or ""
    if do == SAVE:
        draft = saving.draft_at_first(played, ROOT)
        return Saving(asked, draft, saving.file_of(draft, asked.setting, moment))
    draft = saving.draft_of(form, played)
    file = saving.file_of(draft, asked.setting, moment)
    return Saving(
        asked=asked,
        draft=draft,
        file=file,
        problems=tuple(saving.problems_of(file, ROOT)),
        failures=tuple(saving.failures_of(draft, file)),
        learnt=tuple(saving.known_by_heart(file, ROOT)),
        checked=True,
    )


def _page(shell: Shell, found: Saving, moment: str) -> Response:
    values: dict[str, Any] = {
        "saving": found,
        "moment": moment,
        "topics": topics(ROOT),
        "wrong": {problem.field: problem.text for problem in found.problems},
        "may_propose": bool(shell.staff.municipalities(*EDITORS)),
        "working_copy": shell.request.app.state.settings.staff.working_copy,
    }
    return shell.render("test_save.html", 422 if found.problems else 200, **values)


def _download(file: DialogueFile) -> Response:
    name = quote(file.path.rpartition("/")[2])
    headers = {**NO_STORE, "Content-Disposition": f'attachment; filename="{name}"'}
    return Response(file.text(), media_type="application/yaml; charset=utf-8", headers=headers)


def _put(shell: Shell, store: Store, file: DialogueFile, do: str) -> Response:
    """Propose the file, and where it is asked for write it too; ChangeError when it can't be."""
    editors = sorted(shell.staff.municipalities(*EDITORS))
    working_copy = shell.request.app.state.settings.staff.working_copy
    if not editors or (do == WRITE and not working_copy):
        raise ApiError(403, "no_role", "Du kan ladda ner provet, men inte lägga in det.")
    wanted = file.where["municipality"]
    changes = Changes(store.desk, ROOT)
    proposal = Proposal(
        municipality=wanted if wanted in editors else editors[0],
        kind="test",
        title=f"Prov: {file.because}",
        files={file.path: file.text()},
    )
    proposed = changes.propose(proposal, shell.staff, shell.now)
    if do == PROPOSE:
        told = "Provet är föreslaget. Det gäller när ändringen har lagts in."
        return shell.back(f"/staff/changes/{proposed.id}", told)
    changes.apply(proposed, shell.staff, shell.now)
    return shell.back("/staff/test", f"Provet finns nu i {file.path}.")
