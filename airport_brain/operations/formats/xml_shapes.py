"""XML elements bound to dataclasses by a table that is read in both directions.

A :class:`Shape` says which attribute and which child fills which field. Reading keeps the three
states of an element apart (missing, ``xsi:nil``, value) and whole groups of repeated elements;
writing follows the table's order, which is the schema's. What no table knows is kept as it stands.
An element in which nothing is said, not even by what is in it, counts as missing: it is neither read nor
written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from copy import deepcopy
from dataclasses import dataclass, field
from itertools import islice
from typing import Any, Final, Protocol

from lxml import etree

from airport_brain.operations.formats.aidx_message import ABSENT, Kept
from service_bus import Malformed, Notice
from service_bus.guarded_xml import local_name, read_root

XSI_NIL: Final = "{http://www.w3.org/2001/XMLSchema-instance}nil"

MAX_BYTES: Final = 1_048_576
"""Default cap of a message: the largest real ones hold some hundred legs of 5 to 13 kB."""

MARKUP: Final = "unexpected-child"
"""Code of the fault of an element that has children where only text belongs."""

MAX_NOTICES: Final = 200
"""Notices kept of one message: enough to see a pattern, too few to be a load."""

MAX_KEPT: Final = 500
"""Unknown elements kept of one message; more is not AIDX any more."""

MAX_TEXT: Final = 4_000
"""Characters of one text; free remarks of real senders stay below a tenth of it."""

FLOOD: Final = 10
"""A group of this many times the siblings the standard allows is a fault, not a curiosity."""

MAX_NUMBER: Final = 10_000
"""Siblings counted for a path; keeps the path of the last of a million cheap."""

LONGEST_NAME: Final = 80
"""Characters of a name that a fault or notice shows; AIDX has none of half that length."""

LONGEST_KEPT_PATH: Final = 1_000
"""Characters of the path of an unknown element that are kept."""

LONGEST_PLACE: Final = 300
"""Characters of a path that a fault or notice shows."""

Convert = Callable[["Reading", etree._Element, str, str], Any]
"""(reading, element, field, stripped text) to a value; raises ``reading.fault`` if it cannot."""


@dataclass(slots=True)
class Reading:
    """State of one reading: what was odd, and how faults are said.

    ``kept_before`` counts what other parts of the same message have kept already.
    """

    format: str
    strict: bool
    notices: list[Notice] = field(default_factory=list)
    kept: list[Kept] = field(default_factory=list)
    kept_before: int = 0

    def fault(self, element: etree._Element, code: str, reason: str, **facts: str) -> Malformed:
        """The error for this element; facts are ``field``, ``found``, ``expected``."""
        facts["field"] = facts.get("field", local_name(element))[:LONGEST_NAME]
        facts["found"] = facts.get("found", "")[:60]
        return Malformed(
            self.format,
            reason,
            position=place_of(element),
            code=f"{self.format}-{code}",
            **facts,
        )

    def notice(self, element: etree._Element, code: str, name: str, text: str) -> None:
        """Note something odd; in strict mode it is a fault."""
        name = name[:LONGEST_NAME]
        if self.strict:
            raise self.fault(element, code, text, field=name)
        if len(self.notices) >= MAX_NOTICES:
            return
        self.notices.append(
            Notice(code=f"{self.format}-{code}", field=name, position=place_of(element), text=text)
        )

    def keep_attribute(self, element: etree._Element, name: str) -> None:
        """Keep an unknown attribute."""
        # Those of other namespaces (xsi:type, xsi:schemaLocation) are not the format's business.
        if not name.startswith("{") and len(self.kept) < MAX_KEPT:
            path = f"{path_of(element)}/@{name}"
            self.kept.append(Kept(path=path, text=str(element.get(name))))
            self.notice(element, "unknown-attribute", name, "attribute is not known; kept")

    def keep(self, element: etree._Element) -> None:
        """Keep an unknown element with all that is in it."""
        for inner in element.iter():
            if self.kept_before + len(self.kept) >= MAX_KEPT:
                raise self.fault(
                    element,
                    "too-much-unknown",
                    "too many elements that are not known",
                    expected=f"at most {MAX_KEPT}",
                )
            self.kept.append(
                Kept(
                    path=path_of(inner)[:LONGEST_KEPT_PATH],
                    text=(inner.text or "").strip(),
                    attributes=tuple((str(k), str(v)) for k, v in inner.attrib.items()),
                )
            )
        self.notice(element, "unknown-element", local_name(element), "element is not known; kept")


class Node(Protocol):
    """Reads and writes one element."""

    def read(self, reading: Reading, element: etree._Element) -> Any:
        """Give the value of an element that is not nil, ``ABSENT`` when nothing in it says anything."""
        ...

    def write(self, parent: etree._Element, tag: str, value: Any) -> None:
        """Append the element for a value that is neither missing nor cleared, if it says something."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Attribute:
    """An attribute and the field it fills."""

    name: str
    field: str
    convert: Convert | None = None
    expected: bool = False
    required: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A child element and the field it fills.

    Attributes:
        many: a group; ``most`` is how many siblings the standard allows.
        required: the element makes no sense without it.
        key: belongs to an identity, where missing and cleared are the same.
        loose: only beside the matter: one that cannot be read is kept as it stands in tolerant mode.
    """

    name: str
    field: str
    node: Node
    many: bool = False
    most: int = 1
    required: bool = False
    key: bool = False
    loose: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Leaf:
    """An element that is only text."""

    convert: Convert

    def read(self, reading: Reading, element: etree._Element) -> Any:
        """See :class:`Node`."""
        for name in element.attrib:
            reading.keep_attribute(element, str(name))
        return self.convert(reading, element, local_name(element), leaf_text(reading, element))

    def write(self, parent: etree._Element, tag: str, value: Any) -> None:
        """See :class:`Node`."""
        etree.SubElement(parent, tag).text = to_text(value)


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """An element with attributes, and text or children, or text and children behind it.

    Attributes:
        make: the dataclass.
        namespace: of the children.
        text: field filled by the element's text.
        convert: turns that text into a value.
        text_in: attribute in which some senders write the text instead.
        nil_keeps: attribute that names one sibling of a group, so that nil clears that one alone.
    """

    make: Callable[..., Any]
    namespace: str
    attributes: tuple[Attribute, ...] = ()
    parts: tuple[Part, ...] = ()
    text: str = ""
    convert: Convert | None = None
    text_in: str = ""
    nil_keeps: str = ""
    _by_name: dict[str, Attribute] = field(init=False, repr=False)
    _by_tag: dict[str, Part] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "_by_name", {a.name: a for a in self.attributes})
        tags = {f"{{{self.namespace}}}{p.name}": p for p in self.parts}
        object.__setattr__(self, "_by_tag", tags)

    def read(self, reading: Reading, element: etree._Element) -> Any:
        """See :class:`Node`."""
        values = self.read_attributes(reading, element)
        if self.convert is None:
            says = any(value != "" for value in values.values())
        else:
            text = own_text(reading, element) if self.parts else leaf_text(reading, element)
            text = text or self._told_in_attribute(reading, element)
            says = text != ""
            values[self.text] = self.convert(reading, element, local_name(element), text)
        if self.convert is None or self.parts:
            inside = self.read_children(reading, element)
            if not says and not inside:
                return ABSENT
            values.update(inside)
        return self.make(**values)

    def _told_in_attribute(self, reading: Reading, element: etree._Element) -> str:
        text = str(element.get(self.text_in, "")).strip() if self.text_in else ""
        if text:
            reading.notice(
                element, "text-in-attribute", self.text_in, "the element's text is in an attribute"
            )
        return text

    def read_nil(self, reading: Reading, element: etree._Element) -> Any:
        """A cleared sibling that its key attributes name, or ``None`` when it has no key."""
        if not self.nil_keeps or element.get(self.nil_keeps) is None:
            return None
        return self.make(**self.read_attributes(reading, element), **{self.text: None})

    def read_attributes(self, reading: Reading, element: etree._Element) -> dict[str, Any]:
        """Fields that attributes fill."""
        values: dict[str, Any] = {}
        for name, raw in element.attrib.items():
            attribute = self._by_name.get(str(name))
            if attribute is None:
                if name != self.text_in or (element.text or "").strip():
                    reading.keep_attribute(element, str(name))
            else:
                text = str(raw).strip()
                values[attribute.field] = (
                    text
                    if attribute.convert is None
                    else attribute.convert(reading, element, attribute.name, text)
                )
        for attribute in self.attributes:
            if attribute.required and not values.get(attribute.field):
                raise reading.fault(
                    element,
                    "missing-attribute",
                    "a required attribute is missing",
                    field=attribute.name,
                    expected=f"@{attribute.name}",
                )
            if attribute.expected and attribute.field not in values:
                reading.notice(
                    element,
                    "missing-attribute",
                    attribute.name,
                    f"the standard requires @{attribute.name}",
                )
        return values

    def read_children(self, reading: Reading, element: etree._Element) -> dict[str, Any]:
        """Fields that children fill."""
        values: dict[str, Any] = {}
        groups: dict[str, list[Any]] = {}
        if self.convert is None:
            _no_stray_text(reading, element, element.text)
        for child in element:
            _no_stray_text(reading, element, child.tail)
            part = self._by_tag.get(str(child.tag))
            if part is None:
                reading.keep(child)
            elif is_nil(child):
                if part.many:
                    groups.setdefault(part.field, []).extend(_cleared(reading, part, child))
                elif not part.required and not part.key:
                    values[part.field] = None
            elif (value := _read(reading, part, child)) is ABSENT:
                continue
            elif part.many:
                _add(reading, element, part, groups, value)
            else:
                if part.field in values:
                    reading.notice(
                        child, "repeated-element", part.name, "element is repeated; the last counts"
                    )
                values[part.field] = value
        self._check(reading, element, values, groups)
        values.update({name: tuple(items) for name, items in groups.items()})
        return values

    def _check(
        self,
        reading: Reading,
        element: etree._Element,
        values: Mapping[str, Any],
        groups: Mapping[str, list[Any]],
    ) -> None:
        for part in self.parts:
            if part.many:
                _check_group(reading, element, part, groups.get(part.field, []))
            elif part.required and part.field not in values:
                raise _missing(reading, element, part)

    def write(self, parent: etree._Element, tag: str, value: Any) -> None:
        """See :class:`Node`."""
        element = etree.SubElement(parent, tag)
        self.write_attributes(element, value)
        if self.convert is not None:
            text = getattr(value, self.text)
            if text is None:
                element.set(XSI_NIL, "true")
            else:
                element.text = to_text(text)
        if self.convert is None or self.parts:
            self.write_children(element, value)
        if not is_nil(element) and _says_nothing(self, element):
            parent.remove(element)

    def write_attributes(self, element: etree._Element, value: Any) -> None:
        """Set the attributes that have a value."""
        for attribute in self.attributes:
            content = getattr(value, attribute.field)
            if content not in ("", None):
                element.set(attribute.name, to_text(content))

    def write_children(self, element: etree._Element, value: Any) -> None:
        """Append the children in the table's order."""
        for part in self.parts:
            content = getattr(value, part.field)
            tag = f"{{{self.namespace}}}{part.name}"
            if content is ABSENT or content == "" or (content is None and part.key):
                continue
            if content is None or (part.many and not content):
                etree.SubElement(element, tag).set(XSI_NIL, "true")
                continue
            for item in content if part.many else (content,):
                part.node.write(element, tag, item)


class Passage:
    """Vendor data of any namespace, kept as canonical XML (exclusive C14N 1.0)."""

    def read(self, reading: Reading, element: etree._Element) -> str:
        """See :class:`Node`."""
        # Moved under an element with the default namespace, so that the sender's choice of prefix
        # for the standard's own namespace does not show.
        prefixes: Any = {None: etree.QName(element).namespace}
        plain = etree.Element(element.tag, nsmap=prefixes)
        for name, value in element.attrib.items():
            plain.set(name, value)
        plain.text = element.text
        plain.extend(deepcopy(child) for child in element)
        try:
            return etree.tostring(plain, method="c14n", exclusive=True).decode()
        except etree.C14NError:
            # Namespaces that are relative URIs have no canonical form.
            return etree.tostring(plain, encoding="unicode")

    def write(self, parent: etree._Element, tag: str, value: Any) -> None:
        """See :class:`Node`."""
        element = read_root(str(value).encode(), format="xml", max_bytes=MAX_BYTES)
        if element.tag != tag:
            raise ValueError(f"vendor data are <{local_name(element)}>, not <{tag}>")
        parent.append(element)


def path_of(element: etree._Element) -> str:
    """Path by local names, siblings of one name numbered from 1."""
    steps = []
    node: etree._Element | None = element
    while node is not None:
        before = islice(node.itersiblings(str(node.tag), preceding=True), MAX_NUMBER)
        number = sum(1 for _ in before) + 1
        steps.append(local_name(node) + (f"[{number}]" if number > 1 else ""))
        node = node.getparent()
    return "/" + "/".join(reversed(steps))


def place_of(element: etree._Element) -> str:
    """Line and path of an element, as shown in errors."""
    return f"line {element.sourceline} {path_of(element)[:LONGEST_PLACE]}"


def is_nil(element: etree._Element) -> bool:
    """Whether ``xsi:nil`` clears it."""
    return element.get(XSI_NIL) in ("true", "1")


def _says_nothing(node: Node, element: etree._Element) -> bool:
    """Whether an element is empty where its text or its children would be the message."""
    if isinstance(node, Passage) or len(element) or (element.text or "").strip():
        return False
    if not element.attrib or isinstance(node, Leaf):
        return True
    if not isinstance(node, Shape) or node.convert is None:
        return False
    return not (node.text_in and element.get(node.text_in))


def leaf_text(reading: Reading, element: etree._Element) -> str:
    """Stripped text of an element that may have no children."""
    if len(element):
        raise reading.fault(element, MARKUP, "markup where text belongs", expected="text only")
    return own_text(reading, element)


def own_text(reading: Reading, element: etree._Element) -> str:
    """Stripped text of an element before its children."""
    text = (element.text or "").strip()
    if len(text) > MAX_TEXT:
        raise reading.fault(
            element,
            "text-too-long",
            "the text is too long",
            expected=f"at most {MAX_TEXT} characters",
        )
    return text


def to_text(value: Any) -> str:
    """A value as XML text: dates and times as ISO 8601, times with ``Z``."""
    if hasattr(value, "isoformat"):
        return str(value.isoformat()).replace("+00:00", "Z")
    return str(value)


def _read(reading: Reading, part: Part, element: etree._Element) -> Any:
    """The value; ``ABSENT`` when it says nothing, or is loose and cannot be read."""
    try:
        value = ABSENT if _says_nothing(part.node, element) else part.node.read(reading, element)
    except Malformed as fault:
        beside = not (part.required or part.key) and fault.code == f"{reading.format}-{MARKUP}"
        if reading.strict or not (part.loose or beside):
            raise
        reading.notice(
            element,
            "broken-element",
            part.name,
            f"the element cannot be read: {fault.reason}; kept",
        )
        reading.keep(element)
        return ABSENT
    if value is ABSENT and not len(element):  # of what is in it each is noted
        reading.notice(
            element,
            "empty-element",
            part.name,
            "the element is empty and not nil; nothing is changed",
        )
    return value


def _cleared(reading: Reading, part: Part, element: etree._Element) -> list[Any]:
    cleared = part.node.read_nil(reading, element) if isinstance(part.node, Shape) else None
    return [] if cleared is None else [cleared]


def _missing(reading: Reading, element: etree._Element, part: Part) -> Malformed:
    return reading.fault(
        element,
        "missing-element",
        "a required element is missing",
        field=part.name,
        expected=f"<{part.name}> in <{local_name(element)}>",
    )


def _add(
    reading: Reading,
    element: etree._Element,
    part: Part,
    groups: dict[str, list[Any]],
    value: Any,
) -> None:
    group = groups.setdefault(part.field, [])
    group.append(value)
    if len(group) > part.most * FLOOD:
        raise reading.fault(
            element,
            "too-many",
            "far too many siblings",
            field=part.name,
            found=f"more than {part.most * FLOOD}",
            expected=f"at most {part.most}",
        )


def _check_group(reading: Reading, element: etree._Element, part: Part, items: list[Any]) -> None:
    if len(items) > part.most:
        reading.notice(
            element,
            "too-many",
            part.name,
            f"{len(items)} siblings, the standard allows {part.most}",
        )
    numbers = [n for item in items if (n := getattr(item, "repeat_index", None)) is not None]
    if numbers and sorted(numbers) != list(range(1, len(numbers) + 1)):
        reading.notice(
            element, "repeat-index-gap", part.name, "RepeatIndex does not count from 1 without gaps"
        )


def _no_stray_text(reading: Reading, element: etree._Element, text: str | None) -> None:
    if text and text.strip():
        reading.notice(element, "stray-text", local_name(element), "text between elements")
