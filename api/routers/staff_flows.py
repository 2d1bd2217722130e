"""The dialogue flows, drawn from the data that runs, with how many tests there are for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse

from api.faults import fault
from api.flows.details import intent_page, service_page
from api.flows.overview import overview
from api.flows.snapshot import Snapshot, snapshot
from api.routers.staff_shell import EVERYBODY, Shell, shell_for

router = APIRouter(include_in_schema=False)

EverybodyDep = Annotated[Shell, Depends(shell_for(*EVERYBODY))]
Municipality = Annotated[str | None, Query(alias="kommun", max_length=40)]
Chosen = Annotated[str, Query(alias="id", max_length=80)]


@router.get("/staff/flows")
async def flows(shell: EverybodyDep, municipality: Municipality = None) -> HTMLResponse:
    """All flows, and first what has no test."""
    return await _page(shell, "flows.html", municipality, overview)


@router.get("/staff/flows/service")
async def service(
    shell: EverybodyDep, chosen: Chosen, municipality: Municipality = None
) -> HTMLResponse:
    """One service: its questions, and which of them the municipality answers."""

    def read(found: Snapshot, own: str) -> dict[str, Any] | None:
        return service_page(found, chosen, own)

    return await _page(shell, "flows_service.html", municipality, read, chosen)


@router.get("/staff/flows/intent")
async def intent(
    shell: EverybodyDep, chosen: Chosen, municipality: Municipality = None
) -> HTMLResponse:
    """One intent: its rule, and what it is asked about."""

    def read(found: Snapshot, own: str) -> dict[str, Any] | None:
        return intent_page(found, chosen, own)

    return await _page(shell, "flows_intent.html", municipality, read, chosen)


async def _page(
    shell: Shell,
    template: str,
    municipality: str | None,
    read: Callable[[Snapshot, str], dict[str, Any] | None],
    item: str = "",
) -> HTMLResponse:
    own = shell.chosen(municipality)
    values = await asyncio.to_thread(lambda: read(snapshot(), own))
    if values is None:
        raise fault("nothing_here")
    return shell.render(template, own=shell.own, chosen=own, item=item, **values)
