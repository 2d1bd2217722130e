"""The process in which a listener lives: ``python -m bot.speech.listener_worker FOLDER``.

It talks as bot.speech.worker does: an order is a line of JSON with the size of the sound, then the
sound; an answer is a line of JSON. The sound is held in memory, and forgotten with the next order.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Final

from bot.speech.engine import EngineFailed, SpeechError
from bot.speech.listening import AudioTooLong, AudioUnreadable, Listener
from bot.speech.whisper import Whisper
from bot.speech.worker import MOST_SECONDS, own_stdout, tell

KINDS: Final = ((AudioTooLong, "too_long"), (AudioUnreadable, "unreadable"))


def serve(make: Callable[[], Listener], orders: IO[bytes], answers: IO[bytes]) -> None:
    """Make the listener, and answer orders until there are no more."""
    try:
        listener = make()
        listener.start()
    except EngineFailed as error:
        tell(answers, {"problem": str(error)})
        return
    tell(answers, {"ready": listener.name})
    for line in orders:
        order = json.loads(line)
        audio = orders.read(int(order["bytes"]))
        faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
        try:
            text = listener.hear(audio, str(order["language"]))
        except SpeechError as error:
            kind = next((k for sort, k in KINDS if isinstance(error, sort)), "other")
            tell(answers, {"problem": str(error), "kind": kind})
        else:
            tell(answers, {"text": text})
        finally:
            faulthandler.cancel_dump_traceback_later()


def main(arguments: list[str] | None = None) -> None:
    """Run until stdin ends."""
    parser = argparse.ArgumentParser(description="Write down the speech that comes on stdin.")
    parser.add_argument("folder", type=Path, help="a Whisper model as CTranslate2 reads it")
    parser.add_argument("--seconds", type=float, default=30.0, help="the longest that is heard")
    chosen = parser.parse_args(arguments)
    serve(lambda: Whisper(chosen.folder, chosen.seconds), sys.stdin.buffer, own_stdout())


if __name__ == "__main__":
    main()
