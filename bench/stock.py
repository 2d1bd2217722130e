"""The stock project: Rasa's default pipeline and policies on our examples, intents and content.

It is written into var/bench/stock and trained when its files have changed. Intents are service
and aspect together, as in bench.split: the classifier then says all that a reply needs. There are
rules and no stories, as in our project, so Rasa's two neural policies have nothing to learn
and cost nothing.
"""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
import time
from collections import defaultdict
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

import yaml

from bench.running import QUIET, Running, free_port
from bench.split import ROOT, WORK, Examples, read_data, stratified
from bench.stock_actions import UNKNOWN

FOLDER: Final = WORK / "stock"
PART: Final = WORK / "stock-part"
"""Where a project with a share of the examples lies: it leaves the whole one's model alone."""
ACTION: Final = "action_reply"
FALLBACK: Final = "nlu_fallback"
"""The intent of Rasa's FallbackClassifier: without a rule for it nothing would be said."""


def default_config(epochs: int) -> dict[str, Any]:
    """Rasa's default configuration with so many epochs instead of 100."""
    folder = files("rasa.engine.recipes.config_files")
    text = folder.joinpath("default_config.yml").read_text(encoding="utf-8")
    config: dict[str, Any] = yaml.safe_load(text)
    config |= {"language": "sv", "assistant_id": "stock"}
    for component in (*config["pipeline"], *config["policies"]):
        if "epochs" in component:
            component["epochs"] = epochs
    return config


def project_files(examples: Examples, epochs: int) -> dict[str, str]:
    """The files of the project by their paths."""
    by_intent: dict[str, list[str]] = defaultdict(list)
    for text, label in examples:
        by_intent[label].append(text)
    intents = sorted(by_intent)
    rules = [
        {"rule": intent, "steps": [{"intent": intent}, {"action": ACTION}]}
        for intent in (*intents, FALLBACK)
    ]
    nlu = [
        {"intent": intent, "examples": "".join(f"- {_plain(t)}\n" for t in by_intent[intent])}
        for intent in intents
    ]
    session = {"session_expiration_time": 60, "carry_over_slots_to_new_session": True}
    default = {"utter_default": [{"text": UNKNOWN}]}
    domain = {"intents": intents, "actions": [ACTION], "responses": default}
    domain |= {"session_config": session}
    data = {
        "config.yml": default_config(epochs),
        "domain.yml": {"version": "3.1", **domain},
        "credentials.yml": {"rest": None},
        "data/rules.yml": {"version": "3.1", "rules": rules},
        "data/nlu.yml": {"version": "3.1", "nlu": nlu},
    }
    return {path: yaml.safe_dump(d, allow_unicode=True, width=1000) for path, d in data.items()}


def _plain(text: str) -> str:
    """Rasa would read brackets as entities; there are none among our examples that mean any."""
    return text.translate(str.maketrans("[]{}", "    ")).strip()


def folder_for(share: float) -> Path:
    """Where the project with this share of the examples lies."""
    return FOLDER if share >= 1.0 else PART


def train(epochs: int, share: float = 1.0) -> dict[str, Any]:
    """Train when the files have changed; tell how long the last training took, and its memory."""
    folder = folder_for(share)
    examples = read_data()
    if share < 1.0:
        _, examples = stratified(examples, share)
    wanted = project_files(examples, epochs)
    digest = hashlib.sha256(json.dumps(wanted, sort_keys=True).encode()).hexdigest()
    kept = folder / "trained.json"
    if kept.exists():
        found: dict[str, Any] = json.loads(kept.read_text(encoding="utf-8"))
        if found["digest"] == digest:
            return found
        kept.unlink()
    for path, text in wanted.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    command = [sys.executable, "-m", "rasa", "train", "--force", "--fixed-model-name", "stock"]
    start = time.monotonic()
    with (folder / "train.log").open("wb") as log:
        process = subprocess.Popen(
            command, cwd=folder, env={**os.environ, **QUIET}, stdout=log, stderr=log
        )
        # Only wait4 tells the memory of this one child.
        _, status, used = os.wait4(process.pid, 0)
    if status:
        raise SystemExit(f"[ERROR] The stock project was not trained: see {folder / 'train.log'}")
    found = {
        "digest": digest,
        "epochs": epochs,
        "examples": len(examples),
        "intents": len({label for _, label in examples}),
        "seconds": time.monotonic() - start,
        "processor_seconds": used.ru_utime + used.ru_stime,
        "megabytes": used.ru_maxrss / 1024,
    }
    kept.write_text(json.dumps(found, indent=1), encoding="utf-8")
    return found


def serving(folder: Path) -> tuple[Running, Running]:
    """Rasa's server and its action server, not started yet; enter both."""
    rasa, actions = free_port(), free_port()
    endpoints = {"action_endpoint": {"url": f"http://127.0.0.1:{actions}/webhook"}}
    (folder / "endpoints.yml").write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    python = [sys.executable, "-m", "rasa", "run"]
    served = ["--model", "models/stock.tar.gz", "--endpoints", "endpoints.yml"]
    served += ["--credentials", "credentials.yml", "--port", str(rasa), "-i", "127.0.0.1"]
    acting = ["actions", "--actions", "bench.stock_actions", "--port", str(actions)]
    environment = {**os.environ, **QUIET, "PYTHONPATH": str(ROOT)}
    rest = folder, environment, folder / "server.log"
    return (
        Running(f"http://127.0.0.1:{rasa}", [*python, *served], *rest),
        Running(f"http://127.0.0.1:{actions}", [*python, *acting], *rest),
    )
