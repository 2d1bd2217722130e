"""The image: nobody's rights, nothing to build with, nothing that is not named comes in."""

from __future__ import annotations

import json
import re
from pathlib import Path

from api.settings import load_settings

ROOT = Path(__file__).resolve().parents[2]
CONTAINERFILE = ROOT / "deploy" / "Containerfile"
TRAINING_ONLY = ROOT / "deploy" / "image" / "training-only.txt"


def stages() -> list[list[tuple[str, str]]]:
    """Every stage's instructions, with lines that go on put together."""
    text = re.sub(r"^\s*#.*\n", "", CONTAINERFILE.read_text(), flags=re.MULTILINE)
    found: list[list[tuple[str, str]]] = []
    for line in re.sub(r"\\\n\s*", "", text).splitlines():
        word, _, rest = line.partition(" ")
        if word == "FROM":
            found.append([])
        if found and word:
            found[-1].append((word, rest))
    return found


def values(word: str) -> list[str]:
    return [rest for found, rest in stages()[-1] if found == word]


def test_what_serves_is_nobody_and_its_program_is_roots() -> None:
    assert values("USER") == ["10001:10001"]
    # `--chown` would give the program to the one who runs it.
    assert values("COPY") == ["--from=build /app /app"]
    assert [word for word, _ in stages()[-1]].index("USER") < [
        word for word, _ in stages()[-1]
    ].index("CMD")


def test_nothing_to_build_with_is_left() -> None:
    (installed,) = values("RUN")
    for tool in ("python3.10-venv", "pip", "gcc", "build-essential", "git", "curl"):
        assert tool not in installed.split()
    assert "rm -rf .uv" in stages()[0][-1][1]


def test_it_starts_without_a_shell_and_tells_how_it_is() -> None:
    (health,) = values("HEALTHCHECK")
    command = json.loads(health.partition(" CMD ")[2])
    compile(command[-1], "HEALTHCHECK", "exec")
    assert "/ready" in command[-1]
    assert values("CMD") == ['["python", "-m", "api"]']
    assert values("STOPSIGNAL") == ["SIGTERM"]


def test_its_settings_are_settings_and_what_is_written_goes_to_data_or_tmp() -> None:
    environment = dict(pair.split("=", 1) for line in values("ENV") for pair in line.split())
    settings = load_settings(environment)
    assert (settings.host, settings.port) == ("0.0.0.0", 8000)
    assert settings.data_dir == Path("/data")
    assert environment["HOME"] == "/tmp"
    assert environment["MPLCONFIGDIR"].startswith("/tmp/")
    assert values("VOLUME") == ["/data"]


def test_only_what_is_named_comes_in() -> None:
    """Everything is left out first, so a key or a database beside the code never gets into it."""
    lines = [
        line
        for line in (ROOT / ".dockerignore").read_text().splitlines()
        if line and not line.startswith("#")
    ]
    assert lines[0] == "*"
    taken = [line[1:] for line in lines if line.startswith("!")]
    for path in taken:
        assert (ROOT / path).exists(), path
    for path in ("var", "models", ".git", ".env", ".venv", "node_modules", "tests", "deploy"):
        assert path not in taken
    assert {"**/.env", "**/.env.*"} <= set(lines)


def test_what_is_left_behind_after_training_is_in_the_lock() -> None:
    locked = (ROOT / "requirements" / "run.txt").read_text()
    names = [line for line in TRAINING_ONLY.read_text().splitlines() if not line.startswith("#")]
    assert names == sorted(names)
    for name in names:
        assert re.search(rf"^{re.escape(name)}==", locked, re.MULTILINE), name
