"""Contacts and opening hours on the content desk; part of the routes of staff_content."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import HTMLResponse, Response

from api.changes.records import ChangeError
from api.content_desk import contact_edit, contacts, pages
from api.content_desk.draft import chosen_lines
from api.content_desk.saving import Checked
from api.content_desk.shelf import Shelf, load_shelf
from api.content_desk.states import flagged_contacts
from api.errors import ApiError
from api.faults import fault
from api.routers.deps import StoreDep
from api.routers.staff_changes import ChangesDep
from api.routers.staff_shell import EDITORS, shell_for
from api.routers.staff_shell import Shell as Frame
from api.services.threads import in_thread
from bot.dialogue.turn import in_stockholm
from bot.knowledge.files import ContentError
from bot.knowledge.records import Contact

router = APIRouter(include_in_schema=False)

CONTENT = "/staff/content"
READ = ["GET", "HEAD"]
SAVED = (
    "Ändringen är sparad som förslag. Den börjar gälla när den är inlagd, och det gör du på sidan "
    "Ändringar."
)
BROKEN = "Innehållets filer går inte att läsa just nu. Be den som sköter assistenten om hjälp."
EditorShell = Annotated[Frame, Depends(shell_for(*EDITORS))]


@router.api_route(f"{CONTENT}/contacts", methods=READ)
async def listed(shell: EditorShell, store: StoreDep, kommun: str | None = None) -> HTMLResponse:
    """Contacts and opening hours, with what they rest on and when they open next."""
    chosen = shell.chosen(kommun)
    shelf = await shelf_of(chosen)
    flagged = await in_thread(flagged_contacts, store.desk, chosen)
    found = await in_thread(contacts.contact_views, shelf, shell.now, flagged)
    return shell.render("content_contacts.html", chosen=chosen, own=shell.own, contacts=found)


@router.api_route(f"{CONTENT}/contact", methods=READ)
async def edit(shell: EditorShell, id: str = "") -> HTMLResponse:  # noqa: A002
    """The form for a contact."""
    shelf, found = await _contact(shell, id)
    return _form_page(shell, shelf, found, contact_edit.draft_of(found))


@router.post(f"{CONTENT}/contact")
async def save(shell: EditorShell, changes: ChangesDep) -> Response:
    """Check what was written, and keep it as a change set; nothing typed is lost."""
    form = await shell.form()
    shelf, found = await _contact(shell, str(form.get("id", "")))
    typed = {key: str(value) for key, value in form.items()}
    ticked = chosen_lines(shelf, [str(value) for value in form.getlist("line")])
    draft = contact_edit.with_lines(contact_edit.read_form(typed), ticked)
    if typed.get("do") == "lines":
        return _form_page(shell, shelf, found, draft)
    day = in_stockholm(shell.now).date()
    try:
        checked = await in_thread(contact_edit.check, shelf, changes, found, draft, day)
        if checked.stops or checked.text is None:
            return _form_page(shell, shelf, found, draft, checked)
        await in_thread(contact_edit.save, changes, found, checked.text, shell.staff, shell.now)
    except ChangeError as error:
        return _form_page(shell, shelf, found, draft, Checked(above=(str(error),)))
    return shell.back(f"{CONTENT}/contacts?kommun={found.municipality}", SAVED)


async def shelf_of(municipality: str) -> Shelf:
    """The municipality's files; ApiError that says so when they can't be read."""
    try:
        return await in_thread(load_shelf, municipality)
    except ContentError:
        raise ApiError(503, "content_broken", BROKEN) from None


def _form_page(
    shell: Frame,
    shelf: Shelf,
    contact: Contact,
    draft: contact_edit.ContactDraft,
    checked: Checked | None = None,
) -> HTMLResponse:
    lines = pages.page_lines(shelf, draft.evidence)
    values = {"contact": contact, "draft": draft, "checked": checked, "pages": lines}
    return shell.render("content_contact.html", 422 if checked else 200, **values)


async def _contact(shell: Frame, name: str) -> tuple[Shelf, Contact]:
    """A contact of one's own municipality, named ``umea.kundtjanst``; else ApiError 404."""
    municipality, _, contact = name.partition(".")
    shelf = await shelf_of(shell.chosen(municipality or "-"))
    found = shelf.municipality.contacts.get(contact)
    if found is None:
        raise fault("nothing_here")
    return shelf, found
