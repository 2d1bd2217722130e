"""Getting a voice: whole and tried, or not at all, and told why."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from bot.speech.voices import find_voices
from tests.bot.speech.voice_files import write_voice
from tools import voice
from tools.errors import NO_VOICE, SetupError

NAME = "sv_SE-ton-low"


def hub(folder: Path, after: str = "") -> list[str]:
    """A command that fetches the voice from a folder, as Piper's own does from its hub."""
    code = (
        "import shutil, sys\n"
        f"for file in {[str(f) for f in folder.iterdir()]!r}: shutil.copy(file, sys.argv[3])\n"
        f"{after}\n"
    )
    return [sys.executable, "-c", code]


def test_a_voice_that_speaks_is_put_where_it_is_looked_for(tmp_path: Path) -> None:
    there, here = tmp_path / "hub", tmp_path / "var" / "voices"
    write_voice(there, NAME)
    assert voice.fetch(NAME, here, hub(there)) == here / f"{NAME}.onnx"
    assert find_voices(here)["sv"].file == here / f"{NAME}.onnx"
    assert len(list(here.iterdir())) == 2


@pytest.mark.parametrize(
    ("after", "told"),
    [
        ("sys.exit('urlopen error: Name or service not known')", "Name or service not known"),
        (f"open(sys.argv[3] + '/{NAME}.onnx', 'w').write('cut off')", "can't be loaded"),
        (f"open(sys.argv[3] + '/{NAME}.onnx.json', 'w').write('<html>')", "can't be read"),
    ],
)
def test_what_could_not_be_fetched_whole_leaves_nothing(
    tmp_path: Path, after: str, told: str
) -> None:
    there, here = tmp_path / "hub", tmp_path / "voices"
    write_voice(there, NAME)
    with pytest.raises(SetupError, match=told) as caught:
        voice.fetch(NAME, here, hub(there, after))
    assert caught.value.code == NO_VOICE
    assert list(here.iterdir()) == []


def test_pipers_command_is_as_we_use_it() -> None:
    helped = subprocess.run(
        [*voice.COMMAND, "--help"], capture_output=True, text=True, check=True
    ).stdout
    assert "--download-dir" in helped
    assert "voice" in helped
