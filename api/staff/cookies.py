"""The desk's cookies: never read by scripts, never sent along from other sites' forms.

With https their names begin with ``__Host-``: a browser then takes them from this very host only,
so that a neighbour on the same domain can't plant one.
"""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import Response

SESSION = "lotsen_desk"
FORM = "lotsen_desk_form"
PROVIDER = "lotsen_desk_oidc"
DEVICE = "lotsen_desk_known"
NEXT = "lotsen_desk_next"
"""Where somebody was going when they were asked to sign in."""


def session_token(request: Request) -> str:
    """The id of the session, or nothing."""
    return read_cookie(request, SESSION)


def read_cookie(request: Request, name: str) -> str:
    """A cookie's value, or nothing."""
    return request.cookies.get(_name(request, name), "")


def set_cookie(
    request: Request, response: Response, name: str, value: str, seconds: int | None = None
) -> None:
    """Set it; without seconds the browser forgets it when it closes."""
    response.set_cookie(
        _name(request, name),
        value,
        max_age=seconds,
        path="/",
        secure=_is_secure(request),
        httponly=True,
        samesite="lax",
    )


def drop_cookie(request: Request, response: Response, name: str) -> None:
    """Have the browser forget it."""
    set_cookie(request, response, name, "", 0)


def _name(request: Request, name: str) -> str:
    return f"__Host-{name}" if _is_secure(request) else name


def _is_secure(request: Request) -> bool:
    public_url = str(request.app.state.settings.public_url).lower()
    return public_url.startswith("https://") or request.scope["scheme"] == "https"
