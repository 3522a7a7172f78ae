"""The one object model of ONE Record documents: a graph of nodes, whatever form it came in.

Equal graphs are equal objects: nodes stand in the order of their ids, properties in that of their
IRIs, and nodes without an id (blank nodes) are labelled by walking the graph in that order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal
from types import MappingProxyType
from typing import Final

from service_bus import Notice

CARGO: Final = "https://onerecord.iata.org/ns/cargo#"
API: Final = "https://onerecord.iata.org/ns/api#"
CODE_LISTS: Final = "https://onerecord.iata.org/ns/code-lists/"
XSD: Final = "http://www.w3.org/2001/XMLSchema#"
BLANK: Final = "_:"

Scalar = str | bool | int | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Literal:
    """A value: text, indicator or number, with its datatype or language when the document has one."""

    value: Scalar
    datatype: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ref:
    """A link to a node, in the document or elsewhere."""

    id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Items:
    """A list whose order matters."""

    values: tuple[Literal | Ref, ...]


Value = Literal | Ref | Items


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A node.

    Attributes:
        id: its IRI, or a label with ``_:`` in front.
        graph: the named graph that says this of it; ``None`` outside of any.
        types: IRIs, sorted.
        properties: IRI and values, sorted by IRI; values in the document's order, each once.
    """

    id: str
    graph: str | None = None
    types: tuple[str, ...] = ()
    properties: tuple[tuple[str, tuple[Value, ...]], ...] = ()

    def values(self, iri: str) -> tuple[Value, ...]:
        """The values of a property."""
        return next((values for name, values in self.properties if name == iri), ())

    def text(self, iri: str) -> str:
        """The first value of a property as text; of a link its id; empty when there is none."""
        for value in self.values(iri):
            if isinstance(value, Ref):
                return value.id
            if isinstance(value, Literal):
                return str(value.value)
        return ""

    def links(self) -> Iterator[str]:
        """Ids of the nodes it links to, in order."""
        for _, values in self.properties:
            for value in values:
                inner = value.values if isinstance(value, Items) else (value,)
                yield from (one.id for one in inner if isinstance(one, Ref))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A document.

    Attributes:
        nodes: that the document says something of, those of named graphs behind the others.
        form: ``expanded``, ``compacted`` or ``flattened``, as it came.
    """

    nodes: tuple[Node, ...]
    form: str = field(default="compacted", compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def node(self, id: str) -> Node | None:
        """The node with an id, the one outside of named graphs first."""
        return next((node for node in self.nodes if node.id == id), None)

    def of_type(self, iri: str) -> tuple[Node, ...]:
        """The nodes of a type."""
        return tuple(node for node in self.nodes if iri in node.types)


def is_blank(id: str) -> bool:
    """Whether an id is only a label."""
    return id.startswith(BLANK)


def order_of(id: str) -> tuple[bool, int, str]:
    """Key that sorts named nodes by id and, behind them, blank nodes by number."""
    if not is_blank(id):
        return False, 0, id
    label = id[len(BLANK) :]
    number = label[1:]
    known = number.isascii() and number.isdigit() and len(number) < 10
    return True, int(number) if known else 1 << 40, label


def canonical(
    nodes: dict[str, Node], graphs: Mapping[str, dict[str, Node]] = MappingProxyType({})
) -> tuple[Node, ...]:
    """Label blank nodes by a walk through the graph, and sort.

    Args:
        nodes: by id, in document order; used up.
        graphs: likewise the nodes of named graphs, by the id of the graph.
    """
    labels: dict[str, str] = {}
    found = _labelled(nodes, labels)
    for graph in sorted(graphs, key=is_blank):
        name = _label(graph, labels) if is_blank(graph) else graph
        found += [replace(node, graph=name) for node in _labelled(graphs[graph], labels)]
    return tuple(sorted(found, key=_order))


def _order(node: Node) -> tuple[bool, tuple[bool, int, str], tuple[bool, int, str]]:
    return node.graph is not None, order_of(node.graph or ""), order_of(node.id)


def _labelled(nodes: dict[str, Node], labels: dict[str, str]) -> list[Node]:
    """The nodes of one graph with the labels that they and what they link to get."""
    named = sorted(id for id in nodes if not is_blank(id))
    linked = _linked(nodes.values())
    blank = [id for id in nodes if is_blank(id)]
    starts = [*named, *(id for id in blank if id not in linked), *blank]
    visited: set[str] = set()
    for start in starts:
        _walk(start, nodes, labels, visited)
    return [_renamed(nodes.pop(id), labels) for id in list(nodes)]


def _label(id: str, labels: dict[str, str]) -> str:
    return labels.setdefault(id, f"{BLANK}b{len(labels)}")


def _linked(nodes: Iterable[Node]) -> set[str]:
    """Ids of the nodes that another node links to."""
    return {link for node in nodes for link in node.links() if link != node.id}


def _walk(start: str, nodes: dict[str, Node], labels: dict[str, str], visited: set[str]) -> None:
    waiting = [start]
    while waiting:
        id = waiting.pop()
        if id in visited:
            continue
        visited.add(id)
        if is_blank(id):
            _label(id, labels)
        node = nodes.get(id)
        if node is not None:
            waiting += reversed([link for link in node.links() if is_blank(link)])


def _renamed(node: Node, labels: dict[str, str]) -> Node:
    if not is_blank(node.id) and not any(is_blank(link) for link in node.links()):
        return node

    def new(value: Value) -> Value:
        if isinstance(value, Ref):
            return Ref(id=labels.get(value.id, value.id))
        if isinstance(value, Items):
            return Items(
                values=tuple(
                    Ref(id=labels.get(one.id, one.id)) if isinstance(one, Ref) else one
                    for one in value.values
                )
            )
        return value

    return replace(
        node,
        id=labels.get(node.id, node.id),
        properties=tuple((iri, tuple(map(new, values))) for iri, values in node.properties),
    )


def roots(nodes: tuple[Node, ...]) -> list[str]:
    """Ids of the nodes from which all others are reached: those that nothing links to, then others."""
    by_id = {node.id: node for node in nodes}
    linked = _linked(nodes)
    found: list[str] = []
    reached: set[str] = set()
    for id in (*(n.id for n in nodes if n.id not in linked), *by_id):
        if id in reached:
            continue
        found.append(id)
        waiting = [id]
        while waiting:
            one = waiting.pop()
            if one not in reached and one in by_id:
                reached.add(one)
                waiting += by_id[one].links()
    return found
