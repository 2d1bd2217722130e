"""How it stands at this moment, for the operator's monitoring: queues, mail, callbacks, model."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector

from api.clock import utc
from api.storage import figures
from api.storage.figures import Queue
from api.storage.store import Store
from bot.knowledge.loader import load_knowledge


@dataclass(frozen=True, slots=True)
class Standing:
    """What the database says now."""

    queues: Mapping[str, Queue] = field(default_factory=dict)
    overdue: Mapping[str, int] = field(default_factory=dict)
    mail_waiting: int = 0
    mail_failed: int = 0


def read_standing(store: Store, now: dt.datetime) -> Standing:
    """Read it; blocks."""
    with store.desk.connect() as connection:
        waiting, failed = figures.mail(connection)
        return Standing(
            figures.queues(connection), figures.overdue(connection, utc(now)), waiting, failed
        )


def exposition(
    registry: CollectorRegistry,
    standing: Standing | None,
    ready: bool,
    now: dt.datetime,
    redis: bool | None = None,
) -> bytes:
    """All metrics as text. Without a ``standing`` the database did not answer, and is told so.

    ``redis`` tells whether it answers; None where there is none.
    """
    at_once = CollectorRegistry()
    at_once.register(_Now(standing, ready, now, redis))
    return generate_latest(registry) + generate_latest(at_once)


class _Now(Collector):
    """Gauges of one moment: made for each request, so that two at once never mix."""

    def __init__(
        self, standing: Standing | None, ready: bool, now: dt.datetime, redis: bool | None
    ) -> None:
        self._standing, self._ready, self._now, self._redis = standing, ready, now, redis

    def collect(self) -> Iterator[Metric]:
        """Every municipality is named, also where nobody waits: none and unknown are two things."""
        yield _single("lotsen_model_ready", "1 when the assistant can answer", self._ready)
        if self._redis is not None:
            yield _single("lotsen_redis_ready", "1 when Redis answers", self._redis)
        standing = self._standing
        yield _single("lotsen_database_ready", "1 when the database answers", standing is not None)
        if standing is None:
            return
        yield _single("lotsen_mail_waiting", "Mails still to go out", standing.mail_waiting)
        yield _single("lotsen_mail_failed", "Mails that were given up", standing.mail_failed)
        known = load_knowledge().municipalities
        names = sorted({*known, *standing.queues, *standing.overdue})
        queue = _by_municipality("lotsen_queue_length", "People who wait for a person")
        longest = _by_municipality("lotsen_queue_longest_seconds", "Longest wait in the queue")
        late = _by_municipality("lotsen_callbacks_overdue", "Callbacks whose time has passed")
        for name in names:
            found = standing.queues.get(name)
            waited = (self._now - found.since).total_seconds() if found else 0.0
            queue.add_metric([name], found.waiting if found else 0)
            longest.add_metric([name], max(0.0, waited))
            late.add_metric([name], standing.overdue.get(name, 0))
        yield from (queue, longest, late)


def _single(name: str, told: str, value: float) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, value=value)


def _by_municipality(name: str, told: str) -> GaugeMetricFamily:
    return GaugeMetricFamily(name, told, labels=["municipality"])
