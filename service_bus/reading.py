"""How every wire format of the airport is read: two modes, and notices of what was odd.

A format is a module with ``parse(data, *, mode, reference) -> list[Message]``, ``recognise(data)``,
and, where the platform also speaks it, ``encode(message) -> bytes``. What it may not accept it raises as
:class:`service_bus.Malformed`; what is odd but readable is a :class:`Notice` in tolerant mode and a fault in
strict mode. ``reference`` (aware UTC) resolves days without a year and times without a zone.

Memory: beside the messages it returns, a reading takes at most ten times its input and 1 MiB; the messages
hold at most the factor of their format (airport_brain/decisions/0008, held by tests/fuzz). So lines and
parts of a text are made one by one, not listed first.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Mode = Literal["strict", "tolerant"]
"""``strict``: whatever the standard forbids is a fault; ``tolerant``: only what cannot be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Notice:
    """Something odd that did not stop the reading.

    Attributes:
        code: short stable name, e.g. ``aidx-time-without-zone``.
        field: the standard's name of the element, attribute or field.
        position: place in the original: ``line 3 column 12``, ``byte 17``, line and element path.
        text: one sentence.
    """

    code: str
    field: str
    position: str
    text: str
