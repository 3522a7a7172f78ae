"""An invented airfield as OpenStreetMap draws one, as XML and as the Overpass API answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.sax.saxutils import quoteattr

import orjson

from spatiotemporal.airport_model.frame import Frame, Point

FRAME = Frame(latitude=48.2, longitude=-1.5, bearing_deg=0.0)
Tags = Mapping[str, str]


@dataclass
class Drawing:
    """Elements while they are drawn."""

    nodes: dict[int, tuple[float, float, Tags]] = field(default_factory=dict)
    ways: dict[int, tuple[list[int], Tags]] = field(default_factory=dict)
    relations: dict[int, tuple[list[tuple[str, int, str]], Tags]] = field(default_factory=dict)

    def node(self, at: Point, **tags: str) -> int:
        ((lat, lon),) = FRAME.positions([at])
        number = len(self.nodes) + 1
        self.nodes[number] = round(lat, 7), round(lon, 7), _tags(tags)
        return number

    def way(self, points: Sequence[Point], *, closed: bool = False, **tags: str) -> int:
        refs = [self.node(point) for point in points]
        number = len(self.ways) + 1001
        self.ways[number] = [*refs, *(refs[:1] if closed else ())], _tags(tags)
        return number

    def relation(self, members: list[tuple[str, int, str]], **tags: str) -> int:
        number = len(self.relations) + 9001
        self.relations[number] = members, _tags(tags)
        return number

    def xml(self) -> bytes:
        rows = ['<?xml version="1.0" encoding="UTF-8"?>', '<osm version="0.6">']
        for number, (lat, lon, tags) in self.nodes.items():
            rows.append(f'<node id="{number}" lat="{lat}" lon="{lon}">{_xml(tags)}</node>')
        for number, (refs, tags) in self.ways.items():
            inner = "".join(f'<nd ref="{ref}"/>' for ref in refs)
            rows.append(f'<way id="{number}">{inner}{_xml(tags)}</way>')
        for number, (members, tags) in self.relations.items():
            inner = "".join(
                f'<member type="{kind}" ref="{ref}" role={quoteattr(role)}/>'
                for kind, ref, role in members
            )
            rows.append(f'<relation id="{number}">{inner}{_xml(tags)}</relation>')
        return "\n".join([*rows, "</osm>"]).encode()

    def overpass(self) -> bytes:
        elements: list[dict[str, Any]] = [
            {"type": "node", "id": n, "lat": lat, "lon": lon, "tags": tags}
            for n, (lat, lon, tags) in self.nodes.items()
        ]
        elements += [
            {"type": "way", "id": n, "nodes": refs, "tags": tags}
            for n, (refs, tags) in self.ways.items()
        ]
        elements += [
            {"type": "relation", "id": n, "tags": tags,
             "members": [{"type": k, "ref": ref, "role": r} for k, ref, r in members]}
            for n, (members, tags) in self.relations.items()
        ]  # fmt: skip
        return orjson.dumps({"version": 0.6, "generator": "Overpass API", "elements": elements})


def _tags(tags: Mapping[str, str]) -> dict[str, str]:
    """Keyword arguments cannot hold colons."""
    return {key.replace("__", ":"): value for key, value in tags.items()}


def _xml(tags: Tags) -> str:
    return "".join(f"<tag k={quoteattr(k)} v={quoteattr(v)}/>" for k, v in tags.items())


def airfield() -> Drawing:
    """One runway in two pieces, a taxiway, an apron with stands, a terminal with a courtyard."""
    made = Drawing()
    fence = [(-500.0, -1500.0), (900.0, -1500.0), (900.0, 1500.0), (-500.0, 1500.0)]
    made.way(fence, closed=True, aeroway="aerodrome", icao="LFZZ", iata="ZZQ", name="Champ Neuf",
             name__zh="新场", name__en="New Field", ele="37")  # fmt: skip
    made.way([(0, 1200), (0, 0)], aeroway="runway", ref="18/36", width="30", surface="asphalt")
    made.way([(0, 0), (0, -1200)], aeroway="runway", ref="18/36", width="30")
    made.way([(150, 1200), (150, -1200)], aeroway="taxiway", ref="T")
    made.way([(0, 1190), (150, 1190)], aeroway="taxiway", ref="T1")
    made.way([(0, -1190), (150, -1190)], aeroway="taxiway", ref="T2", oneway="yes")
    made.way([(150, 0), (300, 0), (300, 200)], aeroway="taxilane", ref="L")
    apron = [(250, -100), (450, -100), (450, 300), (250, 300)]
    made.way(apron, closed=True, aeroway="apron", name="Apron 1", surface="concrete")
    made.way([(300, 100), (350, 100)], aeroway="parking_position", ref="11")
    made.node((350, 50), aeroway="parking_position", ref="12", direction="E")
    made.node((350, 150), aeroway="parking_position", ref="13")
    made.node((75, 1190), aeroway="holding_position", ref="T1")
    made.node((430, 100), aeroway="gate", ref="A11")
    made.node((200, 600), aeroway="windsock")
    outer = made.way([(460, -80), (560, -80), (560, 280), (460, 280)], closed=True)
    inner = made.way([(490, 0), (530, 0), (530, 100), (490, 100)], closed=True)
    made.relation(
        [("way", outer, "outer"), ("way", inner, "inner")], type="multipolygon",
        aeroway="terminal", building="yes", name="Terminal 1", building__levels="3",
    )  # fmt: skip
    hangar = [(460, 400), (540, 400), (540, 470), (460, 470)]
    made.way(hangar, closed=True, aeroway="hangar", building="hangar", height="14 m")
    made.way([(455, -300), (455, 500)], highway="service", name="Ring", maxspeed="30")
    house = [(2000, 0), (2010, 0), (2010, 10), (2000, 10)]
    made.way(house, closed=True, building="house")
    return made
