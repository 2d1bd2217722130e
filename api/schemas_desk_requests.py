"""What the desk's API takes. Unknown fields are refused."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

from pydantic import Field, root_validator, validator

from api.schemas_base import Body
from api.schemas_desk import PresenceState
from api.schemas_v1 import KEY

ID = r"^[A-Za-z0-9_-]{1,64}$"
NAME = r"^[a-z0-9_-]{1,40}$"
LONGEST_REPLY = 4000
"""Characters of an agent's reply: more than a citizen's, since a canned reply may be in it."""


class SendReply(Body):
    """A reply to the citizen. Sent again with the same key it is stored once."""

    text: str = Field(..., min_length=1, max_length=LONGEST_REPLY, example="Hej! Jag heter Anna.")
    key: str = Field(..., regex=KEY, description="made by the client", example="0d9f2c1e-2b61")


class Transfer(Body):
    """Who is to have it: a colleague or another unit of the same municipality, one of the two."""

    staff: str | None = Field(None, regex=ID, description="a colleague's id")
    unit: str | None = Field(
        None, regex=ID, description="a unit's id", example="mottagningsenheten"
    )

    @root_validator(skip_on_failure=True)
    def one_of_two(cls, values: dict[str, str | None]) -> dict[str, str | None]:
        """Exactly one, or nobody knows where it went."""
        if (values.get("staff") is None) == (values.get("unit") is None):
            raise ValueError("name a colleague or a unit, one of the two")
        return values


class CloseHandoff(Body):
    """How it ended."""

    outcome: str = Field(..., regex=NAME, example="answered")


class SetPresence(Body):
    """Whether one is at the desk."""

    state: PresenceState


class SetOpening(Body):
    """Open beyond the hours, or close before them; both null: the hours again.

    A time without a zone is Swedish time.
    """

    open_until: dt.datetime | None = Field(None, example="2026-11-18T17:00:00+01:00")
    closed_until: dt.datetime | None = None

    @validator("open_until", "closed_until", pre=True)
    def written(cls, value: Any) -> Any:
        """Take no seconds since 1970 for a time, which pydantic would."""
        if value is not None and not (isinstance(value, str) and re.match(r"20\d\d-\d\d-", value)):
            raise ValueError("write an ISO date and time")
        return value

    @root_validator(skip_on_failure=True)
    def not_both(cls, values: dict[str, dt.datetime | None]) -> dict[str, dt.datetime | None]:
        """It can't be open and closed."""
        if values.get("open_until") and values.get("closed_until"):
            raise ValueError("it can't be open and closed at once")
        return values
