"""What could not be answered, and what becomes of it. Nothing here changes what runs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Final
from urllib.parse import urlencode

from fastapi import APIRouter, Depends, Path, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from starlette.datastructures import FormData

from api.review.deciding import Decisions
from api.review.meaning import meanings_of
from api.review.pages import PERIODS, Asking, Filters, listing, opened
from api.review.records import ReviewError
from api.review.service import Review
from api.routers.deps import StoreDep
from api.routers.staff_shell import EDITORS, Shell, shell_for
from api.services.threads import in_thread
from api.settings import ROOT

router = APIRouter(include_in_schema=False)

PAGE: Final = "/staff/review"
READ: Final = ["GET", "HEAD"]
GONE: Final = "Frågan finns inte kvar. Samtalet kan ha raderats."
NONE_CHOSEN: Final = "Markera minst en fråga."

EditorShell = Annotated[Shell, Depends(shell_for(*EDITORS))]
KeyPath = Annotated[str, Path(pattern=r"^[0-9a-f]{32}$")]


def get_review(request: Request, store: StoreDep) -> Review:
    """The list; what the questions mean is remembered as long as the process runs."""
    return Review(store, meanings_of(request.app.state), ROOT)


def get_decisions(store: StoreDep) -> Decisions:
    """What is decided of them."""
    return Decisions(store, ROOT)


ReviewDep = Annotated[Review, Depends(get_review)]
DecisionsDep = Annotated[Decisions, Depends(get_decisions)]


@dataclass(frozen=True, slots=True)
class Visit:
    """Somebody at the list: where, what of it they look at, and how it is read."""

    shell: Shell
    review: Review
    filters: Filters

    def path(self, key: str = "") -> str:
        """The address of the list as it is looked at, or of a question in it."""
        query = urlencode(self.filters.query())
        return f"{PAGE}/question/{key}?{query}" if key else f"{PAGE}?{query}"

    async def page(self, key: str, asking: Asking | None = None, status: int = 200) -> Response:
        """A group's page; to the list when it is gone."""
        f = self.filters
        found = await in_thread(
            self.review.open, f.municipality, key, f.days, f.reason, self.shell.now
        )
        if found is None:
            return self.shell.back(self.path(), GONE)
        values = opened(found, f, asking or Asking())
        return self.shell.render("review_group.html", status, back=self.path(), **values)


def get_visit(
    shell: EditorShell,
    review: ReviewDep,
    kommun: str | None = None,
    dagar: str = "",
    visa: str = "",
    sida: Annotated[int, Query(ge=1, le=1000)] = 1,
) -> Visit:
    """What the address tells; what it tells wrongly is taken for what is usual."""
    return Visit(shell, review, Filters.read(shell.chosen(kommun), dagar, visa, sida))


VisitDep = Annotated[Visit, Depends(get_visit)]


@router.api_route(PAGE, methods=READ)
async def questions(visit: VisitDep) -> HTMLResponse:
    """The groups of questions, those that most people asked first."""
    f = visit.filters
    found = await in_thread(visit.review.look, f.municipality, f.days, f.reason, visit.shell.now)
    values = listing(found, f)
    return visit.shell.render("review.html", own=visit.shell.own, periods=PERIODS, **values)


@router.api_route(f"{PAGE}/question/{{key}}", methods=READ)
async def question(key: KeyPath, visit: VisitDep) -> Response:
    """One group, and what can be made of it."""
    return await visit.page(key)


@router.post(f"{PAGE}/question/{{key}}")
async def decide(key: KeyPath, visit: VisitDep, decisions: DecisionsDep) -> Response:
    """Do what was chosen with the questions that were marked."""
    form = await visit.shell.form()
    asking = Asking.read(form)
    f, shell = visit.filters, visit.shell
    known = await in_thread(visit.review.known, f.municipality, f.days, shell.now)
    there = asking.among(known)
    if not there.chosen:
        problem = NONE_CHOSEN if known.keys() & asking.texts.keys() else GONE
        return await visit.page(key, asking.told(problem), 422)
    try:
        told = await in_thread(_done, decisions, f.municipality, there, shell)
    except ReviewError as error:
        return await visit.page(key, asking.told(str(error), error.problems), 422)
    return shell.back(visit.path(), told)


@router.post(f"{PAGE}/propose")
async def propose(visit: VisitDep, decisions: DecisionsDep) -> RedirectResponse:
    """Make a change set of what was collected."""
    await visit.shell.form()
    f, shell = visit.filters, visit.shell
    try:
        made = await in_thread(decisions.propose, f.municipality, shell.staff, shell.now)
    except ReviewError as error:
        return shell.back(visit.path(), str(error))
    return shell.back(f"/staff/changes/{made.id}", "Förslaget är klart. Läs igenom det.")


@router.post(f"{PAGE}/reopen")
async def reopen(visit: VisitDep, decisions: DecisionsDep) -> RedirectResponse:
    """What was chosen, asked for or hidden is to be reviewed again."""
    keys = _keys(await visit.shell.form(), "key")
    f, shell = visit.filters, visit.shell
    back = decisions.take_back
    gone = await in_thread(back, f.municipality, keys, shell.staff, shell.now)
    return shell.back(visit.path(), "Frågan ligger i listan igen." if gone else "")


@router.post(f"{PAGE}/answered")
async def answered(visit: VisitDep, decisions: DecisionsDep) -> RedirectResponse:
    """An editor has dealt with a question."""
    keys = _keys(await visit.shell.form(), "key")
    f, shell = visit.filters, visit.shell
    if keys:
        await in_thread(decisions.answered, f.municipality, keys[0], shell.staff, shell.now)
    return shell.back(visit.path(), "Bra! Frågan är avbockad.")


def _done(decisions: Decisions, municipality: str, asking: Asking, shell: Shell) -> str:
    """Do it, and tell it."""
    staff, now = shell.staff, shell.now
    if asking.deed in {"example", "outside"}:
        label = asking.label if asking.deed == "example" else asking.outside
        decisions.pick(municipality, asking.chosen, label, staff, now)
        return "Sparat bland valda exempel. Gör ett ändringsförslag när du har valt klart."
    if asking.deed == "ask":
        decisions.ask(municipality, asking.originals(), asking.note, staff, now)
        return "Frågan väntar nu på en redaktör."
    if asking.deed == "hide":
        decisions.hide(municipality, asking.all_keys, staff, now)
        return "Frågan är gömd."
    raise ReviewError("Välj vad som ska hända.")


def _keys(form: FormData, name: str) -> list[str]:
    return [str(value) for value in form.getlist(name) if isinstance(value, str)]
