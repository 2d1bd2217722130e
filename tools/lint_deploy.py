"""Check deploy/ with the tools made for it: ``python -m tools.lint_deploy``.

The tools have an environment of their own, made from deploy/lint/requirements.txt (every version
and hash pinned) and kept in var/lint-deploy. ``--lock`` chooses their versions anew.
"""

from __future__ import annotations

import argparse
import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.errors import SetupError
from tools.index import explain, pip_settings, uv_environment
from tools.steps import run_command, step
from tools.uv import find_uv, follow

ROOT = Path(__file__).resolve().parents[1]
DEPLOY = ROOT / "deploy"
LINT = DEPLOY / "lint"
LOCK = LINT / "requirements.txt"
FOLDER = ROOT / "var" / "lint-deploy"

KUBERNETES = ("1.31", "1.37")
"""The oldest version that the manifests are for, and the newest that the checker knows."""


def commands(folder: Path = FOLDER) -> Iterator[tuple[str, list[str]]]:
    """What is run, with its title."""
    tools = folder / "bin"
    yield "YAML", [str(tools / "yamllint"), "-s", "-c", str(LINT / "yamllint.yml"), str(DEPLOY)]
    yield "Containerfile", [str(tools / "hadolint"), str(DEPLOY / "Containerfile")]
    schema = ["--builtin-schema", "vendor.compose-spec", str(DEPLOY / "compose.yml")]
    yield "Compose file", [str(tools / "check-jsonschema"), *schema]
    for version in KUBERNETES:
        validate = [str(tools / "kubernetes-validate"), "--strict", "--quiet", "-k", version]
        yield f"Kubernetes {version}", [*validate, *(str(path) for path in manifests())]


def manifests() -> list[Path]:
    """Every manifest; what kustomize reads itself is none, and has no published schema."""
    found = sorted((DEPLOY / "kubernetes").glob("*.yml"))
    return [path for path in found if path.name != "kustomization.yml"]


def have_tools(folder: Path = FOLDER, lock: Path = LOCK) -> None:
    """Install what the lock names, unless it is there; the stamp comes last."""
    wanted, stamp = hashlib.sha256(lock.read_bytes()).hexdigest(), folder / "lock-hash"
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    with step("Install the checkers of deploy/ (from deploy/lint/requirements.txt)"):
        make = ["venv", "--quiet", "--no-project", "--clear", "--python", sys.executable]
        _uv([*make, str(folder)])
        into = ["--quiet", "--python", str(folder / "bin" / "python"), "--require-hashes"]
        _uv(["pip", "sync", *into, str(lock)])
    stamp.write_text(wanted, encoding="ascii")


def choose_versions() -> None:
    """Write the lock anew, with the newest versions."""
    options = ["--quiet", "--no-config", "--universal", "--python-version", "3.10", "--upgrade"]
    form = ["--generate-hashes", "--no-annotate", "--no-header", "--no-emit-index-url"]
    _uv(["pip", "compile", *options, *form, str(LOCK.with_suffix(".in")), "-o", str(LOCK)])


def _uv(arguments: list[str]) -> None:
    environment = uv_environment(os.environ, pip_settings(sys.executable, os.environ))
    uv = find_uv(ROOT, os.environ, [sys.executable])
    code, output = follow([str(uv), *arguments], environment)
    if code:
        raise explain(output)


def main(arguments: list[str] | None = None) -> int:
    """Run every check; 0 when all pass."""
    parser = argparse.ArgumentParser(description="Check deploy/ with the tools made for it.")
    parser.add_argument("--lock", action="store_true", help="choose the tools' versions anew")
    try:
        if parser.parse_args(arguments).lock:
            choose_versions()
        have_tools()
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    failed = [title for title, command in commands() if not _passes(title, command)]
    if failed:
        print(f"[ERROR] failed: {', '.join(failed)}", file=sys.stderr)
        return 1
    print("deploy/ passes all checks.")
    return 0


def _passes(title: str, command: list[str]) -> bool:
    try:
        run_command(title, command)
    except SetupError:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
