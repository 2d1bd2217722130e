"""Sounds kept on disk, the least used thrown away first. Its own code: docs/speech.md tells why.

A file is written whole or not at all, and one that was cut off when the power went is seen by its
checksum. Several processes may share the folder. A disk that is full or away costs time, no sound.
"""

from __future__ import annotations

import hashlib
import logging
import os
import tempfile
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from api.logs import log

logger = logging.getLogger(__name__)

_DIGEST = hashlib.sha256().digest_size
_PARTS = 8
"""Files are counted anew when so large a part of the limit has been written."""


class _File(NamedTuple):
    used: float
    size: int
    path: Path


class Cache:
    """Bytes by a key that may be a file's name. Blocks; for several threads."""

    def __init__(self, folder: Path, limit: int) -> None:
        self._folder, self._limit = folder, limit
        self._written = limit  # what lies there from before is not known yet
        self._warned = False

    def get(self, key: str) -> bytes | None:
        """What is kept under the key."""
        path = self._folder / key
        try:
            kept = path.read_bytes()
            os.utime(path)
        except OSError:
            return None
        data = kept[_DIGEST:]
        return data if hashlib.sha256(data).digest() == kept[:_DIGEST] else None

    def put(self, key: str, data: bytes) -> None:
        """Keep it, unless it is too large a part of everything."""
        if len(data) > self._limit // _PARTS:
            return
        try:
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self._write(self._folder / key, hashlib.sha256(data).digest() + data)
            self._written += _DIGEST + len(data)
            if self._written > self._limit // _PARTS:
                self._shrink()
        except OSError as error:
            if not self._warned:
                self._warned = True
                log(logger, "speech_not_kept", logging.WARNING, kind=type(error).__name__)

    def _write(self, path: Path, data: bytes) -> None:
        number, name = tempfile.mkstemp(dir=self._folder)
        try:
            with os.fdopen(number, "wb") as file:
                file.write(data)
            Path(name).replace(path)
        except OSError:
            with suppress(OSError):
                Path(name).unlink()
            raise

    def _shrink(self) -> None:
        """Delete what was used longest ago, until there is room for what comes until next time."""
        files = sorted(self._files())
        total = sum(file.size for file in files)
        most = self._limit - 2 * (self._limit // _PARTS)
        for file in files:
            if total <= most:
                break
            with suppress(FileNotFoundError):
                file.path.unlink()
            total -= file.size
        self._written = 0

    def _files(self) -> list[_File]:
        found = []
        with os.scandir(self._folder) as entries:
            # Of a disk of its own lost+found is there, which can't be deleted and would end it all.
            for entry in filter(os.DirEntry.is_file, entries):
                with suppress(FileNotFoundError):
                    about = entry.stat()
                    found.append(_File(about.st_mtime, about.st_size, Path(entry.path)))
        return found
