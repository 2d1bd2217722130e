"""What mail to a unit says. The wording stands in content/common/desk.yml.

Personal data stands in the body only: a subject is seen in lists, on phones and in logs of mail
servers. All of it is put into the outbox by the caller, with what it tells of.
"""

from __future__ import annotations

from api.storage.outbox import Mail
from bot.knowledge.handoff import load_desk_words
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Municipality


def callback_letter(
    municipality: Municipality,
    recipient: str,
    *,
    receipt: str,
    name: str,
    phone: str,
    about: str,
    time: str,
    language: str | None,
    desk: str,
) -> Mail:
    """Somebody wants to be called; ``desk`` is where staff write how it went."""
    values = {"name": name, "phone": phone, "about": about, "time": time, "desk": desk}
    return _letter(municipality, recipient, "callback", receipt, language, values)


def cancelled_letter(municipality: Municipality, recipient: str, *, receipt: str) -> Mail:
    """Nobody is to call any more, and a mail that said so was sent."""
    return _letter(municipality, recipient, "callback_cancelled", receipt, None, {})


def transcript_letter(
    municipality: Municipality,
    recipient: str,
    *,
    receipt: str,
    reply_to: str,
    about: str,
    transcript: str,
    language: str | None,
) -> Mail:
    """A question with what was said to the assistant; answers go to the citizen."""
    values = {"about": about, "transcript": transcript, "reply_to": reply_to}
    return _letter(municipality, recipient, "transcript", receipt, language, values, reply_to)


def _letter(
    municipality: Municipality,
    recipient: str,
    kind: str,
    receipt: str,
    language: str | None,
    values: dict[str, str],
    reply_to: str | None = None,
) -> Mail:
    wording = load_desk_words().mails[kind]
    body = wording.body.format(
        receipt=receipt,
        assistant=municipality.assistant.name,
        language=_in_swedish(language),
        **values,
    )
    return Mail(
        kind=kind,
        municipality=municipality.id,
        recipient=recipient,
        subject=wording.subject.format(receipt=receipt),
        body=body,
        receipt=receipt,
        reply_to=reply_to,
    )


def _in_swedish(language: str | None) -> str:
    """What a language is called, for who reads the mail."""
    known = load_knowledge().languages.get(language or "")
    return str(known["in_swedish"]) if known else _SWEDISH


_SWEDISH = "svenska"
