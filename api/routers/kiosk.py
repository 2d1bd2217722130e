"""The kiosk: ``/kiosk/{municipality}``, its record, its QR codes, and what is left without us.

Everything here is public and holds nothing of anybody; the conversation goes through API v1.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, Response
from starlette.exceptions import HTTPException

from api.errors import language_of
from api.handoff import offers
from api.routers.deps import (
    DeskDep,
    LanguageQuery,
    ListeningDep,
    NowDep,
    SettingsDep,
    SpeechDep,
)
from api.routers.files import WEB, ask_for_all
from api.routers.pages import no_municipality
from api.schemas_kiosk import KioskRecord
from api.services.kiosk import Kiosk, words
from api.services.kiosk_qr import callback_qr, chat_qr, contact_qr, page_qr, qr_svg
from api.services.limits import client_of
from api.services.municipality import find_municipality, municipality_view
from api.services.pages_forms import chosen_language
from api.services.pages_render import render
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

READ = ["GET", "HEAD"]
WORKER = WEB / "kiosk" / "worker.js"


def switched_on(settings: SettingsDep) -> None:
    """Nothing is here where the operator has switched it off."""
    if not settings.kiosk.on:
        raise HTTPException(404)


router = APIRouter(prefix="/kiosk", include_in_schema=False, dependencies=[Depends(switched_on)])


@router.api_route("/worker.js", methods=READ)
async def worker(request: Request) -> FileResponse:
    """The script that shows the page of numbers when this server is lost.

    It has its address here, since a browser lets such a script rule only what lies below it.
    """
    ask_for_all(request.scope)
    return FileResponse(WORKER, media_type="text/javascript")


def page_of(
    municipality_id: str,
    request: Request,
    settings: SettingsDep,
    now: NowDep,
    language: Annotated[str | None, Query(max_length=8)] = None,
) -> Callable[[str], HTMLResponse]:
    """From a template to a municipality's page.

    Swedish unless another language was chosen: who stands before it has no settings.
    """
    municipality = load_knowledge().municipalities.get(municipality_id)
    chosen = chosen_language(language)

    def page(template: str) -> HTMLResponse:
        if municipality is None:
            return no_municipality(chosen or language_of(request.scope))
        shown = chosen or "sv"
        view = municipality_view(municipality, settings, now, shown)
        other = "sv" if shown == "en" else "en"
        in_short = {"language": other, "text": words(other)["lost_short"]}
        return HTMLResponse(render(template, shown, municipality=view, other=in_short))

    return page


PageDep = Annotated[Callable[[str], HTMLResponse], Depends(page_of)]


@router.api_route("/{municipality_id}", methods=READ)
async def kiosk_page(page: PageDep) -> HTMLResponse:
    """The page that a kiosk opens; its scripts fill it in."""
    return page("kiosk.html")


@router.api_route("/{municipality_id}/lost", methods=READ)
async def lost_page(page: PageDep) -> HTMLResponse:
    """Numbers to call; the browser keeps it for when this server can't be reached."""
    return page("kiosk_lost.html")


@router.api_route("/{municipality_id}/record", methods=READ)
async def record(
    municipality_id: str,
    request: Request,
    settings: SettingsDep,
    desk: DeskDep,
    now: NowDep,
    speech: SpeechDep,
    listening: ListeningDep,
    language: LanguageQuery = "sv",
) -> KioskRecord:
    """All that the page shows before the first question."""
    await request.app.state.limits.check("client", client_of(request.scope))
    municipality = find_municipality(municipality_id)
    kiosk = Kiosk(municipality, settings, now, language, speech.works(), listening.mode)
    return await kiosk.record(desk)


@router.api_route("/{municipality_id}/qr/contact/{contact_id}.svg", methods=READ)
async def qr_contact(municipality_id: str, contact_id: str) -> Response:
    """A contact's number."""
    return _svg(contact_qr(_known(municipality_id), contact_id))


@router.api_route("/{municipality_id}/qr/page/{page_id}.svg", methods=READ)
async def qr_page(municipality_id: str, page_id: str) -> Response:
    """A page's address."""
    return _svg(page_qr(_known(municipality_id), page_id))


@router.api_route("/{municipality_id}/qr/chat.svg", methods=READ)
async def qr_chat(municipality_id: str, settings: SettingsDep) -> Response:
    """The chat, to go on with at home."""
    return _svg(chat_qr(_known(municipality_id), settings))


@router.api_route("/{municipality_id}/qr/callback.svg", methods=READ)
async def qr_callback(
    municipality_id: str, settings: SettingsDep, desk: DeskDep, now: NowDep
) -> Response:
    """The form for being called back, where that is offered."""
    municipality = _known(municipality_id)
    status = await desk.status(municipality.id, now, with_wait=False)
    is_offered = offers.offer(settings, municipality.id, status).callback
    return _svg(callback_qr(municipality, settings) if is_offered else None)


def _known(municipality_id: str) -> Municipality:
    found = load_knowledge().municipalities.get(municipality_id)
    if found is None:
        raise HTTPException(404)
    return found


def _svg(content: str | None) -> Response:
    if content is None:
        raise HTTPException(404)
    return Response(qr_svg(content), media_type="image/svg+xml")
