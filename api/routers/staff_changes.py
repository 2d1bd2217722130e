"""Change sets: files and their differences, before anything is changed."""

from __future__ import annotations

import asyncio
from typing import Annotated

from fastapi import APIRouter, Depends, Path
from fastapi.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response

from api.changes.records import KINDS, STATES, ChangeError, ChangeSet
from api.changes.service import Changes
from api.faults import fault
from api.routers.deps import SettingsDep, StoreDep
from api.routers.staff_shell import EDITORS, Shell, shell_for
from api.settings import ROOT

router = APIRouter(include_in_schema=False)

PAGE = "/staff/changes"
READ = ["GET", "HEAD"]
EditorShell = Annotated[Shell, Depends(shell_for(*EDITORS))]
SetId = Annotated[str, Path(pattern=r"^\d{6}-[0-9a-f]{6}$")]


def get_changes(store: StoreDep) -> Changes:
    """The change sets of this project."""
    return Changes(store.desk, ROOT)


ChangesDep = Annotated[Changes, Depends(get_changes)]


@router.api_route(PAGE, methods=READ)
async def listed(shell: EditorShell, changes: ChangesDep) -> HTMLResponse:
    """What is proposed in one's own municipalities, and what became of it."""
    found = await asyncio.to_thread(changes.listed, shell.own)
    return shell.render("changes.html", sets=found, kinds=KINDS, states=STATES)


@router.api_route(f"{PAGE}/{{set_id}}", methods=READ)
async def one(
    set_id: SetId, shell: EditorShell, changes: ChangesDep, settings: SettingsDep
) -> HTMLResponse:
    """One change set with its differences."""
    return _page(shell, await _own(set_id, shell, changes), settings.staff.working_copy)


@router.api_route(f"{PAGE}/{{set_id}}/patch", methods=READ)
async def patch(set_id: SetId, shell: EditorShell, changes: ChangesDep) -> Response:
    """The differences as a file that `git apply` takes."""
    found = await _own(set_id, shell, changes)
    headers = {"Content-Disposition": f'attachment; filename="{found.id}.patch"'}
    return PlainTextResponse(found.patch(), headers=headers)


@router.post(f"{PAGE}/{{set_id}}/drop")
async def drop(set_id: SetId, shell: EditorShell, changes: ChangesDep) -> RedirectResponse:
    """It is not to be."""
    await shell.form()
    found = await _own(set_id, shell, changes)
    try:
        await asyncio.to_thread(changes.drop, found, shell.staff, shell.now)
    except ChangeError as error:
        return shell.back(f"{PAGE}/{set_id}", str(error))
    return shell.back(PAGE, f"Ändringen ”{found.title}” är släppt.")


@router.post(f"{PAGE}/{{set_id}}/apply")
async def apply(
    set_id: SetId, shell: EditorShell, changes: ChangesDep, settings: SettingsDep
) -> Response:
    """Write it into the working copy; what could not be done is told beside it."""
    await shell.form()
    found = await _own(set_id, shell, changes)
    if not settings.staff.working_copy:
        raise fault("no_role")
    try:
        done = await asyncio.to_thread(changes.apply, found, shell.staff, shell.now)
    except ChangeError as error:
        return _page(shell, found, True, problem=str(error), status=409)
    return shell.back(f"{PAGE}/{set_id}", " ".join(done))


async def _own(set_id: str, shell: Shell, changes: Changes) -> ChangeSet:
    found = await asyncio.to_thread(changes.find, set_id)
    if found is None or found.municipality not in shell.own:
        raise fault("nothing_here")
    return found


def _page(
    shell: Shell, found: ChangeSet, working_copy: bool, problem: str = "", status: int = 200
) -> HTMLResponse:
    return shell.render(
        "change.html",
        status,
        found=found,
        kinds=KINDS,
        states=STATES,
        working_copy=working_copy,
        problem=problem,
    )
