"""Sounds on disk: bounded, the least used go first, and nothing broken comes out."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from api.speech.cache import Cache

LIMIT = 8000
PART = b"x" * 900


def use(folder: Path, *keys: str) -> None:
    """Set when they were used: the first longest ago."""
    for moment, key in enumerate(keys):
        os.utime(folder / key, (moment, moment))


def size(folder: Path) -> int:
    return sum(file.stat().st_size for file in folder.iterdir())


def test_what_was_put_is_got_by_another_process(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "speech"
    Cache(folder, LIMIT).put("a.wav", PART)
    assert Cache(folder, LIMIT).get("a.wav") == PART
    assert Cache(folder, LIMIT).get("b.wav") is None
    assert [file.name for file in folder.iterdir()] == ["a.wav"]
    assert folder.stat().st_mode & 0o777 == 0o700
    assert (folder / "a.wav").stat().st_mode & 0o777 == 0o600


def test_it_never_grows_beyond_its_limit_and_keeps_what_is_used(tmp_path: Path) -> None:
    cache = Cache(tmp_path, LIMIT)
    for number in range(30):
        cache.put(f"{number}.wav", PART)
        assert size(tmp_path) <= LIMIT
        assert cache.get("0.wav") == PART


def test_what_lay_there_before_counts_and_goes_first(tmp_path: Path) -> None:
    for number in range(20):
        (tmp_path / f"tmp{number}").write_bytes(PART)
    use(tmp_path, *(f"tmp{number}" for number in range(20)))
    Cache(tmp_path, LIMIT).put("new.wav", PART)
    assert size(tmp_path) <= LIMIT
    kept = {file.name for file in tmp_path.iterdir()}
    assert {"new.wav", "tmp19"} <= kept
    assert "tmp0" not in kept


def test_a_folder_among_the_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "lost+found").mkdir()
    use(tmp_path, "lost+found")
    cache = Cache(tmp_path, LIMIT)
    for number in range(30):
        cache.put(f"{number}.wav", PART)
    assert sum(file.stat().st_size for file in tmp_path.glob("*.wav")) <= LIMIT


def test_one_sound_does_not_throw_out_all_others(tmp_path: Path) -> None:
    cache = Cache(tmp_path, LIMIT)
    cache.put("large.wav", b"x" * LIMIT)
    assert cache.get("large.wav") is None


@pytest.mark.parametrize("broken", [b"", b"\0" * 932, b"x" * 40])
def test_a_file_that_was_cut_off_is_made_anew(tmp_path: Path, broken: bytes) -> None:
    cache = Cache(tmp_path, LIMIT)
    cache.put("a.wav", PART)
    (tmp_path / "a.wav").write_bytes(broken)
    assert cache.get("a.wav") is None
    cache.put("a.wav", PART)
    assert cache.get("a.wav") == PART


def test_a_folder_that_cannot_be_used_is_told_once(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("")
    cache = Cache(tmp_path / "file" / "speech", LIMIT)
    for _ in range(2):
        cache.put("a.wav", PART)
    assert cache.get("a.wav") is None
    assert caplog.messages == ["speech_not_kept"]
