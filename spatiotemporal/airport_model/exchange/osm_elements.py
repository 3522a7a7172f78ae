"""What OpenStreetMap files hold, gathered while one is read: nodes, ways, relations, tags."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Final, NoReturn

from service_bus import Malformed, Mode, Notice

FORMAT: Final = "osm"

_SHOWN = 40

Tags = Mapping[str, str]
Place = tuple[float, float]
"""Latitude and longitude, degrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmNode:
    """A place."""

    id: int
    place: Place
    tags: Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmWay:
    """A line or an outline.

    Attributes:
        nodes: numbers of its nodes, as far as the file names them.
        places: of its nodes, missing ones left out.
        closed: it ends where it begins.
    """

    id: int
    nodes: tuple[int, ...]
    places: tuple[Place, ...]
    tags: Tags

    @property
    def closed(self) -> bool:
        """Whether it ends where it begins."""
        if self.nodes:
            return len(self.nodes) > 3 and self.nodes[0] == self.nodes[-1]
        return len(self.places) > 3 and self.places[0] == self.places[-1]


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmRelation:
    """Elements that belong together: kind (``node``, ``way``, ``relation``), number, role."""

    id: int
    members: tuple[tuple[str, int, str], ...]
    tags: Tags


@dataclass(frozen=True, slots=True, kw_only=True)
class OsmFile:
    """A file as read.

    Attributes:
        ways: by number; those that only relations hold are among them.
    """

    nodes: Mapping[int, OsmNode]
    ways: Mapping[int, OsmWay]
    relations: tuple[OsmRelation, ...]
    original: bytes
    notices: tuple[Notice, ...]


@dataclass(slots=True)
class Gathering:
    """Elements while they come in; ways find their nodes at the end."""

    mode: Mode
    nodes: dict[int, OsmNode] = field(default_factory=dict)
    ways: dict[int, tuple[tuple[int, ...], tuple[Place, ...], Tags, str]] = field(
        default_factory=dict
    )
    relations: list[tuple[OsmRelation, str]] = field(default_factory=list)
    notices: list[Notice] = field(default_factory=list)

    def odd(self, code: str, name: str, position: str, text: str) -> None:
        """Note something odd.

        Raises:
            Malformed: in strict mode.
        """
        if self.mode == "strict":
            raise Malformed(FORMAT, text, field=name, position=position, code=code)
        self.notices.append(Notice(code=code, field=name, position=position, text=text))

    def node(self, number: int, lat: object, lon: object, tags: Tags, position: str) -> None:
        """A node; without a position it is left out."""
        if lat is None or lon is None:
            text = f"node {number} has no position; left out"
            self.odd("osm-no-position", "lat/lon", position, text)
            return
        place = degrees(lat, "lat", 90.0, position), degrees(lon, "lon", 180.0, position)
        self.nodes[number] = OsmNode(id=number, place=place, tags=tags)

    def file(self, original: bytes) -> OsmFile:
        """Everything, with ways drawn."""
        ways = {number: self._way(number, *told) for number, told in self.ways.items()}
        for relation, position in self.relations:
            missing = [n for kind, n, _ in relation.members if kind == "way" and n not in ways]
            if missing:
                text = (
                    f"relation {relation.id} names way {missing[0]}, which the file does not hold"
                )
                self.odd("osm-missing-member", "ref", position, text)
        return OsmFile(
            nodes=self.nodes,
            ways=ways,
            relations=tuple(relation for relation, _ in self.relations),
            original=original,
            notices=tuple(self.notices),
        )

    def _way(
        self, number: int, refs: tuple[int, ...], places: tuple[Place, ...], tags: Tags, at: str
    ) -> OsmWay:
        if not places and refs:
            missing = [ref for ref in refs if ref not in self.nodes]
            if missing:
                text = f"way {number} names node {missing[0]}, which the file does not hold"
                self.odd("osm-missing-node", "ref", at, text)
            places = tuple(self.nodes[ref].place for ref in refs if ref in self.nodes)
        return OsmWay(id=number, nodes=refs, places=places, tags=tags)


def degrees(value: object, name: str, most: float, position: str) -> float:
    """A latitude or longitude.

    Raises:
        Malformed: it is none.
    """
    try:
        found = float(value) if isinstance(value, str | int | float) else math.nan
    except ValueError:
        found = math.nan
    if isinstance(value, bool) or not abs(found) <= most:
        raise Malformed(
            FORMAT, "not degrees", field=name, position=position, found=str(value)[:_SHOWN],
            expected=f"a number from -{most:g} to {most:g}", code="osm-degrees",
        )  # fmt: skip
    return found


def whole(value: object, name: str, position: str) -> int:
    """A number of an element.

    Raises:
        Malformed: it is none.
    """
    text = str(value)
    if isinstance(value, bool) or not text.lstrip("-").isascii() or not text.lstrip("-").isdigit():
        fault("not a whole number", name, position, text)
    if len(text) > 20:
        fault("too many digits", name, position, text)
    return int(text)


def fault(reason: str, name: str, position: str, found: object = "") -> NoReturn:
    """Refuse a file.

    Raises:
        Malformed: always; names field and place.
    """
    raise Malformed(
        FORMAT, reason, field=name, position=position, found=str(found)[:_SHOWN], code="osm-form"
    )
