"""Answers that are withdrawn or flagged, and restoring them."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData

from api.faults import fault
from api.routers.deps import StoreDep
from api.routers.staff_shell import EDITORS, Shell, shell_for
from api.standing import views
from api.standing.service import StandingError, Standings
from api.storage.answer_states import Mark
from bot.guard.intake import admit_from_staff

router = APIRouter(include_in_schema=False)

STANDING = "/staff/standing"
READ = ["GET", "HEAD"]
_LONGEST_WHY = 400
_CHOICES: Mapping[str, Mark] = {"stop": "withdrawn", "flag": "flagged", "restore": "restored"}
_TOLD: Mapping[Mark, str] = {
    "withdrawn": "Svaret är stoppat. Assistenten säger det inte längre.",
    "flagged": "Svaret är märkt. Assistenten säger det med en varning.",
    "restored": "Klart. Assistenten säger det som vanligt igen.",
}
EditorShell = Annotated[Shell, Depends(shell_for(*EDITORS))]


def get_standings(store: StoreDep) -> Standings:
    """The marks in the database."""
    return Standings(store.desk)


StandingsDep = Annotated[Standings, Depends(get_standings)]


@router.api_route(STANDING, methods=READ)
async def listed(
    shell: EditorShell, standings: StandingsDep, kommun: str | None = None
) -> HTMLResponse:
    """What is withdrawn or flagged in one of one's own municipalities."""
    return await _listed(shell, standings, shell.chosen(kommun))


@router.post(STANDING)
async def mark(shell: EditorShell, standings: StandingsDep) -> Response:
    """Withdraw, flag or restore by hand, with a reason that colleagues can read."""
    form = await shell.form()
    municipality = shell.chosen(text_of(form, "kommun"))
    state = _CHOICES.get(text_of(form, "do"))
    why = " ".join(text_of(form, "why").split())[:_LONGEST_WHY]
    if state is None:
        raise fault("nothing_here")
    problem = "" if why else "Skriv varför, så att dina kollegor förstår."
    if why and admit_from_staff(why).masked:
        problem = "Skriv inga personnummer."
    if not problem:
        try:
            await asyncio.to_thread(
                standings.mark,
                municipality,
                text_of(form, "answer"),
                state,
                why,
                shell.staff,
                shell.now,
            )
        except StandingError as error:
            problem = str(error)
    if problem:
        return await _listed(shell, standings, municipality, problem, typed_in(form), 422)
    return shell.back(f"{STANDING}?kommun={municipality}", _TOLD[state])


async def _listed(
    shell: Shell,
    standings: Standings,
    municipality: str,
    problem: str = "",
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    found = await asyncio.to_thread(views.marks, standings, municipality)
    return shell.render(
        "standing.html",
        status,
        own=shell.own,
        chosen=municipality,
        marks=found,
        answers=views.choices(municipality),
        problem=problem,
        typed=typed or {},
    )


def text_of(form: FormData, name: str) -> str:
    """A field of a form, empty when it is not there."""
    value = form.get(name)
    return value if isinstance(value, str) else ""


def typed_in(form: FormData) -> Mapping[str, str]:
    """Everything that was typed, to be shown again."""
    return {key: value for key, value in form.items() if isinstance(value, str) and key != "csrf"}
