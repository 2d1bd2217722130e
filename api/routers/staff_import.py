"""Pages read in from a municipality's website: drafts, a person's decisions, a change set."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Annotated

from fastapi import APIRouter, Depends, Path, Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData, UploadFile

from api.changes.records import ChangeError
from api.faults import fault
from api.importing import form as forms
from api.importing import views
from api.importing.checking import Told
from api.importing.limits import reading, slowly
from api.importing.records import Batch, ImportingError, NewMunicipality
from api.importing.service import MOST_PAGES, Importing
from api.routers.deps import SettingsDep, StoreDep
from api.routers.staff_shell import EDITORS, Shell, shell_for
from bot.importing.page import Address, PageError, PastedText, SavedFile, Source

router = APIRouter(include_in_schema=False)

PAGE, NEW, READ = "/staff/import", "/staff/import/new", "/staff/import/read"
GET = ["GET", "HEAD"]
EditorShell = Annotated[Shell, Depends(shell_for(*EDITORS))]
AdminShell = Annotated[Shell, Depends(shell_for("admin"))]
BatchId = Annotated[str, Path(pattern=r"^\d{6}-[0-9a-f]{8}$")]


def get_importing(request: Request, store: StoreDep, settings: SettingsDep) -> Importing:
    """Reading pages within the operator's limits."""
    made: Importing | None = getattr(request.app.state, "importing", None)
    if made is not None:
        return made
    return Importing(store.desk, reading(settings))


ImportingDep = Annotated[Importing, Depends(get_importing)]


@router.api_route(PAGE, methods=GET)
async def start(
    shell: EditorShell, importing: ImportingDep, kommun: str | None = None
) -> HTMLResponse:
    """Where a page is read in, and those that wait."""
    return await _start(shell, importing, {"kommun": shell.chosen(kommun)})


@router.post(PAGE)
async def read(shell: EditorShell, importing: ImportingDep) -> Response:
    """Read up to three pages of one's own municipality."""
    form = await shell.form(max_files=1)
    typed = _typed(form)
    municipality = shell.chosen(typed.get("kommun"))
    try:
        sources = await _sources(form, typed)
        batch = await slowly(importing.read, sources, municipality, shell.staff, shell.now)
    except (PageError, ImportingError) as error:
        return await _start(shell, importing, typed, str(error))
    return shell.back(f"{READ}/{batch.id}", "Sidan är inläst. Gå igenom utkasten här nedanför.")


@router.api_route(NEW, methods=GET)
async def new(shell: AdminShell) -> HTMLResponse:
    """Where a new municipality begins."""
    return shell.render("import_new.html", typed={}, problem="", most=MOST_PAGES)


@router.post(NEW)
async def read_new(shell: AdminShell, importing: ImportingDep) -> Response:
    """Read the first pages of a municipality that the assistant does not know yet."""
    form = await shell.form(max_files=1)
    typed = _typed(form)
    try:
        named = NewMunicipality.called(typed.get("namn", ""), typed.get("kort", ""))
        sources = await _sources(form, typed)
        batch = await slowly(importing.read, sources, named, shell.staff, shell.now, shell.own[0])
    except (PageError, ImportingError) as error:
        values = {"typed": typed, "problem": str(error), "most": MOST_PAGES}
        return shell.render("import_new.html", 422, **values)
    return shell.back(f"{READ}/{batch.id}", "Sidorna är inlästa. Gå igenom utkasten här nedanför.")


@router.api_route(f"{READ}/{{batch_id}}", methods=GET)
async def drafts(batch_id: BatchId, shell: EditorShell, importing: ImportingDep) -> HTMLResponse:
    """The drafts of pages that were read, each beside its evidence."""
    return _drafts(shell, await _own(batch_id, shell, importing))


@router.post(f"{READ}/{{batch_id}}")
async def decide(batch_id: BatchId, shell: EditorShell, importing: ImportingDep) -> Response:
    """Keep what was decided; propose it when the validator has nothing against it."""
    form = await shell.form(max_fields=4000)
    batch = await _own(batch_id, shell, importing)
    if not batch.is_open:
        return shell.back(PAGE, "Sidorna är redan klara.")
    wish = str(form.get("do") or "")
    if wish == "drop":
        await asyncio.to_thread(importing.drop, batch, shell.staff, shell.now)
        return shell.back(PAGE, "Utkasten är borttagna.")
    try:
        batch = await asyncio.to_thread(forms.read_form, batch, _typed(form))
    except ImportingError as error:
        typed = _typed(form)
        again = forms.as_typed(batch, typed)
        return _drafts(shell, again, [Told("", "", str(error), True)], 422, typed)
    await asyncio.to_thread(importing.save, batch, shell.now)
    if wish != "propose":
        return shell.back(f"{READ}/{batch_id}", "Sparat. Inget är ändrat i assistenten än.")
    return await _propose(shell, importing, batch)


async def _propose(shell: Shell, importing: Importing, batch: Batch) -> Response:
    try:
        batch, files, told = await asyncio.to_thread(importing.check, batch, shell.now)
        if any(one.stops for one in told):
            return _drafts(shell, batch, told, 422)
        made = await asyncio.to_thread(
            importing.propose, batch, files, told, shell.staff, shell.now
        )
    except ImportingError as error:
        return _drafts(shell, batch, [Told(error.about, "", str(error), True)], 422)
    except ChangeError as error:
        return _drafts(shell, batch, [Told("", "", str(error), True)], 422)
    if told:
        return shell.back(f"{READ}/{batch.id}", "Ändringen är föreslagen. Läs råden här nedanför.")
    words = "Ändringen är föreslagen. Läs igenom den, så kan den läggas in."
    return shell.back(f"/staff/changes/{made.id}", words)


async def _own(batch_id: str, shell: Shell, importing: Importing) -> Batch:
    """Pages of one's own municipality; those of a new one belong to every admin."""
    batch = await asyncio.to_thread(importing.find, batch_id)
    if batch is None:
        raise fault("nothing_here")
    admin = bool(shell.staff.municipalities("admin"))
    if batch.municipality not in shell.own and not (batch.new and admin):
        raise fault("nothing_here")
    return batch


async def _start(
    shell: Shell, importing: Importing, typed: Mapping[str, str], problem: str = ""
) -> HTMLResponse:
    admin = bool(shell.staff.municipalities("admin"))
    waiting = await asyncio.to_thread(importing.waiting, shell.own, new=admin)
    return shell.render(
        "import.html",
        422 if problem else 200,
        own=shell.own,
        typed=typed,
        problem=problem,
        waiting=waiting,
        admin=admin,
        most=MOST_PAGES,
    )


def _drafts(
    shell: Shell,
    batch: Batch,
    told: list[Told] | None = None,
    status: int = 200,
    typed: Mapping[str, str] | None = None,
) -> HTMLResponse:
    shown = views.pages_of(batch)
    given = batch.rows[0].found.get("names", {})
    return shell.render(
        "import_drafts.html",
        status,
        batch=batch,
        pages=shown,
        problems=told or [],
        advice=batch.rows[0].found.get("advice", []) if not batch.is_open else [],
        typed=typed or {},
        anchors=views.anchors(shown),
        titles=views.topic_titles(),
        contacts=views.contact_choices(batch),
        roles=forms.ROLES,
        audiences=forms.AUDIENCES,
        kinds=views.KIND_TITLES,
        names={key: ", ".join(given.get(key, [])) for key in ("names", "places")},
        reception=batch.rows[0].found.get("reception", ""),
    )


async def _sources(form: FormData, typed: Mapping[str, str]) -> list[Source]:
    """What the form gives: a text, a file, or addresses."""
    addresses = [typed.get(f"adress_{n}", "").strip() for n in range(1, MOST_PAGES + 1)]
    found: list[Source] = [Address(address) for address in addresses if address]
    file = form.get("fil")
    if isinstance(file, UploadFile) and file.filename:
        found.append(SavedFile(await file.read(), file.filename))
    if typed.get("text", "").strip():
        found.append(PastedText(typed["text"], typed.get("rubrik") or None))
    if len(found) > MOST_PAGES:
        raise ImportingError(f"Läs in högst {MOST_PAGES} sidor åt gången.")
    return found


def _typed(form: FormData) -> dict[str, str]:
    return {name: value for name, value in form.items() if isinstance(value, str)}
