"""What a form of the chat page sends: read once, so that the rest meets no raw fields.

A page carries the conversation's id and secret and a key of its own in hidden fields. A forged
post from another site knows no secret; that it comes from there is refused as well.
"""

from __future__ import annotations

import hashlib
import re
import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from starlette.datastructures import FormData, Headers

LANGUAGES = ("sv", "en")
ACTIONS = (
    *("say", "feedback", "language", "easy", "erase", "transcript"),
    *("handoff", "leave", "look"),
)

_KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
_CONVERSATION = re.compile(r"[A-Za-z0-9_-]{8,64}")


@dataclass(frozen=True, slots=True)
class PageForm:
    """A post of the chat page."""

    do: str
    text: str
    key: str
    conversation: str
    secret: str
    language: str | None
    easy: bool
    answer: int
    helped: bool
    words: str

    @property
    def has_conversation(self) -> bool:
        """Whether it goes on with a conversation, rather than starting one."""
        return bool(self.conversation and self.secret)

    def message_key(self) -> str:
        """The same for the same text of the same page: sent again, it is answered once.

        Another text from the same page (after the browser's Back) is another message.
        """
        return hashlib.sha256(f"{self.key}\0{self.text}".encode()).hexdigest()


def new_key() -> str:
    """A key that no other page has."""
    return secrets.token_urlsafe(18)


def read_form(form: FormData) -> PageForm:
    """The fields as they may be used; what is broken becomes what a fresh page has."""
    do, answer = text_of(form, "do"), text_of(form, "answer")
    return PageForm(
        do=do if do in ACTIONS else "say",
        text=text_of(form, "text").replace("\r\n", "\n"),
        key=valid_key(text_of(form, "key")),
        conversation=valid_conversation(text_of(form, "conversation")),
        secret=text_of(form, "secret"),
        language=chosen_language(form.get("language")),
        easy=text_of(form, "easy") == "1",
        answer=int(answer) if re.fullmatch(r"[0-9]{1,6}", answer) else 0,
        helped=text_of(form, "helped") == "1",
        words=text_of(form, "words").replace("\r\n", "\n"),
    )


def valid_key(key: str) -> str:
    """The page's key, or a new one."""
    return key if _KEY.fullmatch(key) else new_key()


def valid_conversation(conversation: str) -> str:
    """The id of a conversation, or nothing."""
    return conversation if _CONVERSATION.fullmatch(conversation) else ""


def chosen_language(value: object) -> str | None:
    """A language of the pages, or None when none was chosen."""
    return value if isinstance(value, str) and value in LANGUAGES else None


def is_forged(headers: Headers | Mapping[str, str], host: str, public_url: str) -> bool:
    """Whether a post comes from a page of another site.

    Browsers say so themselves in Sec-Fetch-Site; those that don't, send where a post is from.
    """
    site = headers.get("sec-fetch-site")
    if site:
        return site == "cross-site"
    try:
        origin = urlsplit(headers.get("origin") or "")
    except ValueError:
        return True  # no browser's
    ours = {host, urlsplit(public_url).netloc}
    return origin.scheme in {"http", "https"} and origin.netloc not in ours


def text_of(form: FormData, name: str) -> str:
    """A field's last value; a file is none."""
    value = form.get(name)
    # A lone surrogate can be typed by no keyboard, and no database or hash takes it.
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else ""
