"""What all requests and responses of API v1 have in common."""

from __future__ import annotations

from typing import Any

from pydantic import BaseModel, Extra, validator
from pydantic.errors import DictError
from pydantic.fields import SHAPE_LIST, ModelField


def told_nullable(schema: dict[str, Any], model: type[BaseModel]) -> None:
    """Write into the schema which fields may be null: pydantic 1 leaves it out."""
    for field in model.__fields__.values():
        told = schema.get("properties", {}).get(field.alias)
        if told is None or not field.allow_none or "anyOf" in told:
            continue
        about = {k: told.pop(k) for k in ("title", "description", "default") if k in told}
        schema["properties"][field.alias] = {**about, "anyOf": [told, {"type": "null"}]}


class View(BaseModel):
    """A response, or a part of one."""

    class Config:
        """How it is described."""

        schema_extra = staticmethod(told_nullable)


class Body(BaseModel):
    """What a request holds: no unknown fields, and values of just the type that is asked for."""

    class Config:
        """What it lets through, and how it is described."""

        extra = Extra.forbid
        schema_extra = staticmethod(told_nullable)

    @validator("*", pre=True)
    def exact(cls, value: Any, field: ModelField) -> Any:
        """Take no number for a text, and no text for yes or no; in a list neither."""
        wanted = field.type_ if isinstance(field.type_, type) else object
        in_list = field.shape == SHAPE_LIST and isinstance(value, list)
        for part in value if in_list else [value]:
            if part is not None and issubclass(wanted, str) and not isinstance(part, str):
                raise TypeError("write a text")
            if part is not None and wanted is bool and not isinstance(part, bool):
                raise TypeError("write true or false")
        return value

    @classmethod
    def validate(cls, value: Any) -> Body:
        """Take no list for an object: pydantic would make one of an empty list."""
        if not isinstance(value, (dict, Body)):
            raise DictError
        return super().validate(value)


class ErrorDetail(View):
    """What went wrong: ``code`` for programs, ``message`` for people."""

    code: str
    message: str
    field: str | None = None
    retry_after: int | None = None


class ErrorView(View):
    """The one shape of every error."""

    error: ErrorDetail


MEANINGS = {
    400: "The body is no JSON",
    401: "The conversation's secret is missing, or nobody is signed in",
    403: "No role allows it, or no page of ours made the request",
    404: "Not found, or the secret is wrong",
    405: "The address knows other methods",
    409: "It can't be done now: `code` tells why",
    411: "The body has no Content-Length",
    413: "The message or the body is too long",
    415: "The body is of a kind that can't be used",
    422: "A value can't be used: `field` tells which",
    429: "Too many requests: `Retry-After` tells when to try again",
    503: "The assistant is starting, or can't do this now: `code` tells why",
}


def refusals(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """The error statuses of an operation, for its description."""
    every = {422, 429, 503, *statuses}
    return {s: {"model": ErrorView, "description": MEANINGS[s]} for s in sorted(every)}


BODY = (400, 411, 413)
"""What any operation with a body may answer."""
