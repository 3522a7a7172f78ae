"""A wire format as the rest of the platform knows it: a name, a reader, a page, an example.

Each package lists those whose facts it owns; the format workbench and ``airport-brain decode`` show
them. Nothing here knows what a format is about.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal, Protocol

from service_bus.reading import Mode

Look = Literal["text", "xml", "json", "binary"]
"""How the bytes are shown to people: as lines, as a tree in text, or as octets."""

Recogniser = Callable[[bytes], float]
"""How sure a format is of bytes, 0 to 1; looks at content only and never raises."""

Step = str | int
"""One step of a path in plain objects: the name of a member, or an index from 0."""


class Decoder(Protocol):
    """Bytes in, one plain object per message out."""

    def __call__(self, data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
        """Read bytes.

        Raises:
            Malformed: naming field and place.
            TooLarge: over the format's cap.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where in the original a value of the plain objects stands.

    Attributes:
        path: from the list of messages down to the value: ``(0, "flight", "number")``.
        start: first byte in the original.
        end: byte after the last one.
        exact: the layout says so; otherwise it was found by its value.
    """

    path: tuple[Step, ...]
    start: int
    end: int
    exact: bool = True


Locator = Callable[[bytes, Sequence[Mapping[str, object]]], list[Place]]
"""Original and the plain objects read from it to places; what it leaves out is searched for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WireFormat:
    """One format.

    Attributes:
        name: as in ``airport-brain decode NAME``; also in front of its notice codes, unless ``reader``
            is the name of a reader of several formats.
        zh: what it is called on Chinese screens.
        en: and on English ones.
        standard: document that defines it.
        module: name of the module whose docstring is the format's page and whose ``parse`` has the
            type of its messages; imported when a page is asked for.
        more: modules whose docstrings go on with the page (layouts, notices of a family).
        example: a message that the format reads, made up.
        look: how the bytes are shown.
        places: tells where values stand, where the layout can say.
        octets: brings text that stands for octets (hexadecimal digits) to octets.
    """

    name: str
    zh: str
    en: str
    standard: str
    module: str
    decode: Decoder
    recognise: Recogniser
    example: bytes
    look: Look = "text"
    reader: str = ""
    more: tuple[str, ...] = ()
    places: Locator | None = None
    octets: Callable[[bytes], bytes] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WireWords:
    """What a package's fields and notices mean, in both languages.

    Attributes:
        fields: field, or ``Type.field`` where types differ, to its meaning (zh, en).
        notices: code without the format's name, or with it where formats differ, to a sentence (zh).
        personal: fields that hold people's names, numbers or documents.
    """

    fields: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    notices: Mapping[str, str] = field(default_factory=dict)
    personal: frozenset[str] = frozenset()


def meanings(table: str) -> dict[str, tuple[str, str]]:
    """Meanings of fields from a table, a line each: names, Chinese, English.

    >>> meanings("gate, seat | 登机口 | gate")
    {'gate': ('登机口', 'gate'), 'seat': ('登机口', 'gate')}
    """
    found: dict[str, tuple[str, str]] = {}
    for line in table.strip().splitlines():
        names, zh, en = (part.strip() for part in line.split("|"))
        found |= dict.fromkeys(names.split(", "), (zh, en))
    return found


def sentences(table: str) -> dict[str, str]:
    """Sentences of notices from a table, a line each: codes, Chinese.

    >>> sentences("no-end | 没有结尾")
    {'no-end': '没有结尾'}
    """
    found: dict[str, str] = {}
    for line in table.strip().splitlines():
        codes, zh = (part.strip() for part in line.split("|"))
        found |= dict.fromkeys(codes.split(", "), zh)
    return found
