"""Take a picture of every page and state, as different people see it, into var/screenshots.

python -m tools.screenshots [--look morkt] [words of a state's name …]
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Error, expect, sync_playwright

from tools.browser import find_chromium
from tools.errors import SetupError
from tools.office import Office
from tools.prepare import ROOT
from tools.stage import Stage, Website, chromium
from tools.states import HOST_PAGE, STATES, Scene, State, widget_line
from tools.states_desk import OFFICE_STATES
from tools.states_kiosk import KIOSK_STATES
from tools.steps import step

FOLDER = ROOT / "var" / "screenshots"
ENDS = (".png", ".failed.png")
PATIENCE = 15_000
# A Wednesday morning on which phones are open, so that the pictures of two days can be compared.
NOW = "2026-11-18T10:00"
WIDE = {"width": 1280, "height": 800}
LOOKS: dict[str, dict[str, Any]] = {
    "ljust": {"viewport": WIDE},
    "morkt": {"viewport": WIDE, "color_scheme": "dark"},
    "kontrastfarger": {"viewport": WIDE, "forced_colors": "active"},
    "320-px": {"viewport": {"width": 320, "height": 640}},
    # 1280 by 1024 points at 400 % leave 320 by 256.
    "400-procent": {"viewport": {"width": 320, "height": 256}, "device_scale_factor": 4},
}


def take(browser: Browser, scene: Scene, look: str, state: State) -> str | None:
    """Take one picture; return what hindered it. The staffed town hall has the real clock."""
    frozen = {} if state in OFFICE_STATES else {"X-Lotsen-Now": NOW}
    context = browser.new_context(
        java_script_enabled=state.scripts,
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
        extra_http_headers=frozen,
        **LOOKS[look],
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    path = FOLDER / f"{state.name}--{look}.png"
    try:
        state.enter(page, scene)
        # A chat that fills the window is seen as it is; a page is seen whole.
        page.screenshot(path=path, full_page="widget" not in state.name)
    except (AssertionError, Error) as error:
        page.screenshot(path=path.with_suffix(".failed.png"))
        return f"{path.stem}: {str(error).splitlines()[0]}"
    finally:
        context.close()
    return None


def take_all(looks: list[str], states: list[State]) -> list[str]:
    """Start server, website and browser once, and take every picture."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for old in (
        FOLDER / f"{s.name}--{look}{end}" for s in states for look in looks for end in ENDS
    ):
        old.unlink(missing_ok=True)
    expect.set_options(timeout=PATIENCE)
    problems: list[str] = []
    staffed = [state for state in states if state in OFFICE_STATES]
    others = [state for state in states if state not in OFFICE_STATES]
    with tempfile.TemporaryDirectory() as folder, Website() as website:
        if others:
            stage = Stage(Path(folder) / "stage", origins=(website.url,))
            stage.folder.mkdir()
            scene = _scene(stage.url, website, "/")
            problems += _take_with(stage.start, stage.stop, scene, looks, others)
        if staffed:
            (Path(folder) / "office").mkdir()
            office = Office(Path(folder) / "office", origins=(website.url,))
            scene = _scene(office.url, website, "/bemannad")
            problems += _take_with(office.open, office.close, scene, looks, staffed)
    return problems


def _scene(server: str, website: Website, path: str) -> Scene:
    page = HOST_PAGE.format(widget=widget_line(server), other=path)
    return Scene(server, website.show(path, page))


def _take_with(
    start: Callable[[], None],
    stop: Callable[[], None],
    scene: Scene,
    looks: list[str],
    states: list[State],
) -> list[str]:
    """Start a server, take pictures of what it serves, and stop it."""
    problems: list[str] = []
    try:
        with step("Start the server"):
            start()
        with sync_playwright() as playwright, chromium(playwright, find_chromium()) as browser:
            for look in looks:
                with step(f"Take {len(states)} pictures: {look}"):
                    taken = [take(browser, scene, look, state) for state in states]
                    problems += [problem for problem in taken if problem]
    finally:
        stop()
    return problems


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures that are asked for; 1 when any state could not be reached."""
    parser = argparse.ArgumentParser(description="Take pictures of every page and state.")
    parser.add_argument("--look", action="append", choices=list(LOOKS))
    parser.add_argument("words", nargs="*", help="only states whose name holds one of these")
    options = parser.parse_args(arguments)
    known = (*STATES, *KIOSK_STATES, *OFFICE_STATES)
    chosen = [s for s in known if not options.words or any(w in s.name for w in options.words)]
    try:
        problems = take_all(options.look or list(LOOKS), chosen)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    for problem in problems:
        print(f"[ERROR] {problem}", file=sys.stderr)
    print(f"Pictures: {FOLDER}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
