"""What the pages for being called back and for mailing send, read once.

All that was written is in hidden fields of the page that reads it back, so nothing is stored
before it is agreed to. The keys are as those of the chat page (api.services.pages_forms).
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace

from starlette.datastructures import FormData

from api.schemas_v1 import MunicipalityView
from api.services.pages_forms import (
    chosen_language,
    new_key,
    text_of,
    valid_conversation,
    valid_key,
)

STEPS = ("open", "review", "change", "send", "cancel")


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A post of one of the two pages."""

    do: str = "open"
    name: str = ""
    phone: str = ""
    about: str = ""
    time: str = ""
    reply_to: str = ""
    consent: bool = False
    key: str = field(default_factory=new_key)
    receipt: str = ""
    receipt_secret: str = ""
    conversation: str = ""
    secret: str = ""
    language: str = "sv"

    @property
    def has_conversation(self) -> bool:
        """Whether somebody came here from a conversation."""
        return bool(self.conversation and self.secret)

    @property
    def written(self) -> Mapping[str, str]:
        """What goes on in hidden fields, consent and language apart."""
        names = ("name", "phone", "about", "time", "reply_to")
        return {name: value for name, value in asdict(self).items() if name in names and value}

    def send_key(self) -> str:
        """The same for the same words of the same page: sent again, it is stored once.

        Other words from the same page (after the browser's Back) are another wish.
        """
        said = json.dumps([self.key, sorted(self.written.items())])
        return hashlib.sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class PersonPage:
    """One state of one of the two pages: ``form``, ``review``, ``done`` or ``closed``.

    ``problems`` are sentences by field, ``problem`` is one of the whole form, ``lines`` what is
    read back, ``told`` what is said at the end.
    """

    municipality: MunicipalityView
    form: PersonForm
    step: str = "form"
    unit: str = ""
    purpose: str = ""
    times: tuple[tuple[str, str], ...] = ()
    lines: tuple[str, ...] = ()
    problems: Mapping[str, str] = field(default_factory=dict)
    problem: str | None = None
    told: str | None = None
    can_cancel: bool = False
    status: int = 200
    retry_after: int | None = None

    @property
    def language(self) -> str:
        """The language of the page."""
        return self.form.language


def read_person_form(form: FormData) -> PersonForm:
    """The fields as they may be used; what is broken becomes what a fresh page has."""
    do = text_of(form, "do")
    return PersonForm(
        do=do if do in STEPS else "open",
        name=text_of(form, "name"),
        phone=text_of(form, "phone"),
        about=text_of(form, "about").replace("\r\n", "\n"),
        time=text_of(form, "time"),
        reply_to=text_of(form, "reply_to"),
        consent=text_of(form, "consent") == "1",
        key=valid_key(text_of(form, "key")),
        receipt=text_of(form, "receipt").upper(),
        receipt_secret=text_of(form, "receipt_secret"),
        conversation=valid_conversation(text_of(form, "conversation")),
        secret=text_of(form, "secret"),
        language=chosen_language(form.get("language")) or "sv",
    )


def without_conversation(form: PersonForm) -> PersonForm:
    """The same for somebody whose conversation is gone."""
    return replace(form, conversation="", secret="")
