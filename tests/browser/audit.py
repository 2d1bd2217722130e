"""Hold a page against axe-core's rules: WCAG 2.0 to 2.2, A and AA, and best practices."""

from __future__ import annotations

import json
import re
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
COLOURS = ["color-contrast", "link-in-text-block"]
_AXE = Axe().axe_script
# As text: Playwright takes longer to hand over the many values of a report than axe to find them.
_RUN = "(options) => axe.run(options).then((found) => JSON.stringify(found))"


def audit(page: Page) -> str:
    """Every violation with the elements it is about, readable; nothing when there is none.

    axe looks into open shadow roots by itself.
    """
    found = _run(page, {"type": "tag", "values": TAGS})
    # A page on which hardly a rule applies would pass without having been looked at.
    assert len(found["passes"]) > 5, f"axe found next to nothing to look at on {page.url}"
    return _report(found)


def audit_colours(page: Page) -> str:
    """The same for the rules that depend on colours: all that differs between light and dark."""
    found = _run(page, {"type": "rule", "values": COLOURS})
    assert found["passes"], f"axe found no text to look at on {page.url}"
    return _report(found)


def _run(page: Page, only: dict[str, Any]) -> dict[str, Any]:
    if not page.evaluate("() => 'axe' in window"):
        page.evaluate(_AXE)
    options = {"runOnly": only, "resultTypes": ["violations"]}
    found: dict[str, Any] = json.loads(page.evaluate(_RUN, options))
    return found


def _report(found: dict[str, Any]) -> str:
    return "\n".join(_told(violation) for violation in found["violations"])


def _told(violation: dict[str, Any]) -> str:
    lines = [f"[{violation['impact']}] {violation['id']}: {violation['help']}"]
    for node in violation["nodes"]:
        lines.append(f"  {_target(node['target'])}  {node['html'][:200]}")
        summary = (node.get("failureSummary") or "").splitlines()[1:]
        lines += [f"    {line.strip()}" for line in summary]
        checks = [c for sort in ("any", "all", "none") for c in node.get(sort, [])]
        related = [r["html"][:160] for check in checks for r in check.get("relatedNodes", [])]
        lines += [f"    see also {html}" for html in related]
    return "\n".join(lines)


def _target(parts: list[Any]) -> str:
    """Where an element is; one in a shadow root has a list of selectors, one for each root."""
    return " ".join(" >> ".join(part) if isinstance(part, list) else str(part) for part in parts)


def without_scripts(seen: Page, page: Page) -> None:
    """Show in `page` what is seen in a window without scripts, where axe does not run either."""
    html = re.sub(r"(?s)<script\b.*?</script>", "", seen.content())
    # With scripts a browser does not show what these hold.
    html = re.sub(r"</?noscript\b[^>]*>", "", html)
    headers = {"Content-Type": "text/html; charset=utf-8"}
    address = seen.url.partition("#")[0]
    page.route(address, lambda route: route.fulfill(body=html, headers=headers), times=1)
    page.goto(address)
