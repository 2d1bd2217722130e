"""The states of the staff desk, and of a citizen who waits for or talks with a person.

They are entered at a town hall whose desk is staffed (tools/office.py). What the other side does is
done by requests of its own, in a context that is closed again.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

from playwright.sync_api import APIRequestContext, Page, expect

from tools.chat_page import Chat
from tools.desk_page import PASSWORD, Desk
from tools.office import in_an_hour
from tools.states import Scene, State, page_of
from tools.states_handoff import HANDOFF_STATES, open_ways

SUBJECT = "Ledsagning till en konsert"
_CSRF = re.compile(r'name="csrf" value="([^"]+)"')


class Colleague:
    """An agent of Umeå who works without a window."""

    def __init__(self, requests: APIRequestContext, server: str) -> None:
        self._requests, self._server = requests, server
        page = requests.get(f"{server}/desk/sign-in").text()
        found = _CSRF.search(page)
        assert found, page
        form = {"csrf": found[1], "login": "bo", "password": PASSWORD}
        requests.post(f"{server}/desk/sign-in", form=form, headers={"Origin": server})
        self._csrf = str(self._read("me")["csrf"])
        self.do("presence", {"state": "here"})
        self.do("municipalities/umea/opening", {"open_until": in_an_hour()})

    def do(self, path: str, data: Mapping[str, object] | None = None) -> None:
        """Change something at the desk."""
        address = f"{self._server}/api/v1/desk/{path}"
        headers = {"X-Lotsen-CSRF": self._csrf, "Origin": self._server}
        reply = self._requests.post(address, data=dict(data or {}), headers=headers)
        assert reply.ok, reply.text()

    def take_newest(self) -> str:
        """Take the chat that has waited the shortest time; its id."""
        newest = str(self._read("queue")["waiting"][-1]["id"])
        self.do(f"handoffs/{newest}/claim")
        return newest

    def _read(self, path: str) -> dict[str, list[dict[str, object]]]:
        read: dict[str, list[dict[str, object]]] = self._requests.get(
            f"{self._server}/api/v1/desk/{path}"
        ).json()
        return read


def _with_colleague(page: Page, scene: Scene, work: Callable[[Colleague], None]) -> None:
    assert page.context.browser
    with page.context.browser.new_context() as context:
        work(Colleague(context.request, scene.server))


def _waiting(page: Page, scene: Scene) -> None:
    _with_colleague(page, scene, lambda colleague: None)
    page_of("umea", True)(page, scene)
    open_ways(page, "Fler sätt att nå en människa")
    chat = Chat(page)
    chat.box.get_by_role("button", name="Chatta med en människa").click()
    page.get_by_label("Vad gäller det?").fill(SUBJECT)
    chat.button("Ställ mig i kön").click()
    expect(chat.standing).to_contain_text("i kön")


def _talking(page: Page, scene: Scene) -> None:
    _waiting(page, scene)

    def answer(colleague: Colleague) -> None:
        handoff = colleague.take_newest()
        hello = {"text": "Hej! Vilken dag är konserten?", "key": f"hello-{handoff}"}
        colleague.do(f"handoffs/{handoff}/messages", hello)

    _with_colleague(page, scene, answer)
    expect(page.get_by_text("Vilken dag är konserten?").first).to_be_visible()


def _returned(page: Page, scene: Scene) -> None:
    _waiting(page, scene)

    def give_back(colleague: Colleague) -> None:
        colleague.do(f"handoffs/{colleague.take_newest()}/give-back")

    _with_colleague(page, scene, give_back)
    expect(Chat(page).button("Visa andra sätt")).to_be_visible()


def _somebody_waits(page: Page, scene: Scene) -> None:
    assert page.context.browser
    with page.context.browser.new_context() as context:
        _waiting(context.new_page(), scene)


def _signing_in(page: Page, scene: Scene) -> None:
    page.goto(f"{scene.server}/desk/sign-in")
    expect(page.get_by_label("Lösenord")).to_be_visible()


def _refused(page: Page, scene: Scene) -> None:
    _signing_in(page, scene)
    page.get_by_label("Inloggningsnamn").fill("ingen")
    page.get_by_label("Lösenord").fill("fel lösenord här")
    page.get_by_role("button", name="Logga in", exact=True).click()
    expect(page.get_by_role("alert")).to_be_visible()


def _desk(page: Page, scene: Scene) -> Desk:
    desk = Desk(page)
    desk.sign_in(scene.server, "anna")
    desk.be("Här")
    return desk


def _queue(page: Page, scene: Scene) -> None:
    _somebody_waits(page, scene)
    expect(_desk(page, scene).waiting.first).to_be_visible()


def _talk(page: Page, scene: Scene) -> None:
    _somebody_waits(page, scene)
    desk = _desk(page, scene)
    desk.waiting.last.get_by_role("button", name=re.compile("Ta samtalet")).click()
    expect(desk.field).to_be_visible()
    desk.reply("Hej! Vilken dag är konserten?")


def _hand_over(page: Page, scene: Scene) -> None:
    _talk(page, scene)
    page.get_by_role("button", name="Lämna över", exact=True).click()
    expect(page.get_by_role("dialog")).to_be_visible()


def _callbacks(page: Page, scene: Scene) -> None:
    _desk(page, scene)
    page.get_by_role("link", name=re.compile("Uppringning")).click()
    expect(page.get_by_role("heading", name="Att ringa upp")).to_be_visible()


def _log(page: Page, scene: Scene) -> None:
    Desk(page).sign_in(scene.server, "eva")
    page.get_by_role("link", name="Logg", exact=True).click()
    expect(page.get_by_role("row").nth(1)).to_be_visible()
    expect(page.get_by_text("Hämtar loggen")).to_have_count(0)


def _page_form(path: str) -> Callable[[Page, Scene], None]:
    def enter(page: Page, scene: Scene) -> None:
        page.goto(f"{scene.server}/chat/umea/{path}")
        expect(page.get_by_role("heading", level=1)).to_be_visible()

    return enter


OFFICE_STATES = (
    *HANDOFF_STATES,
    State("chat-i-kon", _waiting),
    State("chat-med-handlaggare", _talking),
    State("chat-tillbaka-hos-assistenten", _returned),
    State("utan-skript-ring-upp", _page_form("ring-upp"), scripts=False),
    State("utan-skript-mejl", _page_form("mejl"), scripts=False),
    State("desk-logga-in", _signing_in),
    State("desk-fel-losenord", _refused, complaints=("status of 422",)),
    State("desk-ko", _queue),
    State("desk-samtal", _talk),
    State("desk-lamna-over", _hand_over),
    State("desk-uppringning", _callbacks),
    State("desk-logg", _log),
)
