"""What the reserved expansion field (RE) says in the categories whose description of it is at hand.

A byte tells which of eight parts follow. The field itself stays bytes in the items of a record; other
categories, older editions and fields that do not fit to the last byte are told as bytes alone.
"""

from __future__ import annotations

from collections.abc import Mapping

from service_bus import Malformed
from spatiotemporal.sources.asterix.editions import EXPANSIONS, expansion_layout
from spatiotemporal.sources.asterix.message import Message
from spatiotemporal.sources.asterix.nodes import Bits, Value

_OLD = "0."
"""Beginning of the editions of 021 whose field is another one."""


def expansion(message: Message) -> Mapping[str, Value] | None:
    """Parts of the field by the standard's names; ``None`` if it is not there or of unknown layout."""
    data = message.items.get("RE")
    if not isinstance(data, bytes) or message.category not in EXPANSIONS:
        return None
    if message.edition.startswith(_OLD):
        return None
    parts, found = expansion_layout(message.category), dict[str, Value]()
    bits = Bits(data, 0, len(data) * 8)
    try:
        announced = bits.take(8)
        for index in range(8):
            if announced & 0x80 >> index:
                name, node = parts[index]
                found[name] = node.read(bits)
    except (Malformed, IndexError):
        return None
    return found if bits.bit == bits.end else None
