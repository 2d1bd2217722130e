"""Records to what API v1 and the pages show. Facts come from content, sentences from the bot."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, cast

from api.schemas_v1 import (
    Channel,
    ContactLite,
    ConversationView,
    MessageView,
    QuickReply,
    SourceView,
)
from api.services.links import links_in, phone_href
from api.speech.texts import spoken_text
from api.storage.records import Conversation, Feedback, Message
from bot.dialogue.contacts import contact_status, open_line
from bot.dialogue.wording import text_language
from bot.knowledge.loader import load_knowledge
from bot.knowledge.records import Contact


def conversation_view(
    conversation: Conversation,
    messages: Iterable[Message],
    feedback: Iterable[Feedback],
    now: dt.datetime,
) -> ConversationView:
    """The conversation as it stands."""
    return ConversationView(
        id=conversation.id,
        municipality=conversation.municipality,
        channel=cast("Channel", conversation.channel),
        language=conversation.language,
        easy=conversation.easy,
        created_at=conversation.created_at,
        messages=[message_view(m, conversation, now) for m in messages],
        feedback={str(f.number): f.helped for f in feedback},
    )


def message_view(message: Message, conversation: Conversation, now: dt.datetime) -> MessageView:
    """One message. Whether a contact is open is told for this moment, not for when it was said."""
    kept = message.body or {}
    custom: Mapping[str, Any] = kept.get("custom") or {}
    language = str(custom.get("language") or conversation.language or "sv")
    source = custom.get("source")
    from_assistant = message.sender != "citizen"
    return MessageView(
        number=message.number,
        sender=message.sender,
        agent=agent_of(message),
        text=message.text,
        created_at=message.created_at,
        in_reply_to=message.in_reply_to,
        kind=custom.get("kind"),
        body=custom.get("body"),
        items=list(custom.get("items") or ()),
        answer=custom.get("answer"),
        source=SourceView(**source) if source else None,
        contacts=_contacts(custom, conversation, now, language),
        quick_replies=[QuickReply(**b) for b in kept.get("buttons") or ()],
        links=links_in(message.text) if from_assistant else [],
        masked=bool(kept.get("masked")),
        spoken=spoken_text(message, text_language(language)) if from_assistant else None,
        lang=language,
    )


def agent_of(message: Message) -> str | None:
    """The first name of the person who wrote it; None when it was no person at the desk."""
    name = ((message.body or {}).get("agent") or {}).get("name")
    return str(name) if name else None


def _contacts(
    custom: Mapping[str, Any], conversation: Conversation, now: dt.datetime, language: str
) -> list[ContactLite]:
    told: Sequence[Mapping[str, Any]] = custom.get("contacts") or ()
    near = [str((custom.get("source") or {}).get("municipality")), conversation.municipality]
    return [_contact(c, near, now, language) for c in told]


def _contact(
    told: Mapping[str, Any], near: Sequence[str], now: dt.datetime, language: str
) -> ContactLite:
    contact = _same_contact(told, near)
    if contact is not None:
        return contact_lite(contact, now, language)
    # Content has changed since it was said: what was said stands, whether it is open is unknown.
    phone = told.get("phone")
    return ContactLite(
        id=str(told["id"]),
        name=str(told["name"]),
        job=told.get("job"),
        how=told.get("how"),
        phone=phone,
        phone_href=phone_href(phone) if phone else None,
        email=told.get("email"),
        visit_address=told.get("visit_address"),
        open_now=None,
        status=None,
    )


def _same_contact(told: Mapping[str, Any], near: Sequence[str]) -> Contact | None:
    """The contact that was told of. Ids are a municipality's own, so name and number decide too."""
    municipalities = load_knowledge().municipalities
    for municipality in dict.fromkeys([*near, *municipalities]):
        if municipality not in municipalities:
            continue
        contact = municipalities[municipality].contacts.get(str(told["id"]))
        if contact and (contact.name, contact.phone) == (told["name"], told.get("phone")):
            return contact
    return None


def contact_lite(contact: Contact, now: dt.datetime, language: str) -> ContactLite:
    """The contact as an answer names it."""
    status = contact_status(contact, now)
    return ContactLite(
        id=contact.id,
        name=contact.name,
        job=contact.job,
        how=contact.how,
        phone=contact.phone,
        phone_href=phone_href(contact.phone) if contact.phone else None,
        email=contact.email,
        visit_address=contact.visit_address,
        open_now=None if status is None else status.is_open,
        status=open_line(contact, now, language),
    )
