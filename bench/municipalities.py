"""Municipalities that don't exist as content: real folders under other names, with other numbers.

What changes: the names of the municipality, its places, addresses of mail and web, all phone
numbers, and the names of people. What stays: the services, the answers and how long they are, and
that each quote stands on its page. They measure how the assistant grows and are never served.
"""

from __future__ import annotations

import hashlib
import re
import shutil
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Final

import yaml

from bot.knowledge.loader import municipality_ids
from bot.understanding.text import fold

_PHONE: Final = re.compile(r"(?<![\d.:])(0\d{1,3}-)(\d[\d ]{3,}\d)\b")
_SCHEMA: Final = "# yaml-language-server: $schema=../schemas/municipality.schema.json\n"
_PLACES: Final = "by näs hult torp vik fors holm sund hamn sele bruk berga tuna åker".split()
_FIRST: Final = ("Aina", "Börje", "Disa", "Egon", "Frej", "Hilma", "Ines", "Knut", "Majken", "Tore")


def grow(content: Path, wanted: int) -> list[str]:
    """Add municipalities to a content folder until there are so many; all ids, sorted."""
    real = municipality_ids(content)
    free = _names(content, real)
    if len(free) + len(real) < wanted:
        raise ValueError(f"there are names for {len(free) + len(real)} municipalities only")
    for number, (key, name) in enumerate(sorted(free.items())[: wanted - len(real)]):
        _write(content / real[number % len(real)], content / key, name, f"0{100 + number}-")
    return list(municipality_ids(content))


def _names(content: Path, real: Sequence[str]) -> dict[str, str]:
    """Swedish municipalities that are not in the content: their names by an id of their own."""
    text = (content / "common" / "municipalities.yml").read_text(encoding="utf-8")
    free: dict[str, str] = {}
    for name in yaml.safe_load(text):
        key = identifier(name)
        # Habo and Håbo.
        free[f"{key}_b" if key in free else key] = name
    return {key: name for key, name in free.items() if key not in real}


def identifier(name: str) -> str:
    """``Upplands-Bro`` to ``upplands_bro``."""
    return re.sub(r"[^a-z0-9]+", "_", fold(name)).strip("_")


def _write(source: Path, folder: Path, name: str, area: str) -> None:
    """One folder after the pattern of another."""
    shutil.copytree(source, folder)
    about = yaml.safe_load((folder / "municipality.yml").read_text(encoding="utf-8"))
    fresh = {**_places(about, name), **_people(about, name)}
    for path in sorted(p for p in folder.rglob("*") if p.is_file()):
        text = path.read_text(encoding="utf-8")
        text = _renamed(text, about, folder.name, name, fresh)
        path.write_text(_PHONE.sub(lambda m: area + _digits(m[2], name), text), encoding="utf-8")
    path = folder / "municipality.yml"
    new = yaml.safe_load(path.read_text(encoding="utf-8"))
    genitive = name if name.endswith(("s", "x", "z")) else f"{name}s"
    new |= {
        "id": folder.name,
        "names": sorted({name, genitive, f"{name} kommun"}),
        "places": sorted(set(_places(about, name).values())),
    }
    text = yaml.safe_dump(new, allow_unicode=True, sort_keys=False, width=1000)
    path.write_text(_SCHEMA + text, encoding="utf-8")


def _places(about: dict[str, Any], name: str) -> dict[str, str]:
    """New names for the places there."""
    old = about.get("places") or []
    return {place: f"{name}{_PLACES[i % len(_PLACES)]}" for i, place in enumerate(old)}


def _people(about: dict[str, Any], name: str) -> dict[str, str]:
    """New names for those who work there."""
    found: dict[str, str] = {}
    for contact in about["contacts"]:
        first, _, last = str(contact["name"]).partition(" ")
        if contact["role"] == "staff" and last and last[0].isupper():
            found[first] = _FIRST[(_number(name) + len(found)) % len(_FIRST)]
    return found


def _renamed(text: str, about: dict[str, Any], key: str, name: str, fresh: dict[str, str]) -> str:
    """A text with the names of another municipality, and other numbers."""
    known = sorted({about["short"], *about["names"]} - {about["id"]}, key=len, reverse=True)
    # "Umeå kommun" and "Umeås" follow from "Umeå"; what people there are called does too.
    text = re.sub(rf"\b{re.escape(about['short'])}", name, text)
    for old in known:
        text = re.sub(rf"\b{re.escape(old)}\b", name, text)
    text = re.sub(rf"\b{re.escape(about['id'])}\b", key, text)
    for old, new in fresh.items():
        text = re.sub(rf"\b{re.escape(old)}\b", new, text)
    return text


def _digits(digits: str, name: str) -> str:
    """The same number gives the same other number throughout a municipality."""
    number = str(_number(name + re.sub(r"\D", "", digits)))
    fresh = iter(number)
    # The first stays: a number that starts with 0 or 9 would be of another kind.
    return digits[0] + "".join(next(fresh) if c.isdigit() else c for c in digits[1:])


def _number(text: str) -> int:
    return int(hashlib.sha256(text.encode()).hexdigest(), 16) % 10**15 + 10**15
