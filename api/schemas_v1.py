"""What API v1 takes and gives. Unknown fields of a request are refused."""

from __future__ import annotations

import datetime as dt
from typing import Any, Literal

from pydantic import Field

from api.schemas_base import Body, View, told_nullable
from api.settings_listen import Listen
from bot.knowledge.loader import load_knowledge

Channel = Literal["web", "kiosk", "phone"]
LANGUAGE = r"^[a-z]{2,3}$"
KEY = r"^[A-Za-z0-9._:-]{8,80}$"


class MunicipalityName(View):
    """A municipality to choose."""

    id: str = Field(..., example="umea")
    name: str = Field(..., example="Umeå kommun")
    short: str = Field(..., example="Umeå")


class ContactLite(View):
    """Where a person answers, as an answer names it."""

    id: str = Field(..., example="mottagningsenheten")
    name: str
    job: str | None = Field(None, description="what it can help with")
    how: str | None = Field(None, description="how to reach one without a number")
    phone: str | None = Field(None, example="090-16 10 02")
    phone_href: str | None = Field(None, example="tel:+4690161002")
    email: str | None = None
    visit_address: str | None = None
    open_now: bool | None = None
    status: str | None = Field(None, example="Telefonen är öppen nu, till klockan 11.30.")


class ContactView(ContactLite):
    """A contact of a municipality."""

    phone_hours: str | None = Field(
        None,
        description="as the municipality's page writes them, each season's too",
    )


class AssistantView(View):
    """Who answers: a machine, and what it says about itself before the first question."""

    name: str
    greeting: str
    is_machine: str
    can_do: str
    notice_privacy: str


class NoticeView(View):
    """Something that holds for some days."""

    text: str
    from_: dt.date | None = Field(None, alias="from")
    to: dt.date | None = None


class LimitsView(View):
    """How long a message may be, written or spoken."""

    message: int = Field(..., description="characters", example=1000)
    listen_seconds: int = Field(..., description="of one recording", example=30)


class LanguageView(View):
    """A language to choose."""

    code: str = Field(..., example="sv")
    name: str = Field(..., example="svenska")


class MunicipalityView(MunicipalityName):
    """Everything a chat needs to know of its municipality."""

    genitive: str
    assistant: AssistantView
    suggested: list[str]
    contacts: list[ContactView]
    colours: dict[str, str]
    colours_dark: dict[str, str]
    logo: str | None = None
    open: bool = Field(..., description="false: the assistant is switched off")
    closed_message: str | None = None
    notices: list[NoticeView]
    limits: LimitsView
    languages: list[LanguageView]
    speech: bool = Field(..., description="whether answers can be played as speech")
    listen: Listen = Field(..., description="who hears spoken questions")
    about_url: str
    chat_url: str
    retention_days: int


class HeardView(View):
    """What was said in a recording; empty when nothing was."""

    text: str = Field(..., example="vad kostar ledsagning")


class SourceView(View):
    """The page that an answer rests on."""

    municipality: str
    title: str
    updated: dt.date | None = None
    quote: str | None = None
    line: str | None = Field(None, description="the source as a sentence")


class QuickReply(View):
    """A suggested reply: its text, and what to send when it is chosen."""

    title: str
    payload: str


class LinkView(View):
    """A part of the text that can be a link, and where to."""

    text: str = Field(..., example="090-16 10 02")
    href: str = Field(..., example="tel:+4690161002")


class MessageView(View):
    """One message. ``text`` alone is complete; the rest adds structure."""

    number: int = Field(..., example=2)
    sender: Literal["citizen", "assistant", "agent", "notice"]
    agent: str | None = Field(None, description="first name of the person who wrote it")
    text: str
    created_at: dt.datetime
    in_reply_to: int | None = None
    kind: str | None = Field(None, example="answer")
    body: str | None = Field(None, description="text without its source and contact lines")
    items: list[str] = Field(..., description="the list in the body, if it has one")
    answer: str | None = Field(None, example="umea.ledsagning.kostnad")
    source: SourceView | None = None
    contacts: list[ContactLite]
    quick_replies: list[QuickReply]
    links: list[LinkView]
    masked: bool = Field(..., description="personal data was taken out of it")
    spoken: str | None = Field(None, description="in words, for a browser's own voice")
    lang: str = Field(..., example="sv")


def _choices(schema: dict[str, Any], model: type[Body]) -> None:
    """Tell the municipalities that there are."""
    told_nullable(schema, model)
    schema["properties"]["municipality"]["enum"] = list(load_knowledge().municipalities)


class StartConversation(Body, schema_extra=_choices):
    """A new conversation."""

    municipality: str = Field(..., min_length=1, max_length=40, example="umea")
    channel: Channel = "web"
    language: str | None = Field(None, regex=LANGUAGE, example="sv")
    easy: bool = Field(False, description="plain Swedish")


class ChangeConversation(Body):
    """What is to change; what is left out stays."""

    language: str | None = Field(None, regex=LANGUAGE, example="en")
    easy: bool | None = Field(None, example=True)


class SendMessage(Body):
    """A message. Sending it again with the same key does not ask twice."""

    text: str = Field(..., example="Vad kostar ledsagning?")
    key: str = Field(
        ..., regex=KEY, description="made by the client", example="0d9f2c1e-2b61-4c39-9f0a-6a7d1b"
    )


class GiveFeedback(Body):
    """Whether an answer helped."""

    helped: bool = Field(..., example=True)
    words: str | None = Field(None, max_length=500, example="Jag ville veta priset.")


class ConversationView(View):
    """A conversation as it stands."""

    id: str
    municipality: str
    channel: Channel
    language: str | None = None
    easy: bool
    created_at: dt.datetime
    messages: list[MessageView]
    feedback: dict[str, bool] = Field(..., description="by the number of the answer")


class StartedView(View):
    """The new conversation. The secret is told this once."""

    id: str
    secret: str
    conversation: ConversationView
    municipality: MunicipalityView


class ExchangeView(View):
    """A message as it was stored, and what the assistant answered."""

    message: MessageView
    replies: list[MessageView]
