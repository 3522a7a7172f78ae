"""ONE Record JSON-LD: expanded, compacted and flattened documents to one object model, and back.

Source: IATA ONE Record API 2.3.0 and data model 3.3.0 (MIT), JSON-LD 1.1 (W3C). A document is an
object or a list of objects; ``@context`` tells what names mean, ``@id`` names a node, ``@type`` its
classes, ``@graph`` holds several nodes. The model is the graph (``one_record_model``), so the three
forms of one graph read as equal messages.

Taken of JSON-LD: inline contexts with prefixes, terms, ``@vocab``, ``@base``, ``@language``, types of
terms, containers ``@set``, ``@list``, ``@language`` and ``@index``; aliases of keywords; values with type
or language; lists; ``@included``, ``@nest`` and ``@reverse``; named graphs. Not taken, and refused by
name: contexts by address, save those of the ontologies (nothing is ever fetched), scoped contexts,
containers of ids, types and graphs, directions, JSON literals; nor IRIs of over 120 characters that a
context puts before names.

Traps: a value that looks like an IRI is text unless a context says otherwise (``"cargo:ACTUAL"``
stays text); native numbers and indicators are not the same as typed texts; order of values is kept
although a graph has none; nodes without an id are labelled anew. A ``@graph`` beside an ``@id`` or a
property is a named graph: each of its nodes tells its name, and a node that stands in several graphs
stands there once for each.

Notices, and codes of faults beside them:

===========================  ================================================================
``one-record-unmapped``      A name that nothing gives a meaning was passed over.
``one-record-iri-blank``     Blanks around an IRI were taken off.
``one-record-vocabulary``    The context is the address of a ONE Record ontology; its names were
                             taken as the vocabulary, and nothing was fetched.
===========================  ================================================================
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Final, Literal

from cargo_platform.formats.one_record_model import Message
from cargo_platform.formats.one_record_reading import FORMAT, Walk
from cargo_platform.formats.one_record_writing import PREFIXES, Writer, usable
from cargo_platform.formats.strict_json import MAX_BYTES, json_text, read_json
from service_bus import Mode

__all__ = [
    "FORMAT", "Form", "Message", "compacted", "encode", "expanded", "flattened", "parse",
    "recognise",
]  # fmt: skip

Form = Literal["expanded", "compacted", "flattened"]
_MARKS: Final = (b"onerecord.iata.org/ns/", b'"@context"', b'"@type"', b'"@id"', b'"@graph"')
_LOOKED_AT: Final = 16_384


def parse(data: bytes, *, mode: Mode = "tolerant", max_bytes: int = MAX_BYTES) -> list[Message]:
    """Read a document in any of the three forms.

    Raises:
        Malformed: names the member with its path, or line and column of what is no JSON.
        TooLarge: over the cap.
    """
    top = read_json(data, format=FORMAT, max_bytes=max_bytes)
    walk = Walk(mode=mode, surrogates=b"\\ud" in data.lower())
    form = _form(top)
    nodes = walk.document(top)
    return [
        Message(
            nodes=nodes,
            form="compacted" if form == "flattened" and walk.nested else form,
            original=data,
            notices=tuple(walk.notices),
        )
    ]


def recognise(data: bytes) -> float:
    """How sure it is that the bytes are a ONE Record document."""
    head = data[:_LOOKED_AT]
    if not head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return 0.0
    marks = sum(mark in head for mark in _MARKS)
    if _MARKS[0] in head:
        return 0.95 if marks > 1 else 0.7
    return 0.4 if marks > 1 else 0.0


def expanded(message: Message) -> list[dict[str, Any]]:
    """The expanded form: no context, every IRI in full, every property a list."""
    return Writer(message, {}, arrays=True, flat=False).nodes()


def compacted(message: Message, *, prefixes: Mapping[str, str] = PREFIXES) -> dict[str, Any]:
    """The compacted form: a context of prefixes, single values without a list."""
    prefixes = usable(message, prefixes)
    nodes = Writer(message, prefixes, arrays=False, flat=False).nodes()
    context: dict[str, Any] = {"@context": dict(prefixes)}
    return context | nodes[0] if len(nodes) == 1 else context | {"@graph": nodes}


def flattened(message: Message, *, prefixes: Mapping[str, str] = PREFIXES) -> dict[str, Any]:
    """The flattened form: a context of prefixes and a list of nodes that only link to each other."""
    prefixes = usable(message, prefixes)
    nodes = Writer(message, prefixes, arrays=False, flat=True).nodes()
    return {"@context": dict(prefixes), "@graph": nodes}


def encode(message: Message, *, form: Form | None = None) -> bytes:
    """Text of a document, in the form it came in unless told otherwise."""
    match form or message.form:
        case "expanded":
            return json_text(list(expanded(message))).encode()
        case "flattened":
            return json_text(flattened(message)).encode()
        case _:
            return json_text(compacted(message)).encode()


def _form(top: Any) -> Form:
    """The form of a document; it is not flattened after all if a node stands in another."""
    objects = [one for one in (top if isinstance(top, list) else [top]) if isinstance(one, dict)]
    if not any("@context" in one for one in objects):
        return "expanded"
    if len(objects) == 1 and "@graph" in objects[0]:
        return "flattened"
    return "compacted"
