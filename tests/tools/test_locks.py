"""The lock files: every package hashed, no address, no path of a machine, dev at run's versions."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NAMES = ("run", "dev", "listen", "audit", "uv")
PINNED = re.compile(
    r"^([a-z0-9._-]+)==(\S+)(?: ; .+)? \\\n((?:    --hash=sha256:[0-9a-f]{64}.*\n)+)", re.M
)


def lock(name: str) -> str:
    return (ROOT / f"requirements/{name}.txt").read_text("utf-8")


@pytest.mark.parametrize("name", NAMES)
def test_every_line_is_a_pinned_package_with_its_hashes(name: str) -> None:
    assert PINNED.sub("", lock(name)) == ""


@pytest.mark.parametrize("path", sorted((ROOT / "requirements").iterdir()), ids=lambda p: p.name)
def test_no_address_and_no_path_stands_in_it(path: Path) -> None:
    assert not re.search(r"://|index-url|find-links|(^|\s)(/|~)\w", path.read_text("utf-8"), re.M)


@pytest.mark.parametrize(("name", "base"), [("dev", "run"), ("listen", "run"), ("listen", "dev")])
def test_what_comes_on_top_has_the_versions_of_the_base(name: str, base: str) -> None:
    below = {package: version for package, version, _ in PINNED.findall(lock(base))}
    above = {package: version for package, version, _ in PINNED.findall(lock(name))}
    both = below.keys() & above
    assert {package: above[package] for package in both} == {p: below[p] for p in both}


@pytest.mark.parametrize("name", NAMES)
def test_what_is_asked_for_is_locked_and_explained(name: str) -> None:
    asked = re.findall(
        r"^([A-Za-z][\w-]*)", (ROOT / f"requirements/{name}.in").read_text("utf-8"), re.M
    )
    locked = {package for package, _, _ in PINNED.findall(lock(name))}
    assert {package.lower() for package in asked} <= locked
    explained = (ROOT / "docs/libraries.md").read_text("utf-8").lower()
    assert [package for package in asked if f"| {package.lower()} |" not in explained] == []
