"""What is told when the database fails: that it did, and how to reach a person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from fastapi import Request
from sqlalchemy.exc import SQLAlchemyError

from api.errors import ApiError, language_of
from api.faults import fault
from bot.dialogue.emergency import without_model
from bot.guard.intake import admit

logger = logging.getLogger(__name__)

STAFF = ("/desk", "/staff", "/api/v1/desk", "/api/v1/staff")
"""Where staff work, who need no number to call."""


@contextmanager
def database_needed(municipality: str | None = None) -> Iterator[None]:
    """Raise ApiError with 503 when the database fails within the block."""
    try:
        yield
    except SQLAlchemyError:
        logger.exception("the database failed")
        lost = without_model("", {"municipality": municipality} if municipality else {})
        raise fault("storage_unavailable", retry_after=10, lost=lost.text) from None


def in_danger(refused: ApiError, text: str) -> ApiError:
    """The refusal, or the crisis card in its place where the rules see danger in the text."""
    card = without_model(admit(text).text, {})
    if refused.code != "storage_unavailable" or card.kind != "crisis":
        return refused
    return fault("storage_unavailable", retry_after=10, lost=card.text)


def database_away(request: Request) -> ApiError:
    """What is told where nobody nearer to the people has: staff, and whoever comes between."""
    if str(request.scope["path"]).startswith(STAFF):
        return fault("database_away", retry_after=10)
    lost = without_model("", {"language": language_of(request.scope)})
    return fault("storage_unavailable", retry_after=10, lost=lost.text)
