"""Settings of speech, and what a value that can't be used is answered with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api import settings_speech as module
from api.settings import load_settings
from api.settings_read import SettingsError
from api.settings_speech import ROOT, SpeechSettings


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("LOTSEN_SPEECH", "0", {"enabled": False}),
        ("LOTSEN_SPEECH", "", {}),
        ("LOTSEN_PIPER_DIR", "/srv/voices", {"piper_dir": Path("/srv/voices")}),
        ("LOTSEN_PIPER_DIR", "voices", {"piper_dir": ROOT / "voices"}),
        ("LOTSEN_SPEECH_CACHE_MB", "0", {"cache_mb": 0}),
    ],
)
def test_each_setting(name: str, value: str, read: dict[str, Any]) -> None:
    assert load_settings({name: value}).speech == SpeechSettings(**read)


@pytest.mark.parametrize("name", ["LOTSEN_SPEECH", "LOTSEN_SPEECH_CACHE_MB"])
def test_a_value_that_cannot_be_used_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is 'much': write"):
        load_settings({name: "much"})


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    source = Path(module.__file__).read_text(encoding="utf-8")
    names = {part.split('"')[0] for part in source.split('"LOTSEN_')[1:]}
    assert len(names) == 3
    assert [n for n in sorted(names) if f"LOTSEN_{n}" not in text] == []
