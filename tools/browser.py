"""Have a Chromium for the browser tests: the machine's own, else Debian's package, else a download.

The headless shell is the same browser without its windows: half the time for the same tests.

    python -m tools.browser

Where none can be had, the tests that need one are skipped in one loud line, but never in CI's
mode (CI=true): there it is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from tools.errors import NO_BROWSER, SetupError
from tools.interpreter import ask
from tools.steps import step

SHELL = "chromium-headless-shell"
PROGRAMS = (SHELL, "chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGES = (SHELL, "chromium")
"""Debian's; older releases have the second only."""

TRIES = 2
# Another installation on this machine may hold dpkg's lock; a mirror may not answer at once.
APT = ("apt-get", "-y", "-q", "-o", "DPkg::Lock::Timeout=300", "-o", "Acquire::Retries=3")
DEBIAN = Path("/etc/debian_version")
LAST_LINES = 15
WHERE_PLAYWRIGHT_KEEPS_IT = """
from playwright.sync_api import sync_playwright
with sync_playwright() as playwright:
    print(playwright.chromium.executable_path)
"""


def find_chromium() -> Path:
    """Return a Chromium that starts, installing one where that is allowed; else tell why not."""
    found = on_path() or downloaded()
    # CI starts from an empty machine: a browser that happens to be there is no reason to be slow.
    if found and (found.name == SHELL or not in_ci()):
        return found
    reasons = [f"none of {', '.join(PROGRAMS)} on the PATH starts"]
    get: Callable[[], Path]
    for get in (install_package,) if found else (install_package, download):
        try:
            return get()
        except SetupError as error:
            reasons.append(str(error))
    if found:
        return found
    # One line, which is what a skipped test may say.
    raise SetupError(NO_BROWSER, f"No Chromium: {'; '.join(reasons)}.")


def on_path() -> Path | None:
    """Return the first that starts: Ubuntu's `chromium-browser` may only point to its snap."""
    for name in PROGRAMS:
        path = shutil.which(name)
        if path and starts(Path(path)):
            return Path(path)
    return None


def downloaded() -> Path | None:
    """Return the Chromium that Playwright has downloaded before."""
    path = ask([sys.executable, "-c", WHERE_PLAYWRIGHT_KEEPS_IT])
    return Path(path) if path and Path(path).exists() and starts(Path(path)) else None


def starts(path: Path) -> bool:
    """Tell whether the program is there with all that it needs."""
    return bool(ask([str(path), "--version"]))


def install_package() -> Path:
    """Install Debian's package, as root on Debian and its kin only."""
    if not (DEBIAN.exists() and shutil.which("apt-get")):
        raise SetupError(NO_BROWSER, "there is no apt-get of a Debian")
    if os.geteuid() != 0:
        raise SetupError(NO_BROWSER, f"only root may install it (sudo apt-get install {SHELL})")
    with step("Install Debian's Chromium (some 100 MB) for the browser tests"):
        for left in reversed(range(TRIES)):
            problem = _from_debian()
            if not problem:
                break
            print(f"   apt-get failed{', trying again' if left else ''}:\n{problem}", flush=True)
    found = on_path()
    if not found:
        raise SetupError(NO_BROWSER, f"apt-get could not install a {SHELL} that starts")
    return found


def _from_debian() -> str:
    """Install the first of the packages that there is; the end of what apt-get said, if none."""
    # The lists first: those of an image are old, or not there at all.
    problem = run((*APT, "update"))
    for package in () if problem else PACKAGES:
        problem = run((*APT, "install", "--no-install-recommends", package))
        if not problem:
            break
    return problem


def download() -> Path:
    """Let Playwright download its own build."""
    with step("Download Playwright's Chromium for the browser tests"):
        problem = run((sys.executable, "-m", "playwright", "install", "chromium"))
        if problem:
            print(problem, flush=True)
    found = downloaded()
    if not found:
        raise SetupError(NO_BROWSER, "Playwright could not download one that starts here")
    return found


def run(command: tuple[str, ...]) -> str:
    """Run a command in silence; return the end of what it said if it failed, else nothing."""
    result = subprocess.run(
        command, env={**os.environ, "DEBIAN_FRONTEND": "noninteractive"}, text=True,
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
    )  # fmt: skip
    if result.returncode == 0:
        return ""
    said = result.stdout.strip().splitlines()[-LAST_LINES:]
    return "\n".join(f"   | {line}" for line in [*said, f"exit code {result.returncode}"])


def in_ci() -> bool:
    """Tell whether a missing browser is a failure."""
    return os.environ.get("CI", "").strip().lower() not in ("", "0", "false", "no")


def main() -> int:
    """Have a browser; without one, fail in CI and warn elsewhere."""
    try:
        print(f"   Chromium: {find_chromium()}")
    except SetupError as error:
        if in_ci():
            print(f"[ERROR] {error}", file=sys.stderr)
            return error.code
        print(f"[WARNING] THE BROWSER TESTS WILL BE SKIPPED. {error}", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
