"""Ask one question in every municipality: ``python -m tools.image_trial``.

It is the last step of an image. What only training needs has just been left behind
(deploy/image/training-only.txt), and an image whose assistant misses it must not come to be.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from api.services.assistant import ModelError
from bot.knowledge.loader import load_knowledge
from tools.talk import talk

QUESTION = "Vem kan jag kontakta?"


def main() -> int:
    """0 when every municipality's reply holds words."""
    failed = []
    try:
        with tempfile.TemporaryDirectory() as folder, talk(Path(folder) / "trial.db") as say:
            for name in sorted(load_knowledge().municipalities):
                reply = say(f"trial-{name}", QUESTION, {"municipality": name})
                if not reply.text.strip():
                    failed.append(name)
    except (ModelError, ImportError) as error:
        print(f"[ERROR] the assistant does not start: {error}", file=sys.stderr)
        return 1
    if failed:
        print(f"[ERROR] no reply in: {', '.join(failed)}", file=sys.stderr)
        return 1
    print("Every municipality replies.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
