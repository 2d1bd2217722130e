"""Wait for what a page sets going and does not show: what a server has heard, what was said aloud.

What stands on the page is Playwright's `expect` to wait for. A plain assert right after a press is
a race with the page, which tests lose on a busy machine.
"""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page

from tests.browser.visitor import PATIENCE

STEP_MS = 20
"""Between two looks, in which the page goes on and its routes are answered."""


def eventually(
    page: Page,
    read: Callable[[], object],
    wanted: object,
    meanwhile: Callable[[], object] | None = None,
) -> None:
    """Wait until what is read is what is wanted.

    `meanwhile` is done between two looks: let time pass on a page whose clock stands still.
    """
    deadline = time.monotonic() + PATIENCE / 1000
    while (found := read()) != wanted and time.monotonic() < deadline:
        if meanwhile:
            meanwhile()
        page.wait_for_timeout(STEP_MS)
    assert found == wanted
