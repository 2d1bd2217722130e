"""Pictures that a phone reads: a number to call, a page to open. SVG, and nothing fetched."""

from __future__ import annotations

import io
from functools import lru_cache

import segno

from api.services.links import phone_href
from api.settings import Settings
from bot.knowledge.records import Municipality

BORDER = 4
"""The quiet zone that the standard asks for, in modules."""


@lru_cache(maxsize=256)
def qr_svg(content: str) -> str:
    """The picture: black on white whatever the colours of the page, or cameras would miss it.

    Remembered, since one takes 30 ms and anybody may ask. It holds what the pages say alone.
    """
    out = io.BytesIO()
    code = segno.make(content, error="m", micro=False)
    code.save(out, kind="svg", scale=8, border=BORDER, dark="#000", light="#fff", xmldecl=False)
    return out.getvalue().decode()


def contact_qr(municipality: Municipality, contact_id: str) -> str | None:
    """Where its number is called from the phone; None for a contact that has none."""
    contact = municipality.contacts.get(contact_id)
    return phone_href(contact.phone) if contact and contact.phone else None


def page_qr(municipality: Municipality, page_id: str) -> str | None:
    """The address of a page, where the operator has written it."""
    page = municipality.pages.get(page_id)
    return page.url if page else None


def chat_qr(municipality: Municipality, settings: Settings) -> str | None:
    """The chat on one's own phone, where our address is known."""
    return f"{settings.public_url}/chat/{municipality.id}" if settings.public_url else None


def callback_qr(municipality: Municipality, settings: Settings) -> str | None:
    """The form for being called back, on one's own phone."""
    chat = chat_qr(municipality, settings)
    return f"{chat}/ring-upp" if chat else None
