"""``GET /health``: the process lives. ``GET /ready``: it can answer."""

from __future__ import annotations

import asyncio

from fastapi import APIRouter, Request
from fastapi.responses import JSONResponse

from api.services.content_check import ContentCheck

router = APIRouter(tags=["operations"])


@router.get("/health")
async def health() -> dict[str, str]:
    """The process runs."""
    return {"status": "ok"}


@router.get("/ready", responses={503: {"description": "It can't answer yet, or not now"}})
async def ready(request: Request) -> JSONResponse:
    """The model is loaded and has answered once, and the database answers.

    Content that was broken on disk meanwhile is told as a problem: what was read before serves on.
    """
    state = request.app.state
    if state.assistant is None or state.ready_after == 0:
        return JSONResponse({"status": "starting", "problem": state.problem}, status_code=503)
    if not await asyncio.to_thread(state.store.healthy):
        problem = "the database does not answer"
        return JSONResponse({"status": "waiting", "problem": problem}, status_code=503)
    told = {"status": "ready", "seconds_to_ready": round(state.ready_after, 1)}
    if not hasattr(state, "content_check"):
        state.content_check = ContentCheck()
    problem = await asyncio.to_thread(state.content_check.problem)
    return JSONResponse({**told, "problem": problem} if problem else told)
