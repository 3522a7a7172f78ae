"""XML whose schema is not published: the whole tree kept, so that nothing depends on knowing every tag.

A :class:`Node` is an element with its prefixes and blanks, so that writing gives the same bytes for XML
in the form that is written: attributes in double quotes, empty elements as ``<A/>``, no comments. Views of
what is known are made from the tree; what is not known stays in it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, TypeAlias
from xml.sax.saxutils import escape

from lxml import etree

from airport_brain.operations.formats.text_reading import SHOWN, printable
from airport_brain.operations.formats.xml_shapes import LONGEST_NAME, LONGEST_PLACE, XSI_NIL
from service_bus import Malformed, Mode, Notice
from service_bus.guarded_xml import local_name, read_events

MAX_NODES: Final = 30_000
"""Elements and attributes of one message; the largest real ones have a few thousand."""

MOST_SHARED: Final = 2_000
"""Names, paths and texts of one message that are kept once however often they are there; more are hardly
repeated."""

MAX_NOTICES: Final = 200

DECLARATION: Final = '<?xml version="1.0" encoding="UTF-8"?>\n'
_HEAD_KEPT: Final = r"(?:<\?xml version=[\"']1\.0[\"'](?: encoding=[\"']utf-8[\"'])?\s*\?>)?\s*"

XSI: Final = "http://www.w3.org/2001/XMLSchema-instance"


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One element.

    Attributes:
        name: as written, with its prefix.
        text: of an element without children, as it stands; ``None`` when it has none.
        attributes: names as written, with prefixes.
        namespaces: prefixes declared here ("" is the default namespace).
        nil: ``xsi:nil`` is true.
        before: blanks in front of the first child; ``after``: behind the element.
        line: in the original, with ``path`` the place of the element.
    """

    name: str
    text: str | None = None
    attributes: tuple[tuple[str, str], ...] = ()
    namespaces: tuple[tuple[str, str], ...] = ()
    children: tuple[Node, ...] = ()
    nil: bool = False
    before: str = field(default="", compare=False, repr=False)
    after: str = field(default="", compare=False, repr=False)
    line: int = field(default=0, compare=False, repr=False)
    path: str = field(default="", compare=False, repr=False)

    @property
    def place(self) -> str:
        """Line and path in the original."""
        return f"line {self.line} {self.path}"

    @property
    def local(self) -> str:
        """Name without prefix."""
        return self.name.rpartition(":")[2]

    @property
    def value(self) -> str:
        """Stripped text, "" when there is none."""
        return (self.text or "").strip()

    def attribute(self, name: str) -> str | None:
        """An attribute by its name without prefix."""
        return next((v for k, v in self.attributes if k.rpartition(":")[2] == name), None)

    def child(self, *path: str) -> Node | None:
        """The first child, or child's child, by names without prefix."""
        node: Node | None = self
        for name in path:
            if node is None:
                return None
            node = next((c for c in node.children if c.local == name), None)
        return node

    def all(self, name: str) -> tuple[Node, ...]:
        """All children of a name."""
        return tuple(child for child in self.children if child.local == name)

    def get(self, *path: str) -> str:
        """Value of a child, or child's child, "" when it is not there."""
        node = self.child(*path)
        return "" if node is None else node.value

    def walk(self) -> Iterator[tuple[tuple[str, ...], Node]]:
        """Every element below, with its path of names; siblings of one name are numbered from 2."""
        stack: list[tuple[tuple[str, ...], Iterator[Node], dict[str, int]]]
        stack = [((), iter(self.children), {})]
        while stack:
            path, children, seen = stack[-1]
            child = next(children, None)
            if child is None:
                stack.pop()
                continue
            number = seen[child.local] = seen.get(child.local, 0) + 1
            name = child.local if number == 1 else f"{child.local}[{number}]"
            yield (*path, name), child
            stack.append(((*path, name), iter(child.children), {}))


def leaf(name: str, text: str | None = None, **attributes: str) -> Node:
    """An element without children."""
    return Node(name=name, text=text or None, attributes=tuple(attributes.items()))


def branch(name: str, *children: Node) -> Node:
    """An element of children."""
    return Node(name=name, children=children)


@dataclass(slots=True)
class TreeReading:
    """One reading in one mode: notices, and how faults are said."""

    format: str
    strict: bool
    notices: list[Notice] = field(default_factory=list)

    @classmethod
    def start(cls, format: str, mode: Mode) -> TreeReading:
        """A reading in ``mode``."""
        return cls(format, strict=mode == "strict")

    def fault(
        self,
        node: Node,
        code: str,
        reason: str,
        *,
        field: str = "",
        found: str | None = None,
        expected: str = "",
    ) -> Malformed:
        """The error for an element; its value is what was found unless another is given."""
        return Malformed(
            self.format,
            reason,
            field=(field or node.local)[:LONGEST_NAME],
            position=node.place,
            found=printable(node.value if found is None else found)[:SHOWN],
            expected=expected,
            code=f"{self.format}-{code}",
        )

    def notice(self, node: Node, code: str, field: str, text: str) -> None:
        """Note something odd; in strict mode it is a fault."""
        field = field[:LONGEST_NAME]
        if self.strict:
            raise self.fault(node, code, text, field=field, found="")
        if len(self.notices) < MAX_NOTICES:
            self.notices.append(
                Notice(code=f"{self.format}-{code}", field=field, position=node.place, text=text)
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A tree, and what stands in front of it and behind."""

    root: Node
    head: str = field(default=DECLARATION, compare=False)
    tail: str = field(default="", compare=False)


def read_tree(data: bytes, reading: TreeReading, *, max_bytes: int) -> Document:
    """Read a document.

    Raises:
        Malformed: not XML, a DOCTYPE, an encoding not taken, too many elements.
        TooLarge: over the cap.
    """
    root = _Tree(reading).read(read_events(data, format=reading.format, max_bytes=max_bytes))
    start = data.find(b"<" + root.name.encode())
    end = data.rfind(b">") + 1
    head = data[: max(start, 0)].decode("latin-1")
    # What is written is UTF-8, so a declaration of anything else is not kept.
    kept = head if re.fullmatch(_HEAD_KEPT, head, re.IGNORECASE) else DECLARATION
    tail = data[end:].decode("latin-1")
    return Document(root=root, head=kept, tail=tail if not tail.strip() else "")


def _name(element: etree._Element) -> str:
    tag = str(element.tag)
    if not tag.startswith("{"):
        return tag
    local = tag.rpartition("}")[2]
    return f"{element.prefix}:{local}" if element.prefix else local


Declared: TypeAlias = tuple[tuple[str, str], ...]
"""Prefixes and their namespaces."""


class _Prefixes:
    """Which prefixes each element declares; lxml's ``nsmap`` gathers all that are in force each time."""

    def __init__(self) -> None:
        self._in_force: dict[str, list[str]] = {}
        self._here: list[tuple[str, str]] = []
        self._open: list[tuple[list[tuple[str, str]], Declared]] = []

    def declare(self, prefix: str | None, uri: str) -> None:
        """A declaration of the element that is entered next."""
        self._here.append((prefix or "", uri))

    def enter(self) -> None:
        """The element begins."""
        new = tuple(
            (prefix, uri)
            for prefix, uri in self._here
            if self._in_force.get(prefix, [])[-1:] != [uri]
        )
        for prefix, uri in self._here:
            self._in_force.setdefault(prefix, []).append(uri)
        self._open.append((self._here, new))
        self._here = []

    def leave(self) -> Declared:
        """The element ends; what it declared anew."""
        declared, new = self._open.pop()
        for prefix, _ in declared:
            self._in_force[prefix].pop()
        return new


class _Tree:
    """Makes nodes of a document's events, without a call per level, and takes what is read out of the tree.

    An element is complete, with the text behind it, when the next one begins or the one around it ends.
    """

    def __init__(self, reading: TreeReading) -> None:
        self._reading = reading
        # Paths, names and texts repeat: each is kept once.
        self._kept: dict[str, str] = {}
        self._paths: list[str] = [""]
        self._nodes: list[list[Node]] = [[]]
        self._prefixes = _Prefixes()
        self._ended: tuple[etree._Element, tuple[Node, ...], Declared, str] | None = None
        self._count = 0

    def read(self, events: Iterable[tuple[str, Any]]) -> Node:
        """The root."""
        for event, element in events:
            if event == "start-ns":
                self._prefixes.declare(*element)
            elif event == "start":
                self._complete()
                self._start(element)
            else:
                self._complete()
                path, children = self._paths.pop(), self._nodes.pop()
                self._ended = (element, tuple(children), self._prefixes.leave(), path)
        self._complete()
        return self._nodes[0][0]

    def _start(self, element: etree._Element) -> None:
        self._prefixes.enter()
        # Cut, as an absurd path would be held once more by every element below it.
        path = f"{self._paths[-1]}/{local_name(element)}"[:LONGEST_PLACE]
        self._paths.append(self._once(path))
        self._nodes.append([])
        self._count += 1 + len(element.attrib)
        if self._count > MAX_NODES:
            raise Malformed(
                self._reading.format,
                "too many elements and attributes",
                field=_name(element)[:LONGEST_NAME],
                position=f"line {element.sourceline} {path}",
                expected=f"at most {MAX_NODES}",
                code=f"{self._reading.format}-too-many",
            )

    def _complete(self) -> None:
        if self._ended is None:
            return
        element, children, declared, path = self._ended
        self._ended = None
        parent, text, attributes = element.getparent(), element.text, element.attrib
        node = Node(
            name=self._once(_name(element)),
            text=None if children or text is None else self._once(text),
            attributes=tuple(self._attribute(element, k, v) for k, v in attributes.items())
            if attributes
            else (),
            namespaces=declared,
            children=children,
            nil=bool(attributes) and element.get(XSI_NIL) in ("true", "1"),
            before=self._once(text or "") if children else "",
            after="" if parent is None else self._once(element.tail or ""),
            line=getattr(element, "sourceline", None) or 0,
            path=path,
        )
        if node.before.strip() or node.after.strip():
            self._reading.notice(node, "stray-text", node.local, "text between elements")
        self._nodes[-1].append(node)
        if parent is not None:
            parent.remove(element)

    def _once(self, text: str) -> str:
        if len(self._kept) < MOST_SHARED:
            return self._kept.setdefault(text, text)
        return self._kept.get(text, text)

    def _attribute(self, element: etree._Element, name: Any, value: Any) -> tuple[str, str]:
        prefixed, told = _attribute(element, str(name), str(value))
        return self._once(prefixed), self._once(told)


def _attribute(element: etree._Element, name: str, value: str) -> tuple[str, str]:
    uri, _, local = name.rpartition("}")
    if not uri:
        return local, value
    prefixes = (p for p, u in element.nsmap.items() if u == uri[1:] and p)
    # The prefix xml needs no declaration.
    return f"{next(prefixes, 'xml')}:{local}", value


def write_tree(document: Document) -> bytes:
    """Write a document in UTF-8.

    Raises:
        ValueError: text that XML cannot hold.
    """
    out: list[str] = [document.head]
    stack: list[tuple[Node, bool]] = [(document.root, False)]
    while stack:
        node, closing = stack.pop()
        if closing:
            out.append(f"</{node.name}>{escape(node.after)}")
            continue
        out.append(f"<{node.name}{_written_attributes(node)}")
        if node.children:
            out.append(f">{escape(node.before)}")
            stack.append((node, True))
            stack += [(child, False) for child in reversed(node.children)]
        elif node.text:
            out.append(f">{escape(node.text)}</{node.name}>{escape(node.after)}")
        else:
            out.append(f"/>{escape(node.after)}")
    data = "".join((*out, document.tail)).encode()
    if any(byte < 32 and byte not in (9, 10, 13) for byte in data):
        raise ValueError("a control character has no place in XML")
    return data


def _written_attributes(node: Node) -> str:
    declared = [(f"xmlns:{prefix}" if prefix else "xmlns", uri) for prefix, uri in node.namespaces]
    # Line ends and tabs in a value survive only as references.
    kept = {'"': "&quot;", "\n": "&#10;", "\t": "&#9;", "\r": "&#13;"}
    return "".join(
        f' {name}="{escape(value, kept)}"' for name, value in (*declared, *node.attributes)
    )
