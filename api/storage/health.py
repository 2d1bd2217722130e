"""Whether a database answers, and takes what is to be kept."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from api.storage import deletion, writing
from api.storage.tables import WRITTEN


def problem(engine: Engine, now: datetime) -> str | None:
    """What is wrong with it, if anything. Blocks."""
    try:
        with engine.connect() as connection:
            deletion.is_frozen(connection)
    except SQLAlchemyError:
        return "the database does not answer"
    try:
        with engine.begin() as connection:
            # Another value each time: what would change nothing is not written at all.
            writing.put_flag(connection, WRITTEN, now.isoformat())
    except SQLAlchemyError:
        return "nothing can be written to the database"
    return None
