"""Texts taken apart for templates: paragraphs, and the pieces that become links."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from api.schemas_v1 import ContactLite, LinkView, MessageView

SCHEMES = ("tel:", "mailto:")
"""Where a link in an answer may lead: to a phone and to a letter, never to another site."""


class Piece(NamedTuple):
    """A part of a line; with an address it is a link."""

    text: str
    href: str | None = None


def paragraphs(text: str) -> list[str]:
    """The lines of a text that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def is_taken_apart(message: MessageView) -> bool:
    """Whether body, list, contacts and source together say all that the text says.

    A contact without a number is reached in a way that only the text tells, unless its view does.
    """
    reachable = all(c.phone or getattr(c, "how", None) for c in message.contacts)
    return message.body is not None and reachable


def cards(message: MessageView) -> list[ContactLite]:
    """The contacts to show beside the text: those whose number it does not give itself.

    A crisis card names the numbers that matter; nothing stands beside it.
    """
    if message.kind == "crisis":
        return []
    apart = is_taken_apart(message)
    shown = message.body if apart and message.body is not None else message.text

    def is_told(contact: ContactLite) -> bool:
        # In a language that has few words here, only the card tells whether somebody answers now.
        status = contact.status if message.kind == "handoff" else None
        return (contact.phone or "") in shown and (status is None or status in shown)

    return [c for c in message.contacts if (not is_told(c) if c.phone else apart)]


def pieces(line: str, links: Iterable[LinkView]) -> Iterator[Piece]:
    """A line cut where a number or address stands that content knows; the longest wins."""
    known = {link.text: link.href for link in links if link.href.startswith(SCHEMES)}
    if not known:
        yield Piece(line)
        return
    longest_first = sorted(known, key=len, reverse=True)
    parts = "|".join(re.escape(text) for text in longest_first)
    at = 0
    for found in re.finditer(rf"(?<![\w@+./-])(?:{parts})(?![\w@/-])", line):
        if found.start() > at:
            yield Piece(line[at : found.start()])
        yield Piece(found.group(), known[found.group()])
        at = found.end()
    if at < len(line):
        yield Piece(line[at:])
