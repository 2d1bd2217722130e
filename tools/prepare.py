"""Make what a start needs from what the project holds: encoder, checked content, trained model.

    python -m tools.prepare [--force]

Each step leaves alone what is up to date, and leaves nothing half done when it fails.
"""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from dotenv import load_dotenv

from tools.errors import SetupError
from tools.steps import run_module

ROOT = Path(__file__).resolve().parent.parent


def prepare(force: bool = False) -> None:
    """Build, validate and train, in this order; the first failure ends it."""
    load_dotenv(ROOT / ".env")
    # An operator's own encoder is used as it is.
    if not os.environ.get("LOTSEN_ENCODER_DIR"):
        run_module("Build the sentence encoder", "bot.understanding.encoder_build")
    run_module("Validate the content", "bot.knowledge.validator")
    run_module("Train the model", "bot.training", *([] if force else ["--if-changed"]))


def main(arguments: list[str] | None = None) -> int:
    """Prepare and return the exit code."""
    parser = argparse.ArgumentParser(description="Build the encoder, check the content, train.")
    parser.add_argument("--force", action="store_true", help="train even if nothing changed")
    try:
        prepare(parser.parse_args(arguments).force)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    sys.exit(main())
