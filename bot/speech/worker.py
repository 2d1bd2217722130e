"""The process in which an engine lives: ``python -m bot.speech.worker [--piper VOICE.onnx]``.

Tells in a line of JSON on stdout that it is ready, or why not. Then it reads one order a line from
stdin, and answers each with a line of JSON and the samples. It ends when its stdin does, so that it
never outlives the server; a call that never comes back ends it, too.
"""

from __future__ import annotations

import argparse
import faulthandler
import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any

from bot.speech.engine import Engine, EngineFailed, SpeechError

MOST_SECONDS = 60.0
"""The server gives up long before. This ends what hangs in a library after the server is gone."""


def make_engine(piper: Path | None) -> Engine:
    """The engine that was asked for; raise EngineFailed."""
    if piper is not None:
        from bot.speech.piper import Piper

        return Piper(piper)
    from bot.speech.espeak import Espeak

    return Espeak()


def serve(make: Callable[[], Engine], orders: IO[bytes], answers: IO[bytes]) -> None:
    """Make the engine, and answer orders until there are no more."""
    try:
        engine = make()
        engine.start()
    except EngineFailed as error:
        tell(answers, {"problem": str(error)})
        return
    tell(answers, {"ready": engine.name})
    for line in orders:
        order = json.loads(line)
        faulthandler.dump_traceback_later(MOST_SECONDS, exit=True)
        try:
            sound = engine.say(order["words"], order["language"], float(order["speed"]))
        except EngineFailed as error:
            tell(answers, {"problem": str(error), "fatal": True})
            return
        except SpeechError as error:
            tell(answers, {"problem": str(error)})
        else:
            tell(answers, {"rate": sound.rate, "bytes": len(sound.samples)}, sound.samples)
        finally:
            faulthandler.cancel_dump_traceback_later()


def own_stdout() -> IO[bytes]:
    """Where answers go. What a library prints must not get between them."""
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def tell(answers: IO[bytes], told: dict[str, Any], samples: bytes = b"") -> None:
    """Write an answer, and what belongs to it."""
    answers.write(json.dumps(told).encode() + b"\n" + samples)
    answers.flush()


def main(arguments: list[str] | None = None) -> None:
    """Run until stdin ends."""
    parser = argparse.ArgumentParser(description="Say words that come on stdin.")
    parser.add_argument("--piper", type=Path, help="a Piper voice")
    chosen = parser.parse_args(arguments)
    serve(lambda: make_engine(chosen.piper), sys.stdin.buffer, own_stdout())


if __name__ == "__main__":
    main()
