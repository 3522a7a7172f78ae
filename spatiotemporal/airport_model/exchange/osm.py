"""Reads OpenStreetMap: XML (``.osm``, API 0.6) and the JSON of the Overpass API.

A file is nodes (places), ways (lists of nodes) and relations (lists of members), each with tags; in
Overpass JSON ways and members may carry their geometry themselves (``out geom``). Numbers of elements
are unique per kind, positions are WGS84. Documents: https://wiki.openstreetmap.org/wiki/OSM_XML and
/OSM_JSON. XML is read as a stream by expat; a DOCTYPE is refused, so there are no entities.

Traps: extracts name nodes that they do not hold; deleted elements have no position; a way may come
before its nodes; editors write ``action="delete"`` into files that were never uploaded.

Notices (faults in strict mode):

- ``osm-missing-node``: a way names nodes that the file does not hold; it is drawn without them.
- ``osm-missing-member``: the same of a relation's way.
- ``osm-no-position``: a node without latitude and longitude; left out.
- ``osm-open-ring``: parts of a multipolygon that do not close; left out.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final, NoReturn
from xml.parsers import expat

import orjson

from service_bus import Malformed, Mode, Notice, TooLarge

FORMAT: Final = "osm"
MOST_BYTES: Final = 256 << 20
"""An airport with its surroundings is some megabytes, a city some hundred."""

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


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MOST_BYTES) -> OsmFile:
    """Read a file of either kind.

    Raises:
        TooLarge: it is larger than ``max_bytes``.
        Malformed: it is neither, or an element cannot be read; names attribute and place.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, "OpenStreetMap file")
    gathering = _Gathering(mode)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n")[:1] == b"{":
        _read_json(data, gathering)
    else:
        _XmlReader(gathering).read(data)
    return gathering.file(data)


def recognise(data: bytes) -> float:
    """How surely these bytes are OpenStreetMap data."""
    head = data[:2000].lstrip(b"\xef\xbb\xbf \t\r\n")
    if head[:1] == b"<":
        return 0.95 if b"<osm" in head else 0.0
    if head[:1] == b"{" and b'"elements"' in head:
        return 0.9 if b"overpass" in head.lower() or b'"osm3s"' in head else 0.6
    return 0.0


@dataclass(slots=True)
class _Gathering:
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
        _fault("not a whole number", name, position, text)
    if len(text) > 20:
        _fault("too many digits", name, position, text)
    return int(text)


def _fault(reason: str, name: str, position: str, found: object = "") -> NoReturn:
    raise Malformed(
        FORMAT, reason, field=name, position=position, found=str(found)[:_SHOWN], code="osm-form"
    )


class _XmlReader:
    """Takes the events of expat."""

    def __init__(self, gathering: _Gathering) -> None:
        self._to = gathering
        self._parser = expat.ParserCreate()
        self._parser.StartElementHandler = self._start
        self._parser.EndElementHandler = self._end
        self._parser.StartDoctypeDeclHandler = self._doctype
        self._path: list[str] = []
        self._attributes: dict[str, str] = {}
        self._tags: dict[str, str] = {}
        self._refs: list[int] = []
        self._members: list[tuple[str, int, str]] = []
        self._began = ""

    def read(self, data: bytes) -> None:
        """Read a document."""
        try:
            self._parser.Parse(data, True)
        except expat.ExpatError as error:
            place = f"line {error.lineno} column {error.offset + 1}"
            _fault(f"not well-formed XML: {expat.ErrorString(error.code)}", "document", place)
        except Malformed:
            raise
        except (LookupError, ValueError) as error:  # an encoding that Python does not have
            _fault("an encoding that is not known", "encoding", "line 1", error)

    @property
    def _here(self) -> str:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return f"line {line} column {column + 1}"

    def _doctype(self, name: str, *_: object) -> None:
        _fault("a DOCTYPE is not taken", "DOCTYPE", self._here, name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._path)
        if depth == 0 and name != "osm":
            _fault("the root is not osm", "root", self._here, name)
        if depth > 64:
            _fault("elements nest too deep", "document", self._here, name)
        self._path.append(name)
        if depth == 1:
            self._attributes, self._tags, self._refs, self._members = attributes, {}, [], []
            self._began = self._here
        elif depth == 2 and name == "tag":
            self._tags[attributes.get("k", "")] = attributes.get("v", "")
        elif depth == 2 and name == "nd":
            self._refs.append(whole(attributes.get("ref"), "ref", self._here))
        elif depth == 2 and name == "member":
            ref = whole(attributes.get("ref"), "ref", self._here)
            member = attributes.get("type", ""), ref, attributes.get("role", "")
            self._members.append(member)

    def _end(self, name: str) -> None:
        self._path.pop()
        gone = (
            self._attributes.get("action") == "delete" or self._attributes.get("visible") == "false"
        )
        if len(self._path) != 1 or name not in ("node", "way", "relation") or gone:
            return
        number = whole(self._attributes.get("id"), "id", self._began)
        if name == "node":
            lat, lon = self._attributes.get("lat"), self._attributes.get("lon")
            self._to.node(number, lat, lon, self._tags, self._began)
        elif name == "way":
            self._to.ways[number] = tuple(self._refs), (), self._tags, self._began
        else:
            members = tuple(self._members)
            relation = OsmRelation(id=number, members=members, tags=self._tags)
            self._to.relations.append((relation, self._began))


def _read_json(data: bytes, to: _Gathering) -> None:
    try:
        document = orjson.loads(data.removeprefix(b"\xef\xbb\xbf"))
    except orjson.JSONDecodeError as error:
        _fault("not JSON", "document", f"line {error.lineno} column {error.colno}")
    listed = document.get("elements") if isinstance(document, dict) else None
    if not isinstance(listed, list):
        _fault("there is no list of elements", "elements", "path elements")
    for index, element in enumerate(listed):
        at = f"path elements[{index}]"
        if not isinstance(element, dict):
            _fault("not an object", "element", at, element)
        tags = _json_tags(element.get("tags"), at)
        kind = element.get("type")
        if kind in ("node", "way", "relation"):
            number = whole(element.get("id"), "id", f"{at}.id")
            _JSON_KINDS[kind](to, number, element, tags, at)


def _json_tags(value: object, at: str) -> Tags:
    if value is None:
        return {}
    if not isinstance(value, dict):
        _fault("not an object", "tags", f"{at}.tags", value)
    return {str(key): str(told) for key, told in value.items()}


def _json_node(to: _Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    to.node(number, told.get("lat"), told.get("lon"), tags, at)


def _json_way(to: _Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    refs = tuple(whole(ref, "nodes", f"{at}.nodes") for ref in _list(told, "nodes", at))
    to.ways[number] = refs, _json_places(told, at), tags, at


def _json_places(told: dict[str, Any], at: str) -> tuple[Place, ...]:
    """Geometry given with the element; ``null`` where it lies outside the extract."""
    places = []
    for place in _list(told, "geometry", at):
        if isinstance(place, dict):
            where = f"{at}.geometry"
            lat, lon = place.get("lat"), place.get("lon")
            places.append((degrees(lat, "lat", 90.0, where), degrees(lon, "lon", 180.0, where)))
    return tuple(places)


def _json_relation(to: _Gathering, number: int, told: dict[str, Any], tags: Tags, at: str) -> None:
    members = []
    for index, member in enumerate(_list(told, "members", at)):
        where = f"{at}.members[{index}]"
        if not isinstance(member, dict):
            _fault("not an object", "member", where, member)
        ref = whole(member.get("ref"), "ref", f"{where}.ref")
        members.append((str(member.get("type", "")), ref, str(member.get("role", ""))))
        if member.get("type") == "way" and member.get("geometry") and ref not in to.ways:
            to.ways[ref] = (), _json_places(member, where), {}, where
    relation = OsmRelation(id=number, members=tuple(members), tags=tags)
    to.relations.append((relation, at))


def _list(told: dict[str, Any], name: str, at: str) -> list[Any]:
    found = told.get(name)
    if found is None:
        return []
    if not isinstance(found, list):
        _fault("not a list", name, f"{at}.{name}", found)
    return found


_JSON_KINDS = {"node": _json_node, "way": _json_way, "relation": _json_relation}
