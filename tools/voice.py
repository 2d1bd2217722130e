"""Get a Piper voice: ``make voice``, or ``make voice ARGS=en_GB-alba-medium`` for another.

Piper's own command fetches it from the model hub. It writes straight into its place and takes a
file that was cut off for a whole one, so it is given a folder of its own first, and a voice that
has said a word there is moved to where the server looks.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from api.settings import load_settings
from api.settings_read import SettingsError
from bot.speech.engine import EngineFailed
from bot.speech.process import EngineProcess
from bot.speech.voices import read_voice
from tools.errors import NO_VOICE, SetupError
from tools.steps import step

VOICE = "sv_SE-nst-medium"
COMMAND = (sys.executable, "-m", "piper.download_voices")


def fetch(name: str, folder: Path, command: Sequence[str] = COMMAND) -> Path:
    """Fetch a voice, try it, and put it into the folder; raise SetupError."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=folder) as passing:
        _download(name, Path(passing), command)
        file = Path(passing) / f"{name}.onnx"
        with step("Try the voice"):
            _check(file)
        # The description last: without it a voice is not used.
        for part in (file, Path(f"{file}.json")):
            part.replace(folder / part.name)
    return folder / file.name


def _download(name: str, folder: Path, command: Sequence[str]) -> None:
    with step(f"Fetch {name}"):
        whole = [*command, name, "--download-dir", str(folder)]
        done = subprocess.run(whole, capture_output=True, text=True, check=False)
    if done.returncode:
        last = (done.stderr.strip().splitlines() or ["no reason given"])[-1]
        raise SetupError(
            NO_VOICE,
            f"The voice could not be fetched from huggingface.co: {last}\n"
            "Speech goes on with espeak-ng. On a machine without that way out, fetch the two files "
            f"{name}.onnx and {name}.onnx.json elsewhere and copy them into LOTSEN_PIPER_DIR "
            "(docs/speech.md).",
        )


def _check(file: Path) -> None:
    try:
        voice = read_voice(file)
        engine = EngineProcess(voice.name, ["--piper", str(file)])
        try:
            engine.start()
        finally:
            engine.close()
    except EngineFailed as error:
        raise SetupError(NO_VOICE, f"What was fetched is no voice to use: {error}") from error


def main(arguments: list[str] | None = None) -> int:
    """Fetch the voice into the folder of the settings; return the exit code."""
    parser = argparse.ArgumentParser(description="Get a Piper voice from its model hub.")
    parser.add_argument("voice", nargs="?", default=VOICE, help=f"its name ({VOICE})")
    try:
        folder = load_settings().speech.piper_dir
        print(f"   {fetch(parser.parse_args(arguments).voice, folder)}")
    except (SetupError, SettingsError) as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code if isinstance(error, SetupError) else 2
    print("Start the server again to use it.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
