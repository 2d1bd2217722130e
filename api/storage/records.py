"""What the store hands out: read-only records, and the errors that a caller has to answer.

Times are aware and in UTC. Texts are masked before they come here (bot.guard.intake.admit).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal

Sender = Literal["citizen", "assistant", "agent", "notice"]


@dataclass(frozen=True, slots=True)
class Conversation:
    """One citizen's conversation, without its messages and without its secret."""

    id: str
    municipality: str
    channel: str
    language: str | None
    easy: bool
    created_at: datetime
    updated_at: datetime


@dataclass(frozen=True, slots=True)
class Message:
    """One message; numbers count from 1 within the conversation."""

    number: int
    sender: Sender
    text: str
    body: dict[str, Any] | None
    in_reply_to: int | None
    key: str | None
    created_at: datetime


@dataclass(frozen=True, slots=True)
class Feedback:
    """What the citizen thought of the answer with this number."""

    number: int
    helped: bool
    words: str | None
    created_at: datetime


class StorageError(Exception):
    """The database can't be used; the message says what to do and holds no password."""


class Gone(StorageError):  # noqa: N818 - read at the caller: `except Gone`
    """The conversation is not there: erased, perhaps while its answer was being made."""


class Frozen(StorageError):  # noqa: N818
    """Deletion is stopped, for all conversations or for this one."""


class KeyUsed(StorageError):  # noqa: N818
    """The conversation already has a message with this key: ``message``."""

    def __init__(self, message: Message) -> None:
        super().__init__("a message with this key is stored already")
        self.message = message
