"""Somebody of the staff at their pages, as a browser without scripts sends it."""

from __future__ import annotations

import asyncio
from typing import Any

import httpx
from fastapi import FastAPI

from tests.api.html import Page, visit
from tests.api.staff.helpers import NOW, add_account, signed_in


async def at_work(
    app: FastAPI, http: httpx.AsyncClient, login: str = "eva", name: str = "Eva Ek", **roles: str
) -> httpx.AsyncClient:
    """Sign somebody in, as ``umea="editor"``: the client is then their browser."""

    def enter() -> Any:
        held: Any = roles
        staff = add_account(app.state.store, login, name, **held)
        return signed_in(app.state.store, staff, NOW)

    headers = await asyncio.to_thread(enter)
    cookie = headers["Cookie"].partition("=")
    http.cookies.set(cookie[0], cookie[2])
    http.headers["Sec-Fetch-Site"] = "same-origin"
    http.headers["X-Lotsen-Now"] = NOW.isoformat()
    return http


async def page_at(http: httpx.AsyncClient, path: str, status: int = 200) -> Page:
    """A page, which has one heading of the first level."""
    page = await visit(http, path)
    assert page.response.status_code == status, page.response.text
    return page
