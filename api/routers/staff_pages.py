"""The desk's pages: signing in and out, and the desk itself. They need no scripts, but the desk.

Who has signed in always comes to ``/desk``: no address is taken from a request.
"""

from __future__ import annotations

import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.errors import ApiError
from api.faults import fault
from api.routers.deps import NowDep, SettingsDep
from api.routers.staff_ways import STAFF, first_page, is_staff_path, onwards, remember
from api.services.limits import client_of
from api.services.pages_render import render
from api.settings import Settings
from api.staff import cookies
from api.staff.accounts import Attempt
from api.staff.deps import DoorDep
from api.staff.devices import DAYS
from api.staff.door import MINUTES
from api.staff.forgery import is_foreign, same_token

router = APIRouter(include_in_schema=False)

READ = ["GET", "HEAD"]
DESK, SIGN_IN, PROVIDER = "/desk", "/desk/sign-in", "/desk/oidc"
BACK = "/desk/oidc/callback"
NO_STORE = {"Cache-Control": "no-store"}

_TOKEN = re.compile(r"[A-Za-z0-9_-]{43}")


@dataclass(frozen=True, slots=True)
class SignInPage:
    """One state of the page for signing in."""

    csrf: str
    local: bool
    provider: str
    login: str = ""
    problem: str = ""
    told: str = ""


@router.api_route(DESK, methods=READ)
async def desk(request: Request, door: DoorDep, now: NowDep) -> Response:
    """The desk, for who has signed in."""
    session = await door.sessions.find(cookies.session_token(request), now)
    if session is None:
        return _to(SIGN_IN)
    if not session.staff.municipalities("agent", "admin"):
        return _to(STAFF)
    html = render("desk.html", "sv", staff=session.staff, csrf=session.csrf)
    return HTMLResponse(html, headers=NO_STORE)


@router.api_route(SIGN_IN, methods=READ)
async def sign_in_page(
    request: Request,
    settings: SettingsDep,
    door: DoorDep,
    now: NowDep,
    ut: str = "",
    wished: Annotated[str, Query(alias="next", max_length=500)] = "",
) -> Response:
    """The ways to sign in. ``ut=1`` tells that somebody has just signed out; ``next`` where to."""
    session = await door.sessions.find(cookies.session_token(request), now)
    if session:
        return _to(wished if is_staff_path(wished) else first_page(session.staff))
    page = _page(request, settings, told=_signed_out(settings) if ut == "1" else "")
    remember(request, page, wished)
    return page


@router.post(SIGN_IN)
async def sign_in(request: Request, settings: SettingsDep, door: DoorDep, now: NowDep) -> Response:
    """Sign in with a local account."""
    if not settings.desk.local_accounts:
        raise HTTPException(404)
    form = await _form(request)
    attempt = Attempt(
        login=_field(form, "login"),
        password=_field(form, "password"),
        client=client_of(request.scope),
        device=cookies.read_cookie(request, cookies.DEVICE),
        session=cookies.session_token(request),
    )
    try:
        await request.app.state.limits.check("client", attempt.client)
        _check_form(request, settings, form)
        admitted = await door.accounts.sign_in(attempt, now)
    except ApiError as refusal:
        return _page(request, settings, refusal, login=attempt.login)
    response = onwards(request)
    cookies.set_cookie(request, response, cookies.SESSION, admitted.session)
    cookies.set_cookie(request, response, cookies.DEVICE, admitted.device, DAYS * 86_400)
    cookies.drop_cookie(request, response, cookies.FORM)
    return response


@router.post("/desk/sign-out")
async def sign_out(request: Request, settings: SettingsDep, door: DoorDep, now: NowDep) -> Response:
    """Sign out, and leave the desk."""
    session = await door.sessions.find(cookies.session_token(request), now)
    if session:
        token = _field(await _form(request), "csrf")
        if is_foreign(request.headers, settings.public_url) or not same_token(token, session.csrf):
            return _page(request, settings, fault("forged"))
        await door.leave_desk(session, now)
    response = _to(f"{SIGN_IN}?ut=1")
    cookies.drop_cookie(request, response, cookies.SESSION)
    return response


@router.api_route(PROVIDER, methods=READ)
async def to_provider(
    request: Request, settings: SettingsDep, door: DoorDep, now: NowDep
) -> Response:
    """Go to the provider. A link leads here: what a form leads to, our policy keeps at home."""
    _need_provider(settings)
    try:
        await request.app.state.limits.check("client", client_of(request.scope))
        begun = await door.begin(_back(settings), now)
    except ApiError as refusal:
        return _page(request, settings, refusal)
    response = RedirectResponse(begun.address, 303, NO_STORE)
    cookies.set_cookie(request, response, cookies.PROVIDER, begun.state, MINUTES * 60)
    return response


@router.api_route(BACK, methods=READ)
async def from_provider(
    request: Request, settings: SettingsDep, door: DoorDep, now: NowDep
) -> Response:
    """Come back from the provider."""
    _need_provider(settings)
    state = cookies.read_cookie(request, cookies.PROVIDER)
    session = cookies.session_token(request)
    try:
        await request.app.state.limits.check("client", client_of(request.scope))
        answer = _answer(request)
        admitted = await door.finish(answer, state, _back(settings), now, session)
    except ApiError as refusal:
        response: Response = _page(request, settings, refusal)
    else:
        response = onwards(request)
        cookies.set_cookie(request, response, cookies.SESSION, admitted.session)
    cookies.drop_cookie(request, response, cookies.PROVIDER)
    return response


def _page(
    request: Request,
    settings: Settings,
    refusal: ApiError | None = None,
    *,
    login: str = "",
    told: str = "",
) -> HTMLResponse:
    """The page for signing in, with a token of its own, which the form has to bring back."""
    kept = cookies.read_cookie(request, cookies.FORM)
    token = kept if _TOKEN.fullmatch(kept) else secrets.token_urlsafe(32)
    page = SignInPage(
        csrf=token,
        local=settings.desk.local_accounts,
        provider=settings.desk.oidc.name if settings.desk.oidc.is_set else "",
        login=login,
        problem=refusal.message if refusal else "",
        told=told,
    )
    html = render("sign_in.html", "sv", page=page)
    response = HTMLResponse(html, refusal.status if refusal else 200, NO_STORE)
    if refusal and refusal.retry_after is not None:
        response.headers["Retry-After"] = str(refusal.retry_after)
    cookies.set_cookie(request, response, cookies.FORM, token)
    return response


def _signed_out(settings: Settings) -> str:
    if not settings.desk.oidc.is_set:
        return "Du är utloggad."
    return (
        f"Du är utloggad härifrån. Du kan fortfarande vara inloggad hos {settings.desk.oidc.name}. "
        "Stäng webbläsaren om fler använder datorn."
    )


def _check_form(request: Request, settings: Settings, form: FormData) -> None:
    """Raise ApiError unless our own page was sent, by the browser that it was made for."""
    token = cookies.read_cookie(request, cookies.FORM)
    ours = same_token(_field(form, "csrf"), token)
    if not ours or is_foreign(request.headers, settings.public_url):
        raise fault("forged")


def _answer(request: Request) -> Mapping[str, str]:
    """What the browser brings; a parameter that is there twice is an attempt to confuse."""
    pairs = request.query_params.multi_items()
    answer = dict(pairs)
    return answer if len(answer) == len(pairs) else {}


def _back(settings: Settings) -> str:
    """Where the provider is to send people: never an address that a request names."""
    return settings.public_url + BACK


def _need_provider(settings: Settings) -> None:
    if not settings.desk.oidc.is_set:
        raise HTTPException(404)


async def _form(request: Request) -> FormData:
    try:
        return await request.form(max_files=0)
    except FormParserError:
        raise HTTPException(400) from None


def _field(form: FormData, name: str) -> str:
    value = form.get(name)
    return value if isinstance(value, str) else ""


def _to(address: str) -> RedirectResponse:
    return RedirectResponse(address, 303, NO_STORE)
