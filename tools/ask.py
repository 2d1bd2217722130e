"""Judge a running assistant by suites of conversations, as a person would see its replies.

    python -m tools.ask --url http://127.0.0.1:8000 tests/suites/*.yml

A suite is a YAML list of cases: id, kind, municipality?, channel?, now?, turns. A turn has `say`,
and patterns (regular expressions) under `must`, `any` and `never`. A `never` that is found is a
wrong fact, which is worse than a miss; the two are counted apart.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import urllib.error
import urllib.request
import uuid
from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

PATTERNS = ("must", "any", "never")
DASH = re.compile("[\u2010-\u2015\u2212]")


@dataclass
class Result:
    """What came of one conversation."""

    id: str
    kind: str
    misses: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    log: list[dict[str, str]] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)

    @property
    def verdict(self) -> str:
        """Tell right from missed, and missed from wrong."""
        return "wrong" if self.wrong else "miss" if self.misses else "right"


def normalise(text: str) -> str:
    """Write dashes, blanks and clock times in one way only."""
    text = re.sub(r"\s*-\s*(?=\d)", "-", DASH.sub("-", text.replace("\u00a0", " ")))
    text = re.sub(r"\s+", " ", text)
    return re.sub(r"\b(\d{1,2})[.:](\d{2})\b", lambda m: f"{m[1]:>02}.{m[2]}", text)


def judge(turn: dict[str, Any], reply: str) -> tuple[list[str], list[str]]:
    """Return what one reply misses and what it states wrongly."""
    text = normalise(reply)
    found = {
        name: [p for p in turn.get(name, []) if re.search(p, text, re.IGNORECASE)]
        for name in PATTERNS
    }
    misses = [f"must {p!r}" for p in turn.get("must", []) if p not in found["must"]]
    if turn.get("any") and not found["any"]:
        misses.append(f"any of {turn['any']!r}")
    if not text.strip():
        misses.append("an answer")
    return misses, [f"never {pattern!r}" for pattern in found["never"]]


def load(paths: list[Path]) -> list[dict[str, Any]]:
    """Read suites; ValueError for an id that stands twice, or a pattern that is none.

    Each case gets the name of its file as ``suite``.
    """
    cases = [
        {**case, "suite": path.stem}
        for path in paths
        for case in yaml.safe_load(path.read_text("utf-8")) or []
    ]
    doubled = [name for name, times in Counter(case["id"] for case in cases).items() if times > 1]
    if doubled:
        raise ValueError(f"these ids stand twice: {', '.join(doubled)}")
    for case in cases:
        for turn in case["turns"]:
            unknown = turn.keys() - {"say", *PATTERNS}
            if unknown:
                raise ValueError(f"{case['id']}: unknown keys {sorted(unknown)}")
            for pattern in (p for name in PATTERNS for p in turn.get(name, [])):
                _check_pattern(case["id"], pattern)
    return cases


def _check_pattern(case: str, pattern: str) -> None:
    try:
        re.compile(pattern)
    except re.error as error:
        raise ValueError(f"{case}: {pattern!r} is no pattern: {error}") from error


Put = Callable[[str, str, Mapping[str, Any]], str]
"""Says a text as a sender, with metadata; returns every text of the reply, one a line."""


def metadata_of(case: Mapping[str, Any]) -> dict[str, str]:
    """Where and when a case takes place."""
    metadata = {"channel": "web"}
    metadata |= {name: case[name] for name in ("municipality", "channel") if name in case}
    if "now" in case:
        metadata["now"] = str(case["now"]).replace(" ", "T")
    return metadata


def hold(case: Mapping[str, Any], put: Put) -> Result:
    """Hold one conversation under a sender of its own."""
    result = Result(case["id"], case["kind"])
    metadata, sender = metadata_of(case), f"ask-{uuid.uuid4().hex}"
    for number, turn in enumerate(case["turns"], 1):
        started = time.perf_counter()
        try:
            reply = put(sender, turn["say"], metadata)
            result.seconds.append(time.perf_counter() - started)
        except (OSError, ValueError, KeyError, TypeError) as error:
            reply = ""
            result.misses.append(f"turn {number}: no reply ({error})")
        misses, wrong = judge(turn, reply)
        result.misses += [f"turn {number}: {miss}" for miss in misses]
        result.wrong += [f"turn {number}: {fact}" for fact in wrong]
        result.log.append({"say": turn["say"], "reply": reply})
    return result


def send(url: str, body: dict[str, Any], timeout: float) -> str:
    """Post one message; return every text of the reply, one a line."""
    request = urllib.request.Request(
        f"{url.rstrip('/')}/webhooks/rest/webhook",
        data=json.dumps(body).encode(),
        headers={"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=timeout) as response:
        return "\n".join(part["text"] for part in json.load(response) if part.get("text"))


def table(results: list[Result]) -> str:
    """Lay out right, miss and wrong by kind, the sum last."""
    kinds = list(dict.fromkeys(result.kind for result in results))
    lines = [f"{'kind':10} {'right':>6} {'miss':>6} {'wrong':>6} {'share right':>12}"]
    for kind in (*kinds, "all"):
        row = Counter(result.verdict for result in results if kind in (result.kind, "all"))
        counts = f"{row['right']:6} {row['miss']:6} {row['wrong']:6}"
        lines.append(f"{kind:10} {counts} {row['right'] / max(row.total(), 1):11.1%}")
    return "\n".join(lines)


def describe(result: Result) -> str:
    """Print a conversation with what was missed."""
    lines = [f"[{result.verdict}] {result.id} ({result.kind})"]
    for turn in result.log:
        lines += [f"    > {turn['say'][:300]}", *(f"      {s}" for s in turn["reply"].split("\n"))]
    return "\n".join([*lines, *(f"    ! {problem}" for problem in result.wrong + result.misses)])


def main(arguments: list[str] | None = None) -> int:
    """Judge the suites named on the command line; 1 when a goal is missed."""
    parser = argparse.ArgumentParser(description="Judge a running assistant by suites.")
    parser.add_argument("suites", nargs="+", type=Path)
    parser.add_argument("--url", default="http://127.0.0.1:8000")
    parser.add_argument("--kind", action="append", help="only this kind of case")
    parser.add_argument("--timeout", type=float, default=30.0)
    parser.add_argument("--out", type=Path, help="write every result to this JSON file")
    parser.add_argument("--verbose", action="store_true")
    parser.add_argument("--at-least", type=float, default=0.0)
    parser.add_argument("--most-wrong", type=int)
    options = parser.parse_args(arguments)

    try:
        cases = load(options.suites)
    except ValueError as error:
        sys.exit(str(error))
    chosen = [case for case in cases if not options.kind or case["kind"] in options.kind]

    def put(sender: str, text: str, metadata: Mapping[str, Any]) -> str:
        body = {"sender": sender, "metadata": metadata, "message": text}
        return send(options.url, body, options.timeout)

    results = [hold(case, put) for case in chosen]
    for result in results:
        if options.verbose or result.verdict != "right":
            print(describe(result))
    print(table(results))
    times = sorted(second for result in results for second in result.seconds)
    if times:
        median, slow = times[len(times) // 2], times[int((len(times) - 1) * 0.99)]
        print(f"replies {len(times)}, median {median * 1000:.0f} ms, p99 {slow * 1000:.0f} ms")
    if options.out:
        text = json.dumps([vars(result) for result in results], ensure_ascii=False, indent=1)
        options.out.write_text(text, encoding="utf-8")
    verdicts = Counter(result.verdict for result in results)
    missed = verdicts["right"] < options.at_least * len(results)
    return int(
        missed or (options.most_wrong is not None and verdicts["wrong"] > options.most_wrong)
    )


if __name__ == "__main__":
    sys.exit(main())
