"""Rows become an airport: nodes join their shapes, stands their sizes, edges their shape points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from spatiotemporal.airport_model.apt_dat import codes, columns
from spatiotemporal.airport_model.apt_dat.chains import Chains
from spatiotemporal.airport_model.apt_dat.message import (
    AptAirport,
    Flow,
    Frequency,
    Rectangle,
    Runway,
    Stand,
    TaxiEdge,
    TaxiNode,
)
from spatiotemporal.airport_model.apt_dat.rows import Oddities, Row
from spatiotemporal.airport_model.apt_dat.strips import (
    helipad,
    land_runway,
    old_strip,
    water_runway,
)

KINDS = {1: "airport", 16: "seaplane_base", 17: "heliport"}
OBJECTS = frozenset({14, 18, 19, 20, 21, 1400, 1401, 1402, 1500, 1501})


class Assembly:
    """An airport while its rows come in; a row belongs to what came before it."""

    def __init__(self, head: Row, edition: int, odd: Oddities) -> None:
        self._head, self._edition, self._odd = head, edition, odd
        self._chains = Chains(odd)
        self._runways: list[Runway] = []
        self._rectangles: list[Rectangle] = []
        self._stands: list[Stand] = []
        self._nodes: dict[int, TaxiNode] = {}
        self._edges: list[TaxiEdge] = []
        self._flows: list[Flow] = []
        self._frequencies: list[Frequency] = []
        self._objects: list[Row] = []
        self._unknown: list[Row] = []
        self._metadata: dict[str, str] = {}
        self._sized = True
        self._takers = self._by_code()

    def _by_code(self) -> Mapping[int, Callable[[Row], None]]:
        def add_runway(make: Callable[[Row], Runway]) -> Callable[[Row], None]:
            return lambda row: self._runways.append(make(row))

        return {
            10: self._old_strip,
            100: add_runway(land_runway),
            101: add_runway(water_runway),
            102: lambda row: self._rectangles.append(helipad(row)),
            **dict.fromkeys(columns.CHAIN_ROWS, self._chains.begin),
            15: self._old_stand,
            1300: self._stand,
            1301: self._size,
            1302: self._fact,
            **dict.fromkeys(range(50, 57), self._frequency),
            **dict.fromkeys(range(1050, 1057), self._frequency),
            1000: self._flow,
            **dict.fromkeys((1001, 1002, 1003, 1004, 1100, 1101, 1110), self._flow_rule),
            1200: lambda row: None,
            1201: self._taxi_node,
            1202: self._edge,
            1206: self._edge,
            1203: self._shape,
            1205: self._shape,
            1204: self._zone,
            **dict.fromkeys(OBJECTS, self._objects.append),
        }

    def take(self, row: Row) -> None:
        """The airport's next row."""
        if row.code in columns.NODE_ROWS:
            self._chains.node(row)
            return
        self._chains.finish()
        self._takers.get(row.code, self._unknown.append)(row)

    def airport(self, original: bytes) -> AptAirport:
        """The airport, complete."""
        self._chains.finish()
        self._check_edges()
        drawn = self._chains.drawn
        return AptAirport(
            kind=KINDS[self._head.code],
            id=self._head.word("id"),
            name=self._head.word("name"),
            elevation_ft=self._head.number("elevation_ft"),
            edition=self._edition,
            metadata=self._metadata,
            runways=tuple(self._runways),
            rectangles=tuple(self._rectangles),
            pavements=tuple(d for d in drawn if d.code == 110),
            lines=tuple(d for d in drawn if d.code == 120),
            boundaries=tuple(d for d in drawn if d.code == 130),
            stands=tuple(self._stands),
            taxi_nodes=tuple(self._nodes.values()),
            taxi_edges=tuple(self._edges),
            flows=tuple(self._flows),
            frequencies=tuple(self._frequencies),
            objects=tuple(self._objects),
            unknown=tuple(self._unknown),
            original=original,
            notices=tuple(self._odd.notices),
        )

    def _old_strip(self, row: Row) -> None:
        made = old_strip(row)
        if isinstance(made, Runway):
            self._runways.append(made)
        else:
            self._rectangles.append(made)

    def _old_stand(self, row: Row) -> None:
        self._sized = True
        self._stands.append(
            Stand(
                name=row.word("name"),
                place=row.place(),
                heading_deg=row.number("heading_deg") % 360.0,
                line=row.line,
            )
        )

    def _stand(self, row: Row) -> None:
        kind = row.word("kind")
        if kind not in codes.STAND_KINDS:
            message = f"kind is none of {', '.join(sorted(codes.STAND_KINDS))}; kept"
            self._odd.add("apt-stand-kind", "kind", row.line, message, found=kind)
        self._sized = False
        self._stands.append(
            Stand(
                name=row.word("name"),
                place=row.place(),
                heading_deg=row.number("heading_deg") % 360.0,
                kind=kind,
                aircraft=tuple(row.word("aircraft").split("|")),
                line=row.line,
            )
        )

    def _size(self, row: Row) -> None:
        size = row.word("size")
        if self._sized:
            message = "a size without a stand before it; left out"
            self._odd.add("apt-stray-size", "row 1301", row.line, message)
            return
        if size not in codes.SIZE_LETTERS:
            message = "size is no letter from A to F; left out"
            self._odd.add("apt-stand-size", "size", row.line, message, found=size)
            size = ""
        self._sized = True
        self._stands[-1] = replace(
            self._stands[-1],
            size=size,
            operation=row.word("operation"),
            airlines=tuple(row.word("airlines").split()),
        )

    def _fact(self, row: Row) -> None:
        self._metadata[row.word("key")] = row.word("value")

    def _frequency(self, row: Row) -> None:
        old = row.code < 100
        self._frequencies.append(
            Frequency(
                service=codes.SERVICES[row.code - (50 if old else 1050)],
                khz=row.whole("frequency") * (10 if old else 1),
                name=row.word("name"),
                line=row.line,
            )
        )

    def _flow(self, row: Row) -> None:
        self._flows.append(Flow(name=row.word("name"), rules=(), line=row.line))

    def _flow_rule(self, row: Row) -> None:
        if not self._flows:
            message = "a rule of traffic without a flow (row 1000) before it; left out"
            self._odd.add("apt-stray-rule", f"row {row.code}", row.line, message)
            return
        flow = self._flows[-1]
        self._flows[-1] = replace(flow, rules=(*flow.rules, row))

    def _taxi_node(self, row: Row) -> None:
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

    def _edge(self, row: Row) -> None:
        direction = row.word("direction")
        if direction not in codes.DIRECTIONS:
            message = "direction is neither twoway nor oneway; taken as twoway"
            self._odd.add("apt-direction", "direction", row.line, message, found=direction)
        self._edges.append(
            TaxiEdge(
                start=row.whole("start"),
                end=row.whole("end"),
                one_way=direction == "oneway",
                kind="road" if row.code == 1206 else row.word("kind"),
                name=row.word("name"),
                line=row.line,
            )
        )

    def _shape(self, row: Row) -> None:
        if edge := self._last_edge(row):
            self._edges[-1] = replace(edge, shape=(*edge.shape, row.place()))

    def _zone(self, row: Row) -> None:
        if edge := self._last_edge(row):
            runways = tuple(part for part in row.word("runways").split(",") if part)
            self._edges[-1] = replace(edge, zones=(*edge.zones, (row.word("phase"), runways)))

    def _last_edge(self, row: Row) -> TaxiEdge | None:
        if self._edges:
            return self._edges[-1]
        message = "it belongs to a taxi edge, and there is none before it; left out"
        self._odd.add("apt-stray-edge-part", f"row {row.code}", row.line, message)
        return None

    def _check_edges(self) -> None:
        for edge in self._edges:
            missing = [end for end in (edge.start, edge.end) if end not in self._nodes]
            if missing:
                message = f"taxi node {missing[0]} does not exist; the edge joins nothing"
                self._odd.add("apt-unknown-node", "start/end", edge.line, message)
