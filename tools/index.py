"""Pass pip's own settings of index, proxy and certificates on to uv, and explain uv's failures.

Whoever has set up pip for their network has set up this project: no file here names an address.
Python 3.8 and the standard library only.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path
from typing import Mapping

from tools.errors import DISK_FULL, INDEX_NOT_REACHED, INSTALL_FAILED, SetupError
from tools.interpreter import ask

# pip's setting -> the variable by which uv knows it.
SINGLE = {
    "index-url": "UV_DEFAULT_INDEX",
    "cert": "SSL_CERT_FILE",
    "proxy": "ALL_PROXY",
    "default-timeout": "UV_HTTP_TIMEOUT",
    "timeout": "UV_HTTP_TIMEOUT",
}
SEVERAL = {
    "extra-index-url": ("UV_INDEX", " "),
    "find-links": ("UV_FIND_LINKS", ","),
    "trusted-host": ("UV_INSECURE_HOST", " "),
}
NOT_REACHED = re.compile(
    r"failed to fetch|error sending request|could not connect|dns error|connection refused|"
    r"network is unreachable|timed out|tls|certificate|proxy|NewConnectionError|ConnectTimeout|"
    r"Retrying \(|Max retries|Could not find a version",
    re.IGNORECASE,
)
NO_SPACE = re.compile(r"no space left|os error 28|errno 28|disk quota", re.IGNORECASE)


def pip_settings(python: str, environment: Mapping[str, str]) -> dict[str, str]:
    """Read pip's configuration files and PIP_ variables, which outrank the files."""
    settings: dict[str, str] = {}
    listed = ask([python, "-m", "pip", "config", "list"], environment) or ""
    for section in ("global", "install"):
        for key, value in re.findall(rf"^{section}\.([a-z-]+)=(.+)$", listed, re.MULTILINE):
            settings[key] = str(ast.literal_eval(value))
    for name, value in environment.items():
        if name.startswith("PIP_") and value:
            settings[name[4:].lower().replace("_", "-")] = value
    return settings


def uv_environment(environment: Mapping[str, str], settings: Mapping[str, str]) -> dict[str, str]:
    """Add pip's settings in uv's words; what is already set for uv stays as it is."""
    found: dict[str, str] = {}
    for key, variable in SINGLE.items():
        if key in settings:
            found[variable] = settings[key]
    for key, (variable, separator) in SEVERAL.items():
        values = [value for value in settings.get(key, "").split() if exists(value)]
        if values:
            found[variable] = separator.join(values)
    if "UV_INDEX" in found:
        # As pip does: the best match of all indexes. The hashes in the lock make it safe.
        found["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    if "UV_INDEX_URL" in environment:
        found.pop("UV_DEFAULT_INDEX", None)
    return {**found, **environment}


def exists(location: str) -> bool:
    """Tell whether a local folder is there; pip ignores a missing one where uv gives up."""
    if location.startswith("file://"):
        return Path(location[len("file://") :]).exists()
    return "://" in location or not location.startswith(("/", ".")) or Path(location).exists()


def explain(output: str) -> SetupError:
    """Turn the last words of a failed installer into what to do about it."""
    if NO_SPACE.search(output):
        return SetupError(
            DISK_FULL, "The disk is full. Free about 4 GB and run the same command again."
        )
    if NOT_REACHED.search(output):
        return SetupError(
            INDEX_NOT_REACHED,
            "The package index was not reached. Check the network and proxy. Your own index is\n"
            "taken from pip's configuration (pip config list), PIP_INDEX_URL or UV_DEFAULT_INDEX,\n"
            "a private certificate from PIP_CERT or SSL_CERT_FILE. Then run the same command\n"
            "again.",
        )
    return SetupError(
        INSTALL_FAILED,
        "The packages could not be installed; the reason stands above. Run the same command\n"
        "again; `make clean` first starts from nothing.",
    )
