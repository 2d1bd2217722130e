"""Pages that need no scripts: be called back, and mail a question to the unit."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import HTMLResponse, Response
from python_multipart.exceptions import FormParserError
from starlette.exceptions import HTTPException

from api.errors import language_of
from api.routers.deps import NowDep, SettingsDep
from api.routers.pages import NO_STORE, READ, no_municipality, refusal
from api.services.limits import client_of
from api.services.municipality import municipality_view
from api.services.pages_forms import chosen_language, is_forged
from api.services.pages_person import CallbackPages, MailPages, PersonPages, starting
from api.services.pages_person_form import PersonForm, PersonPage, read_person_form
from api.services.pages_render import render
from bot.knowledge.loader import load_knowledge

router = APIRouter(include_in_schema=False)

CALLBACK, MAIL = "callback.html", "mail.html"

Sprak = Annotated[str | None, Query(max_length=8)]


def get_callback_pages(request: Request) -> CallbackPages | None:
    """The pages for being called back; None while the process starts."""
    state = request.app.state
    if state.callbacks is None:
        return None
    return CallbackPages(state.chat, state.callbacks, state.mails, state.settings, state.limits)


def get_mail_pages(request: Request) -> MailPages | None:
    """The pages for mailing; None while the process starts."""
    state = request.app.state
    if state.mails is None:
        return None
    return MailPages(state.chat, state.callbacks, state.mails, state.settings, state.limits)


CallbackPagesDep = Annotated[CallbackPages | None, Depends(get_callback_pages)]
MailPagesDep = Annotated[MailPages | None, Depends(get_mail_pages)]


@router.api_route("/chat/{municipality_id}/ring-upp", methods=READ)
async def callback_page(
    municipality_id: str,
    request: Request,
    pages: CallbackPagesDep,
    settings: SettingsDep,
    now: NowDep,
    sprak: Sprak = None,
) -> HTMLResponse:
    """The form."""
    return await _shown(CALLBACK, municipality_id, request, pages, settings, now, sprak)


@router.post("/chat/{municipality_id}/ring-upp")
async def post_callback(
    municipality_id: str,
    request: Request,
    pages: CallbackPagesDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Read back, book, change or cancel; the page after it."""
    return await _posted(CALLBACK, municipality_id, request, pages, settings, now)


@router.api_route("/chat/{municipality_id}/mejl", methods=READ)
async def mail_page(
    municipality_id: str,
    request: Request,
    pages: MailPagesDep,
    settings: SettingsDep,
    now: NowDep,
    sprak: Sprak = None,
) -> HTMLResponse:
    """The form."""
    return await _shown(MAIL, municipality_id, request, pages, settings, now, sprak)


@router.post("/chat/{municipality_id}/mejl")
async def post_mail(
    municipality_id: str,
    request: Request,
    pages: MailPagesDep,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    """Read back or send; the page after it."""
    return await _posted(MAIL, municipality_id, request, pages, settings, now)


async def _shown(
    template: str,
    municipality_id: str,
    request: Request,
    pages: PersonPages | None,
    settings: SettingsDep,
    now: NowDep,
    sprak: str | None,
) -> HTMLResponse:
    municipality = load_knowledge().municipalities.get(municipality_id)
    if municipality is None:
        return no_municipality(chosen_language(sprak) or language_of(request.scope))
    form = PersonForm(language=chosen_language(sprak) or "sv")
    if pages is None:
        view = municipality_view(municipality, settings, now, form.language)
        return _page(template, starting(PersonPage(view, form)))
    return _page(template, await pages.opened(municipality, form, now))


async def _posted(
    template: str,
    municipality_id: str,
    request: Request,
    pages: PersonPages | None,
    settings: SettingsDep,
    now: NowDep,
) -> Response:
    municipality = load_knowledge().municipalities.get(municipality_id)
    if municipality is None:
        return no_municipality(language_of(request.scope))
    if is_forged(request.headers, request.headers.get("host", ""), settings.public_url):
        return refusal(municipality, language_of(request.scope))
    try:
        form = read_person_form(await request.form(max_files=0))
    except FormParserError:
        # Starlette foresees only some of what a broken form makes its parser raise.
        raise HTTPException(400) from None
    if pages is None:
        view = municipality_view(municipality, settings, now, form.language)
        return _page(template, starting(PersonPage(view, form)))
    return _page(template, await pages.post(municipality, form, now, client_of(request.scope)))


def _page(template: str, page: PersonPage) -> HTMLResponse:
    html = render(template, page.language, page=page, municipality=page.municipality)
    headers = dict(NO_STORE)
    if page.retry_after is not None:
        headers["Retry-After"] = str(page.retry_after)
    return HTMLResponse(html, page.status, headers)
