"""Write a change set's files into a working copy, or leave everything as it was.

What was changed meanwhile is merged by git, as colleagues' work is; content is then checked by
the validator, and the training examples' vectors are made.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from api.changes.records import ChangeError, FileChange, check_path

_NLU = "bot/data/nlu/"
_LONGEST_TOLD = 1500
_SECONDS = 600
_BUSY = "En annan ändring läggs in just nu. Försök igen om en minut."


@contextmanager
def written(files: Sequence[FileChange], root: Path) -> Iterator[list[str]]:
    """Merge, write and check; what was done, in words. ChangeError when it can't be.

    All is put back when that or the block fails. One at a time, whoever writes.
    """
    with _alone(root):
        yield from _written(files, root)


def _written(files: Sequence[FileChange], root: Path) -> Iterator[list[str]]:
    merged = {root / check_path(f.path): _merged(f, root) for f in files}
    before = {path: path.read_bytes() if path.is_file() else None for path in merged}
    vectors = root / "bot" / "data" / "vectors.npz"
    kept = vectors.read_bytes() if vectors.is_file() else None
    try:
        for path, text in merged.items():
            _put(path, None if text is None else text.encode("utf-8"))
        yield [f"Skrev {f.path}." for f in files] + _checked(files, root)
    except BaseException:
        for path, content in before.items():
            _put(path, content)
        _put(vectors, kept)
        raise


@contextmanager
def _alone(root: Path) -> Iterator[None]:
    """Hold the project's folder, also against other processes; it is free when they end."""
    handle = os.open(root, os.O_RDONLY)
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise ChangeError(_BUSY) from None
        yield
    finally:
        os.close(handle)


def _checked(files: Sequence[FileChange], root: Path) -> list[str]:
    done = ["Innehållet är kontrollerat utan fel."]
    _run(root, "bot.knowledge.validator", told="Innehållet har fel efter ändringen")
    if any(f.path.startswith(_NLU) for f in files):
        _run(root, "bot.training", "--vectors", told="Exemplen går inte att läsa")
        done.append("Exemplens vektorer är gjorda. Träna om och starta om för att använda dem.")
    elif any(f.path.startswith("content/") for f in files):
        done.append("Starta om assistenten för att använda ändringen.")
    return done


def _run(root: Path, module: str, *arguments: str, told: str) -> None:
    """Run one of the project's commands in its own process; ChangeError with what it said."""
    environment = {**os.environ, "PYTHONPATH": str(root)}
    try:
        ran = subprocess.run(
            [sys.executable, "-W", "ignore", "-m", module, *arguments],
            cwd=root,
            env=environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise ChangeError(f"{told}: det tog för lång tid.") from error
    if ran.returncode:
        said = (ran.stdout + ran.stderr).strip()
        raise ChangeError(f"{told}. Inget är ändrat.\n{said[-_LONGEST_TOLD:]}")


def _merged(change: FileChange, root: Path) -> str | None:
    """The file's new text, with what others have changed in it meanwhile."""
    path = root / change.path
    if root.resolve() not in path.resolve().parents:
        raise ChangeError(f"Filen {change.path} ligger utanför projektet.")
    now = path.read_text(encoding="utf-8") if path.is_file() else None
    if now in {change.before, change.after}:
        return change.after
    if now is None or change.after is None or change.before is None:
        raise ChangeError(f"Filen {change.path} har ändrats på ett annat sätt. Gör om ändringen.")
    return _three_way(now, change.before, change.after, change.path)


def _three_way(ours: str, base: str, theirs: str, path: str) -> str:
    git = shutil.which("git")
    if git is None:
        raise ChangeError(f"Filen {path} har ändrats, och git saknas för att foga ihop.")
    with tempfile.TemporaryDirectory() as folder:
        names = ("ours", "base", "theirs")
        for name, text in zip(names, (ours, base, theirs), strict=True):
            (Path(folder) / name).write_text(text, encoding="utf-8")
        ran = subprocess.run(
            [git, "merge-file", "-p", *names], cwd=folder, capture_output=True, check=False
        )
    if ran.returncode:
        raise ChangeError(
            f"Någon annan har ändrat samma rader i {path}. Gör om ändringen från det nya."
        )
    return ran.stdout.decode("utf-8")


def _put(path: Path, content: bytes | None) -> None:
    if content is None:
        path.unlink(missing_ok=True)
        return
    path.parent.mkdir(parents=True, exist_ok=True)
    # Through a neighbour, so that nobody ever reads half a file.
    new = path.with_name(f".{path.name}.new")
    new.write_bytes(content)
    new.replace(path)
