"""The test console for routes: made when it is first asked for, one for the process."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from api.console.models import SecondModel
from api.console.service import Console


def get_console(request: Request) -> Console:
    """``app.state.console``; it needs no start, and plays nothing before the assistant is there."""
    state = request.app.state
    if not hasattr(state, "console"):
        second = SecondModel(state.settings, lambda: state.store)
        state.console = Console(state.settings, lambda: state.assistant, second)
    console: Console = state.console
    return console


ConsoleDep = Annotated[Console, Depends(get_console)]
