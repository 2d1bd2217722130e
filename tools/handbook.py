"""Take the pictures of the handbook anew, into docs/handbok/bilder.

python -m tools.handbook [words of a picture's name …]
"""

from __future__ import annotations

import argparse
import io
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Error, FloatRect, expect, sync_playwright

from tools.browser import find_chromium
from tools.desk_page import PASSWORD
from tools.errors import SetupError
from tools.prepare import ROOT
from tools.stage import Stage, chromium
from tools.states import Scene, State
from tools.states_staff import EDITOR, STAFF_STATES, ask_everything
from tools.steps import step

FOLDER = ROOT / "docs" / "handbok" / "bilder"
NOW = "2026-11-18T10:00"
"""A Wednesday morning on which phones are open, so that the pictures of two days are alike."""

WIDTH, HEIGHT = 1280, 800
TALLEST = 1400
"""Points of a page that are shown: the top tells what a page is."""

COLOURS = 64
PATIENCE = 20_000
RIGHTS = {"LOTSEN_WORKING_COPY": "0", "LOTSEN_RATE_SIGN_IN": "0"}


def take(browser: Browser, scene: Scene, state: State, folder: Path) -> str | None:
    """Take one picture; return what hindered it."""
    context = browser.new_context(
        viewport={"width": WIDTH, "height": HEIGHT},
        locale="sv-SE",
        timezone_id="Europe/Stockholm",
        reduced_motion="reduce",
        extra_http_headers={"X-Lotsen-Now": NOW},
    )
    context.set_default_timeout(PATIENCE)
    page = context.new_page()
    try:
        state.enter(page, scene)
        tall = min(int(page.evaluate("document.documentElement.scrollHeight")), TALLEST)
        top: FloatRect = {"x": 0, "y": 0, "width": WIDTH, "height": tall}
        picture = page.screenshot(clip=top, full_page=True)
        _save(picture, folder / f"{state.name}.png")
    except (AssertionError, Error) as error:
        page.screenshot(path=folder / f"{state.name}.failed.png")
        return f"{state.name}: {str(error).splitlines()[0]}"
    finally:
        context.close()
    return None


def _save(picture: bytes, path: Path) -> None:
    """With fewer colours, which nobody sees: it is a third of the size."""
    with Image.open(io.BytesIO(picture)) as image:
        few = image.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(path, optimize=True)


def take_all(states: Sequence[State], folder: Path) -> list[str]:
    """Start a server with a few questions in it, and take every picture."""
    folder.mkdir(parents=True, exist_ok=True)
    expect.set_options(timeout=PATIENCE)
    with tempfile.TemporaryDirectory() as place:
        stage = Stage(Path(place), more=RIGHTS)
        stage.add_staff([EDITOR], PASSWORD)
        try:
            with step("Start the server"):
                stage.start()
            with sync_playwright() as playwright, chromium(playwright, find_chromium()) as browser:
                with browser.new_context() as asking, step("Ask the questions"):
                    ask_everything(asking.request, stage.url, NOW)
                with step(f"Take {len(states)} pictures"):
                    scene = Scene(stage.url, "")
                    taken = [take(browser, scene, state, folder) for state in states]
        finally:
            stage.stop()
    return [problem for problem in taken if problem]


def main(arguments: list[str] | None = None) -> int:
    """Take the pictures that are asked for; 1 when any could not be taken."""
    parser = argparse.ArgumentParser(description="Take the handbook's pictures anew.")
    parser.add_argument("--folder", type=Path, default=FOLDER, help="where to")
    parser.add_argument("words", nargs="*", help="only pictures whose name holds one of these")
    options = parser.parse_args(arguments)
    chosen = [
        s for s in STAFF_STATES if not options.words or any(w in s.name for w in options.words)
    ]
    try:
        problems = take_all(chosen, options.folder)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    for problem in problems:
        print(f"[ERROR] {problem}", file=sys.stderr)
    print(f"Pictures: {options.folder}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
