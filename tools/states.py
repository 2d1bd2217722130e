"""Every page and every state in which a citizen may meet the assistant.

axe looks at each of them in the tests, and `make screenshots` takes its picture.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page, expect

from tools.chat_page import ERASE, Chat

MUNICIPALITIES = ("umea", "ludvika", "ostersund", "leksand")
COSTS = ("Vad kostar ledsagning?", "omkostnader")
APPLY = ("Hur ansöker jag om ledsagning?", "via webben")
WHO = ("Vem kan få ledsagning?", "Ledsagarservice är")
VIOLENCE = ("Min sambo slår mig när han druckit.", "020-50 50 50")
UNCLEAR = ("avgift", "Vad gäller din fråga")
CRISIS = ("jag vill dö", "90101")
MESSAGES_A_MINUTE = 30
TOO_LONG = "Jag undrar en sak om ledsagning. " * 40

HOST_PAGE = """<!doctype html>
<html lang="sv">
<head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Stöd och omsorg</title></head>
<body><main><h1>Stöd och omsorg</h1><p>Här står det om stöd och omsorg i kommunen.</p>
<p><a href="{other}">En annan sida</a></p></main>
{widget}
</body></html>"""


@dataclass(frozen=True)
class Scene:
    """Where the states are found: our server, and a website that embeds the widget."""

    server: str
    website: str


@dataclass(frozen=True)
class State:
    """One state: how to get there, and which complaints of the browser belong to it."""

    name: str
    enter: Callable[[Page, Scene], None]
    scripts: bool = True
    complaints: tuple[str, ...] = ()


def widget_line(server: str, municipality: str = "umea") -> str:
    """The one line with which a website embeds the widget."""
    which = f'src="{server}/widget.js" data-municipality="{municipality}"'
    return f'<script type="module" {which}></script>'


def _at(path: str) -> Callable[[Page, Scene], None]:
    def enter(page: Page, scene: Scene) -> None:
        page.goto(f"{scene.server}{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    return enter


def page_of(municipality: str, scripts: bool) -> Callable[[Page, Scene], None]:
    """The way to a municipality's page."""

    def enter(page: Page, scene: Scene) -> None:
        page.goto(f"{scene.server}/chat/{municipality}")
        if scripts:
            Chat(page).wait_for_scripts()
        expect(Chat(page).suggestions.first).to_be_visible()

    return enter


def _page_answer(question: tuple[str, str], scripts: bool) -> Callable[[Page, Scene], None]:
    def enter(page: Page, scene: Scene) -> None:
        page_of("umea", scripts)(page, scene)
        Chat(page).ask(*question)

    return enter


def _page_too_long(page: Page, scene: Scene) -> None:
    page_of("umea", False)(page, scene)
    Chat(page).field.fill(TOO_LONG)
    Chat(page).send_button.click()
    expect(page.get_by_role("alert")).to_be_visible()


def _too_many(page: Page, scene: Scene) -> None:
    """More messages in one conversation than a person can write in a minute."""
    _page_answer(COSTS, False)(page, scene)
    chat = Chat(page)
    form = page.locator("form.lotsen-composer")
    names = ("conversation", "secret", "key")
    fields: dict[str, str | float | bool] = {
        name: form.locator(f"input[name={name}]").input_value() for name in names
    }
    for number in range(MESSAGES_A_MINUTE):
        page.request.post(f"{scene.server}/chat/umea", form={**fields, "text": f"Hej {number}"})
    chat.field.fill(APPLY[0])
    chat.send_button.click()
    expect(page.get_by_role("alert")).to_contain_text("Försök igen om")


def _closed(page: Page, scene: Scene) -> None:
    page.goto(scene.website)
    expect(Chat(page).launcher).to_be_visible()


def _open(page: Page, scene: Scene) -> None:
    _closed(page, scene)
    Chat(page).open()


def asked(question: tuple[str, str]) -> Callable[[Page, Scene], None]:
    """The way to the widget with an answer in it."""

    def enter(page: Page, scene: Scene) -> None:
        _open(page, scene)
        Chat(page).ask(*question)

    return enter


def _lost(page: Page, scene: Scene) -> None:
    """The message could not be sent, not the second time either."""
    _open(page, scene)
    chat = Chat(page)
    page.route("**/api/v1/conversations**", lambda route: route.abort("connectionrefused"))
    chat.field.fill(COSTS[0])
    chat.send_button.click()
    expect(chat.button("Skicka igen")).to_be_visible()


def _never_there(page: Page, scene: Scene) -> None:
    """The server could not be reached when the widget was opened."""
    page.goto(scene.website)
    page.route("**/api/v1/**", lambda route: route.abort("connectionrefused"))
    Chat(page).launcher.click()
    expect(page.get_by_text("går inte att nå")).to_be_visible()


def _menu(page: Page, scene: Scene) -> None:
    asked(COSTS)(page, scene)
    Chat(page).menu()
    expect(page.get_by_text(ERASE, exact=True)).to_be_visible()


def _erasing(page: Page, scene: Scene) -> None:
    _menu(page, scene)
    Chat(page).choose(ERASE)
    expect(Chat(page).button("Radera")).to_be_visible()


def _too_long(page: Page, scene: Scene) -> None:
    _open(page, scene)
    Chat(page).field.fill(TOO_LONG)
    expect(page.get_by_text("tecken för mycket").first).to_be_visible()


def _feedback(page: Page, scene: Scene) -> None:
    asked(COSTS)(page, scene)
    Chat(page).answers.last.get_by_role("button", name="Nej").click()
    expect(page.get_by_text("Vad saknades?").first).to_be_visible()


NOT_FOUND = ("status of 404",)
REFUSED = ("ERR_CONNECTION_REFUSED",)

STATES = (
    State("start", _at("/")),
    *(State(f"om-{m}", _at(f"/om/{m}")) for m in MUNICIPALITIES),
    State("om-umea-engelska", _at("/om/umea?sprak=en")),
    State("fel-okand-sida", _at("/finns-inte"), complaints=NOT_FOUND),
    State("fel-okand-kommun", _at("/chat/finns-inte"), complaints=NOT_FOUND),
    State("fel-om-okand-kommun", _at("/om/finns-inte"), complaints=NOT_FOUND),
    *(State(f"chat-{m}", page_of(m, True)) for m in MUNICIPALITIES),
    State("chat-svar", _page_answer(COSTS, True)),
    State("chat-fraga-tillbaka", _page_answer(UNCLEAR, True)),
    State("chat-kris", _page_answer(CRISIS, True)),
    *(State(f"utan-skript-{m}", page_of(m, False), scripts=False) for m in MUNICIPALITIES),
    State("utan-skript-svar", _page_answer(COSTS, False), scripts=False),
    State("utan-skript-fraga-tillbaka", _page_answer(UNCLEAR, False), scripts=False),
    State("utan-skript-kris", _page_answer(CRISIS, False), scripts=False),
    State("utan-skript-for-lang", _page_too_long, scripts=False, complaints=("status of 413",)),
    State("utan-skript-for-manga", _too_many, scripts=False, complaints=("status of 429",)),
    State("widget-stangd", _closed),
    State("widget-oppen", _open),
    State("widget-svar", asked(COSTS)),
    State("widget-fraga-tillbaka", asked(UNCLEAR)),
    State("widget-kris", asked(CRISIS)),
    State("widget-meny", _menu),
    State("widget-radera", _erasing),
    State("widget-for-lang", _too_long),
    State("widget-hjalpte-inte", _feedback),
    State("widget-ej-skickat", _lost, complaints=REFUSED),
    State("widget-natt-inte", _never_there, complaints=REFUSED),
)
