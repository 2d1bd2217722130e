"""The bill of materials of what runs, as CycloneDX JSON, checked against the format's schema.

    python -m tools.sbom [--out FILE]

cyclonedx-py reads .venv from an environment of its own; what only tests use is left out. The check
against the schema takes most of the time, most of a minute.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path

from tools.errors import INSTALL_FAILED, SetupError
from tools.prepare import ROOT
from tools.steps import step
from tools.supply import bill, licences
from tools.supply.locks import locked
from tools.supply.toolbox import toolbox

OUT = "var/sbom/medborgarlotsen.cdx.json"
VERSION = "1.6"
CHECK = """import sys
from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
text = open(sys.argv[1], encoding='utf-8').read()
sys.exit(str(JsonStrictValidator(SchemaVersion.V1_6).validate_str(text) or '') or 0)"""


def sbom(root: Path, out: Path) -> int:
    """Write the bill; how many components it lists."""
    with step("Install the tools of the supply chain"):
        programs = toolbox(root)
    with step("Read what is installed"):
        installed = _installed(programs, root)
    lock = locked(root / "requirements/run.txt")
    asked = (root / "requirements/run.in").read_text("utf-8")
    rules = licences.load(root / licences.RULES)

    def licence(name: str) -> str:
        return licences.of_package(name, rules)

    document = bill.bill(installed, lock, asked, licence, bill.vendored(root))
    out.parent.mkdir(parents=True, exist_ok=True)
    draft = out.with_suffix(".new")
    draft.write_text(f"{json.dumps(document, ensure_ascii=False, indent=1)}\n", encoding="utf-8")
    with step("Check it against the schema"):
        _run([str(programs / "python"), "-c", CHECK, str(draft)], "the bill is not of its schema")
    draft.replace(out)
    return len(document["components"])


def _installed(programs: Path, root: Path) -> bill.Document:
    with tempfile.TemporaryDirectory() as folder:
        found = Path(folder) / "installed.json"
        command = [str(programs / "cyclonedx-py"), "environment", "--spec-version", VERSION]
        command += ["--output-reproducible", "--no-validate", "--pyproject"]
        command += [str(root / "pyproject.toml"), "--output-file", str(found)]
        _run([*command, str(root / ".venv/bin/python")], "cyclonedx-py failed")
        document: bill.Document = json.loads(found.read_text("utf-8"))
        return document


def _run(command: list[str], failed: str) -> None:
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", check=False)
    if done.returncode:
        raise SetupError(INSTALL_FAILED, f"{failed}: {done.stderr.strip()[-500:]}")


def main(arguments: list[str] | None = None) -> int:
    """Write the bill and return the exit code: 0, or one of tools.errors."""
    parser = argparse.ArgumentParser(description="Write the bill of materials (CycloneDX JSON).")
    parser.add_argument("--out", type=Path, default=ROOT / OUT, help=f"instead of {OUT}")
    out: Path = parser.parse_args(arguments).out
    try:
        number = sbom(ROOT, out)
    except SetupError as error:
        print(f"[ERROR] {error}", file=sys.stderr)
        return error.code
    print(f"   {number} components: {out}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
