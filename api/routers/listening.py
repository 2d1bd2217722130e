"""API v1: a question that was spoken, as text to look at. It becomes a message when it is sent."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Request

from api.routers.deps import ConversationDep, ListeningDep
from api.schemas_base import refusals
from api.schemas_v1 import HeardView
from api.services.limits import Limits
from api.services.listening import KINDS

router = APIRouter(prefix="/api/v1/conversations/{conversation_id}", tags=["v1"])

SOUND: Final = {"schema": {"type": "string", "format": "binary"}}
BODY: Final[dict[str, Any]] = {
    "requestBody": {
        "required": True,
        "content": dict.fromkeys(KINDS, SOUND),
    }
}


def get_limits(request: Request) -> Limits:
    """How often somebody may ask."""
    limits: Limits = request.app.state.limits
    return limits


LimitsDep = Annotated[Limits, Depends(get_limits)]


@router.post("/heard", responses=refusals(401, 404, 411, 413, 415), openapi_extra=BODY)
async def hear(
    conversation: ConversationDep, listening: ListeningDep, limits: LimitsDep, request: Request
) -> HeardView:
    """What is said in a recording. Nothing of it is kept: neither the sound nor the text."""
    await limits.check("conversation", conversation.id)
    kind = request.headers.get("content-type", "")
    text = await listening.hear(await request.body(), kind, conversation.language or "sv")
    return HeardView(text=text)
