"""From the object model to JSON-LD: expanded, compacted and flattened (see ``one_record``)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Final

from cargo_platform.formats.one_record_model import (
    API,
    CARGO,
    CODE_LISTS,
    XSD,
    Items,
    Literal,
    Message,
    Node,
    Ref,
    Value,
    is_blank,
    roots,
)

PREFIXES: Final[Mapping[str, str]] = {
    "cargo": CARGO,
    "api": API,
    "ccodes": CODE_LISTS,
    "xsd": XSD,
}
"""Prefixes of a compacted document."""


def usable(message: Message, prefixes: Mapping[str, str]) -> dict[str, str]:
    """The prefixes that no IRI of the graph could be mistaken for."""
    schemes = {iri.partition(":")[0] for iri in _iris(message)}
    return {prefix: whole for prefix, whole in prefixes.items() if prefix not in schemes}


def _iris(message: Message) -> Iterator[str]:
    for node in message.nodes:
        yield node.id
        yield node.graph or ""
        yield from node.types
        yield from node.links()
        for iri, values in node.properties:
            yield iri
            for value in values:
                inner = value.values if isinstance(value, Items) else (value,)
                yield from (one.datatype for one in inner if isinstance(one, Literal))


@dataclass(slots=True)
class Writer:
    """Writes one graph.

    Attributes:
        prefixes: by which IRIs are shortened; none in the expanded form.
        arrays: every property has a list, as in the expanded form.
        flat: nodes are never put into each other.
    """

    message: Message
    prefixes: Mapping[str, str]
    arrays: bool
    flat: bool
    _labels: bool = False
    _written: set[str] = field(default_factory=set)
    _links: dict[str, int] = field(default_factory=dict)

    def nodes(self) -> list[dict[str, Any]]:
        """The outer nodes with what belongs into them, then the named graphs."""
        graphs: dict[str | None, list[Node]] = {None: []}
        for node in self.message.nodes:
            graphs.setdefault(node.graph, []).append(node)
        # A label may tell of the same node in several graphs.
        self._labels = self.flat or len(graphs) > 1
        written = self._graph(graphs.pop(None))
        return [
            *written,
            *({"@id": name, "@graph": self._graph(nodes)} for name, nodes in graphs.items()),
        ]

    def _graph(self, nodes: list[Node]) -> list[dict[str, Any]]:
        by_id = {node.id: node for node in nodes}
        self._written.clear()
        self._links.clear()
        for node in nodes:
            for link in node.links():
                self._links[link] = self._links.get(link, 0) + 1
        starts = list(by_id) if self.flat else roots(tuple(nodes))
        written = [self._node(by_id[id], by_id, 0) for id in starts]
        # What lies deeper than documents nest stands beside the rest.
        for id, node in by_id.items():
            if id not in self._written:
                written.append(self._node(node, by_id, 0))
        return written

    def _node(self, node: Node, by_id: Mapping[str, Node], depth: int) -> dict[str, Any]:
        self._written.add(node.id)
        written: dict[str, Any] = {}
        if not is_blank(node.id) or self._labels or self._links.get(node.id, 0) > (depth > 0):
            written["@id"] = node.id
        if node.types:
            written["@type"] = self._listed([self._short(kind) for kind in node.types])
        for iri, values in node.properties:
            written[self._short(iri)] = self._listed(
                [self._value(value, by_id, depth) for value in values]
            )
        return written

    def _listed(self, found: list[Any]) -> Any:
        return found if self.arrays or len(found) != 1 else found[0]

    def _value(self, value: Value, by_id: Mapping[str, Node], depth: int) -> Any:
        if isinstance(value, Items):
            return {"@list": [self._value(one, by_id, depth) for one in value.values]}
        if isinstance(value, Literal):
            return self._literal(value)
        return self._link(value, by_id, depth)

    def _link(self, link: Ref, by_id: Mapping[str, Node], depth: int) -> dict[str, Any]:
        node = by_id.get(link.id)
        if node is None or self.flat or node.id in self._written or depth >= DEEPEST:
            return {"@id": link.id}
        return self._node(node, by_id, depth + 1)

    def _literal(self, literal: Literal) -> Any:
        if literal.datatype:
            return {"@type": self._short(literal.datatype), "@value": literal.value}
        if literal.language:
            return {"@language": literal.language, "@value": literal.value}
        return {"@value": literal.value} if self.arrays else literal.value

    def _short(self, iri: str) -> str:
        for prefix, whole in self.prefixes.items():
            if iri.startswith(whole) and not iri[len(whole) :].startswith("//"):
                return f"{prefix}:{iri[len(whole) :]}"
        return iri


DEEPEST: Final = 20
"""Levels to which nodes are put into each other; deeper ones stand beside them."""
