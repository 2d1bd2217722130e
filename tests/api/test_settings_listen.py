"""Settings of speech in, and what a value that can't be used is answered with."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from api import settings_listen as module
from api.settings import load_settings
from api.settings_listen import ROOT, ListenSettings
from api.settings_read import SettingsError


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("LOTSEN_LISTEN", "", {}),
        ("LOTSEN_LISTEN", "off", {"mode": "off"}),
        ("LOTSEN_LISTEN", " Browser ", {"mode": "browser"}),
        ("LOTSEN_LISTEN", "whisper", {"mode": "whisper"}),
        ("LOTSEN_WHISPER_DIR", "/srv/kb", {"whisper_dir": Path("/srv/kb")}),
        ("LOTSEN_WHISPER_DIR", "kb", {"whisper_dir": ROOT / "kb"}),
        ("LOTSEN_LISTEN_SECONDS", "10", {"most_seconds": 10}),
        ("LOTSEN_LISTEN_BYTES", "500000", {"most_bytes": 500_000}),
    ],
)
def test_each_setting(name: str, value: str, read: dict[str, Any]) -> None:
    assert load_settings({name: value}).listen == ListenSettings(**read)


@pytest.mark.parametrize("name", ["LOTSEN_LISTEN", "LOTSEN_LISTEN_SECONDS", "LOTSEN_LISTEN_BYTES"])
def test_a_value_that_cannot_be_used_is_named(name: str) -> None:
    with pytest.raises(SettingsError, match=f"{name} is 'much': write"):
        load_settings({name: "much"})


def test_every_setting_is_documented() -> None:
    text = (ROOT / "docs" / "settings.md").read_text(encoding="utf-8")
    source = Path(module.__file__).read_text(encoding="utf-8")
    names = {part.split('"')[0] for part in source.split('"LOTSEN_')[1:]}
    assert len(names) == 4
    assert [n for n in sorted(names) if f"`LOTSEN_{n}`" not in text] == []
