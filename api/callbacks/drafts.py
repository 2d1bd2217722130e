"""What has been given to the chat's form so far, kept until it is sent."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import replace

from api.callbacks.records import Slot
from api.callbacks.tokens import TOKENS, without
from api.clock import utc
from api.services.threads import in_thread
from api.storage import callbacks as table
from api.storage.callbacks import Draft
from api.storage.desk_store import DeskStore
from bot.dialogue.callback_reading import FieldReading
from bot.guard.intake import own_data
from bot.guard.privacy import mask_names


class Drafts:
    """The drafts of the database, one for each sender."""

    def __init__(self, desk: DeskStore) -> None:
        self._desk = desk

    async def find(self, sender: str) -> Draft | None:
        """The sender's draft; emptied, if it has waited for long."""

        def read() -> Draft | None:
            with self._desk.connect() as connection:
                return table.find_draft(connection, sender)

        return await in_thread(read)

    async def begin(self, draft: Draft) -> None:
        """Keep a new one, and take away those that were left."""

        def begin() -> None:
            with self._desk.begin() as connection:
                table.purge_drafts(connection, draft.changed_at)
                table.put_draft(connection, draft)

        await in_thread(begin)

    async def put(self, draft: Draft) -> None:
        """Keep it in place of what was given earlier."""

        def put() -> None:
            with self._desk.begin() as connection:
                table.put_draft(connection, draft)

        await in_thread(put)

    async def forget(self, sender: str) -> None:
        """Nothing of it is kept."""

        def forget() -> None:
            with self._desk.begin() as connection:
                table.delete_draft(connection, sender)

        await in_thread(forget)


def kept_text(draft: Draft, text: str, reading: FieldReading) -> str:
    """What goes on: a token for an answer, else the words without a person's name or number.

    What was meant as an answer and can't be used may hold a name or a number all the same.
    """
    if reading.answer != "none" and draft.step in TOKENS:
        return TOKENS[draft.step]
    return mask_names(without(text, draft.fields), own_data()).text


def with_answer(
    draft: Draft, reading: FieldReading, slots: Sequence[Slot], now: dt.datetime
) -> Draft:
    """The draft after a message: what was given, and the times that are shown next."""
    fields = {**draft.fields, "times": [[slot.id, slot.title] for slot in slots]}
    if reading.answer == "given" and draft.step in TOKENS:
        fields[draft.step] = reading.value
        if draft.step == "time":
            shown = {title: slot_id for slot_id, title in draft.fields.get("times") or ()}
            fields["slot"] = shown.get(reading.value)
    return replace(draft, fields=fields, changed_at=utc(now))
