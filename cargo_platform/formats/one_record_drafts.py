"""What a JSON-LD document says of nodes, while it is read (see ``one_record_reading``)."""

from __future__ import annotations

from dataclasses import dataclass, field

from cargo_platform.formats.one_record_model import Items, Literal, Node, Value


@dataclass(slots=True)
class Draft:
    """A node while it is read.

    Attributes:
        properties: the value of each; several are by their key, so that each stands once.
        said: the document says something of it, it is not only linked to.
    """

    said: bool = False
    types: dict[str, None] = field(default_factory=dict)
    properties: dict[str, Value | dict[object, Value]] = field(default_factory=dict)

    def add(self, iri: str, value: Value) -> None:
        """Give a property one more value, unless it has it."""
        held = self.properties.get(iri)
        if held is None:
            self.properties[iri] = value
        elif isinstance(held, dict):
            held.setdefault(_key(value), value)
        elif _key(held) != _key(value):
            self.properties[iri] = {_key(held): held, _key(value): value}

    def node(self, id: str) -> Node:
        """The node, as it is then."""
        return Node(
            id=id,
            types=tuple(sorted(self.types)),
            properties=tuple(
                (iri, tuple(held.values()) if isinstance(held, dict) else (held,))
                for iri, held in sorted(self.properties.items(), key=_name)
            ),
        )


def nodes_of(drafts: dict[str, Draft]) -> dict[str, Node]:
    """The nodes that something is said of; ``drafts`` is used up."""
    nodes = {}
    for id in list(drafts):
        draft = drafts.pop(id)
        if draft.said:
            nodes[id] = draft.node(id)
    return nodes


def _key(value: Value) -> object:
    """Tells values apart that Python calls equal (1, true)."""
    if isinstance(value, Literal):
        return type(value.value).__name__, str(value.value), value.datatype, value.language
    if isinstance(value, Items):
        return ("list", *(_key(one) for one in value.values))
    return value.id


def _name(member: tuple[str, object]) -> str:
    return member[0]
