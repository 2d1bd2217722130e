"""Runs a model's graph node by node, in an order that is worked out once.

Rasa hands the graph to dask for every message, which optimises it, looks up its scheduler and
starts threads' bookkeeping anew: more work than all our components without the sentence encoder
(docs/adr/0017). The nodes, their hooks and their order are Rasa's own.
"""

from __future__ import annotations

from collections.abc import Mapping
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.graph import GraphNode
from rasa.engine.runner.dask import DaskGraphRunner


class StraightGraph(DaskGraphRunner):
    """Takes over the nodes that another runner has loaded."""

    def __init__(self, loaded: DaskGraphRunner) -> None:
        # Past the base class, which would load every component again.
        self._graph_schema = loaded._graph_schema  # noqa: SLF001
        self._instantiated_nodes: dict[str, GraphNode] = loaded._instantiated_nodes  # noqa: SLF001
        self._execution_context = loaded._execution_context  # noqa: SLF001
        self._orders: dict[tuple[str, ...], tuple[str, ...]] = {}

    def run(
        self, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
    ) -> dict[str, Any]:
        """The outputs of the targets, by node; ``inputs`` fill the placeholders of the graph."""
        given: Mapping[str, Any] = inputs or {}
        wanted = tuple(targets or self._graph_schema.target_names)
        outputs: dict[str, Any] = dict(given)
        for name in self._order(wanted):
            if name not in outputs:
                needs = self._graph_schema.nodes[name].needs.values()
                found = [(need, outputs[need]) for need in needs if need in outputs]
                _, outputs[name] = self._instantiated_nodes[name](*found)
        return {name: outputs[name] for name in wanted}

    def _order(self, wanted: tuple[str, ...]) -> tuple[str, ...]:
        """The nodes that the targets need, each after what it needs itself."""
        order = self._orders.get(wanted)
        if order is None:
            graph: dict[str, list[str]] = {}
            left = list(wanted)
            while left:
                name = left.pop()
                node = self._graph_schema.nodes.get(name)
                if node is not None and name not in graph:
                    graph[name] = list(node.needs.values())
                    left.extend(graph[name])
            sorted_names = TopologicalSorter(graph).static_order()
            order = tuple(name for name in sorted_names if name in graph)
            self._orders[wanted] = order
        return order
