"""Pages that need no scripts: ``/``, ``/chat/{municipality}``, ``/om/{municipality}``, themes."""

from __future__ import annotations

from typing import Annotated, Any

from fastapi import APIRouter, Depends, Query, Request
from fastapi.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from python_multipart.exceptions import FormParserError
from starlette.exceptions import HTTPException

from api.errors import language_of
from api.routers.deps import NowDep, SettingsDep
from api.routers.files import ask_for_all
from api.schemas_v1 import QuickReply
from api.services.limits import client_of
from api.services.municipality import all_municipalities, municipality_view
from api.services.pages import ChatPages
from api.services.pages_about import about_sections, shortcomings
from api.services.pages_forms import chosen_language, is_forged, read_form
from api.services.pages_render import render
from api.services.pages_states import ChatPage, fresh_page, starting_page
from api.services.pages_theme import LOGO_TYPES, logo_file, theme_css
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality

router = APIRouter(include_in_schema=False)

READ = ["GET", "HEAD"]
FOR_PROGRAMS = ("/api/", "/webhooks/", "/assets/")
NO_STORE = {"Cache-Control": "no-store"}
THEME_CACHE = {"Cache-Control": "public, max-age=300"}

Sprak = Annotated[str | None, Query(max_length=8)]


def get_pages(request: Request, settings: SettingsDep) -> ChatPages | None:
    """The chat pages; None while the process starts."""
    state = request.app.state
    if state.chat is None:
        return None
    return ChatPages(state.chat, settings, state.page_starts, state.limits, state.desk)


PagesDep = Annotated[ChatPages | None, Depends(get_pages)]


@router.api_route("/", methods=READ)
async def start(request: Request, sprak: Sprak = None) -> HTMLResponse:
    """What this is, and the municipalities to choose from."""
    return _municipalities("start.html", chosen_language(sprak) or language_of(request.scope))


@router.api_route("/chat/{municipality_id}", methods=READ)
async def chat_page(
    municipality_id: str,
    request: Request,
    pages: PagesDep,
    settings: SettingsDep,
    now: NowDep,
    sprak: Sprak = None,
    latt: Annotated[str, Query(max_length=1)] = "",
) -> HTMLResponse:
    """The page before the first message."""
    municipality = _find(municipality_id)
    language = chosen_language(sprak)
    if municipality is None:
        return no_municipality(language or language_of(request.scope))
    if pages is None:
        return _chat(fresh_page(municipality, settings, now, language, latt == "1"))
    return _chat(await pages.fresh(municipality, now, language, latt == "1"))


@router.post("/chat/{municipality_id}")
async def post_chat(
    municipality_id: str, request: Request, pages: PagesDep, settings: SettingsDep, now: NowDep
) -> Response:
    """A message, a choice, feedback or erasure; the page after it."""
    municipality = _find(municipality_id)
    if municipality is None:
        return no_municipality(language_of(request.scope))
    if is_forged(request.headers, request.headers.get("host", ""), settings.public_url):
        return refusal(municipality, language_of(request.scope))
    try:
        form = read_form(await request.form(max_files=0))
    except FormParserError:
        # Starlette foresees only some of what a broken form makes its parser raise.
        raise HTTPException(400) from None
    if pages is None:
        return _chat(starting_page(municipality, settings, now, form))
    client = client_of(request.scope)
    if form.do == "transcript" and (kept := await pages.transcript(municipality, form, client)):
        name, text = kept
        headers = {"Content-Disposition": f'attachment; filename="{name}"', **NO_STORE}
        return PlainTextResponse(text, headers=headers)
    return _chat(await pages.post(municipality, form, now, client))


@router.api_route("/om/{municipality_id}", methods=READ)
async def about(
    municipality_id: str,
    request: Request,
    settings: SettingsDep,
    now: NowDep,
    sprak: Sprak = None,
) -> HTMLResponse:
    """What the service is, what it stores, who answers for it, and its accessibility."""
    municipality = _find(municipality_id)
    language = chosen_language(sprak) or "sv"
    if municipality is None:
        return no_municipality(chosen_language(sprak) or language_of(request.scope))
    sections = about_sections(municipality, settings, language)
    html = render(
        "about.html",
        language,
        municipality=municipality_view(municipality, settings, now, language),
        sections=sections,
        reviewed=min(section.reviewed for section in sections),
        accessibility_contact=municipality.assistant.accessibility_contact,
        shortcomings=shortcomings(municipality, language),
    )
    return HTMLResponse(html)


@router.api_route("/assets/theme.css", methods=READ)
async def neutral_theme() -> Response:
    """The colours where no municipality's are shown."""
    return Response(theme_css(), media_type="text/css", headers=THEME_CACHE)


@router.api_route("/assets/theme/{municipality_id}.css", methods=READ)
async def theme(municipality_id: str) -> Response:
    """The municipality's colours."""
    municipality = _find(municipality_id)
    if municipality is None:
        raise HTTPException(404)
    assistant = municipality.assistant
    css = theme_css(assistant.colours, assistant.dark)
    return Response(css, media_type="text/css", headers=THEME_CACHE)


@router.api_route("/assets/logo/{municipality_id}", methods=READ)
async def logo(municipality_id: str, request: Request) -> FileResponse:
    """The municipality's logo, when it has handed one over."""
    municipality = _find(municipality_id)
    file = logo_file(municipality) if municipality else None
    if file is None:
        raise HTTPException(404)
    ask_for_all(request.scope)
    return FileResponse(file, media_type=LOGO_TYPES[file.suffix], headers=THEME_CACHE)


def _find(municipality_id: str) -> Municipality | None:
    return load_knowledge().municipalities.get(municipality_id)


def _chat(page: ChatPage) -> HTMLResponse:
    view = page.municipality
    suggested = [QuickReply(title=text, payload=text) for text in view.suggested]
    html = render("chat.html", page.language, page=page, municipality=view, suggested=suggested)
    headers = dict(NO_STORE)
    if page.retry_after is not None:
        headers["Retry-After"] = str(page.retry_after)
    return HTMLResponse(html, page.status, headers)


def _municipalities(template: str, language: str, status: int = 200, **values: Any) -> HTMLResponse:
    html = render(template, language, municipalities=all_municipalities(), **values)
    return HTMLResponse(html, status)


def no_municipality(language: str) -> HTMLResponse:
    """The page for who came with the name of a municipality that is not here."""
    return _municipalities("missing.html", language, 404, lost=False)


def no_page(request: Request) -> HTMLResponse | None:
    """A page for people who came to an address that is not there; programs get an error."""
    is_person = "text/html" in request.headers.get("accept", "")
    for_programs = request.scope["path"].startswith(FOR_PROGRAMS)
    if not is_person or request.method not in READ or for_programs:
        return None
    language = language_of(request.scope)
    return _municipalities("missing.html", language, 404, lost=True)


def refusal(municipality: Municipality, language: str) -> HTMLResponse:
    """The page for a post from another site."""
    html = render("refused.html", language, municipality_id=municipality.id)
    return HTMLResponse(html, 403, NO_STORE)
