"""Windows as different people have them, each watched for what goes wrong in it."""

from __future__ import annotations

import os
from dataclasses import dataclass
from typing import Literal

from playwright.sync_api import Browser, Page

from tests.browser.watch import Watch
from tests.conftest import NOW

SLOWDOWN = float(os.environ.get("LOTSEN_TEST_SLOWDOWN", "1"))
"""How many times slower the browser is made, to find tests that win their races by luck."""

PATIENCE = 15_000 * SLOWDOWN
"""Milliseconds after which something that was to appear is missed."""


@dataclass(frozen=True)
class Look:
    """How somebody sees a page."""

    width: int = 1280
    height: int = 800
    dark: bool = False
    forced_colours: bool = False
    reduced_motion: bool = False
    scripts: bool = True
    touch: bool = False
    language: str = "sv-SE"
    now: str | None = NOW


class Visitor:
    """Opens windows of browsers that share nothing, and watches them all."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser
        self.watches: list[Watch] = []

    def __call__(self, look: Look = Look()) -> Page:
        """A page in a context of its own."""
        context = self._browser.new_context(
            viewport={"width": look.width, "height": look.height},
            color_scheme="dark" if look.dark else "light",
            forced_colors="active" if look.forced_colours else "none",
            reduced_motion=_motion(look),
            java_script_enabled=look.scripts,
            has_touch=look.touch,
            locale=look.language,
            timezone_id="Europe/Stockholm",
            extra_http_headers={"X-Lotsen-Now": look.now} if look.now else {},
        )
        context.set_default_timeout(PATIENCE)
        self.watches.append(Watch(context))
        page = context.new_page()
        if SLOWDOWN > 1:
            slowed = {"rate": SLOWDOWN}
            context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", slowed)
        return page

    @property
    def watch(self) -> Watch:
        """What is seen of the window opened last."""
        return self.watches[-1]

    def close(self) -> list[str]:
        """Close every window; tell what went wrong in any."""
        problems = []
        for watch in self.watches:
            problems += watch.problems()
            watch.context.close()
        return problems


def _motion(look: Look) -> Literal["reduce", "no-preference"]:
    return "reduce" if look.reduced_motion else "no-preference"
