"""Whether the memory of a server that works stays as it is: `make soak` (docs/soak.md).

    python -m bench.soak [--minutes 30] [--rate 5] [--print]

The real server with the real model answers mixed conversations from another process. The first
part is not counted: caches fill up, and libraries allocate what they keep. Linux only, since
memory, files and threads are read from /proc. Nothing else should run meanwhile.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from bench.machine import machine
from bench.running import Running, ours
from bench.split import ROOT, WORK

RESULTS: Final = WORK / "soak.json"
REPORT: Final = ROOT / "docs" / "soak.md"
EVERY_SECONDS: Final = 10.0
WARM_UP: Final = 0.2
"""The part of the time that is not counted."""

MOST_GROWTH: Final = 1.02
"""How much the last quarter's median may lie over the second's."""


@dataclass(frozen=True, slots=True)
class Sample:
    """The server at a moment; ``lag`` is how long a request that does nothing took."""

    seconds: float
    megabytes: float
    files: int
    threads: int
    lag: float


def look(server: Running, begun: float) -> Sample:
    """How it stands now."""
    place = Path(f"/proc/{server.process.pid}")
    lines = (place / "status").read_text(encoding="ascii").splitlines()
    status = dict(line.split(":", 1) for line in lines if ":" in line)
    asked = time.perf_counter()
    with urllib.request.urlopen(f"{server.url}/health", timeout=60) as reply:  # noqa: S310
        reply.read()
    return Sample(
        seconds=time.monotonic() - begun,
        megabytes=int(status["VmRSS"].split()[0]) / 1024,
        files=len(list((place / "fd").iterdir())),
        threads=int(status["Threads"]),
        lag=time.perf_counter() - asked,
    )


def quarters(samples: Sequence[Sample]) -> list[float]:
    """The median memory of each quarter, in MB; ValueError for too few samples."""
    if len(samples) < 8:
        raise ValueError("too few samples: let it run for longer")
    ends = [round(part * len(samples) / 4) for part in range(5)]
    return [
        statistics.median(s.megabytes for s in samples[start:end]) for start, end in pairwise(ends)
    ]


def judged(samples: Sequence[Sample]) -> dict[str, Any]:
    """Quarters, slope, and whether it is flat."""
    medians = quarters(samples)
    hours = [sample.seconds / 3600 for sample in samples]
    slope = statistics.linear_regression(hours, [s.megabytes for s in samples]).slope
    growth = medians[3] / medians[1]
    return {
        "quarters": medians,
        "megabytes_an_hour": slope,
        "growth": growth,
        "flat": growth <= MOST_GROWTH,
        "files": [samples[0].files, max(s.files for s in samples), samples[-1].files],
        "threads": [samples[0].threads, max(s.threads for s in samples), samples[-1].threads],
        "lag": [statistics.median(s.lag for s in samples), max(s.lag for s in samples)],
    }


def report(found: dict[str, Any]) -> str:
    """The result as docs/soak.md."""
    told, on = found["judged"], found["machine"]
    medians = ", ".join(f"{m:.1f}" for m in told["quarters"])
    failed = {k: v for k, v in found["answers"].items() if k != "200"}
    verdict = "flat" if told["flat"] else "NOT flat"
    growth = f"the last quarter's median is {told['growth']:.4f} of the second's"
    rows = [
        ("memory is", f"**{verdict}**: {growth} (at most {MOST_GROWTH})"),
        ("median of each quarter", f"{medians} MB"),
        ("slope", f"{told['megabytes_an_hour']:.2f} MB an hour"),
        ("open files, first, most, last", "{}, {}, {}".format(*told["files"])),
        ("threads, first, most, last", "{}, {}, {}".format(*told["threads"])),
        ("a request that does nothing", "{:.1f} ms, at most {:.0f} ms".format(
            *(1000 * lag for lag in told["lag"]))),
        ("messages", f"{sum(found['answers'].values())}, not answered with 200: {failed or 0}"),
    ]  # fmt: skip
    table = "\n".join(f"| {name} | {value} |" for name, value in rows)
    return (
        "# Soak\nWritten by `make soak`: the real server with the real model on SQLite, mixed "
        "conversations through Rasa's REST\ncontract, API v1 with its events, and the page "
        "without scripts, from a process of their own.\n\n"
        f"{on['at']}, commit {on['commit'] or 'unknown'}; {on['cores']} cores of "
        f"{on['processor']}, {on['system']}, Python {on['python']}. {found['minutes']:g} minutes "
        f"of which the first {WARM_UP:.0%} are not counted, {found['rate']:g} messages a second, "
        f"a sample each {EVERY_SECONDS:g} s. Load of the machine before: {on['load_before']}.\n\n"
        f"| what | measured |\n|---|---|\n{table}\n"
    )


def measure(minutes: float, rate: float) -> dict[str, Any]:
    """Start server and load, look at the server, stop both."""
    on, seconds = machine(), minutes * 60
    with tempfile.TemporaryDirectory(prefix="soak-") as folder:
        server = ours(ROOT, Path(folder))
        with server:
            server.first_answer("Vad kostar ledsagning?", "umea--first")
            command = [sys.executable, "-m", "bench.soak_talk", server.url]
            talk = subprocess.Popen(
                [*command, str(seconds), str(rate)], cwd=ROOT, stdout=subprocess.PIPE, text=True
            )
            try:
                samples = list(_watch(server, talk, seconds))
                answers = json.loads(talk.communicate()[0] or "{}")
            finally:
                talk.kill()
                talk.wait()
    counted = [s for s in samples if s.seconds >= WARM_UP * seconds]
    return {
        "machine": on,
        "minutes": minutes,
        "rate": rate,
        "answers": answers,
        "judged": judged(counted),
        "samples": [asdict(sample) for sample in samples],
    }


def _watch(server: Running, talk: subprocess.Popen[str], seconds: float) -> Iterator[Sample]:
    begun = time.monotonic()
    while talk.poll() is None and time.monotonic() - begun < seconds:
        yield look(server, begun)
        time.sleep(EVERY_SECONDS)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure and write the report; 1 when memory grew or anything was not answered."""
    parser = argparse.ArgumentParser(description="Watch a working server's memory.")
    parser.add_argument("--minutes", type=float, default=30.0, help="how long")
    parser.add_argument("--rate", type=float, default=5.0, help="messages a second")
    parser.add_argument("--print", action="store_true", help="write no docs/soak.md")
    given = parser.parse_args(arguments)
    found = measure(given.minutes, given.rate)
    WORK.mkdir(parents=True, exist_ok=True)
    RESULTS.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    told = report(found)
    print(told)
    if not given.print:
        REPORT.write_text(told, encoding="utf-8")
    return 0 if found["judged"]["flat"] and set(found["answers"]) <= {"200"} else 1


if __name__ == "__main__":
    sys.exit(main())
