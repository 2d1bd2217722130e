"""After a callback was booked in the conversation: cancel it, or ask what was agreed.

What was booked only the API knows. It cancels, and puts how it stands in place of this text, which
is what is said when there is no booking (docs/adr/0010).
"""

from __future__ import annotations

import re

from bot.dialogue.context import Context
from bot.dialogue.person import person_reply
from bot.dialogue.turn import Reply
from bot.understanding.text import fold

WITHDRAW, STANDING = "callback_withdraw", "callback_standing"
"""What ``custom.action`` tells the API to do: cancel what was booked here, tell how it stands."""

_BOOKING = (
    r"(?:uppring\w+|bokning\w*|(?:den\s+)?bokade?\s+tid\w*|call\s?back|callback|booking"
    r"|telefonsamtal\w*|arendenum\w+|kvittonum\w+)"
)
_CANCEL = r"(?:av\s?bok\w*|avbestall\w*|stall\w*\s+in|ta\s+bort|angra\w*|cancel\w*|call\s+off)"
_NAMED_CANCEL = re.compile(rf"\b{_CANCEL}\b.*\b{_BOOKING}|\b{_BOOKING}\b.*\b{_CANCEL}\b")
_BARE_CANCEL = re.compile(
    r"\b(?:av\s?boka\w*|avbestall\w*|angrar\s+mig|angrat\s+mig|cancel(?:\s+it)?"
    r"|(?:behover|vill|ska)\s+(?:inte|ej)\s+(?:langre\s+)?(?:ringa|bli\s+uppringd)"
    r"|ring\s+(?:mig\s+)?inte|(?:do\s*n.t|no\s+need\s+to)\s+call)\b"
)
_STANDING = re.compile(
    r"\b(?:arendenum\w+|kvittonum\w+|bokningsnum\w+|receipt\s+number|booking\s+number)\b"
    r"|\bnar\s+(?:ringer|ska)\s+(?:ni|de|dom|nagon|nan)\b.*\bring|\bnar\s+ringer\s+(?:ni|de|dom|nagon|nan)\b"
    r"|\bnar\s+blir\s+jag\s+uppringd\b|\bvilken\s+tid\s+(?:bokade|fick|har)\s+jag\b"
    r"|\bwhen\s+(?:will|do|are)\s+(?:you|they|somebody|someone)\s+(?:going\s+to\s+)?call"
)


def about_booking(context: Context) -> Reply | None:
    """The reply to who speaks of what was booked; None for everybody else."""
    turn, state, municipality = context.turn, context.state, context.municipality
    if municipality is None or turn.whole.names.get("service"):
        return None
    action = wanted(turn.text, state.booked)
    if action is None:
        return None
    unit = municipality.reception_unit
    reply = person_reply("callback_no_booking", unit, municipality, turn)
    reply.action = action
    if action == WITHDRAW:
        state.booked = False
    return reply


def wanted(text: str, booked: bool) -> str | None:
    """What is wanted of a booking. A bare ``avboka`` is about it only where one was made here."""
    said = fold(text)
    if _NAMED_CANCEL.search(said) or (booked and _BARE_CANCEL.search(said)):
        return WITHDRAW
    return STANDING if booked and _STANDING.search(said) else None
