"""The states of the pages for staff: testing, reviewing, answers, pages read in, figures.

They are entered at a server where somebody may do everything (tools/handbook.py). Those that act
come last, so that what they change is not in the way of the others.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from playwright.sync_api import APIRequestContext, Page, expect

from bot.knowledge.loader import load_whole
from tools.desk_page import PASSWORD
from tools.states import Scene, State

EDITOR = ("eva", "Eva Ek", "admin", "umea")
ANSWER = "umea.ledsagning.kostnad"
PAGE = load_whole().municipalities["umea"].pages["ledsagning"]
CHANGED = PAGE.text.replace(
    "Du står för dina egna omkostnader i samband med aktiviteter, medan",
    "Du betalar 90 kronor i timmen, medan",
)
"""As the page might be one day: an example for the handbook, which no municipality has said."""

QUESTIONS: tuple[tuple[str, bool | None], ...] = (
    ("Vad kostar ledsagning?", True),
    ("Vem kan få ledsagning?", True),
    ("När har ni telefontid?", None),
    ("Hur ansöker jag om ledsagning?", False),
    ("kan nån hänga med farmor på bingokvällarna", False),
    ("finns det någon som följer med farfar på bingo", None),
    ("var får jag ställa husvagnen över vintern", None),
    ("får man ha med hunden på träffarna", None),
    ("Jag vill prata med en människa", None),
)
"""What people have asked in the pictures, and whether the answer helped."""


def ask_everything(requests: APIRequestContext, server: str, now: str) -> None:
    """Let people ask the questions, each in a conversation of its own."""
    headers = {"X-Lotsen-Now": now, "Origin": server}
    for number, (text, helped) in enumerate(QUESTIONS):
        address = f"{server}/api/v1/conversations"
        started = requests.post(address, data={"municipality": "umea"}, headers=headers).json()
        own: Mapping[str, str] = {**headers, "Authorization": f"Bearer {started['secret']}"}
        address = f"{address}/{started['id']}/messages"
        sent = {"text": text, "key": f"handbook-{number:012}"}
        told = requests.post(address, data=sent, headers=dict(own)).json()
        if helped is not None:
            about = f"{address}/{told['replies'][0]['number']}/feedback"
            requests.post(about, data={"helped": helped}, headers=dict(own))


def _at(path: str, heading: str = "") -> Callable[[Page, Scene], None]:
    def enter(page: Page, scene: Scene) -> None:
        sign_in(page, scene)
        page.goto(f"{scene.server}{path}")
        if heading:
            expect(page.get_by_role("heading", level=1)).to_contain_text(heading)

    return enter


def sign_in(page: Page, scene: Scene) -> None:
    """Sign in as somebody who sees all the pages."""
    page.goto(f"{scene.server}/desk/sign-in?next=/staff")
    page.get_by_label("Inloggningsnamn").fill(EDITOR[0])
    page.get_by_label("Lösenord").fill(PASSWORD)
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("link", name="För personalen")).to_be_visible()


def _sign_in_page(page: Page, scene: Scene) -> None:
    page.goto(f"{scene.server}/desk/sign-in?next=/staff")


def _tested(page: Page, scene: Scene) -> None:
    _at("/staff/test")(page, scene)
    page.get_by_role("textbox", name="Skriv").first.fill("Vad kostar ledsagning?")
    page.get_by_role("button", name="Skicka").click()
    expect(page.get_by_text("egna omkostnader").first).to_be_visible()


def _first_group(page: Page, scene: Scene) -> None:
    _at("/staff/review")(page, scene)
    page.locator("main").get_by_role("link", name="bingo").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("bingo")


def _read_again(page: Page, scene: Scene) -> None:
    _at("/staff/import/again?sida=ledsagning")(page, scene)
    page.get_by_label("Eller sidans text").fill(CHANGED)
    page.get_by_role("button", name="Läs in och jämför").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("läst igen")


def _first_change(page: Page, scene: Scene) -> None:
    _at("/staff/changes")(page, scene)
    page.locator("main").get_by_role("link", name="läst igen").first.click()
    expect(page.get_by_role("heading", name="Vad som ändras")).to_be_visible()


STAFF_STATES = (
    State("logga-in", _sign_in_page),
    State("start", _at("/staff")),
    State("prova", _tested),
    State("granska", _at("/staff/review")),
    State("granska-grupp", _first_group),
    State("svaren", _at("/staff/content?kommun=umea")),
    State("svar", _at(f"/staff/content/answer?id={ANSWER}")),
    State("svar-andra", _at(f"/staff/content/edit?id={ANSWER}")),
    State("luckor", _at("/staff/content/gaps?kommun=umea")),
    State("kontakter", _at("/staff/content/contacts?kommun=umea")),
    State("las-in", _at("/staff/import")),
    State("las-in-igen", _at("/staff/import/again", "Läs in en sida igen")),
    State("testa-allt", _at("/staff/runs")),
    State("floden", _at("/staff/flows")),
    State("siffror", _at("/staff/numbers?kommun=umea")),
    State("last-igen", _read_again),
    State("stoppade-svar", _at("/staff/standing?kommun=umea", "Stoppade")),
    State("andringar", _at("/staff/changes")),
    State("andring", _first_change),
)
