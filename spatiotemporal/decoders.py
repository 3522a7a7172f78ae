"""Wire formats as the command line reads them: bytes in, plain objects out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from spatiotemporal.sources import jt808


def decode_jt808(data: bytes) -> list[dict[str, object]]:
    """Frames of JT/T 808; text of hexadecimal digits is taken too, as logs hold it."""
    text = data.strip()
    if text[:2].lower() == b"7e":
        try:
            data = bytes.fromhex(text.decode("ascii"))
        except ValueError:
            data = text
    messages = []
    for message in jt808.parse(data):
        fields = asdict(message)
        fields["kind"] = type(message.body).__name__
        fields["header"]["message_id"] = f"0x{message.header.message_id:04X}"
        messages.append(fields)
    return messages


DECODERS: Mapping[str, Callable[[bytes], list[dict[str, object]]]] = MappingProxyType(
    {"jt808": decode_jt808}
)
