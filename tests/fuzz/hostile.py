"""Inputs made to exhaust a reader: bombs, depth, length, digits, floods of parts; each made on its own."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from service_bus import WireFormat

LARGE: Final = 50_000
"""Bytes of a large input: more than any single message of most formats, under the caps of nearly all."""

_AFTER_DECLARATION: Final = re.compile(rb"\A(\s*(?:<\?xml[^>]*\?>)?)")
_FIRST_TEXT: Final = re.compile(rb">([^<>&\s][^<>&]*)<")
_LAUGHS: Final = b"".join(
    b'<!ENTITY l%d "%b">' % (level, b"&l%d;" % (level - 1) * 10) for level in range(1, 10)
)
DOCTYPES: Final = {
    "laughs": b'<!DOCTYPE a [<!ENTITY l0 "lol">' + _LAUGHS + b"]>",
    "quadratic": b'<!DOCTYPE a [<!ENTITY l9 "' + b"a" * 50_000 + b'">]>',
    "file": b'<!DOCTYPE a [<!ENTITY l9 SYSTEM "file:///etc/hostname">]>',
    "address": b'<!DOCTYPE a [<!ENTITY l9 SYSTEM "http://127.0.0.1:9/x">]>',
    "parameter": b'<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/hostname"> %p;]>',
    "external": b'<!DOCTYPE a SYSTEM "http://127.0.0.1:9/x.dtd">',
}
"""Document types, each with an entity ``l9`` or with something to fetch."""


def entities(document: bytes) -> Iterator[tuple[str, bytes]]:
    """A document with document types and references to their entities; none may be read."""
    head = _AFTER_DECLARATION.match(document)
    rest = document[head.end() :] if head else document
    start = head[1] if head else b""
    used = _FIRST_TEXT.sub(b">&l9;&l9;<", rest, count=20)
    for name, doctype in DOCTYPES.items():
        whole = start + doctype + used
        yield name, whole
        yield f"{name}-utf16", _in(whole, "utf-16")
        yield (
            f"{name}-utf7",
            start.replace(b"UTF-8", b"UTF-7") + doctype.replace(b"<", b"+ADw-") + used,
        )
        yield f"{name}-utf32", _in(whole, "utf-32")


def _in(document: bytes, encoding: str) -> bytes:
    text = document.decode("utf-8", "replace")
    return re.sub(r'encoding=["\'][^"\']*["\']', f'encoding="{encoding}"', text).encode(encoding)


def floods(form: WireFormat) -> Iterator[tuple[str, bytes]]:
    """The example with every part of it repeated to a large input, and large inputs of no format."""
    example = form.example
    if form.look == "xml":
        yield from _xml_floods(example)
    yield "whole", example * (LARGE // len(example))
    yield from _repeated_lines(example)
    yield from _repeated_chunks(example)
    yield from _blown_fields(example)
    for name, unit in _UNITS.items():
        yield f"only-{name}", unit * (LARGE // len(unit))
        middle = len(example) // 2
        yield f"end-{name}", example + unit * (LARGE // len(unit))
        yield f"middle-{name}", example[:middle] + unit * (LARGE // len(unit)) + example[middle:]


def _xml_floods(example: bytes) -> Iterator[tuple[str, bytes]]:
    """What makes trees, names, attributes and namespaces expensive, put in before the root's end."""
    end = example.rstrip().rfind(b"</")
    root = re.search(rb"<[A-Za-z][^\s>]*", example)
    start = root.end() if root else 0
    named = b"A" * 20_000
    many = b"<a/>" * 5_000
    spaces = b"".join(b' xmlns:n%d="urn:n:%d"' % (n, n) for n in range(3_000))
    attributes = b"".join(b' n%d="%d"' % (n, n) for n in range(5_000))
    nested = b"".join(
        b"<a" + b"".join(b' xmlns:n%d-%d="urn:n"' % (n, m) for m in range(100)) + b">"
        for n in range(30)
    )
    parts = {
        "name": b"<%s>%s</%s>" % (named, many, named),
        "names": b"".join(b"<%s%d>" % (named[:600], n) for n in range(50))
        + b"".join(b"<b%d/>" % n for n in range(3_000))
        + b"".join(b"</%s%d>" % (named[:600], n) for n in range(49, -1, -1)),
        "deep": b"<a>" * 240 + b"</a>" * 240,
        "deep-names": b"".join(b"<a%d>" % n for n in range(240))
        + b"".join(b"</a%d>" % n for n in range(239, -1, -1)),
        "namespaces": b"<a" + spaces + b">" + many + b"</a>",
        "nested-namespaces": nested + many + b"</a>" * 30,
        "attributes": b"<a" + attributes + b"/>",
        "comments": b"<!--x-->" * 6_000,
        "instructions": b"<?x y?>" * 6_000,
        "references": b"<a>" + b"&#65;" * 10_000 + b"</a>",
        "sections": b"<a>" + b"<![CDATA[x]]>" * 4_000 + b"</a>",
    }
    for name, part in parts.items():
        yield f"xml-{name}", example[:end] + part + example[end:]
    yield (
        "xml-root-namespaces",
        example[:start] + spaces + example[start:end] + many + example[end:],
    )
    yield "xml-root-attributes", example[:start] + attributes + example[start:]


_UNITS: Final = {
    "nul": b"\0",
    "blank": b" ",
    "line": b"\r\n",
    "letter": b"A",
    "digit": b"9",
    "slash": b"/",
    "open": b"[",
    "object": b'{"a":',
    "element": b"<a>",
    "attribute": b' a="1"',
    "quote": b"'",
    "text": "雾".encode(),
    "flag": b"\x7e",
    "escape": b"?'",
}


def _repeated_lines(example: bytes) -> Iterator[tuple[str, bytes]]:
    lines = example.splitlines(keepends=True)
    step = max(1, len(lines) // 10)
    for at in range(0, len(lines), step) if len(lines) > 1 else ():
        count = LARGE // len(lines[at])
        yield f"line-{at}", b"".join([*lines[:at], lines[at] * count, *lines[at + 1 :]])


def _repeated_chunks(example: bytes) -> Iterator[tuple[str, bytes]]:
    """Elements, members and chunks of fixed length."""
    for number, found in enumerate(re.finditer(rb"<([\w:]+)[^<>]*>[^<>]*</\1>|<[\w:]+/>", example)):
        if number % 4 == 0:
            start, end = found.span()
            many = example[start:end] * (LARGE // (end - start))
            yield f"element-{number}", example[:start] + many + example[end:]
    for part in range(8):
        start = len(example) * part // 8
        chunk = example[start : start + 12]
        if chunk:
            yield f"chunk-{part}", example[:start] + chunk * (LARGE // 12) + example[start:]


def _blown_fields(example: bytes) -> Iterator[tuple[str, bytes]]:
    fields = list(re.finditer(rb"[A-Za-z0-9]+", example))
    for number in range(0, len(fields), max(1, len(fields) // 10)):
        end = fields[number].end()
        grown = example[end - 1 : end] * LARGE
        yield f"field-{number}", example[:end] + grown + example[end:]
