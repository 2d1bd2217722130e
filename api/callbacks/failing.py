"""What is told when the database fails: that it did, and how to reach a person."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import SQLAlchemyError

from api.faults import fault
from bot.dialogue.emergency import without_model

logger = logging.getLogger(__name__)


@contextmanager
def database_needed(municipality: str | None = None) -> Iterator[None]:
    """Raise ApiError with 503 when the database fails within the block."""
    try:
        yield
    except SQLAlchemyError:
        logger.exception("the database failed")
        lost = without_model("", {"municipality": municipality} if municipality else {})
        raise fault("storage_unavailable", retry_after=10, lost=lost.text) from None
