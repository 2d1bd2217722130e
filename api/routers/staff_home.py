"""The first page for staff: what there is, and who may do what."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse

from api.routers.staff_shell import EVERYBODY, STAFF, Shell, shell_for

router = APIRouter(include_in_schema=False)

ReaderShell = Annotated[Shell, Depends(shell_for(*EVERYBODY))]


@router.api_route(STAFF, methods=["GET", "HEAD"])
async def home(shell: ReaderShell) -> HTMLResponse:
    """The pages that this person may use."""
    return shell.render("home.html")
