"""A form is refused by its declared length: the limits that Starlette has for forms do not hold."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

FORM = {"Content-Type": "application/x-www-form-urlencoded"}
PLACES = ("/chat/umea", "/chat/umea/ring-upp", "/chat/umea/mejl", "/desk/sign-in", "/staff/test")


async def unread() -> AsyncIterator[bytes]:
    """A body of which nobody may read more than its beginning."""
    yield b"a="
    raise AssertionError("the body was read")


@pytest.mark.parametrize("path", PLACES)
async def test_a_form_that_is_too_long_is_refused_unread(
    http: httpx.AsyncClient, path: str
) -> None:
    most = 1_000_000 if path.startswith("/staff") else 65_536
    declared = {**FORM, "Content-Length": str(most + 1)}
    assert (await http.post(path, content=unread(), headers=declared)).status_code == 413


@pytest.mark.parametrize("path", PLACES)
async def test_a_form_without_a_length_is_refused_unread(
    http: httpx.AsyncClient, path: str
) -> None:
    undeclared = {**FORM, "Transfer-Encoding": "chunked"}
    assert (await http.post(path, content=unread(), headers=undeclared)).status_code == 411
