"""Why a page could not be read, in words for the person who gave it."""

from __future__ import annotations


class PageError(Exception):
    """A page that cannot be read; ``str()`` is Swedish and tells what to do."""
