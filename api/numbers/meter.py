"""What one process tells the operator's monitoring of its replies, in Prometheus' form.

Each application has a registry of its own. Kinds are a closed list: a label never holds a word
that somebody wrote.
"""

from __future__ import annotations

from prometheus_client import CollectorRegistry, Counter, Histogram

KINDS = frozenset(
    "answer clarify passage not_defined out_of_scope crisis handoff notice smalltalk".split()
)
OTHER = "other"
BUCKETS = (0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)


class Meter:
    """Replies by kind, and how long they took, since the process started."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._replies = Counter(
            "lotsen_replies", "Replies by kind", ["kind"], registry=self.registry
        )
        self._seconds = Histogram(
            "lotsen_reply_seconds",
            "Seconds from a message to its replies",
            registry=self.registry,
            buckets=BUCKETS,
        )
        for kind in (*sorted(KINDS), OTHER):
            # Named from the start: a rate over a counter that is not there yet says nothing.
            self._replies.labels(kind)

    def replied(self, kind: str) -> None:
        """Count a reply."""
        self._replies.labels(kind if kind in KINDS else OTHER).inc()

    def took(self, seconds: float) -> None:
        """Count how long somebody waited for a reply."""
        self._seconds.observe(seconds)
