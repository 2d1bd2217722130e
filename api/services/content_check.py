"""Whether the content on disk could be served, while what was read at the start is.

Content is read once. Who breaks a file of a running service notices nothing until the next start
fails: so the files are looked at, and read again when one has changed.
"""

from __future__ import annotations

import logging
from pathlib import Path
from threading import Lock

from api.logs import log
from bot.knowledge.loader import CONTENT_DIR, ContentError, load_whole, read_knowledge

logger = logging.getLogger(__name__)

Mark = tuple[tuple[str, int, int], ...]


class ContentCheck:
    """Remembers what it found until a file changes."""

    def __init__(self, content: Path = CONTENT_DIR) -> None:
        self._content = content
        self._served = frozenset(load_whole(content).municipalities)
        self._lock = Lock()
        self._seen: Mark | None = None
        self._problem: str | None = None

    def problem(self) -> str | None:
        """What stands in the way of the next start, naming the file; it blocks."""
        with self._lock:
            mark = self._mark()
            if mark != self._seen:
                self._problem, self._seen = self._found(), mark
            return self._problem

    def _mark(self) -> Mark:
        """Changes with every file: its name, when it was written and how long it is."""
        files = []
        for path in sorted(self._content.rglob("*")):
            try:
                about = path.stat()
            except OSError:
                continue  # it went away just now
            files.append((str(path), about.st_mtime_ns, about.st_size))
        return tuple(files)

    def _found(self) -> str | None:
        try:
            read = read_knowledge(self._content)
        except ContentError as error:
            where = self._named(str(error))
        except Exception:
            # Not everything that can be wrong with a file was foreseen.
            logger.exception("content_broken")
            where = self._content.name
        else:
            gone = sorted(self._served - read.municipalities.keys())
            if not gone:
                return None
            where = f"{self._content.name}/{gone[0]}/municipality.yml"
        log(logger, "content_broken", logging.ERROR, where=where)
        return f"{where} can't be used; what was read before goes on serving"

    def _named(self, message: str) -> str:
        """The file at the beginning of a loader's message, without where the project lies."""
        file = message.partition(": ")[0]
        return file.replace(f"{self._content.parent}/", "", 1)
