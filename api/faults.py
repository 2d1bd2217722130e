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
    "unknown_sentence": Fault(
        404,
        "Svaret har ingen mening med det numret.",
        "The answer has no sentence with that number.",
    ),
    "unknown_contact": Fault(
        404,
        "Det finns inget telefonnummer att läsa upp för den kontakten.",
        "There is no phone number to read out for that contact.",
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
    "too_many_fields": Fault(
        413, "Formuläret får ha högst {limit} fält.", "A form has at most {limit} fields."
    ),
    "length_required": Fault(411, "Begäran saknar Content-Length.", "Send a Content-Length."),
    "audio_too_long": Fault(
        413,
        "Inspelningen är för lång. Tala i högst {seconds} sekunder.",
        "The recording is too long. Speak for at most {seconds} seconds.",
    ),
    "audio_kind": Fault(
        415,
        "Inspelningen är av en sort som inte går att använda. Använd {kinds}.",
        "The recording is of a kind that can't be used. Send {kinds}.",
    ),
    "audio_unreadable": Fault(
        422, "Inspelningen gick inte att läsa.", "The recording could not be read."
    ),
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
    "no_speech": Fault(
        503,
        "Det går inte att lyssna just nu. Texten finns kvar att läsa.",
        "Answers can't be listened to right now. The text is still there to read.",
    ),
    "speech_busy": Fault(
        503,
        "Många lyssnar just nu. Försök igen om en liten stund.",
        "Many are listening right now. Try again in a moment.",
    ),
    "no_listening": Fault(
        503,
        "Det går inte att tala in frågor just nu. Skriv frågan i stället.",
        "Questions can't be spoken right now. Write the question instead.",
    ),
    "listening_busy": Fault(
        503,
        "Många talar in frågor just nu. Försök igen om en stund, eller skriv frågan.",
        "Many are speaking right now. Try again in a moment, or write the question.",
    ),
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
