"""XML from outside, read without entities, DTDs or network, and with caps on size and parts.

A DOCTYPE is refused before any parser sees the bytes. That search is only sound where ``<`` has its
ASCII byte, so encodings that are no superset of ASCII (UTF-16, UTF-7, EBCDIC) are refused as well.
Depth is capped by libxml2 at 256 because ``huge_tree`` stays off.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from service_bus import Malformed, TooLarge

MAX_BYTES: Final = 1_048_576
"""Default cap: the largest real messages hold some hundred legs of 5 to 13 kB."""

MOST_TAGS: Final = 120_000
"""Tags of a document, those that end an element, comments and sections among them. The largest messages
that the size cap lets through have some 30,000; with tags of four letters it is half of this."""

MOST_REFERENCES: Final = 20_000
"""``&amp;``, ``&#65;`` and the like in a document: each costs a parser as much as a tag does."""

MOST_ATTRIBUTES: Final = 200
"""Attributes and namespaces of one element, which parsers compare with each other; real ones have under
20."""

ENCODINGS: Final = frozenset({"utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252"})
"""Encodings taken: those in which every ASCII character is its own byte."""

_DECLARATION: Final = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")
_VALUE: Final = re.compile(rb"=\s*[\"']")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"


def read_root(data: bytes, *, format: str, max_bytes: int = MAX_BYTES) -> etree._Element:
    """Parse a document and give its root.

    Args:
        data: the whole document.
        format: wire format's name, for errors and their codes.
        max_bytes: size cap.

    Raises:
        TooLarge: over the cap.
        Malformed: empty, not XML, a DOCTYPE, or an encoding not taken.
    """
    if len(data) > max_bytes:
        raise TooLarge(len(data), max_bytes, f"{format} message")
    body = data.removeprefix(_BYTE_ORDER_MARK)
    if not body.strip():
        raise Malformed(
            format,
            "the message is empty",
            field="document",
            position="byte 0",
            expected="XML",
            code=f"{format}-empty",
        )
    _check_encoding(body, format)
    if (at := body.find(b"<!DOCTYPE")) >= 0:
        raise Malformed(
            format,
            "a DOCTYPE is not taken: entities and DTDs are off",
            field="DOCTYPE",
            position=_line_of(body, at),
            found="<!DOCTYPE",
            expected="XML without DOCTYPE",
            code=f"{format}-doctype",
        )
    _check_parts(body, format)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        recover=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        return etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        raise Malformed(
            format,
            "the message is not well-formed XML",
            field="document",
            position=f"line {line} column {column}",
            found=str(error.msg)[:120],
            expected="well-formed XML",
            code=f"{format}-not-xml",
        ) from None


def _check_parts(body: bytes, format: str) -> None:
    """Refuse floods of parts that cost a parser or its caller more than their bytes tell."""
    for mark, most, field in (
        (b"<", MOST_TAGS, "tags"),
        (b"&", MOST_REFERENCES, "references"),
    ):
        if body.count(mark) > most:
            at = len(mark.join(body.split(mark, most + 1)[:-1]))
            raise _flood(body, at, format, field, most)
    at = 0
    for piece in body.split(b"<"):
        # Only a long piece can hold that many. Text behind the tag counts too, where values are rare.
        if (
            len(piece) > 4 * MOST_ATTRIBUTES
            and piece.count(b"=") > MOST_ATTRIBUTES
            and sum(1 for _ in _VALUE.finditer(piece)) > MOST_ATTRIBUTES
        ):
            raise _flood(body, at, format, "attributes", MOST_ATTRIBUTES)
        at += len(piece) + 1


def _flood(body: bytes, at: int, format: str, field: str, most: int) -> Malformed:
    return Malformed(
        format,
        f"too many {field}",
        field=field,
        position=_line_of(body, at),
        expected=f"at most {most}",
        code=f"{format}-too-many-{field}",
    )


def _check_encoding(body: bytes, format: str) -> None:
    declared = _DECLARATION.match(body[:256])
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if b"\0" in body or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "with NUL bytes or a UTF-16 mark"
    if name.lower() not in ENCODINGS:
        raise Malformed(
            format,
            "the encoding is not taken",
            field="encoding",
            position="line 1",
            found=name[:40],
            expected="UTF-8",
            code=f"{format}-encoding",
        )


def _line_of(body: bytes, at: int) -> str:
    line = body.count(b"\n", 0, at) + 1
    start = body.rfind(b"\n", 0, at)
    return f"line {line} column {at - start}"
