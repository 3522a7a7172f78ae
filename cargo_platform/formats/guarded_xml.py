"""XML from outside, read without entities, DTDs or network, and with caps on size, depth and parts.

A DOCTYPE is refused before any parser sees the bytes. That search is only sound where ``<`` has its
ASCII byte, so encodings that are no superset of ASCII (UTF-16, UTF-7, EBCDIC) are refused as well.
Depth is capped by libxml2 at 256 because ``huge_tree`` stays off. GBK and GB18030, which Chinese
customs messages use, are taken: a second byte of theirs is never ``<``.
"""

from __future__ import annotations

import re
from typing import Final

from lxml import etree

from service_bus import Malformed, TooLarge

MAX_BYTES: Final = 2 * 1_048_576
"""Default cap: a manifest of a freighter has some hundred waybills of 2 to 5 kB."""

MOST_TAGS: Final = 120_000
"""Tags of a document, those that end an element, comments and sections among them. Where every air
waybill has 2 kB, the largest message that the size cap lets through has some 70,000."""

MOST_ATTRIBUTES: Final = 500
"""Attributes and namespaces of one element; real ones have under 20."""

ENCODINGS: Final = frozenset(
    ["utf-8", "utf8", "us-ascii", "ascii", "iso-8859-1", "windows-1252", "gbk", "gb2312", "gb18030"]
)
"""Encodings taken: those in which ``<`` and ``!`` are their own bytes and no part of another."""

_DECLARATION: Final = re.compile(rb"\s*<\?xml\s[^>]*?encoding\s*=\s*[\"']([^\"'>]*)[\"']")
_ROOT: Final = re.compile(rb"<(?:[A-Za-z_][\w.-]{0,60}:)?([A-Za-z_][\w.-]{0,60})[\s/>]")
_BYTE_ORDER_MARK: Final = b"\xef\xbb\xbf"
_LOOKED_AT: Final = 4096


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
    body = data.removeprefix(_BYTE_ORDER_MARK).lstrip()
    if not body:
        raise Malformed(
            format, "the message is empty", field="document", position="byte 0", expected="XML",
            code=f"{format}-empty",
        )  # fmt: skip
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
    _check_tags(body, format)
    _check_attributes(body, format)
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
            expected="well-formed XML",
            code=f"{format}-not-xml",
        ) from None


def root_name(data: bytes) -> str:
    """Local name of the first element, from a look at the beginning; empty when there is none."""
    found = _ROOT.search(data[:_LOOKED_AT])
    return found[1].decode("ascii", "replace") if found else ""


def local_name(element: etree._Element) -> str:
    """Name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def below(element: etree._Element, *names: str) -> etree._Element:
    """The element at a path of local names, or as far along it as there are elements."""
    for name in names:
        found = next((child for child in element if local_name(child) == name), None)
        if found is None:
            break
        element = found
    return element


def place(element: etree._Element) -> str:
    """Line and path of an element, names shortened."""
    names: list[str] = []
    above: etree._Element | None = element
    while above is not None:
        names.append(local_name(above)[:40])
        above = above.getparent()
    return f"line {element.sourceline} /{'/'.join(reversed(names))}"


def _check_encoding(body: bytes, format: str) -> None:
    declared = _DECLARATION.match(body[:256])
    name = declared[1].decode("ascii", "replace") if declared else "utf-8"
    if b"\0" in body or body.startswith((b"\xff\xfe", b"\xfe\xff")):
        name = "with NUL bytes or a UTF-16 mark"
    if name.lower() not in ENCODINGS:
        raise Malformed(
            format, "the encoding is not taken", field="encoding", position="line 1",
            found=name[:40], expected="UTF-8", code=f"{format}-encoding",
        )  # fmt: skip


def _check_tags(body: bytes, format: str) -> None:
    """Refuse a flood of tags, each of which costs more than its bytes tell."""
    if body.count(b"<") <= MOST_TAGS:
        return
    at = len(b"<".join(body.split(b"<", MOST_TAGS + 1)[:-1]))
    raise Malformed(
        format, "too many tags", field="tags", position=_line_of(body, at),
        expected=f"at most {MOST_TAGS}", code=f"{format}-too-many-tags",
    )  # fmt: skip


def _check_attributes(body: bytes, format: str) -> None:
    """Refuse elements with a flood of attributes, which parsers sort and compare with each other."""
    at = 0
    for chunk in body.split(b"<"):
        # Only a long piece can hold that many; text without tags in it has few equals signs.
        if len(chunk) > 4 * MOST_ATTRIBUTES and chunk.count(b"=") > MOST_ATTRIBUTES:
            raise Malformed(
                format, "an element with too many attributes", field="attributes",
                position=_line_of(body, at), expected=f"at most {MOST_ATTRIBUTES}",
                code=f"{format}-attributes",
            )  # fmt: skip
        at += len(chunk) + 1


def _line_of(body: bytes, at: int) -> str:
    line = body.count(b"\n", 0, at) + 1
    start = body.rfind(b"\n", 0, at)
    return f"line {line} column {at - start}"
