"""Quick ways through a network: one tree per goal, kept, and a walk down it per query.

Ways are searched edge by edge, as :mod:`spatiotemporal.airport_model.network` does, because wheels
do not double back: a node of the search is an edge of the network. For a goal, a size letter and
conditions one run of Dijkstra's algorithm backwards gives, for every edge, the edge that goes on;
airports have few goals (runway ends, stands, gates of the fence), so the trees soon are all there.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, dijkstra

from spatiotemporal.airport_model.errors import NoRoute
from spatiotemporal.airport_model.frame import Frame
from spatiotemporal.airport_model.network import MOST_TURN_DEG, Edge, Network, Way
from spatiotemporal.airport_model.routing.conditions import Conditions, Surveyor
from spatiotemporal.airport_model.size_codes import fits

MOST_TREES = 1024
"""About 60 kB each: goals times size letters of a large airport, under one set of conditions."""

_NOTHING = -9999
"""How scipy says that there is no predecessor."""


@dataclass(frozen=True, slots=True)
class Tree:
    """Ways to one goal.

    Attributes:
        cost_s: from the end of each edge to the goal; infinite where there is no way.
        onward: index of the edge after each edge; negative at the goal and where there is no way.
        own_s: cost of each edge itself.
    """

    cost_s: NDArray[np.float64]
    onward: list[int]
    own_s: NDArray[np.float64]


class Router:
    """Ways through one network; safe to share between threads."""

    def __init__(self, network: Network, frame: Frame) -> None:
        self.network = network
        self.edges: tuple[Edge, ...] = tuple(network.edges())
        self.surveyor = Surveyor(self.edges, frame)
        self.free = self.surveyor.free
        self.leaving: dict[str, list[int]] = {node: [] for node in network.points}
        self.entering: dict[str, list[int]] = {node: [] for node in network.points}
        for index, edge in enumerate(self.edges):
            self.leaving[edge.start].append(index)
            self.entering[edge.end].append(index)
        self._length = np.asarray([edge.length_m for edge in self.edges])
        self._reluctance = np.asarray(
            [edge.cost_s * edge.speed_mps / edge.length_m for edge in self.edges]
        )
        self._before, self._after = self._turns()
        self._trees: OrderedDict[tuple[str, str, bytes], Tree] = OrderedDict()
        self._lock = threading.Lock()

    def onward(self, index: int) -> list[int]:
        """Edges that may follow an edge."""
        edge = self.edges[index]
        return [
            after
            for after in self.leaving[edge.end]
            if edge.turn_deg(self.edges[after]) <= MOST_TURN_DEG
        ]

    def reluctance(self, index: int) -> float:
        """Factor on the time of an edge when ways are chosen."""
        return float(self._reluctance[index])

    def way(
        self, start: str, goal: str, *, code: str = "A", conditions: Conditions | None = None
    ) -> Way:
        """The quickest way from one place to another for an aircraft of size ``code``.

        Raises:
            UnknownPlace: an end is not in the network.
            NoRoute: nothing that is open joins them.
        """
        first, last = self.network.node(start), self.network.node(goal)
        if first == last:
            return Way(network=self.network.name, nodes=(first,), edges=())
        tree = self.tree(last, code, conditions or self.free)
        index = self._best(first, tree)
        if index < 0:
            raise NoRoute(self.network.name, start, goal, f" for code {code}")
        edges = []
        while index >= 0:
            edges.append(self.edges[index])
            index = tree.onward[index]
        nodes = (first, *(edge.end for edge in edges))
        return Way(network=self.network.name, nodes=nodes, edges=tuple(edges))

    def cost_s(
        self, start: str, goal: str, *, code: str = "A", conditions: Conditions | None = None
    ) -> float:
        """Cost of the quickest way, infinite when there is none."""
        first, last = self.network.node(start), self.network.node(goal)
        if first == last:
            return 0.0
        tree = self.tree(last, code, conditions or self.free)
        index = self._best(first, tree)
        return float(tree.own_s[index] + tree.cost_s[index]) if index >= 0 else np.inf

    def _best(self, node: str, tree: Tree) -> int:
        costs = [
            (tree.own_s[index] + tree.cost_s[index], index)
            for index in self.leaving[node]
            if tree.cost_s[index] != np.inf
        ]
        return min(costs)[1] if costs else -1

    def tree(self, goal: str, code: str, conditions: Conditions) -> Tree:
        """All ways to a node."""
        key = goal, code, conditions.key
        with self._lock:
            if key in self._trees:
                self._trees.move_to_end(key)
                return self._trees[key]
        made = self._grow(goal, code, conditions)
        with self._lock:
            self._trees[key] = made
            while len(self._trees) > MOST_TREES:
                self._trees.popitem(last=False)
        return made

    def usable(self, code: str, conditions: Conditions) -> NDArray[np.bool_]:
        """Edges that are open and wide enough."""
        wide = np.asarray([fits(code, edge.max_code) for edge in self.edges], dtype=np.bool_)
        usable: NDArray[np.bool_] = wide & ~conditions.closed
        return usable

    def costs(self, conditions: Conditions) -> NDArray[np.float64]:
        """Seconds on each edge, weighed with its reluctance."""
        costs: NDArray[np.float64] = self._length / conditions.speed_mps * self._reluctance
        return costs

    def reached(
        self, nodes: Sequence[str], code: str, conditions: Conditions, *, backwards: bool = False
    ) -> frozenset[str]:
        """Nodes that can be got to from any of some nodes, or that can get to any of them."""
        usable = self.usable(code, conditions)
        ends = self.entering if backwards else self.leaving
        seeds = [index for node in nodes for index in ends[node] if usable[index]]
        count = len(self.edges)
        kept = usable[self._before] & usable[self._after]
        rows, columns = self._before[kept], self._after[kept]
        if backwards:
            rows, columns = columns, rows
        # One more node, before all seeds, so that one search is enough.
        rows = np.concatenate([rows, np.full(len(seeds), count)])
        columns = np.concatenate([columns, np.asarray(seeds, dtype=np.int64)])
        graph = csr_array((np.ones(len(rows)), (rows, columns)), shape=(count + 1, count + 1))
        order = breadth_first_order(graph, count, return_predecessors=False)
        found = (self.edges[index] for index in order if index != count)
        reached = {edge.start if backwards else edge.end for edge in found}
        return frozenset({*nodes, *reached})

    def _turns(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Pairs of edges of which the second may follow the first."""
        pairs = [(index, after) for index in range(len(self.edges)) for after in self.onward(index)]
        both = np.asarray(pairs, dtype=np.int64).reshape(-1, 2)
        return both[:, 0].copy(), both[:, 1].copy()

    def _grow(self, goal: str, code: str, conditions: Conditions) -> Tree:
        usable, own = self.usable(code, conditions), self.costs(conditions)
        kept = usable[self._before] & usable[self._after]
        before, after = self._before[kept], self._after[kept]
        count = len(self.edges)
        graph = csr_array((own[after], (after, before)), shape=(count, count))
        seeds = [index for index in self.entering[goal] if usable[index]]
        if not seeds:
            return Tree(np.full(count, np.inf), [-1] * count, own)
        cost, onward, _ = dijkstra(graph, indices=seeds, return_predecessors=True, min_only=True)
        onward[onward == _NOTHING] = -1
        return Tree(cost, onward.tolist(), own)
