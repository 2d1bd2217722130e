"""Run every check that needs no running assistant; tell all that failed, not the first only."""

from __future__ import annotations

import sys

from tools.errors import SetupError
from tools.steps import run_module

CHECKS = (
    ("Lint", "ruff", "check", "."),
    ("Formatting", "ruff", "format", "--check", "."),
    ("Types", "mypy"),
    ("Scripts", "tools.web"),
    ("Content", "bot.knowledge.validator"),
    ("Rasa's own validation", "bot.training", "--validate"),
)


def main() -> int:
    """Run the checks; 0 when all pass."""
    failed = []
    for title, module, *arguments in CHECKS:
        try:
            run_module(title, module, *arguments)
        except SetupError:
            failed.append(title)
    if failed:
        print(f"[ERROR] failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print("All checks passed.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
