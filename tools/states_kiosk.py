"""The states of the kiosk. On anything wider than a telephone it lies or stands as kiosks do."""

from __future__ import annotations

from collections.abc import Callable

from playwright.sync_api import Page, ViewportSize, expect

from tools.states import COSTS, CRISIS, UNCLEAR, Scene, State

LYING: ViewportSize = {"width": 1920, "height": 1080}
STANDING: ViewportSize = {"width": 1080, "height": 1920}
TELEPHONE = 700
START = "Vad vill du veta?"
LOST = "Just nu kan skärmen inte svara"
AWAY = ("ERR_FAILED", "ERR_CONNECTION_REFUSED")
# The idle seconds of the settings, and one more.
UNTOUCHED_MS = 76_000
SILENCE_MS = 31_000

Way = Callable[[Page, Scene], None]


def touch(page: Page, *names: str) -> None:
    """Press buttons, one after the other."""
    for name in names:
        page.get_by_role("button", name=name, exact=True).first.click()


def write(page: Page, question: tuple[str, str]) -> None:
    """Ask a question of one's own, and see its answer."""
    touch(page, "Skriv en egen fråga")
    page.get_by_label("Din fråga").fill(question[0])
    page.get_by_label("Din fråga").press("Enter")
    expect(page.locator(".kiosk-answer")).to_contain_text(question[1])
    _see_codes(page)


def _see_codes(page: Page) -> None:
    for picture in page.locator(".kiosk-code img").all():
        expect(picture).not_to_have_js_property("naturalWidth", 0)


def _start(page: Page, scene: Scene) -> None:
    page.goto(f"{scene.server}/kiosk/umea")
    expect(page.get_by_role("heading", level=1)).to_have_text(START)


def _write(page: Page, scene: Scene) -> None:
    _start(page, scene)
    touch(page, "Skriv en egen fråga")
    expect(page.get_by_label("Din fråga")).to_be_focused()


def _asked(question: tuple[str, str]) -> Way:
    def enter(page: Page, scene: Scene) -> None:
        _start(page, scene)
        write(page, question)

    return enter


def _contrast(page: Page, scene: Scene) -> None:
    _asked(COSTS)(page, scene)
    touch(page, "Större text", "Hög kontrast")


def _spoken(page: Page, scene: Scene) -> None:
    _asked(COSTS)(page, scene)
    touch(page, "Läs upp")
    expect(page.get_by_role("group", name="Uppläsning")).to_be_visible()


def _person(page: Page, scene: Scene) -> None:
    _start(page, scene)
    touch(page, "Prata med en person")
    expect(page.get_by_role("heading", level=1)).to_have_text("Prata med en person")
    _see_codes(page)


def _english(page: Page, scene: Scene) -> None:
    _start(page, scene)
    touch(page, "English")
    expect(page.get_by_role("heading", level=1)).to_have_text("What would you like to know?")


def _lowered(way: Way) -> Way:
    def enter(page: Page, scene: Scene) -> None:
        way(page, scene)
        low = page.get_by_role("button", name="Sänk knapparna", exact=True)
        if low.is_visible():
            low.click()

    return enter


def _idle(page: Page, scene: Scene) -> None:
    page.clock.install()
    _asked(COSTS)(page, scene)
    page.clock.fast_forward(UNTOUCHED_MS)
    expect(page.get_by_role("dialog")).to_be_visible()


def _lost(page: Page, scene: Scene) -> None:
    page.clock.install()
    _start(page, scene)
    page.route("**/record?*", lambda route: route.abort())
    for _ in range(2):
        with page.expect_event("requestfailed"):
            page.clock.fast_forward(SILENCE_MS)
    expect(page.get_by_role("heading", level=1)).to_have_text(LOST)


def _in(size: ViewportSize, way: Way) -> Way:
    def enter(page: Page, scene: Scene) -> None:
        if page.viewport_size and page.viewport_size["width"] > TELEPHONE:
            page.set_viewport_size(size)
        way(page, scene)

    return enter


_WAYS: dict[str, Way] = {
    "start": _start,
    "engelska": _english,
    "skriv": _write,
    "svar": _asked(COSTS),
    "upplast": _spoken,
    "kontrast": _contrast,
    "fraga-tillbaka": _asked(UNCLEAR),
    "kris": _asked(CRISIS),
    "person": _person,
    "kvar": _idle,
    "utan-server": _lost,
    "start-sankt": _lowered(_start),
    "svar-sankt": _lowered(_asked(COSTS)),
}

KIOSK_STATES = tuple(
    State(f"kiosk-{name}-{sort}", _in(size, way), complaints=AWAY if way is _lost else ())
    for sort, size in (("liggande", LYING), ("staende", STANDING))
    for name, way in _WAYS.items()
)
