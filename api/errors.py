"""One JSON error shape for programs: ``{"error": {"code", "message", "field"?, "retry_after"?}}``.

``code`` is for programs, ``message`` for people: in Swedish, in English for those who ask for it.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as NoConnectionError
from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.routing import Match
from starlette.types import Scope

from api.logs import route_of

logger = logging.getLogger(__name__)

AWAY = (OperationalError, InterfaceError, NoConnectionError)
"""What a database that is away, full or overrun makes of anything that needs it."""

INTERNAL = ("internal_error", "Något gick fel på servern.", "Something went wrong on the server.")


class ApiError(Exception):
    """A request that can't be served. Without an English message the one message is for all."""

    def __init__(
        self,
        status: int,
        code: str,
        message: str,
        field: str | None = None,
        *,
        english: str | None = None,
        retry_after: int | None = None,
    ) -> None:
        super().__init__(code)
        self.status, self.code, self.message, self.field = status, code, message, field
        self.english, self.retry_after = english, retry_after

    def text(self, language: str | None) -> str:
        """The message for people."""
        return self.english if language == "en" and self.english else self.message

    def response(self, language: str | None = None) -> JSONResponse:
        """The error shape as a response."""
        response = error_response(self.status, self.code, self.text(language), self.field)
        if self.retry_after is None:
            return response
        body = {"code": self.code, "message": self.text(language), "retry_after": self.retry_after}
        headers = {"Retry-After": str(self.retry_after)}
        return JSONResponse({"error": body}, status_code=self.status, headers=headers)


def error_response(
    status: int,
    code: str,
    message: str,
    field: str | None = None,
    headers: Mapping[str, str] | None = None,
) -> JSONResponse:
    """The error shape as a response."""
    body = {"code": code, "message": message}
    if field:
        body["field"] = field
    return JSONResponse({"error": body}, status_code=status, headers=dict(headers or {}))


def internal_error(scope: Scope) -> JSONResponse:
    """What is told when something failed that nobody foresaw."""
    code, swedish, english = INTERNAL
    return error_response(500, code, english if language_of(scope) == "en" else swedish)


def language_of(scope: Scope) -> str:
    """The language for people: the conversation's when one was found, else the browser's."""
    chosen = scope.get("state", {}).get("language")
    if chosen:
        return "en" if chosen == "en" else "sv"
    for part in Headers(scope=scope).get("accept-language", "").lower().split(","):
        name = part.split(";")[0].strip()[:2]
        if name in {"sv", "en"}:
            return name
    return "sv"


def add_handlers(
    app: FastAPI,
    no_page: Callable[[Request], Response | None] = lambda request: None,
    refused: Callable[[Request, ApiError], Response | None] = lambda request, error: None,
    away: Callable[[Request], ApiError] = lambda request: ApiError(503, *INTERNAL[:2]),
) -> None:
    """Give every failure the one shape; no stack trace leaves the process.

    ``no_page`` may answer a request for an address that is not there with a page for people, and
    ``refused`` one that is refused; ``away`` says what is told when the database is not there.
    """

    @app.exception_handler(ApiError)
    async def api_error(request: Request, error: ApiError) -> Response:
        return refused(request, error) or error.response(language_of(request.scope))

    async def database_away(request: Request, error: Exception) -> Response:
        logger.error("the database failed at %s", route_of(request.scope), exc_info=error)
        told = away(request)
        return refused(request, told) or told.response(language_of(request.scope))

    for kind in AWAY:
        app.add_exception_handler(kind, database_away)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        first = error.errors()[0]
        page = refused(request, ApiError(422, "invalid_request", _invalid(first, "sv")))
        if page is not None:
            return page
        where = ".".join(str(p) for p in first["loc"] if p not in {"body", "__root__"})
        status = 400 if "json" in first["type"] else 422
        message = _invalid(first, language_of(request.scope))
        return error_response(status, "invalid_request", message, where or None)

    @app.exception_handler(HTTPException)
    async def http(request: Request, error: HTTPException) -> Response:
        page = no_page(request) if error.status_code == 404 else None
        if page is not None:
            return page
        code, message = _http(error, language_of(request.scope))
        headers = {"Allow": _allowed(request)} if error.status_code == 405 else error.headers
        return error_response(error.status_code, code, message, headers=headers)

    @app.exception_handler(Exception)
    async def unexpected(request: Request, error: Exception) -> JSONResponse:
        logger.error("unexpected error at %s", route_of(request.scope), exc_info=error)
        return internal_error(request.scope)


def _invalid(problem: Mapping[str, Any], language: str) -> str:
    """What is wrong with a field; never what stood in it."""
    if language == "en":
        return str(problem["msg"])
    kind = str(problem["type"])
    if "json" in kind:
        return "Begäran är inte giltig JSON."
    if "missing" in kind:
        return "Fältet saknas."
    if "extra" in kind:
        return "Fältet är okänt."
    return "Fältet har ett värde som inte går att använda."


def _allowed(request: Request) -> str:
    """The methods of an address. Starlette tells those of the first route that has it."""
    methods: set[str] = set()
    for route in request.app.routes:
        match, _ = route.matches(request.scope)
        if match is not Match.NONE:
            methods |= getattr(route, "methods", None) or set()
    return ", ".join(sorted(methods))


def _http(error: HTTPException, language: str) -> tuple[str, str]:
    known = {
        400: ("invalid_request", "Begäran går inte att läsa."),
        404: ("not_found", "Adressen finns inte."),
        405: ("method_not_allowed", "Adressen kan inte användas på det sättet."),
    }
    code, swedish = known.get(error.status_code, ("http_error", "Begäran kunde inte tas emot."))
    return code, str(error.detail) if language == "en" else swedish
