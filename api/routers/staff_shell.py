"""What every staff page shares: who reads it, its frame, its forms and its refusals.

Pages are made on the server and their forms work without scripts. Who is not signed in is led
to sign in and back; who has not the role is told so.
"""

from __future__ import annotations

import base64
import datetime as dt
import hashlib
import hmac
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from fastapi import Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from python_multipart.exceptions import FormParserError
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException

from api.errors import ApiError
from api.faults import fault
from api.routers.deps import NowDep
from api.services.pages_render import render
from api.staff import cookies
from api.staff.deps import DoorDep
from api.staff.forgery import is_foreign, same_token
from api.staff.records import Role, Session, Staff
from bot.knowledge.loader import load_knowledge

STAFF, DESK, SIGN_IN = "/staff", "/desk", "/desk/sign-in"
TOLD = "lotsen_staff_told"
NO_STORE = {"Cache-Control": "no-store"}
_TOLD_SECONDS = 60
_LONGEST_TOLD = 600

EVERYBODY: tuple[Role, ...] = ("agent", "editor", "admin")
EDITORS: tuple[Role, ...] = ("editor", "admin")


@dataclass(frozen=True, slots=True)
class Entry:
    """A page in the menu, and who sees it there."""

    path: str
    title: str
    about: str
    roles: tuple[Role, ...] = EDITORS


MENU = (
    Entry("/staff/test", "Prova", "Prata med assistenten och se vad den förstod.", EVERYBODY),
    Entry("/staff/review", "Granska", "Frågor som assistenten inte kunde svara bra på."),
    Entry("/staff/content", "Svaren", "Alla svar med belägg, datum och vad invånarna tyckte."),
    Entry("/staff/import", "Läs in sida", "Gör utkast till svar av en sida på webbplatsen."),
    Entry("/staff/changes", "Ändringar", "Det som är föreslaget och väntar på att läggas in."),
    Entry("/staff/runs", "Testa allt", "Kör alla prov och se vad som har ändrats."),
    Entry("/staff/flows", "Flöden", "Hur samtalen går till, och vad som saknar prov.", EVERYBODY),
    Entry("/staff/numbers", "Siffror", "Hur mycket som frågas, när och om vad."),
    Entry("/desk", "Desken", "Svara invånarna.", ("agent", "admin")),
)


class NotSignedInError(ApiError):
    """Nobody is signed in: ``refused`` leads there, and back."""

    def __init__(self) -> None:
        known = fault("not_signed_in")
        super().__init__(known.status, known.code, known.message)


@dataclass(frozen=True, slots=True)
class Shell:
    """A request for a staff page by somebody who may see it.

    ``own`` are the municipalities where they hold one of the roles that the page asks for.
    """

    request: Request
    session: Session
    own: tuple[str, ...]
    now: dt.datetime

    @property
    def staff(self) -> Staff:
        """Who reads it."""
        return self.session.staff

    def chosen(self, municipality: str | None) -> str:
        """The municipality that was asked for, or the first of their own; else ApiError 404."""
        found = municipality or self.own[0]
        if found not in self.own:
            raise fault("nothing_here")
        return found

    def render(self, template: str, status: int = 200, **values: Any) -> HTMLResponse:
        """A page in the frame; ``template`` is a file of templates/staff."""
        told = _read_told(self.request, self.session)
        html = render(
            f"staff/{template}",
            "sv",
            **{"frame": _frame(self.request, self.session), "told": told, **values},
        )
        response = HTMLResponse(html, status, NO_STORE)
        if cookies.read_cookie(self.request, TOLD):
            cookies.drop_cookie(self.request, response, TOLD)
        return response

    async def form(self, max_files: int = 0, max_fields: int = 4000) -> FormData:
        """The form that was sent, by a page of ours with this session's token; else ApiError."""
        try:
            form = await self.request.form(max_files=max_files, max_fields=max_fields)
        except FormParserError:
            raise HTTPException(400) from None
        token = form.get("csrf")
        public_url = str(self.request.app.state.settings.public_url)
        ours = isinstance(token, str) and same_token(token, self.session.csrf)
        if not ours or is_foreign(self.request.headers, public_url):
            raise fault("forged")
        # No page of ours sends it, and no database keeps it.
        if any("\0" in value for value in form.values() if isinstance(value, str)):
            raise HTTPException(400)
        return form

    def back(self, path: str, told: str = "") -> RedirectResponse:
        """To a page of ours after a form was dealt with, which tells ``told`` once."""
        response = RedirectResponse(path, 303, NO_STORE)
        if told:
            value = _sealed(told[:_LONGEST_TOLD], self.session)
            cookies.set_cookie(self.request, response, TOLD, value, _TOLD_SECONDS)
        return response


def shell_for(*roles: Role) -> Callable[..., Awaitable[Shell]]:
    """A dependency: the page's frame for who holds one of these roles somewhere."""

    async def entered(request: Request, door: DoorDep, now: NowDep) -> Shell:
        session = await door.sessions.find(cookies.session_token(request), now)
        if session is None:
            raise NotSignedInError
        request.state.staff_session = session
        await request.app.state.limits.check("desk", session.staff.id)
        known = load_knowledge().municipalities
        own = tuple(sorted(session.staff.municipalities(*roles) & known.keys()))
        if not own:
            raise fault("no_role")
        return Shell(request, session, own, now)

    return entered


def refused(request: Request, error: ApiError) -> Response | None:
    """A page for people where a staff page was asked for; None for all other addresses."""
    # Not from its URL, which can't be read where a forged Host stands in it.
    path = str(request.scope["path"])
    if path not in {STAFF, DESK} and not path.startswith((f"{STAFF}/", f"{DESK}/")):
        return None
    if isinstance(error, NotSignedInError):
        query = request.scope["query_string"].decode("latin-1")
        back = f"{path}?{query}".rstrip("?") if request.method in {"GET", "HEAD"} else STAFF
        return RedirectResponse(f"{SIGN_IN}?next={quote(back, safe='')}", 303, NO_STORE)
    session = getattr(request.state, "staff_session", None)
    frame = _frame(request, session) if session else None
    html = render("staff/refused.html", "sv", frame=frame, told="", message=error.message)
    response = HTMLResponse(html, error.status, NO_STORE)
    if error.retry_after is not None:
        response.headers["Retry-After"] = str(error.retry_after)
    return response


def menu_of(staff: Staff) -> list[Entry]:
    """The pages that somebody may see."""
    return [entry for entry in MENU if staff.municipalities(*entry.roles)]


def _frame(request: Request, session: Session) -> dict[str, Any]:
    names = {m.id: m.short for m in load_knowledge().municipalities.values()}
    return {
        "staff": session.staff,
        "csrf": session.csrf,
        "menu": menu_of(session.staff),
        "path": request.scope["path"],
        "names": names,
    }


def _sealed(told: str, session: Session) -> str:
    text = base64.urlsafe_b64encode(told.encode()).decode()
    return f"{text}.{_seal(text, session)}"


def _seal(text: str, session: Session) -> str:
    return hmac.new(session.csrf.encode(), text.encode(), hashlib.sha256).hexdigest()


def _read_told(request: Request, session: Session) -> str:
    """What the page before had to tell; nothing that another than this session has written."""
    text, _, seal = cookies.read_cookie(request, TOLD).partition(".")
    if not text or not hmac.compare_digest(seal.encode(), _seal(text, session).encode()):
        return ""
    return base64.urlsafe_b64decode(text.encode()).decode()
