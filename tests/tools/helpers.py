"""Fake programs for the tests of the set-up."""

from __future__ import annotations

from pathlib import Path


def program(path: Path, script: str) -> Path:
    """Write a shell script that can be run."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def python(path: Path, version: str, implementation: str = "CPython", bits: int = 64) -> Path:
    """Write an interpreter that only tells what it is."""
    return program(path, f'echo "{implementation} {bits} {version}"\necho "{path}"')
