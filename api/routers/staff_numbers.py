"""How much is asked, when, about what, and how it went: the page, and the file of it."""

from __future__ import annotations

import asyncio
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query
from fastapi.responses import HTMLResponse, Response

from api.faults import fault
from api.numbers.page import page_values
from api.numbers.periods import CHOICES, USUAL, Period
from api.numbers.sheet import file_name, sheet
from api.numbers.summary import read_rows, read_summary
from api.routers.deps import StoreDep
from api.routers.staff_shell import EDITORS, Shell, shell_for
from api.storage.store import Store

router = APIRouter(include_in_schema=False)

EditorsDep = Annotated[Shell, Depends(shell_for(*EDITORS))]
Municipality = Annotated[str | None, Query(alias="kommun", max_length=40)]
Days = Annotated[int, Query(alias="dagar")]


@router.get("/staff/numbers")
async def numbers(
    shell: EditorsDep, store: StoreDep, municipality: Municipality = None, days: Days = USUAL
) -> HTMLResponse:
    """The figures of one's own municipality."""
    chosen, period = shell.chosen(municipality), _period(shell, days)
    summary = await asyncio.to_thread(read_summary, store, chosen, period)
    values: dict[str, Any] = page_values(summary)
    return shell.render("numbers.html", own=shell.own, chosen=chosen, days=days, **values)


@router.get("/staff/numbers.csv")
async def as_file(
    shell: EditorsDep, store: StoreDep, municipality: Municipality = None, days: Days = USUAL
) -> Response:
    """The same for a spreadsheet, day by day."""
    chosen, period = shell.chosen(municipality), _period(shell, days)

    def read(store: Store) -> tuple[str, str]:
        summary = read_summary(store, chosen, period)
        return file_name(summary), sheet(summary, read_rows(store, chosen, period))

    name, told = await asyncio.to_thread(read, store)
    headers = {
        "Content-Disposition": f'attachment; filename="{name}"',
        "Cache-Control": "no-store",
    }
    return Response(told.encode(), media_type="text/csv; charset=utf-8", headers=headers)


def _period(shell: Shell, days: int) -> Period:
    if days not in CHOICES:
        raise fault("nothing_here")
    return Period.until(shell.now, days)
