"""OpenStreetMap's XML (API 0.6), read as a stream; a DOCTYPE is refused, so there are no entities."""

from __future__ import annotations

from xml.parsers import expat

from service_bus import Malformed
from spatiotemporal.airport_model.exchange.osm_elements import Gathering, OsmRelation, fault, whole


class XmlReader:
    """Takes the events of expat."""

    def __init__(self, gathering: Gathering) -> None:
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
            fault(f"not well-formed XML: {expat.ErrorString(error.code)}", "document", place)
        except Malformed:
            raise
        except (LookupError, ValueError) as error:  # an encoding that Python does not have
            fault("an encoding that is not known", "encoding", "line 1", error)

    @property
    def _here(self) -> str:
        line, column = self._parser.CurrentLineNumber, self._parser.CurrentColumnNumber
        return f"line {line} column {column + 1}"

    def _doctype(self, name: str, *_: object) -> None:
        fault("a DOCTYPE is not taken", "DOCTYPE", self._here, name)

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        depth = len(self._path)
        if depth == 0 and name != "osm":
            fault("the root is not osm", "root", self._here, name)
        if depth > 64:
            fault("elements nest too deep", "document", self._here, name)
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
