"""The door of the bus for XML from outside: one reader without DTDs, entities or network, and with caps.

Every reader of a format in XML gets its root here and nowhere else (decisions/0003). What is refused:

=========================  =========================================================================
code, behind the format    why
=========================  =========================================================================
``-empty``                 Nothing but blanks.
``-encoding``              An encoding other than those of :data:`ENCODINGS`, or bytes of UTF-16.
``-declaration``           The XML declaration has not the form that XML gives it.
``-doctype``               A document type declaration, whatever is in it.
``-too-dense``             More tags and attributes than a message of its size has: its tree would
                           take more than :data:`TREE_TIMES` its bytes and :data:`TREE_BYTES`.
``-too-many-references``   More than :data:`MOST_REFERENCES`.
``-too-many-attributes``   An element with more than :data:`MOST_ATTRIBUTES`.
``-too-deep``              Elements nested more than :data:`DEEPEST` deep.
``-not-xml``               Not well-formed.
=========================  =========================================================================

A DOCTYPE is refused before a parser sees the bytes. That search is only sound where ``<`` is a byte of its
own, so other encodings (UTF-16, UTF-7, EBCDIC) are refused as well, and the parser is told the encoding
that was checked instead of being left to find one. Blanks in front of the declaration, which queues and
mail put there, are taken, and lines are still those of the original. Nothing of the document is repeated
in a refusal but its place.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import Any, Final

from lxml import etree

from service_bus.errors import Malformed, TooLarge

TREE_TIMES: Final = 8
"""Bytes of the parser's tree for each of a document. Real messages have 4 to 6.5, without any blanks up to 8;
of nothing but tags or attributes it would be 47."""

TREE_BYTES: Final = 1 << 20
"""What the tree may take beyond that: 4,000 elements with a text, however short."""

NODE_BYTES: Final = 128
"""What libxml2 takes for an element, and for a text of a few characters."""

ATTRIBUTE_BYTES: Final = 240
"""What it takes for an attribute with its value."""

MOST_REFERENCES: Final = 20_000
"""``&amp;``, ``&#65;`` and the like in a document: each costs a parser as much as a tag does."""

MOST_ATTRIBUTES: Final = 200
"""Attributes and namespaces of one element, which parsers compare with each other; real ones have under
20."""

DEEPEST: Final = 256
"""Elements in each other; the parser counts them while ``huge_tree`` is off."""

_GUARDS: Final[Mapping[str, Any]] = MappingProxyType(
    {
        "resolve_entities": False, "no_network": True, "load_dtd": False, "dtd_validation": False,
        "huge_tree": False, "recover": False, "remove_comments": True, "remove_pis": True,
    }
)  # fmt: skip
_BIT: Final = 4096
"""Bytes that the parser is given at once."""

ENCODINGS: Final = MappingProxyType(
    {
        "utf-8": "UTF-8", "utf8": "UTF-8", "us-ascii": "US-ASCII", "ascii": "US-ASCII",
        "iso-8859-1": "ISO-8859-1", "windows-1252": "WINDOWS-1252",
        "gb2312": "GB18030", "gbk": "GB18030", "gb18030": "GB18030",
    }
)  # fmt: skip
"""Encodings taken, and what they are read as: those where no byte of ``<``, ``&`` and the rest of ASCII's
marks is part of another character. GB18030 holds all of GBK, and GBK all of GB 2312, which senders name
while they write the larger ones."""

_DECLARATION: Final = re.compile(
    rb"<\?xml[ \t\r\n]+version[ \t\r\n]*=[ \t\r\n]*(?:\"1\.[0-9]\"|'1\.[0-9]')"
    rb"(?:[ \t\r\n]+encoding[ \t\r\n]*=[ \t\r\n]*(?:\"([A-Za-z][\w.-]*)\"|'([A-Za-z][\w.-]*)'))?"
    rb"(?:[ \t\r\n]+standalone[ \t\r\n]*=[ \t\r\n]*(?:\"(?:yes|no)\"|'(?:yes|no)'))?[ \t\r\n]*\?>"
)
_DECLARES: Final = re.compile(rb"<\?xml[ \t\r\n?]")
_WIDE: Final = (b"\xff\xfe", b"\xfe\xff")
"""Marks of UTF-16, and of UTF-32 with the low byte first."""
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"

_SHORTEST_ATTRIBUTE: Final = len(b" a=''")
_LONG_TAG: Final = re.compile(
    rb"<(?=[^<]{%d})[^\s<>/!?]+" % (_SHORTEST_ATTRIBUTE * MOST_ATTRIBUTES), re.DOTALL
)
"""Beginning of a tag that may have too many attributes."""
_ATTRIBUTE: Final = re.compile(rb"\s*[^\s=<>\"'/]+\s*=\s*(?:\"[^\"<]*\"|'[^'<]*')")

_PART: Final = re.compile(rb"(>\s*)?<(/?)|=\s*[\"']")
"""A tag, with what is between it and the tag before, or an attribute's value."""

_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_LOOKED_AT: Final = 4096

_FAULTS: Final = MappingProxyType(
    {number: name for name, number in vars(etree.ErrorTypes).items() if isinstance(number, int)}
)
"""The parser's names of faults; its sentences may repeat a piece of the document."""


def read_root(data: bytes, *, format: str, max_bytes: int, blanks: bool = True) -> etree._Element:
    """Parse a document and give its root, without comments and processing instructions.

    Args:
        data: the whole document.
        format: wire format's name, for errors and their codes.
        max_bytes: size cap.
        blanks: keep blanks between tags, each of which is a text; those in an element that has nothing
            else, or that has text beside elements, are always kept.

    Raises:
        TooLarge: over the cap.
        Malformed: for the reasons of the table above; ``position`` is line and column of ``data``.
    """
    encoding, body = _checked(data, format, max_bytes)
    _refuse_dense(body, format, blanks=blanks)
    parser = etree.XMLParser(encoding=encoding, remove_blank_text=not blanks, **_GUARDS)
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, format) from None


def read_events(data: bytes, *, format: str, max_bytes: int) -> Iterator[tuple[str, Any]]:
    """Parse a document bit by bit: ``start-ns`` with prefix and URI, ``start`` and ``end`` with elements.

    What an element holds is known at its end, the text behind it when the next one begins. The caller removes
    what it has read from the tree, and limits how much it keeps.

    Args:
        data: the whole document.
        format: wire format's name, for errors and their codes.
        max_bytes: size cap.

    Raises:
        TooLarge: over the cap.
        Malformed: as :func:`read_root`, ``-too-dense`` not among the reasons.
    """
    encoding, body = _checked(data, format, max_bytes)
    parser: Any = etree.XMLPullParser(("start-ns", "start", "end"), encoding=encoding, **_GUARDS)
    try:
        for start in range(0, len(body), _BIT):
            parser.feed(body[start : start + _BIT])
            yield from parser.read_events()
        parser.close()
    except etree.XMLSyntaxError as error:
        raise _not_well_formed(error, format) from None
    yield from parser.read_events()


def _checked(data: bytes, format: str, max_bytes: int) -> tuple[str, bytes]:
    """The encoding to read in, and the document, when nothing speaks against parsing it."""
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, f"{format} message")
    body = data.removeprefix(_BYTE_ORDER_MARK)
    if body.isspace() or not body:
        raise Malformed(
            format, "the message is empty", field="document", position="byte 0",
            expected="XML", code=f"{format}-empty",
        )  # fmt: skip
    encoding, body = _declared(body, format)
    _refuse_doctype(body, format)
    _refuse_floods(body, format)
    return encoding, body


def root_name(data: bytes) -> str:
    """Local name of the first element, from a look at the beginning; empty when there is none."""
    found = _ROOT.search(data[:_LOOKED_AT])
    return found[1].decode("ascii", "replace") if found else ""


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def _declared(body: bytes, format: str) -> tuple[str, bytes]:
    """The encoding to read in, and the document with blanks in front put behind its declaration."""
    if b"\0" in body or body.startswith(_WIDE):
        raise _encoding(body, 0, format, "with NUL bytes or a UTF-16 mark")
    text = body.lstrip()
    if not _DECLARES.match(text):
        return "UTF-8", body
    start = len(body) - len(text)
    declaration = _DECLARATION.match(text)
    if declaration is None:
        raise Malformed(
            format, "not an XML declaration", field="XML declaration",
            position=_place(body, start), expected='<?xml version="1.0" encoding="UTF-8"?>',
            code=f"{format}-declaration",
        )  # fmt: skip
    name = (declaration[1] or declaration[2] or b"utf-8").decode("ascii", "replace")
    encoding = ENCODINGS.get(name.lower())
    if encoding is None:
        raise _encoding(body, start, format, name)
    if start:
        body = declaration[0] + body[:start] + text[declaration.end() :]
    return encoding, body


def _encoding(body: bytes, at: int, format: str, found: str) -> Malformed:
    return Malformed(
        format, "the encoding is not taken", field="encoding", position=_place(body, at),
        found=found[:40], expected="UTF-8", code=f"{format}-encoding",
    )  # fmt: skip


def _refuse_doctype(body: bytes, format: str) -> None:
    at = body.find(b"<!DOCTYPE")
    if at >= 0:
        raise Malformed(
            format,
            "a DOCTYPE is not taken: entities and DTDs are off",
            field="DOCTYPE",
            position=_place(body, at),
            found="<!DOCTYPE",
            expected="XML without DOCTYPE",
            code=f"{format}-doctype",
        )


def _refuse_floods(body: bytes, format: str) -> None:
    """Refuse floods of parts that cost a parser or its caller more than their bytes tell."""
    if body.count(b"&") > MOST_REFERENCES:
        at = _nth(body, b"&", MOST_REFERENCES)
        raise _flood(body, at, format, "references", MOST_REFERENCES)
    for tag in _LONG_TAG.finditer(body):
        at, count = tag.end(), 0
        while (attribute := _ATTRIBUTE.match(body, at)) is not None:
            at, count = attribute.end(), count + 1
            if count > MOST_ATTRIBUTES:
                raise _flood(body, tag.start(), format, "attributes", MOST_ATTRIBUTES)


def _refuse_dense(body: bytes, format: str, *, blanks: bool) -> None:
    """Refuse a document whose tree would take far more than its bytes."""
    most = TREE_TIMES * len(body) + TREE_BYTES
    tags = body.count(b"<")
    nodes = 2 * tags - body.count(b"</") - body.count(b"><")
    if NODE_BYTES * nodes + ATTRIBUTE_BYTES * (body.count(b'"') + body.count(b"'")) // 2 <= most:
        return
    # Quotation marks of texts and blanks that are not kept may be among those: only what is left is counted.
    weight = 0
    for part in _PART.finditer(body):
        between, end = part.groups()
        if end is None:
            weight += ATTRIBUTE_BYTES
        else:
            text = between is None or (blanks and len(between) > 1)
            weight += NODE_BYTES * ((not end) + text)
        if weight > most:
            raise Malformed(
                format, "more tags and attributes than a message of its size has", field="document",
                position=_place(body, max(part.start(), part.end(1))), found=f"{len(body)} bytes",
                expected=f"at most {TREE_TIMES} times the bytes in the tree", code=f"{format}-too-dense",
            )  # fmt: skip


def _nth(body: bytes, mark: bytes, number: int) -> int:
    """Place of the mark that has ``number`` of its kind before it."""
    at = -1
    for _ in range(number + 1):
        at = body.find(mark, at + 1)
    return at


def _flood(body: bytes, at: int, format: str, field: str, most: int) -> Malformed:
    return Malformed(
        format, f"too many {field}", field=field, position=_place(body, at),
        expected=f"at most {most}", code=f"{format}-too-many-{field}",
    )  # fmt: skip


def _not_well_formed(error: etree.XMLSyntaxError, format: str) -> Malformed:
    line, column = error.position
    place = f"line {line} column {column}"
    name = _FAULTS.get(getattr(error, "code", 0), "")  # lxml's types do not know it
    if name == "ERR_RESOURCE_LIMIT" and "depth" in error.msg:
        return Malformed(
            format, "elements are nested too deep", field="document", position=place,
            expected=f"at most {DEEPEST} elements in each other", code=f"{format}-too-deep",
        )  # fmt: skip
    return Malformed(
        format, "the message is not well-formed XML", field="document", position=place,
        found=name.replace("ERR_", "").replace("_", " ").lower(), expected="well-formed XML",
        code=f"{format}-not-xml",
    )  # fmt: skip


def _place(body: bytes, at: int) -> str:
    line = body.count(b"\n", 0, at) + 1
    start = body.rfind(b"\n", 0, at)
    return f"line {line} column {at - start}"
