"""A form is refused by its declared length and by its fields: Starlette's own limits don't hold."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.formparsers import FormParser

from tests.api.helpers import MORNING

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


@pytest.mark.parametrize("path", PLACES)
@pytest.mark.parametrize("kind", ["{}", "{}; charset=utf-8", " {}"])
async def test_a_form_of_too_many_fields_is_not_taken_apart(
    http: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch, path: str, kind: str
) -> None:
    async def taken_apart(parser: FormParser) -> None:
        raise AssertionError("the fields were looked at")

    monkeypatch.setattr(FormParser, "parse", taken_apart)
    named = {"Content-Type": kind.format(FORM["Content-Type"].upper())}
    response = await http.post(path, content=b"a&" * 32_000, headers=named)
    assert response.status_code == 413
    assert response.json()["error"]["code"] == "too_many_fields"


async def test_a_form_comes_whole_to_where_it_is_read(http: httpx.AsyncClient) -> None:
    """In pieces, as a slow line brings it."""

    async def pieces() -> AsyncIterator[bytes]:
        for piece in (b"do=say&te", b"xt=Vad+kos", b"tar+ledsagning%3F"):
            yield piece

    headers = {**FORM, "Content-Length": "45", "X-Lotsen-Now": MORNING}
    response = await http.post("/chat/umea", content=pieces(), headers=headers)
    assert response.status_code == 200
    assert "Vad kostar ledsagning?" in response.text
