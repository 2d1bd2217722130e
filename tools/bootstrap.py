"""Make .venv: find Python 3.10, install what the lock files name, tell what is missing.

    python3 -m tools.bootstrap          what the running assistant needs
    python3 -m tools.bootstrap --dev    and what tests and checks need
    python3 -m tools.bootstrap --listen and what hears spoken questions

Nothing is done when the lock files and the interpreter are those of last time. A stamp is written
last and removed first, so an installation that was killed is made anew, never built upon. Any
python3 from 3.8 runs this; nothing but the standard library is used.
"""

from __future__ import annotations

import argparse
import fcntl
import hashlib
import json
import os
import shutil
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import Any, Iterator, Mapping

from tools.errors import DISK_FULL, SetupError
from tools.index import explain, pip_settings, uv_environment
from tools.interpreter import Interpreter, find_interpreter
from tools.steps import step
from tools.uv import fetch_interpreter, find_uv, follow

ROOT = Path(__file__).resolve().parent.parent
VENV = ".venv"
STAMP = ".lotsen.json"
LOCKS = {name: f"requirements/{name}.txt" for name in ("run", "dev", "listen")}
FRESH_GB, UPDATE_GB = 4.0, 1.0
# What every start imports. Compiling it on import keeps one core busy for half a minute; here all
# cores do it, once, also where PYTHONDONTWRITEBYTECODE would make every start wait for it.
COMPILED = (
    *(
        "rasa",
        "rasa_sdk",
        "tensorflow",
        "keras",
        "tensorboard",
        "numpy",
        "scipy",
        "sklearn",
        "spacy",
    ),
    *("sqlalchemy", "aiogram", "botocore", "sanic", "prompt_toolkit", "networkx", "dask"),
)


class Setup:
    """One virtual environment and what should be in it."""

    def __init__(
        self, root: Path, environment: Mapping[str, str], dev: bool, listen: bool = False
    ) -> None:
        self.root = root
        self.environment = environment
        self.venv = root / VENV
        self.stamp = self.venv / STAMP
        # Whoever has the tools for tests, or what listens, keeps them when only running.
        had = self.installed()
        self.dev = dev or bool(had.get("dev"))
        self.listen = listen or bool(had.get("listen"))

    def wanted(self) -> dict[str, str]:
        """Fingerprint the lock files that apply."""
        wanted = {"run": True, "dev": self.dev, "listen": self.listen}
        return {
            name: hashlib.sha256((self.root / LOCKS[name]).read_bytes()).hexdigest()
            for name in LOCKS
            if wanted[name]
        }

    def installed(self) -> dict[str, Any]:
        """Read what the last completed installation was; nothing when there was none."""
        try:
            stamp = json.loads(self.stamp.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        usable = isinstance(stamp, dict) and (self.venv / "bin" / "python").exists()
        return stamp if usable else {}

    def same_interpreter(self) -> bool:
        """Tell whether .venv still rests on the interpreter that is asked for."""
        stamp = self.installed()
        base, named = stamp.get("interpreter"), self.environment.get("LOTSEN_PYTHON")
        asked = not named or named in (base, stamp.get("asked"))
        return isinstance(base, str) and Path(base).exists() and asked

    def up_to_date(self) -> bool:
        """Compare the stamp with the lock files; starts no process."""
        stamp = self.installed()
        fresh = all(stamp.get(name) == digest for name, digest in self.wanted().items())
        return fresh and self.same_interpreter()

    def ensure(self) -> None:
        """Install unless everything is there; two at a time wait for each other."""
        if self.up_to_date():
            return
        with only_one(self.root / "var" / "setup.lock"):
            if not self.up_to_date():
                self.install()

    def install(self) -> None:
        """Do every step; the stamp comes last."""
        update = self.same_interpreter()
        check_disk(self.root, UPDATE_GB if update else FRESH_GB, self.environment)
        with step("Find Python 3.10 and uv"):
            uv, python, environment = self.tools()
            print(f"   CPython {python.version}: {python.path}\n   uv: {uv}")
        if self.stamp.exists():
            self.stamp.unlink()
        with step("Install the packages"):
            if not update:
                make = [uv, "venv", "--quiet", "--no-project", "--clear", "--python", python.path]
                run_uv([*make, self.venv], environment)
            locks = [self.root / LOCKS[name] for name in self.wanted()]
            target = ["--python", self.venv / "bin" / "python", "--require-hashes"]
            run_uv([uv, "pip", "sync", *target, *locks], environment)
        with step("Compile what every start imports"):
            compile_packages(self.venv, self.environment)
        self.write_stamp(python)

    def tools(self) -> tuple[Path, Interpreter, dict[str, str]]:
        """Return uv, a Python 3.10 and the environment that uv runs in."""
        found = find_interpreter(self.environment)
        settings = pip_settings(sys.executable, self.environment)
        environment = uv_environment(self.environment, settings)
        pythons = [sys.executable, *([str(found.path)] if found else [])]
        uv = find_uv(self.root, self.environment, pythons)
        return uv, found or fetch_interpreter(uv, environment), environment

    def write_stamp(self, python: Interpreter) -> None:
        """Declare the installation complete, in one move."""
        draft = self.stamp.with_suffix(".new")
        asked = self.environment.get("LOTSEN_PYTHON")
        stamp = {**self.wanted(), "interpreter": str(python.path), "asked": asked}
        draft.write_text(json.dumps(stamp, indent=1), encoding="utf-8")
        draft.replace(self.stamp)


def run_uv(command: list[Any], environment: Mapping[str, str]) -> None:
    """Run uv; what it could not do becomes a message that tells why."""
    code, output = follow([str(part) for part in command], environment)
    if code:
        raise explain(output)


def compile_packages(venv: Path, environment: Mapping[str, str]) -> None:
    """Write the byte code of what Rasa imports; without it all works, only slower."""
    packages = [str(path) for name in COMPILED for path in venv.glob(f"lib/*/site-packages/{name}")]
    python = [str(venv / "bin" / "python"), "-W", "ignore", "-m", "compileall"]
    options = ["-qq", "-j", "0", "-x", "/tests/"]
    environment = {**environment, "PYTHONDONTWRITEBYTECODE": ""}
    subprocess.run([*python, *options, *packages], env=environment, check=False)


def check_disk(folder: Path, wanted_gb: float, environment: Mapping[str, str]) -> None:
    """Refuse to begin what the disk has no room for; LOTSEN_MIN_FREE_GB sets another limit."""
    wanted = float(environment.get("LOTSEN_MIN_FREE_GB") or wanted_gb)
    free = shutil.disk_usage(str(folder)).free / 1e9
    if free < wanted:
        raise SetupError(
            DISK_FULL,
            f"The disk is full: {free:.1f} GB free at {folder}, about {wanted:g} GB wanted for\n"
            "the packages and the model. Make room (`uv cache clean` frees old downloads) and run\n"
            "the same command again. Nothing was changed.",
        )


@contextmanager
def only_one(path: Path) -> Iterator[None]:
    """Hold a lock, so that two set-ups at once do not write into the same folder."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w") as handle:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            print("   Another set-up of this folder is running: waiting for it.", flush=True)
            fcntl.flock(handle, fcntl.LOCK_EX)
        yield


def main(arguments: list[str] | None = None) -> int:
    """Set up and return the exit code: 0, or one of tools.errors."""
    parser = argparse.ArgumentParser(description="Set up .venv from the lock files.")
    parser.add_argument("--dev", action="store_true", help="also what tests and checks need")
    parser.add_argument("--listen", action="store_true", help="also what hears spoken questions")
    options = parser.parse_args(arguments)
    try:
        Setup(ROOT, dict(os.environ), options.dev, options.listen).ensure()
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    except KeyboardInterrupt:
        print(
            "[ERROR] Interrupted. The next run starts over; nothing half done is used.",
            file=sys.stderr,
        )
        return 130
    return 0


if __name__ == "__main__":
    sys.exit(main())
