"""What the chat page shows in one state: fresh, after something was done, or refused."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import Any

from api.errors import ApiError
from api.faults import fault
from api.schemas_handoff import HandoffView, RouteView
from api.schemas_v1 import ConversationView, MunicipalityView
from api.services.municipality import municipality_view
from api.services.pages_forms import PageForm, new_key
from api.settings import Settings
from bot.dialogue.emergency import without_model
from bot.guard.intake import admit
from bot.knowledge.interface import load_interface
from bot.knowledge.records import Municipality


@dataclass(frozen=True, slots=True)
class ChatPage:
    """One state of the page. ``newest`` is the reply that the browser is to scroll to."""

    municipality: MunicipalityView
    language: str
    easy: bool
    key: str
    conversation: ConversationView | None = None
    secret: str = ""
    newest: int = 0
    draft: str = ""
    status: int = 200
    problem: str | None = None
    problem_field: str | None = None
    retry_after: int | None = None
    told: str | None = None
    crisis: str | None = None
    standing: HandoffView | None = None
    ways: tuple[RouteView, ...] = ()

    @property
    def is_with_person(self) -> bool:
        """Whether somebody waits for a person, or talks with one."""
        return self.standing is not None and self.standing.state in ("waiting", "talking")


def fresh_page(
    municipality: Municipality,
    settings: Settings,
    now: dt.datetime,
    language: str | None,
    easy: bool,
) -> ChatPage:
    """The page before anything is said. Nothing is stored for who only looks at it."""
    shown = "en" if language == "en" else "sv"
    view = municipality_view(municipality, settings, now, shown)
    return ChatPage(municipality=view, language=shown, easy=easy, key=new_key())


def starting_page(
    municipality: Municipality, settings: Settings, now: dt.datetime, form: PageForm
) -> ChatPage:
    """The page for who writes before the assistant has started."""
    page = fresh_page(municipality, settings, now, form.language, form.easy)
    return refused(page, fault("starting", retry_after=5), form)


def refused(page: ChatPage, refusal: ApiError, form: PageForm) -> ChatPage:
    """The page with what went wrong. Where nothing can be answered, danger is still recognised."""
    changes: dict[str, Any] = {
        "status": refusal.status,
        "draft": form.text,
        "problem": refusal.text(page.language),
        "problem_field": refusal.field,
        "retry_after": refusal.retry_after,
    }
    if refusal.code == "unknown_conversation":
        changes["problem"] = load_interface().label("lost_conversation", page.language)
    if refusal.code == "municipality_closed":
        changes.update(problem=None, crisis=_crisis(form.text, page))
    if refusal.code == "storage_unavailable" and (card := _crisis(form.text, page)):
        changes.update(problem=None, crisis=card)
    return replace(page, **changes)


def _crisis(text: str, page: ChatPage) -> str | None:
    metadata = {"municipality": page.municipality.id, "language": page.language}
    reply = without_model(admit(text).text, metadata)
    return reply.text if reply.kind == "crisis" else None
