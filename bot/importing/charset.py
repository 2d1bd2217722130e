"""The letters of a page: which way of writing å, ä and ö its bytes use."""

from __future__ import annotations

import codecs
import re
from typing import Final

_META: Final = re.compile(
    rb"<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_LOOKED_AT: Final = 8192
_BOMS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_WESTERN: Final = frozenset({"ascii", "iso8859-1", "iso8859-15", "cp1252"})
"""Names that sites give to what is really Windows' letters, or UTF-8 by mistake."""


def decode(content: bytes, stated: str | None) -> tuple[str, bool]:
    """The text of a page, and whether every letter could be read."""
    for mark, name in _BOMS:
        if content.startswith(mark):
            return _decoded(content[len(mark) :], name)
    name = _known(stated) or _known(_in_page(content)) or "utf-8"
    if name in _WESTERN:
        # Valid UTF-8 with å, ä or ö in it is hardly ever anything else, whatever the site says.
        try:
            return content.decode("utf-8"), True
        except UnicodeDecodeError:
            return _decoded(content, "cp1252")
    text, whole = _decoded(content, name)
    return (text, True) if whole or name != "utf-8" or stated else _decoded(content, "cp1252")


def _decoded(content: bytes, name: str) -> tuple[str, bool]:
    text = content.decode(name, errors="replace")
    return text, "\N{REPLACEMENT CHARACTER}" not in text


def _in_page(content: bytes) -> str | None:
    found = _META.search(content[:_LOOKED_AT])
    return found[1].decode("ascii") if found else None


def _known(name: str | None) -> str | None:
    """Python's own name of a charset of text; None for one that it doesn't know."""
    try:
        info = codecs.lookup(name or "")
        "å".encode(info.name, errors="replace").decode(info.name)
    except (LookupError, ValueError, TypeError, AssertionError):
        return None
    return info.name
