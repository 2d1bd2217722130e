"""What the chat refuses, each with its status and its words for people, in one table."""

from __future__ import annotations

from typing import Any

from api.errors import ApiError
from api.faults_desk import DESK_FAULTS, Fault

FAULTS = {
    **DESK_FAULTS,
    "no_secret": Fault(
        401,
        "Samtalets nyckel saknas.",
        "Send the conversation's secret as `Authorization: Bearer …`.",
    ),
    "unknown_conversation": Fault(
        404,
        "Samtalet finns inte, eller så har det raderats. Börja ett nytt.",
        "There is no such conversation, or it was erased. Start a new one.",
    ),
    "unknown_municipality": Fault(
        404,
        "Kommunen finns inte här. De som finns är {known}.",
        "There is no such municipality here; there is {known}.",
    ),
    "unknown_message": Fault(
        404,
        "Det finns inget svar med det numret i samtalet.",
        "The conversation has no answer with that number.",
    ),
    "municipality_closed": Fault(409, "{closed}", "{closed}"),
    "conversation_full": Fault(
        409,
        "Samtalet har blivit för långt. Börja ett nytt samtal för att fortsätta.",
        "The conversation has become too long. Start a new one to go on.",
    ),
    "key_reused": Fault(
        409,
        "Ett annat meddelande har redan skickats med samma nyckel.",
        "Another message was sent with the same key.",
    ),
    "frozen": Fault(
        409,
        "Just nu får inget raderas, eftersom någon har begärt att få se handlingar. Kontakta "
        "kommunen om du vill veta mer.",
        "Nothing may be erased right now, since somebody has asked to see records. Contact the "
        "municipality to know more.",
    ),
    "message_too_long": Fault(
        413,
        "Meddelandet är {over} tecken för långt. Skriv högst {limit} tecken.",
        "The message is {over} characters too long. Write at most {limit} characters.",
    ),
    "body_too_large": Fault(
        413, "Begäran får vara högst {limit} byte.", "A body has at most {limit} bytes."
    ),
    "length_required": Fault(411, "Begäran saknar Content-Length.", "Send a Content-Length."),
    "empty_message": Fault(422, "Skriv en fråga.", "Write a question."),
    "too_many_requests": Fault(
        429,
        "Det kom för många meddelanden på kort tid. Försök igen om {seconds} sekunder.",
        "Too many requests in a short time. Try again in {seconds} seconds.",
    ),
    "too_many_streams": Fault(
        429,
        "Samtalet är redan öppet på många ställen. Stäng någon flik.",
        "The conversation is already open in many places. Close some tab.",
    ),
    "storage_unavailable": Fault(503, "{lost}", "{lost}"),
    "starting": Fault(
        503,
        "Assistenten startar. Försök igen om en liten stund.",
        "The assistant is starting. Try again in a moment.",
    ),
}


def fault(
    code: str,
    field: str | None = None,
    *,
    status: int | None = None,
    retry_after: int | None = None,
    **values: Any,
) -> ApiError:
    """The refusal with this code, its words filled in."""
    found = FAULTS[code]
    return ApiError(
        status or found.status,
        code,
        found.sv.format(**values),
        field,
        english=found.en.format(**values),
        retry_after=retry_after,
    )
