"""Rows become an airport: nodes join their shapes, stands their sizes, edges their shape points."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from spatiotemporal.airport_model.apt_dat import codes, columns, strays
from spatiotemporal.airport_model.apt_dat.chains import Chains
from spatiotemporal.airport_model.apt_dat.message import (
    AptAirport,
    Flow,
    Frequency,
    Rectangle,
    Runway,
    Stand,
)
from spatiotemporal.airport_model.apt_dat.rows import Oddities, Row
from spatiotemporal.airport_model.apt_dat.strips import (
    apart,
    helipad,
    land_runway,
    old_strip,
    water_runway,
)
from spatiotemporal.airport_model.apt_dat.taxi_net import TaxiNet

KINDS = {1: "airport", 16: "seaplane_base", 17: "heliport"}
USUAL_WIDTH_M = 30.0
USUAL_HELIPAD_M = 20.0
LEAST_KHZ = 1_000.0
"""Smaller numbers are neither kHz nor hundredths of MHz of any radio of aviation."""

LEAST_M = 1.0
"""A runway whose ends are nearer has no direction."""

OBJECTS = frozenset({14, 18, 19, 20, 21, 1400, 1401, 1402, 1500, 1501})


class Assembly:
    """An airport while its rows come in; a row belongs to what came before it."""

    def __init__(self, head: Row, edition: int, odd: Oddities) -> None:
        self._head, self._edition, self._odd = head, edition, odd
        self._chains = Chains(odd)
        self._runways: list[Runway] = []
        self._rectangles: list[Rectangle] = []
        self._stands: list[Stand] = []
        self._net = TaxiNet(odd)
        self._flows: list[Flow] = []
        self._frequencies: list[Frequency] = []
        self._objects: list[Row] = []
        self._unknown: list[Row] = []
        self._metadata: dict[str, str] = {}
        self._sized = True
        self._takers = self._by_code()

    def _by_code(self) -> Mapping[int, Callable[[Row], None]]:
        return {
            10: self._old_strip,
            100: lambda row: self._runway(land_runway(row)),
            101: lambda row: self._runway(water_runway(row)),
            102: lambda row: self._rectangle(helipad(row)),
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
            1201: self._net.node,
            1202: self._net.edge,
            1206: self._net.edge,
            1203: self._net.shape,
            1205: self._net.shape,
            1204: self._net.zone,
            **dict.fromkeys(OBJECTS, self._objects.append),
        }

    def take(self, row: Row) -> None:
        """The airport's next row."""
        if row.broken:
            self._lose(row)
        elif row.code in columns.NODE_ROWS:
            self._chains.node(row)
        else:
            self._chains.finish()
            self._takers.get(row.code, self._unknown.append)(row)

    def _lose(self, row: Row) -> None:
        """A row that could not be read: what belongs to it must not join what came before."""
        self._unknown.append(row)
        if row.code in columns.NODE_ROWS:
            self._chains.lose(row)
            return
        self._chains.finish()
        if row.code in (1202, 1206):
            self._net.lose_edge()
        elif row.code in (15, 1300):
            self._sized = True

    def airport(self, original: bytes) -> AptAirport:
        """The airport, complete."""
        self._chains.finish()
        drawn = self._chains.drawn
        made = AptAirport(
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
            taxi_nodes=self._net.nodes,
            taxi_edges=self._net.edges,
            flows=tuple(self._flows),
            frequencies=tuple(self._frequencies),
            objects=tuple(self._objects),
            unknown=tuple(self._unknown),
            original=original,
            notices=(),
        )
        made = strays.left_out(made, self._odd)
        self._net.check(made.taxi_nodes)
        return replace(made, notices=tuple(self._odd.notices))

    def _old_strip(self, row: Row) -> None:
        made = old_strip(row)
        if isinstance(made, Runway):
            self._runway(made)
        else:
            self._rectangle(made)

    def _runway(self, runway: Runway) -> None:
        _, length = apart(runway.ends[0].place, runway.ends[1].place)
        if length < LEAST_M:
            message = "both ends of the runway lie at the same place; left out"
            self._odd.add("apt-no-extent", "lat/lon", runway.line, message)
            return
        if runway.width_m <= 0:
            message = f"the runway has no width; taken as {USUAL_WIDTH_M:g} m"
            self._odd.add("apt-no-extent", "width", runway.line, message)
            runway = replace(runway, width_m=USUAL_WIDTH_M)
        self._runways.append(runway)

    def _rectangle(self, rectangle: Rectangle) -> None:
        if min(rectangle.length_m, rectangle.width_m) <= 0:
            if rectangle.kind != "helipad":
                message = f"a {rectangle.kind} without length or width; left out"
                self._odd.add("apt-no-extent", "length/width", rectangle.line, message)
                return
            message = f"the helipad has no length or width; taken as {USUAL_HELIPAD_M:g} m"
            self._odd.add("apt-no-extent", "length/width", rectangle.line, message)
            rectangle = replace(rectangle, length_m=USUAL_HELIPAD_M, width_m=USUAL_HELIPAD_M)
        self._rectangles.append(rectangle)

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
        kind = row.word("kind", "misc")
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
        size = row.word("size").upper()
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
        told = row.number("frequency")
        khz = told * (10.0 if old else 1.0)
        if 0 < told < LEAST_KHZ:
            message = "the frequency is written in MHz; read so"
            self._odd.add("apt-mhz", "frequency", row.line, message, found=f"{told:g}")
            khz = told * 1_000.0
        self._frequencies.append(
            Frequency(
                service=codes.SERVICES[row.code - (50 if old else 1050)],
                khz=round(khz),
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
