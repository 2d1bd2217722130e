"""Where signing in leads: to where somebody was going, else to their first page."""

from __future__ import annotations

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from api.staff import cookies
from api.staff.records import Staff

DESK, STAFF = "/desk", "/staff"
NO_STORE = {"Cache-Control": "no-store"}
_SECONDS = 1800


def is_staff_path(path: str) -> bool:
    """Whether signing in may lead here: a page of ours for staff, and no other address."""
    plain = path.partition("?")[0]
    below = plain.startswith(f"{STAFF}/") and not any(s in path for s in ("//", "\\", ".."))
    return (plain in {STAFF, DESK} or below) and path.isprintable()


def remember(request: Request, response: Response, wished: str) -> None:
    """Keep where somebody was going while they sign in."""
    if is_staff_path(wished):
        cookies.set_cookie(request, response, cookies.NEXT, wished, _SECONDS)


def onwards(request: Request) -> RedirectResponse:
    """On after signing in. Who has no work at the desk is led on from there."""
    wished = cookies.read_cookie(request, cookies.NEXT)
    response = RedirectResponse(wished if is_staff_path(wished) else DESK, 303, NO_STORE)
    cookies.drop_cookie(request, response, cookies.NEXT)
    return response


def first_page(staff: Staff) -> str:
    """The page where somebody's work begins."""
    return DESK if staff.municipalities("agent", "admin") else STAFF
