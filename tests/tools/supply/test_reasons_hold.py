"""What requirements/accepted.yml claims of our code, held against the code."""

from __future__ import annotations

import ast
import pickle
import re
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml

import api.__main__
from bot.understanding.letters import fit_letters

ROOT = Path(__file__).resolve().parents[3]
STARTERS = ("rasa.server", "rasa.core.run", "rasa.api", "rasa_sdk.endpoint", "sanic")
"""What opens a port of Rasa's when it is called."""
NEVER = {
    *("aiohttp", "pymongo", "bson", "dns", "sentry_sdk", "skops", "keras", "tensorflow", "future"),
    *(
        "google.protobuf",
        "setuptools",
        "pkg_resources",
        "wheel",
        "sanic_jwt",
        "sanic_cors",
        "werkzeug",
    ),
}
"""What Rasa brings and none of our files imports."""


WEAK = {"HTTPEndpoint", "EmailStr", "NameEmail", "validate_email", "PackageIndex", "ParseDict"}
WATCHED = re.compile(
    rf"\b({'|'.join(map(re.escape, (*NEVER, *STARTERS, *WEAK)))}|onnx|bot\.channels|"
    r"request\.(url|base_url|url_for)|initialize_error_reporting)\b"
)
"""A file without any of these words need not be taken apart."""


class Source(NamedTuple):
    """What one file of ours imports, which names it uses, and where it looks at an address."""

    imported: frozenset[str]
    names: frozenset[str]
    addresses: bool


def source(path: Path) -> Source:
    """Read a file in one walk."""
    imported: set[str] = set()
    names: set[str] = set()
    addresses = False
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            imported.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            imported.update(f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Name):
            names.add(node.id)
        elif isinstance(node, ast.Attribute):
            names.add(node.attr)
            of_request = isinstance(node.value, ast.Name) and node.value.id == "request"
            addresses |= of_request and node.attr in {"url", "base_url", "url_for"}
    names.update(module.rpartition(".")[2] for module in imported)
    return Source(frozenset(imported), frozenset(names), addresses)


@pytest.fixture(scope="module")
def sources() -> dict[str, Source]:
    """The files of the assistant and its server that name what is watched."""
    paths = sorted(path for folder in ("api", "bot") for path in (ROOT / folder).rglob("*.py"))
    assert len(paths) > 300
    named = [path for path in paths if WATCHED.search(path.read_text("utf-8"))]
    return {path.relative_to(ROOT).as_posix(): source(path) for path in named}


Sources = dict[str, Source]


def users(sources: Sources, *modules: str) -> set[str]:
    """The files that import one of these modules or something in it."""
    starts = tuple(f"{module}." for module in modules)
    return {
        path
        for path, one in sources.items()
        if any(m in modules or m.startswith(starts) for m in one.imported)
    }


def test_none_of_our_files_imports_what_we_call_unused(sources: Sources) -> None:
    assert users(sources, *NEVER) == set()


def test_no_class_with_a_known_weakness_is_used(sources: Sources) -> None:
    assert [path for path, one in sources.items() if one.names & WEAK] == []


def test_nothing_of_ours_starts_a_server_of_rasas(sources: Sources) -> None:
    # Sanic's blueprint of the channel that `rasa run` uses; `python -m api` does not import it.
    assert users(sources, *STARTERS) == {"bot/channels.py"}
    assert users(sources, "bot.channels") == set()


def test_onnx_only_writes_the_encoders_graph(sources: Sources) -> None:
    graph = "bot/understanding/encoder_graph.py"
    assert users(sources, "onnx") == {graph}
    weak = {"load", "load_model", "hub", "download_model", "save_external_data"}
    assert sources[graph].names & weak == set()


def test_no_file_of_ours_asks_starlette_for_the_address_of_a_request(sources: Sources) -> None:
    assert [path for path, one in sources.items() if one.addresses] == []


def test_the_pipeline_is_our_own_and_has_no_network() -> None:
    config = yaml.safe_load((ROOT / "config.yml").read_text("utf-8"))
    pipeline = [one["name"] for one in config["pipeline"]]
    assert all(name.startswith("bot.components.") for name in pipeline)
    assert [one["name"] for one in config["policies"]] == ["RulePolicy"]
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text("utf-8"))
    assert endpoints["tracker_store"]["type"] == "SQL"
    assert not {"models", "nlg", "event_broker"} & set(endpoints)


def test_no_module_of_ours_passes_for_pythons_test() -> None:
    assert not (ROOT / "test.py").exists()
    assert not (ROOT / "test").exists()


def test_the_classifier_keeps_no_left_out_words() -> None:
    """What is saved is made of the terms that count; the one seen once is left out."""
    texts = [
        "vad kostar ledsagning",
        "vad kostar ledsagning nu",
        "vad kostar avlösning",
        "sällsynt",
    ]
    letters, _ = fit_letters(texts, ["a", "a", "b", "b"])
    saved = pickle.dumps(letters)
    assert b"kostar" in saved
    assert b"sklearn" not in saved
    assert "sällsynt".encode() not in saved


def test_sentry_is_switched_on_nowhere(sources: Sources) -> None:
    """Only Rasa's command line calls it; the variable that keeps telemetry off is set first."""
    assert api.__main__._QUIET["RASA_TELEMETRY_ENABLED"] == "false"
    assert [p for p, one in sources.items() if "initialize_error_reporting" in one.names] == []
