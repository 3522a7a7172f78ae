"""The taxi network while its rows come in: nodes, edges, and what belongs to the edge before it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from spatiotemporal.airport_model.apt_dat import codes
from spatiotemporal.airport_model.apt_dat.message import TaxiEdge, TaxiNode
from spatiotemporal.airport_model.apt_dat.rows import Oddities, Row


class TaxiNet:
    """Rows 1201 to 1206."""

    def __init__(self, odd: Oddities) -> None:
        self._odd = odd
        self._nodes: dict[int, TaxiNode] = {}
        self._edges: list[TaxiEdge] = []
        self._edge_is_lost = False

    @property
    def nodes(self) -> tuple[TaxiNode, ...]:
        """The nodes, in the order of the file."""
        return tuple(self._nodes.values())

    @property
    def edges(self) -> tuple[TaxiEdge, ...]:
        """The edges, in the order of the file."""
        return tuple(self._edges)

    def node(self, row: Row) -> None:
        """Row 1201."""
        node = TaxiNode(
            id=row.whole("id"),
            place=row.place(),
            usage=row.word("usage"),
            name=row.word("name"),
            line=row.line,
        )
        if node.id in self._nodes:
            message = f"taxi node {node.id} comes twice; the first one stays"
            self._odd.add("apt-twice-node", "id", row.line, message)
        self._nodes.setdefault(node.id, node)

    def edge(self, row: Row) -> None:
        """Rows 1202 and 1206."""
        direction = row.word("direction")
        if direction not in codes.DIRECTIONS:
            message = "direction is neither twoway nor oneway; taken as twoway"
            self._odd.add("apt-direction", "direction", row.line, message, found=direction)
        self._edge_is_lost = False
        self._edges.append(
            TaxiEdge(
                start=row.whole("start"),
                end=row.whole("end"),
                one_way=direction == "oneway",
                kind="road" if row.code == 1206 else row.word("kind", "taxiway"),
                name=row.word("name"),
                line=row.line,
            )
        )

    def lose_edge(self) -> None:
        """An edge could not be read: what follows belongs to none."""
        self._edge_is_lost = True

    def shape(self, row: Row) -> None:
        """Rows 1203 and 1205."""
        if edge := self._last_edge(row):
            self._edges[-1] = replace(edge, shape=(*edge.shape, row.place()))

    def zone(self, row: Row) -> None:
        """Row 1204."""
        if edge := self._last_edge(row):
            runways = tuple(part for part in row.word("runways").split(",") if part)
            self._edges[-1] = replace(edge, zones=(*edge.zones, (row.word("phase"), runways)))

    def _last_edge(self, row: Row) -> TaxiEdge | None:
        if self._edges and not self._edge_is_lost:
            return self._edges[-1]
        message = "it belongs to a taxi edge, and there is none before it; left out"
        self._odd.add("apt-stray-edge-part", f"row {row.code}", row.line, message)
        return None

    def check(self, nodes: Iterable[TaxiNode]) -> None:
        """Note edges that lead to none of these nodes."""
        known = {node.id for node in nodes}
        for edge in self._edges:
            missing = [end for end in (edge.start, edge.end) if end not in known]
            if missing:
                message = f"taxi node {missing[0]} does not exist; the edge joins nothing"
                self._odd.add("apt-unknown-node", "start/end", edge.line, message)
