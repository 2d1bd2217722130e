"""A run that is done, with a failure and all that recognition tells."""

from __future__ import annotations

import base64

from api.runs.folder import Runs, State, write_state
from bot.testing.results import RESULTS, Report

DOT = base64.b64decode(
    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="
)
NAUGHTY = "<script>alert(1)</script>"
CASE = {
    "part": "dialogues",
    "group": "kris",
    "name": "ett",
    "verdict": "failed",
    "because": NAUGHTY,
    "where": {"municipality": "umea", "now": "2026-11-18T10:00"},
    "steps": [
        {
            "said": NAUGHTY,
            "reply": "Hej!",
            "kind": "answer",
            "expected": ["I svaret ska stå: ”gratis”"],
            "wrong": ["saknas: 'gratis'"],
        }
    ],
}
SCORE = {"label": "a", "title": "Vad?", "cases": 2, "precision": 0.5, "recall": 1, "f1": 0.667}
PAIR = {
    "label": "a",
    "title": "Vad?",
    "taken_for": "b",
    "taken_title": "Vem?",
    "count": 1,
    "examples": [{"text": NAUGHTY, "like": "vem då"}],
}
NLU = {
    "learnt": 8,
    "held_out": 2,
    "topics": 2,
    "top1": 0.5,
    "top3": 1,
    "intents": [SCORE],
    "services": [SCORE],
    "scores": [SCORE],
    "pairs": [PAIR],
    "histogram": [{"least": 0.5, "right": 1, "wrong": 1}],
}


def kept_report(runs: Runs) -> str:
    """A run that is done, with a failure and all that recognition tells."""
    run = "20261118-100000"
    folder = runs.path(run)
    folder.mkdir(parents=True, exist_ok=True)
    day = "2026-11-18T10:00:00+01:00"
    started = {"id": run, "parts": ["dialogues", "nlu"], "started": day}
    report = {**started, "finished": day, "model": day, "cases": [CASE], "nlu": NLU}
    kept = Report.parse_obj(report).json()
    (folder / RESULTS).write_text(kept, encoding="utf-8")
    for name in ("confidence.png", "services.png", "intents.png"):
        (folder / name).write_bytes(DOT)
    (folder / "report.html").write_text("<h1>Rapport</h1>", encoding="utf-8")
    write_state(folder, State.parse_obj({**started, "state": "done", "done": 1, "bad": 1}))
    return run
