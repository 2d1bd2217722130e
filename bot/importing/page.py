"""Read a page from an address, a saved HTML file or pasted text.

Whatever it came as, the result is the same: the text that a visitor reads, in the form of
content/<municipality>/pages/*.txt, with the title and the dates that the page itself gives.
Nothing on the page is run, and no address inside the operator's network is ever read.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from bot.guard.privacy import mask_identity_numbers
from bot.importing.charset import decode
from bot.importing.errors import PageError
from bot.importing.extract import Extract, from_html, from_text
from bot.importing.fetch import ORDINARY, Fetched, Limits, fetch

__all__ = ["Address", "ImportedPage", "PageError", "PastedText", "SavedFile", "Source", "read_page"]

MAX_TEXT = 200_000
"""More characters than any page for citizens has; a longer text is no page."""


@dataclass(frozen=True, slots=True)
class Address:
    """A page on the web."""

    url: str


@dataclass(frozen=True, slots=True)
class SavedFile:
    """A page that somebody saved: HTML, or plain text when the name ends in .txt."""

    content: bytes
    name: str = "sida.html"
    url: str | None = None


@dataclass(frozen=True, slots=True)
class PastedText:
    """The text of a page, marked and copied by a person."""

    text: str
    title: str | None = None
    url: str | None = None


Source: TypeAlias = Address | SavedFile | PastedText


@dataclass(frozen=True, slots=True)
class ImportedPage:
    """A page as it was read. ``text`` has the form of the project's page files."""

    title: str
    text: str
    url: str | None
    published: dt.date | None
    updated: dt.date | None
    language: str
    warnings: tuple[str, ...]
    """Swedish sentences about what a person should look at."""
    headings: tuple[str, ...] = ()
    """The lines that the page marks as headings; none for text that somebody pasted."""


class Fetching(Protocol):
    """How an address is read; tests bring their own."""

    def __call__(self, url: str, *, private: bool, limits: Limits) -> Fetched:
        """The page at an address; raise PageError."""


def read_page(
    source: Source,
    *,
    private: bool = False,
    limits: Limits = ORDINARY,
    fetching: Fetching = fetch,
) -> ImportedPage:
    """The page that ``source`` is; raise PageError. ``private`` allows this machine's own."""
    if isinstance(source, PastedText):
        return _page(from_text(source.text, source.title), source.url)
    if isinstance(source, Address):
        fetched = fetching(source.url.strip(), private=private, limits=limits)
        return _page(_read(fetched.content, fetched.charset, fetched.is_html), fetched.url)
    if len(source.content) > limits.most_bytes:
        raise PageError(f"Filen är för stor. Den får vara högst {limits.most_megabytes} MB.")
    is_html = not source.name.lower().endswith(".txt")
    return _page(_read(source.content, None, is_html), source.url)


def _read(content: bytes, charset: str | None, is_html: bool) -> Extract:
    if is_html:
        return from_html(content, charset)
    return from_text(decode(content, charset)[0], None)


def _page(found: Extract, url: str | None) -> ImportedPage:
    if not found.text.strip():
        raise PageError(
            "Sidan har ingen text att läsa. Kopiera texten från sidan och klistra in den i stället."
        )
    if len(found.text) > MAX_TEXT:
        raise PageError("Sidan är för lång för att läsas in. Klistra in den del som behövs.")
    if mask_identity_numbers(found.text).text != found.text:
        raise PageError(
            "Texten innehåller något som ser ut som ett personnummer. Ta bort det och klistra in "
            "texten igen."
        )
    return ImportedPage(
        title=found.title,
        text=found.text,
        url=url if url and url.startswith("https://") else None,
        published=found.published,
        updated=found.updated,
        language=found.language,
        warnings=found.warnings,
        headings=found.headings,
    )
