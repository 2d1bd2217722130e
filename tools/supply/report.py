"""Write docs/security.md: what is known, why it does not reach us, what nobody has asked about."""

from __future__ import annotations

from collections.abc import Sequence

from tools.supply.advisories import Advisory, Kept
from tools.supply.reasons import Reason, explains

HEAD = """# Security of what we build on

Written by `make audit`; do not edit. The reasons come from `requirements/accepted.yml`, the
weaknesses from `requirements/advisories.json`, the versions from `requirements/run.txt`. The
command fails when a weakness has no reason, and when a reason has no weakness any more.
"""

EXPOSED = """
## What can be reached

One port is open (`LOTSEN_PORT`), and on it only the routes of `api/`. Rasa's own HTTP API (such as
`/model`, `/domain`, `/conversations/…/tracker`, the webhooks of its channels), its Sanic server and
the action server are never started by `make run`: the process holds Rasa's agent and calls it.
`tests/api/test_rasa_not_exposed.py` asks for every route of the installed Rasa and every webhook of
its channels and gets 404, and has a question answered while Sanic and aiohttp refuse to be made;
`tests/tools/supply/test_reasons_hold.py` finds no file of ours that starts a server of Rasa's. The
one path that has Rasa's form, `/webhooks/rest/webhook`, is our own route with our own guard.

Whoever starts `rasa run` by hand opens Rasa's server, and with it weaknesses that this page calls
shut off because nothing is served through them: on your own machine only, never `--enable-api`.

What a person sends is text, at most `LOTSEN_BODY_LIMIT` bytes. Nobody outside can hand the process
a model, an archive, a pickle or a configuration: models are read from `models/`, which the
operator's own training writes.
"""


def report(kept: Kept, lock: dict[str, str], reasons: Sequence[Reason]) -> str:
    """The whole page."""
    findings = kept.findings(lock)
    unasked = kept.unasked(lock)
    parts = [HEAD, _reading(kept, lock, findings, unasked), EXPOSED]
    parts.append("\n## Known weaknesses, and why they do not reach us\n")
    for package in sorted({one.package for one in findings}):
        here = [one for one in findings if one.package == package]
        parts.append(f"\n### {package} {lock[package]}\n")
        parts.extend(_reason(reason, here) for reason in reasons if reason.package == package)
    if unasked:
        listed = ", ".join(f"{name} {lock[name]}" for name in unasked)
        parts.append(f"\n## Not asked about\n\nUnknown is not clean. {listed}.\n")
    return "".join(parts)


def _reading(
    kept: Kept, lock: dict[str, str], findings: Sequence[Advisory], unasked: Sequence[str]
) -> str:
    return (
        f"\nRead {kept.read}: {kept.source}\n\n"
        f"- {len(lock)} packages are locked; {len(lock) - len(unasked)} of them were asked about "
        f"at the version that is locked, {len(unasked)} were not.\n"
        f"- {len(findings)} known weaknesses concern {len({one.package for one in findings})} "
        "packages.\n"
        "- Libraries inside of packages (libpq, libxml2, espeak-ng, libsndfile, FFmpeg) are not "
        "covered: such databases know packages only.\n"
    )


def _reason(reason: Reason, findings: Sequence[Advisory]) -> str:
    rows = [
        f"| {_id(one)} | {', '.join(one.fixed) or '–'} | {_cell(one.summary)} |"
        for one in findings
        if explains(reason, one)
    ]
    if not rows:
        return ""
    head = ["| weakness | mended in | what |", "| --- | --- | --- |"]
    proof = ", ".join(f"`{one}`" for one in reason.proof)
    return "\n".join(["", *head, *rows, "", f"{reason.why} Proof: {proof}.", ""])


def _id(finding: Advisory) -> str:
    cve = sorted(name for name in finding.names if name.startswith("CVE-"))
    return cve[0] if cve else finding.id


def _cell(text: str) -> str:
    """Words of others, which must not break out of the table or become markup."""
    for sign in "\\|<>[]`*_":
        text = text.replace(sign, f"\\{sign}")
    return " ".join(text.split())
