"""A page that is read again: what changed on it, and what that costs."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Path
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from api.changes.records import ChangeError, ChangeSet
from api.changes.service import Changes
from api.faults import fault
from api.importing.limits import reading, slowly
from api.routers.deps import SettingsDep
from api.routers.staff_changes import ChangesDep
from api.routers.staff_shell import Shell
from api.routers.staff_standing import READ, EditorShell, StandingsDep, text_of, typed_in
from api.standing import again, views
from api.standing.again import Reading
from api.standing.compare import CONTACT
from api.standing.service import Acted, StandingError, Standings
from bot.guard.intake import admit_from_staff
from bot.importing.page import Address, PageError, PastedText, SavedFile, Source

router = APIRouter(include_in_schema=False)

AGAIN = "/staff/import/again"
_WARNED = "visas med en varning"
SetId = Annotated[str, Path(pattern=r"^\d{6}-[0-9a-f]{6}$")]


@router.api_route(AGAIN, methods=READ)
async def ask_for_page(
    shell: EditorShell, kommun: str | None = None, sida: str = ""
) -> HTMLResponse:
    """Which page is to be read again, and from where."""
    return _form(shell, shell.chosen(kommun), {"sida": sida})


@router.post(AGAIN)
async def read_again(
    shell: EditorShell, standings: StandingsDep, changes: ChangesDep, settings: SettingsDep
) -> Response:
    """Read it, act on what it no longer proves, and show what changed."""
    form = await shell.form(max_files=1)
    municipality, typed = shell.chosen(text_of(form, "kommun")), typed_in(form)
    try:
        source = await _source(form)
        read = await slowly(reading(settings), source)
        found = await asyncio.to_thread(again.reading, municipality, typed.get("sida", ""), read)
    except (PageError, StandingError) as error:
        return _form(shell, municipality, typed, str(error), status=422)
    if found.compared.is_another_page and not typed.get("ja"):
        return _form(shell, municipality, typed, unsure=True, status=409)
    setting = settings.staff.lost_evidence
    acted, made = await asyncio.to_thread(
        again.act, found, standings, changes, setting, shell.staff, shell.now
    )
    if made is None:
        return shell.back(AGAIN, "Sidan är oförändrad, och redan läst i dag.")
    return shell.back(f"{AGAIN}/{made.id}", _told(found, setting, acted))


@router.api_route(f"{AGAIN}/{{set_id}}", methods=READ)
async def result(
    set_id: SetId, shell: EditorShell, standings: StandingsDep, changes: ChangesDep
) -> HTMLResponse:
    """What changed on the page, and the answers that it costs."""
    made, found = await _made(set_id, shell, changes)
    return await _result(shell, standings, made, found)


@router.post(f"{AGAIN}/{{set_id}}")
async def rewrite(
    set_id: SetId, shell: EditorShell, standings: StandingsDep, changes: ChangesDep
) -> Response:
    """Rewritten answers join the page's new text; nothing typed is lost when they can't."""
    form = await shell.form()
    made, found = await _made(set_id, shell, changes)
    typed = typed_in(form)
    chosen = views.rewritten(views.lost_answers(found, {}, typed), found.page)
    problems: list[str] = []
    if not chosen:
        problems = ["Välj ett svar att skriva om eller ta bort."]
    elif await asyncio.to_thread(_is_private, typed):
        problems = ["Texten innehåller något som liknar ett personnummer. Ta bort det."]
    else:
        try:
            new = await asyncio.to_thread(
                again.rewrite, found, changes, made, chosen, shell.staff, shell.now
            )
        except ChangeError as error:
            new = [str(error)]
        if isinstance(new, ChangeSet):
            told = "Svaren och sidans nya text ligger nu i en och samma ändring."
            return shell.back(f"/staff/changes/{new.id}", told)
        problems = new
    return await _result(shell, standings, made, found, problems, typed, 422)


def _form(
    shell: Shell,
    municipality: str,
    typed: Mapping[str, str],
    problem: str = "",
    *,
    unsure: bool = False,
    status: int = 200,
) -> HTMLResponse:
    return shell.render(
        "standing_again.html",
        status,
        own=shell.own,
        chosen=municipality,
        pages=views.pages(municipality),
        typed=typed,
        problem=problem,
        unsure=unsure,
        withdraws=shell.request.app.state.settings.staff.lost_evidence == "withdraw",
    )


async def _result(
    shell: Shell,
    standings: Standings,
    made: ChangeSet,
    found: Reading,
    problems: list[str] | None = None,
    typed: Mapping[str, str] | None = None,
    status: int = 200,
) -> HTMLResponse:
    states = await asyncio.to_thread(standings.listed, [found.municipality.id])
    marked = {state.subject: state.state for state in states}
    return shell.render(
        "standing_result.html",
        status,
        made=made,
        page=found.page,
        now=found.now,
        compared=found.compared,
        answers=views.lost_answers(found, marked, typed),
        contacts=views.lost_contacts(found),
        problems=problems or [],
    )


async def _made(set_id: str, shell: Shell, changes: Changes) -> tuple[ChangeSet, Reading]:
    made = await asyncio.to_thread(changes.find, set_id)
    if made is None or made.municipality not in shell.own or "page" not in made.about:
        raise fault("nothing_here")
    try:
        return made, await asyncio.to_thread(again.from_change_set, made, changes)
    except StandingError:
        raise fault("nothing_here") from None


def _is_private(typed: Mapping[str, str]) -> bool:
    return any(admit_from_staff(text).masked for text in typed.values())


async def _source(form: FormData) -> Source:
    """Where the page is to be read from: what was pasted, else a file, else an address."""
    address, pasted, file = text_of(form, "adress").strip(), text_of(form, "text"), form.get("fil")
    if pasted.strip():
        return PastedText(pasted)
    if isinstance(file, UploadFile) and file.filename:
        return SavedFile(await file.read(), file.filename)
    if address:
        return Address(address)
    raise StandingError("Skriv sidans adress, välj en fil eller klistra in texten.")


def _told(found: Reading, setting: str, acted: Acted) -> str:
    """What was done, in a few sentences."""
    gone, new = len(found.compared.gone), len(found.compared.new)
    told = ["Sidan är oförändrad."]
    if found.compared.is_changed:
        told = [f"Sidan har ändrats. Rader som är borta: {gone}. Nya rader: {new}."]
    contacts = [subject for subject in acted.marked if subject.startswith(CONTACT)]
    if len(acted.marked) > len(contacts):
        done = "visas inte längre för invånarna" if setting == "withdraw" else _WARNED
        told.append(f"Svar som har tappat sitt belägg {done}.")
    if contacts:
        told.append(f"Kontrollera kontaktuppgifterna: de {_WARNED}.")
    if acted.restored:
        told.append("Det som har fått tillbaka sitt belägg visas som vanligt igen.")
    return " ".join(told)
