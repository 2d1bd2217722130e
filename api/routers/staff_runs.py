"""Running the tests, and what they found."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Request
from fastapi import Path as InPath
from fastapi.responses import FileResponse, HTMLResponse, JSONResponse, RedirectResponse

from api.faults import fault
from api.routers.deps import StoreDep
from api.routers.staff_shell import EDITORS, NO_STORE, Shell, shell_for
from api.runs.folder import State
from api.runs.service import FILES, Start, Starter
from api.runs.words import NOT_HERE, PARTS, STATES, chosen_parts, told_of, words_of
from api.staff.deps import holding
from api.staff.records import Staff
from api.storage import audit
from api.storage.store import Store

router = APIRouter(include_in_schema=False)

PAGE = "/staff/runs"
NOT_STOPPED = "Körningen gick inte att stoppa. Vänta några sekunder och försök igen."
READ = ["GET", "HEAD"]
EditorShell = Annotated[Shell, Depends(shell_for(*EDITORS))]
EditorDep = Annotated[Staff, Depends(holding(*EDITORS))]
RunId = Annotated[str, InPath(pattern=r"^\d{8}-\d{6}(-\d{1,3})?$")]


def get_starter(request: Request) -> Starter:
    """The runs of this installation."""
    state = request.app.state
    if not hasattr(state, "runs"):
        state.runs = Starter(state.settings)
    starter: Starter = state.runs
    return starter


StarterDep = Annotated[Starter, Depends(get_starter)]


@router.api_route(PAGE, methods=READ)
async def listed(shell: EditorShell, starter: StarterDep) -> HTMLResponse:
    """Start a run, and the runs that were."""
    return await _list_page(shell, starter)


@router.post(PAGE)
async def start(shell: EditorShell, starter: StarterDep, store: StoreDep) -> Any:
    """Begin a run."""
    form = await shell.form()
    if not starter.possible:
        return await _list_page(shell, starter, NOT_HERE, 409)
    parts = chosen_parts(form.getlist("part"))
    if not parts:
        return await _list_page(shell, starter, "Välj minst en sorts prov.", 422)
    only = words_of(str(form.get("only") or ""))
    wanted = Start(parts, only, shell.staff.name)
    run = await asyncio.to_thread(starter.start, wanted, shell.now)
    if run is None:
        return shell.back(PAGE, "En körning pågår redan. Vänta på den, eller stoppa den.")
    await asyncio.to_thread(_log, store, shell, "runs.started", run)
    return shell.back(f"{PAGE}/{run}")


@router.api_route(f"{PAGE}/{{run}}", methods=READ)
async def one(run: RunId, shell: EditorShell, starter: StarterDep) -> HTMLResponse:
    """How far a run has come, or what it found."""
    state = await _state(run, starter)
    report = await asyncio.to_thread(starter.report, run) if state.state == "done" else None
    files = await asyncio.to_thread(_files, starter.runs.path(run))

    def picture(name: str) -> str:
        return f"{PAGE}/{run}/files/{name}"

    return shell.render(
        "run.html",
        run=state,
        told_of=told_of(state),
        report=report,
        files=files,
        picture=picture,
        parts=PARTS,
    )


@router.post(f"{PAGE}/{{run}}/stop")
async def stop(
    run: RunId, shell: EditorShell, starter: StarterDep, store: StoreDep
) -> RedirectResponse:
    """End a run that is under way."""
    await shell.form()
    await _state(run, starter)
    if not await asyncio.to_thread(starter.stop, run):
        return shell.back(f"{PAGE}/{run}", NOT_STOPPED)
    await asyncio.to_thread(_log, store, shell, "runs.stopped", run)
    return shell.back(f"{PAGE}/{run}", "Körningen stoppas. Det kan ta några sekunder.")


@router.api_route(f"{PAGE}/{{run}}/files/{{name}}", methods=READ)
async def file(run: RunId, name: str, shell: EditorShell, starter: StarterDep) -> FileResponse:
    """A file of a run: the report to keep, what CI reads, a picture of the page."""
    path = starter.runs.path(run) / name
    if name not in FILES or not await asyncio.to_thread(path.is_file):
        raise fault("nothing_here")
    shown = "inline" if name.endswith(".png") else "attachment"
    headers = {**NO_STORE, "Content-Disposition": f'{shown}; filename="{run}-{name}"'}
    return FileResponse(path, media_type=FILES[name], headers=headers)


@router.get("/api/v1/staff/runs/{run}")
async def progress(run: RunId, staff: EditorDep, starter: StarterDep) -> JSONResponse:
    """How far a run has come, for the page's script."""
    return JSONResponse(_progress(await _state(run, starter)), headers=NO_STORE)


def _progress(state: State) -> Mapping[str, Any]:
    return {
        "running": state.state == "running",
        "told": told_of(state),
        "done": state.done,
        "total": state.total,
        "bad": state.bad,
    }


async def _list_page(
    shell: Shell, starter: Starter, problem: str = "", status: int = 200
) -> HTMLResponse:
    states = await asyncio.to_thread(starter.runs.states)
    return shell.render(
        "runs.html",
        status,
        possible=starter.possible,
        not_here=NOT_HERE,
        runs=states,
        active=next((s for s in states if s.state == "running"), None),
        problem=problem,
        parts=PARTS,
        words=STATES,
    )


async def _state(run: str, starter: Starter) -> State:
    state = await asyncio.to_thread(starter.runs.state, run)
    if state is None:
        raise fault("nothing_here")
    return state


def _files(folder: Path) -> list[str]:
    return [name for name in FILES if (folder / name).is_file()]


def _log(store: Store, shell: Shell, action: str, run: str) -> None:
    """For the operator: the tests are about every municipality."""
    audit.write(store.desk, shell.now, shell.staff, None, action, run)
