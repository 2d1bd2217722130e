"""The content desk: every answer with its evidence and dates, and changes to them as change sets.

What is shown is what the files say; what runs is not changed from here.
"""

from __future__ import annotations

from typing import Any

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from api.changes.records import ChangeError
from api.changes.service import Changes
from api.content_desk import pages, saving
from api.content_desk.draft import Draft, chosen_lines, draft_of, read_form
from api.content_desk.listing import PAGE, STATES, filtered, totals
from api.content_desk.shelf import Shelf, service_name, title_of
from api.content_desk.states import WORDS
from api.faults import fault
from api.routers import staff_content_contacts
from api.routers.deps import StoreDep
from api.routers.staff_changes import ChangesDep
from api.routers.staff_content_contacts import CONTENT, READ, SAVED, EditorShell, shelf_of
from api.routers.staff_shell import Shell as Frame
from api.services.threads import in_thread
from bot.dialogue.turn import in_stockholm
from bot.knowledge.records import Answer

router = APIRouter(include_in_schema=False)
router.routes.extend(staff_content_contacts.router.routes)

MARKED = "Granskningen är sparad som förslag. Lägg in den på sidan Ändringar."


@router.api_route(CONTENT, methods=READ)
async def listed(
    shell: EditorShell,
    store: StoreDep,
    changes: ChangesDep,
    kommun: str | None = None,
    tjanst: str = "",
    lage: str = "",
    sida: int = 1,
) -> HTMLResponse:
    """Every answer of a municipality, what needs a person first."""
    chosen = shell.chosen(kommun)
    shelf = await shelf_of(chosen)
    every = await in_thread(pages.list_rows, store, changes, chosen, shell.now)
    found = filtered(every, tjanst, lage)
    last = max(1, -(-len(found) // PAGE))
    at = min(max(sida, 1), last)
    return shell.render(
        "content.html",
        chosen=chosen,
        own=shell.own,
        services=pages.services_of(shelf.municipality),
        service=tjanst,
        state=lage if lage in STATES else "",
        states=STATES,
        totals=totals(every),
        all=len(every),
        found=len(found),
        rows=found[(at - 1) * PAGE : at * PAGE],
        at=at,
        last=last,
        today=in_stockholm(shell.now).date(),
    )


@router.post(f"{CONTENT}/reviewed")
async def reviewed(shell: EditorShell, changes: ChangesDep) -> Response:
    """``Granskad i dag, inget behöver ändras``: the dates alone, of one or of several answers."""
    form = await shell.form()
    chosen = shell.chosen(_text(form.get("kommun")))
    shelf = await shelf_of(chosen)
    named = dict.fromkeys(str(value) for value in form.getlist("answer"))
    answers = [a for a in map(shelf.answer, named) if a is not None]
    back = f"{CONTENT}?kommun={chosen}"
    if not answers:
        return shell.back(back, "Välj minst ett svar först.")
    if len(answers) == 1:
        back = f"{CONTENT}/answer?id={answers[0].id}"
    try:
        await in_thread(saving.reviewed, changes, answers, shell.staff, shell.now)
    except ChangeError as error:
        return shell.back(back, str(error))
    return shell.back(back, MARKED)


@router.api_route(f"{CONTENT}/answer", methods=READ)
async def answer(
    shell: EditorShell,
    store: StoreDep,
    changes: ChangesDep,
    id: str = "",  # noqa: A002
) -> HTMLResponse:
    """One answer: what it says, rests on, is asked by, and how it is met with."""
    shelf, found = await _answer(shell, id)
    page = await in_thread(pages.answer_page, store, changes, shelf, found, shell.now)
    return shell.render(
        "content_answer.html",
        page=page,
        answer=found,
        title=title_of(found),
        service=service_name(found.service),
        states=STATES,
        standing=WORDS,
        today=in_stockholm(shell.now).date(),
    )


@router.api_route(f"{CONTENT}/edit", methods=READ)
async def edit(shell: EditorShell, changes: ChangesDep, id: str = "") -> HTMLResponse:  # noqa: A002
    """The form for an answer."""
    shelf, found = await _answer(shell, id)
    return await _form_page(shell, changes, shelf, found, draft_of(found))


@router.post(f"{CONTENT}/edit")
async def save(shell: EditorShell, changes: ChangesDep) -> Response:
    """Check what was written, and keep it as a change set; nothing typed is lost."""
    form = await shell.form()
    shelf, found = await _answer(shell, _text(form.get("id")))
    typed = {key: str(value) for key, value in form.items()}
    lists = {"contacts": [str(value) for value in form.getlist("contacts")]}
    ticked = [str(value) for value in form.getlist("line")]
    draft = read_form(typed, lists).with_lines(chosen_lines(shelf, ticked))
    if typed.get("do") == "lines":
        return await _form_page(shell, changes, shelf, found, draft)
    day = in_stockholm(shell.now).date()
    checked = await in_thread(saving.check, shelf, changes, found, draft, day)
    if checked.stops or checked.text is None or typed.get("do") != "save":
        status = 422 if checked.stops else 200
        return await _form_page(shell, changes, shelf, found, draft, checked, status)
    try:
        await in_thread(saving.save, changes, found, checked.text, shell.staff, shell.now)
    except ChangeError as error:
        stopped = saving.Checked(above=(str(error),))
        return await _form_page(shell, changes, shelf, found, draft, stopped, 422)
    return shell.back(f"{CONTENT}/answer?id={found.id}", SAVED)


@router.api_route(f"{CONTENT}/gaps", methods=READ)
async def gaps(shell: EditorShell, store: StoreDep, kommun: str | None = None) -> HTMLResponse:
    """What people ask for that the municipality's pages do not tell."""
    chosen = shell.chosen(kommun)
    shelf = await shelf_of(chosen)
    asked, silent = await in_thread(pages.gap_lists, store, shelf.municipality, shell.now)
    return shell.render(
        "content_gaps.html",
        chosen=chosen,
        own=shell.own,
        asked=asked,
        silent=silent,
        days=pages.DAYS,
    )


async def _form_page(
    shell: Frame,
    changes: Changes,
    shelf: Shelf,
    found: Answer,
    draft: Draft,
    checked: saving.Checked | None = None,
    status: int = 200,
) -> HTMLResponse:
    page = await in_thread(pages.form_page, changes, shelf, found, draft, checked, shell.now)
    return shell.render("content_edit.html", status, page=page, draft=draft, checked=checked)


async def _answer(shell: Frame, answer_id: str) -> tuple[Shelf, Answer]:
    """An answer of one's own municipality; else ApiError 404."""
    shelf = await shelf_of(shell.chosen(answer_id.partition(".")[0] or "-"))
    found = shelf.answer(answer_id)
    if found is None:
        raise fault("nothing_here")
    return shelf, found


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
