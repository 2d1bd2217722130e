"""A visit to the kiosk before the real server, by touch; and axe in every state of it."""

from __future__ import annotations

from playwright.sync_api import Page, expect

from tests.browser.audit import audit
from tests.browser.test_lost_server import LOST as NOT_REACHED
from tests.browser.test_lost_server import UMEA
from tests.browser.visitor import Look, Visitor
from tests.browser.waiting import eventually
from tests.conftest import NOW
from tools.stage import Stage
from tools.states import COSTS, Scene
from tools.states_kiosk import KIOSK_STATES, LOST, START

STANDING = Look(width=1080, height=1920, reduced_motion=True, touch=True)
LATER = "2026-11-18T10:01"
LOOKED_AT = ("start", "skriv", "upplast", "kontrast", "kris", "person", "kvar", "utan-server")
LYING = Look(width=1920, height=1080, reduced_motion=True)


def tap(page: Page, *names: str) -> None:
    """Touch buttons, one after the other."""
    for name in names:
        page.get_by_role("button", name=name, exact=True).first.tap()


def pass_time(page: Page) -> None:
    """A moment passes on a clock that stands still, and somebody is there."""
    page.clock.fast_forward(200)
    page.keyboard.press("Shift")


def test_a_visit_by_touch(visit: Visitor, stage: Stage) -> None:
    page = visit(STANDING)
    visit.watch.expect(NOT_REACHED)
    page.clock.install(time=NOW)
    title = page.get_by_role("heading", level=1)
    answer = page.locator(".kiosk-answer")
    page.goto(f"{stage.url}/kiosk/umea")
    expect(title).to_have_text(START)
    # On a busy machine the kiosk would think that nobody is there.
    page.clock.pause_at(LATER)
    expect(page.locator(".kiosk-tile")).to_have_count(8)

    with page.expect_response("**/say/start/0?*") as own:
        tap(page, "Läs upp")
    assert own.value.headers["content-type"] == "audio/wav"
    with page.expect_response("**/api/v1/conversations") as begun:
        tap(page, COSTS[0])
    expect(answer).to_contain_text(COSTS[1])
    session = begun.value.json()
    assert session["conversation"]["channel"] == "kiosk"
    with page.expect_response("**/speech/0?*") as sound:
        tap(page, "Läs upp")
    assert sound.value.headers["content-type"] == "audio/wav"
    with page.expect_response("**/contacts/*/speech?*") as number:
        page.get_by_role("button", name="Läs upp numret").first.tap()
    assert "noll" in number.value.json()["sentences"][0]["spoken"]
    # Not aloud any more, or the countdown would wait for the voice.
    tap(page, "Stopp", "Lyssna", "Prata med en person")
    expect(page.locator(".kiosk-number").first).to_have_text(UMEA)
    code = page.get_by_role("img", name=f"QR-kod som ringer {UMEA}").first
    shown = "(image) => image.complete && image.naturalWidth > 0"
    eventually(page, lambda: code.evaluate(shown), True)

    # The server itself is killed in test_kiosk_lost.py: starting one takes its time.
    page.route("**/*", lambda route: route.abort("connectionrefused"))
    with page.expect_event("requestfailed"):
        page.clock.fast_forward(31_000)
    # It asks once more before it says so, and a clock that stands still has to be helped on.
    eventually(page, title.inner_text, LOST, lambda: pass_time(page))
    expect(page.locator(".kiosk-number").first).to_have_text(UMEA)
    expect(page.get_by_text("Ring 112")).to_be_visible()
    page.unroute_all()
    found = "Prata med en person"
    eventually(page, title.inner_text, found, lambda: pass_time(page))

    page.clock.fast_forward(76_000)
    expect(page.get_by_role("button", name="Jag är kvar")).to_be_focused()
    with page.expect_navigation():
        page.clock.fast_forward(31_000)
    expect(title).to_have_text(START)
    left = page.evaluate("() => [sessionStorage.length, localStorage.length, document.cookie]")
    assert left == [0, 0, ""]
    secret = {"Authorization": f"Bearer {session['secret']}"}
    gone = page.request.get(f"{stage.url}/api/v1/conversations/{session['id']}", headers=secret)
    assert gone.status == 404


def test_axe_finds_nothing_in_any_state(visit: Visitor, scene: Scene) -> None:
    found = {}
    wanted = {f"kiosk-{name}-liggande" for name in LOOKED_AT}
    for state in (state for state in KIOSK_STATES if state.name in wanted):
        page = visit(LYING)
        for complaint in (*state.complaints, "Applying inline style violates"):
            visit.watch.expect(complaint)
        state.enter(page, scene)
        if problems := audit(page):
            found[state.name] = problems
        page.close()
    assert not found, "\n".join(f"{name}: {told}" for name, told in found.items())
