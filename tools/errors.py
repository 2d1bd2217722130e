"""What can go wrong while setting up, each with its own exit code.

Python 3.8 and the standard library only: this runs before anything is installed.
"""

from __future__ import annotations

NO_PYTHON = 10
INDEX_NOT_REACHED = 11
DISK_FULL = 12
NO_UV = 13
INSTALL_FAILED = 14
NOT_READY = 15
NO_SUITE = 16
NO_BROWSER = 17
NO_VOICE = 18


class SetupError(Exception):
    """A step that could not be done; the message tells what to do about it."""

    def __init__(self, code: int, message: str) -> None:
        super().__init__(message)
        self.code = code
