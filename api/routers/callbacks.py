"""API v1: be called back, see and cancel it; mail a question with the conversation."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request, Security
from fastapi.responses import Response
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from api.callbacks import texts
from api.callbacks.mails import Asking
from api.callbacks.records import OPEN, Callback, Wish
from api.faults import fault
from api.routers.deps import CallbacksDep, ConversationDep, LanguageQuery, MailsDep, NowDep
from api.schemas_base import BODY, refusals
from api.schemas_callbacks import (
    RECEIPT,
    AskCallback,
    AskedView,
    CallbackView,
    SendMail,
    SentView,
    TimesView,
    TimeView,
)
from api.services.limits import client_of

router = APIRouter(prefix="/api/v1", tags=["v1"])

CALLBACK_SECRET = HTTPBearer(
    auto_error=False,
    scheme_name="callback",
    description="The secret that booking the callback told. It is never part of an address.",
)

Municipality = Annotated[str, Path(max_length=40, examples=["umea"])]
Receipt = Annotated[str, Path(pattern=RECEIPT, examples=["UM-7K3F-92QX"])]


async def limited(request: Request) -> None:
    """Count who books or mails: each of them is work for a person."""
    await request.app.state.limits.check("callback", client_of(request.scope))


LIMITED = [Depends(limited)]


async def get_own(
    receipt: Receipt,
    callbacks: CallbacksDep,
    secret: Annotated[HTTPAuthorizationCredentials | None, Security(CALLBACK_SECRET)],
) -> Callback:
    """The callback. A wrong secret and a wrong receipt get one and the same answer."""
    if secret is None or not secret.credentials:
        raise fault("no_callback_secret")
    return await callbacks.find(receipt.upper(), secret.credentials)


OwnDep = Annotated[Callback, Depends(get_own)]


@router.get("/municipalities/{municipality_id}/callback-times", responses=refusals(404))
async def read_times(
    municipality_id: Municipality,
    callbacks: CallbacksDep,
    now: NowDep,
    language: LanguageQuery = "sv",
) -> TimesView:
    """The times at which the municipality's unit can call, and what the data is for."""
    times = await callbacks.times(municipality_id, now, language)
    return TimesView(
        open=times.is_open,
        unit=times.unit,
        purpose=times.purpose,
        times=[TimeView(id=slot.id, title=slot.title) for slot in times.slots],
    )


@router.post(
    "/municipalities/{municipality_id}/callbacks",
    status_code=201,
    responses=refusals(404, 409, *BODY),
    dependencies=LIMITED,
)
async def ask_callback(
    asked: AskCallback,
    municipality_id: Municipality,
    request: Request,
    callbacks: CallbacksDep,
    now: NowDep,
) -> AskedView:
    """Book a callback. Read `lines` back; keep the secret to cancel."""
    if asked.language:
        request.state.language = asked.language
    wish = Wish(
        name=asked.name,
        phone=asked.phone,
        about=asked.about,
        time=asked.time,
        language=asked.language,
        consent=asked.consent,
        conversation_id=asked.conversation_id,
    )
    booked = await callbacks.ask(municipality_id, wish, asked.key, now)
    return AskedView(
        receipt=booked.callback.receipt,
        secret=booked.secret,
        lines=list(booked.lines),
        text=booked.text,
    )


@router.get("/callbacks/{receipt}", responses=refusals(401, 404))
async def read_callback(own: OwnDep, now: NowDep) -> CallbackView:
    """Where it stands."""
    return CallbackView(
        receipt=own.receipt,
        state=own.state,
        lines=list(texts.lines_of(own, now)),
        text=texts.standing(own, now),
        can_cancel=own.state in OPEN,
        due_from=own.due_from,
        due_to=own.due_to,
    )


@router.delete("/callbacks/{receipt}", status_code=204, responses=refusals(401, 404, 409))
async def cancel_callback(own: OwnDep, callbacks: CallbacksDep, now: NowDep) -> Response:
    """Cancel it: nobody will call."""
    await callbacks.cancel_known(own, now)
    return Response(status_code=204)


@router.post(
    "/conversations/{conversation_id}/mail",
    status_code=201,
    responses=refusals(401, 404, 409, *BODY),
    dependencies=LIMITED,
)
async def send_mail(
    sent: SendMail, conversation: ConversationDep, mails: MailsDep, now: NowDep
) -> SentView:
    """Mail a question to the unit, with what was said here. The answer comes by mail."""
    asked = Asking(sent.reply_to, sent.about, sent.consent)
    put = await mails.send(conversation, asked, sent.key, now)
    return SentView(receipt=put.receipt, text=put.text)
