"""What handing over to a person refuses: the desk, callbacks and mail. Part of ``FAULTS``."""

from __future__ import annotations

from typing import NamedTuple


class Fault(NamedTuple):
    """A refusal: HTTP status, Swedish and English."""

    status: int
    sv: str
    en: str


DESK_FAULTS = {
    "not_signed_in": Fault(
        401,
        "Du är inte inloggad. Logga in igen.",
        "You are not signed in. Sign in again.",
    ),
    "forged": Fault(
        403,
        "Begäran kom inte från sidan. Ladda om sidan och försök igen.",
        "The request did not come from the page. Reload the page and try again.",
    ),
    "wrong_sign_in": Fault(
        422,
        "Inloggningsnamnet eller lösenordet är fel.",
        "The login or the password is wrong.",
    ),
    "provider_away": Fault(
        503,
        "Det går inte att nå {name} just nu. Försök igen om en stund.",
        "The sign-in provider can't be reached right now. Try again in a while.",
    ),
    "provider_refused": Fault(
        403,
        "Inloggningen blev inte klar. Börja om.",
        "Signing in was not completed. Start over.",
    ),
    "provider_no_role": Fault(
        403,
        "Du har ingen roll här än. Be den som sköter inloggningen i din kommun att lägga till en.",
        "You have no role here yet. Ask who looks after sign-in at your municipality for one.",
    ),
    "no_role": Fault(
        403,
        "Din roll räcker inte för det här.",
        "Your role does not allow this.",
    ),
    "nothing_here": Fault(
        404,
        "Det finns inte, eller så hör det till en kommun där du inte arbetar.",
        "There is no such thing, or it belongs to a municipality where you don't work.",
    ),
    "desk_closed": Fault(409, "{told}", "{told}"),
    "already_claimed": Fault(
        409,
        "{name} har redan tagit samtalet.",
        "{name} has already taken the conversation.",
    ),
    "handoff_ended": Fault(
        409,
        "Samtalet är avslutat eller har lämnats över.",
        "The conversation has ended or was handed over.",
    ),
    "not_your_chat": Fault(
        409,
        "Du har inte det här samtalet. {name} har det.",
        "You don't have this conversation. {name} has it.",
    ),
    "unknown_handoff": Fault(
        404,
        "Samtalet finns inte, eller så har det raderats.",
        "There is no such conversation, or it was erased.",
    ),
    "unknown_unit": Fault(
        422,
        "Enheten finns inte i kommunen. Välj en av {known}.",
        "The municipality has no such unit. Choose one of {known}.",
    ),
    "unknown_colleague": Fault(
        422,
        "Kollegan kan inte ta samtal för kommunen.",
        "The colleague can't take conversations of the municipality.",
    ),
    "unknown_outcome": Fault(
        422,
        "Välj hur samtalet slutade: {known}.",
        "Choose how the conversation ended: {known}.",
    ),
    "field_wrong": Fault(422, "{sv}", "{en}"),
    "callback_closed": Fault(409, "{sv}", "{en}"),
    "mail_closed": Fault(409, "{sv}", "{en}"),
    "unknown_callback": Fault(
        404,
        "Uppringningen finns inte, eller så har den raderats.",
        "There is no such callback, or it was deleted.",
    ),
    "no_callback_secret": Fault(
        401,
        "Uppringningens nyckel saknas.",
        "Send the callback's secret as `Authorization: Bearer …`.",
    ),
    "callback_key_reused": Fault(
        409,
        "En annan uppringning har redan bokats med samma nyckel.",
        "Another callback was asked for with the same key.",
    ),
    "callback_ended": Fault(
        409,
        "Uppringningen är redan avslutad.",
        "The callback has ended already.",
    ),
    "callback_taken": Fault(
        409,
        "{name} har redan tagit uppringningen.",
        "{name} has already taken the callback.",
    ),
    "callback_not_taken": Fault(
        409,
        "Ta uppringningen först.",
        "Take the callback first.",
    ),
    "opening_time": Fault(
        422,
        "Välj en tid inom det närmaste dygnet.",
        "Choose a time within a day from now.",
    ),
    "database_away": Fault(
        503,
        "Databasen svarar inte just nu. Det som redan är sparat finns kvar. Försök igen om en "
        "liten stund.",
        "The database does not answer right now. What was stored is still there. Try again soon.",
    ),
    "no_chat": Fault(
        409,
        "Kommunen har ingen chatt med personal. Det ställs in i kommunens handoff.yml.",
        "The municipality has no chat with staff. Its handoff.yml turns it on.",
    ),
}
