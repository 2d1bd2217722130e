"""``GET /health``: the process lives. ``GET /ready``: it can answer."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.clock import utc_now
from api.services.content_check import ContentCheck

router = APIRouter(tags=["operations"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/ready", responses={503: {"description": "It can't answer yet"}})
async def ready(request: Request) -> JSONResponse:
    """The model is loaded and has answered once.

    A database that is away or full is told as a problem, with the status `limited`: people still
    get a sentence, a number to call and the crisis card, which no proxy could give them. Content
    that was broken on disk meanwhile is a problem too: what was read before serves on. Without its
    Redis a process counts limits by itself, and news of other processes take two seconds.
    """
    state = request.app.state
    if state.assistant is None or state.ready_after == 0:
        return JSONResponse({"status": "starting", "problem": state.problem}, status_code=503)
    told = {"status": "ready", "seconds_to_ready": round(state.ready_after, 1)}
    if state.link.is_up is not None:
        told["redis"] = "ready" if state.link.is_up else "away"
    problem = await asyncio.to_thread(state.store.problem, utc_now())
    if problem:
        return JSONResponse({**told, "status": "limited", "problem": problem})
    if not hasattr(state, "content_check"):
        state.content_check = ContentCheck()
    problem = await asyncio.to_thread(state.content_check.problem)
    return JSONResponse({**told, "problem": problem} if problem else told)
