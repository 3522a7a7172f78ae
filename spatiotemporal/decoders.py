"""Wire formats as the command line reads them: bytes in, plain objects out."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from types import MappingProxyType

from spatiotemporal.sources import jt808

Decoder = Callable[[bytes], list[dict[str, object]]]


def decode_jt808(data: bytes) -> list[dict[str, object]]:
    """Frames of JT/T 808; text of hexadecimal digits is taken too, as logs hold it."""
    messages = []
    for message in jt808.parse(jt808.from_hex(data)):
        fields = asdict(message)
        fields["kind"] = type(message.body).__name__
        fields["header"]["message_id"] = f"0x{message.header.message_id:04X}"
        match message.body:
            case jt808.Location(items=items):
                fields["body"]["items"] = jt808.read_items(items)
            case jt808.Answer(location=location):
                fields["body"]["location"]["items"] = jt808.read_items(location.items)
            case jt808.Batch(locations=locations):
                for told, location in zip(fields["body"]["locations"], locations, strict=True):
                    told["items"] = jt808.read_items(location.items)
            case (
                jt808.SetParameters(parameters=parameters)
                | jt808.ToldParameters(parameters=parameters)
            ):
                fields["body"]["parameters"] = {one.name: one.read() for one in parameters}
        messages.append(fields)
    return messages


DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        jt808.FORMAT: decode_jt808,
    }
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

RECOGNISERS: Mapping[str, Callable[[bytes], float]] = MappingProxyType(
    {
        jt808.FORMAT: jt808.recognise,
    }
)
"""How surely bytes are of a format, 0 to 1, by the same names."""
