"""Wire formats as the command line reads them: bytes in, plain objects out.

What a format leaves open (day, century) is taken as near now.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import fields as fields_of
from dataclasses import is_dataclass
from types import MappingProxyType
from typing import Any, Final

from service_bus import Decoder, Mode, utc_now
from spatiotemporal.sources import adsb, asterix_blocks, jt808, nmea, position_json

_DERIVED = (
    "name", "speed_mps", "track_deg", "altitude_m", "barometric", "heading_deg", "airspeed_mps",
    "true_airspeed", "climb_mps", "above_barometric_m", "squawk", "selected_altitude_m", "pressure_hpa",
    "selected_heading_deg", "length_m", "width_m",
)  # fmt: skip
"""What the codes of an ADS-B body mean."""


_MEANT: Final = ("positioned", "acc_on", "shifted", "alarms")
"""What the bits of a JT/T 808 location mean."""

_FIELDS: Final[dict[type[Any], tuple[str, ...]]] = {}
"""Fields of the dataclasses met so far; none of other types."""


def _names(kind: type[Any]) -> tuple[str, ...]:
    known = _FIELDS.get(kind)
    if known is None:
        known = tuple(one.name for one in fields_of(kind)) if is_dataclass(kind) else ()
        _FIELDS[kind] = known
    return known


def _plain(value: Any) -> Any:
    """Dataclasses as mappings, however deep; unlike ``asdict`` without copying what cannot change."""
    kind = type(value)
    if kind is dict:
        return {name: _plain(one) for name, one in value.items()}
    if kind is tuple:
        return tuple([_plain(one) for one in value])
    if names := _names(kind):
        return {name: _plain(getattr(value, name)) for name in names}
    return value


def decode_jt808(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Frames of JT/T 808; text of hexadecimal digits is taken too, as logs hold it."""
    messages = []
    for message in jt808.parse(jt808.from_hex(data), mode=mode):
        fields = _plain(message)
        fields["kind"] = type(message.body).__name__
        fields["header"]["message_id"] = f"0x{message.header.message_id:04X}"
        match message.body:
            case jt808.Location() as location:
                _tell(fields["body"], location)
            case jt808.Answer(location=location):
                _tell(fields["body"]["location"], location)
            case jt808.Batch(locations=locations):
                for told, location in zip(fields["body"]["locations"], locations, strict=True):
                    _tell(told, location)
            case (
                jt808.SetParameters(parameters=parameters)
                | jt808.ToldParameters(parameters=parameters)
            ):
                fields["body"]["parameters"] = {one.name: one.read() for one in parameters}
        messages.append(fields)
    return messages


def _tell(told: dict[str, object], location: jt808.Location) -> None:
    """What the bits and items of a location mean."""
    told["items"] = _plain(jt808.read_items(location.items))
    for name in _MEANT:
        told[name] = getattr(location, name)


def decode_adsb(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Squitters, with positions where earlier messages of the same aircraft give them."""
    locator = adsb.Locator()
    messages = []
    for message in adsb.parse(data, mode=mode):
        fields = _plain(message)
        fields["kind"] = type(message.body).__name__
        for name in _DERIVED:
            if (value := getattr(message.body, name, None)) is not None:
                fields["body"][name] = value
        position = locator.locate(message, 0.0)
        if position is not None:
            fields["latitude"], fields["longitude"] = position
        messages.append(fields)
    return messages


def decode_nmea(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Sentences of a satellite receiver."""
    return [_plain(message) for message in nmea.parse(data, mode=mode, reference=utc_now())]


def decode_position_json(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Positions in this project's JSON."""
    return [_plain(message) for message in position_json.parse(data, mode=mode)]


def decode_asterix(data: bytes, *, mode: Mode = "tolerant") -> list[dict[str, object]]:
    """Records of ASTERIX in the editions that suit them, each with what it says of a target.

    Text of hexadecimal digits is taken too, as logs hold it.
    """
    # Its layouts cost a second and 75 MB, which only those pay who read ASTERIX.
    from spatiotemporal.sources import asterix

    messages = []
    data, now = asterix.from_hex(data), utc_now()
    editions = asterix.suited(data, now)
    for message in asterix.parse(data, mode=mode, reference=now, editions=editions):
        fields = _plain(message)
        found = asterix.target(message)
        fields["target"] = None if found is None else _plain(found)
        if (told := asterix.expansion(message)) is not None:
            fields["expansion"] = _plain(dict(told))
        messages.append(fields)
    return messages


DECODERS: Mapping[str, Decoder] = MappingProxyType(
    {
        adsb.FORMAT: decode_adsb,
        asterix_blocks.FORMAT: decode_asterix,
        jt808.FORMAT: decode_jt808,
        nmea.FORMAT: decode_nmea,
        position_json.FORMAT: decode_position_json,
    }
)
"""Wire formats of this package by name; each raises ``Malformed`` with field and place."""

RECOGNISERS: Mapping[str, Callable[[bytes], float]] = MappingProxyType(
    {
        adsb.FORMAT: adsb.recognise,
        asterix_blocks.FORMAT: asterix_blocks.recognise,
        jt808.FORMAT: jt808.recognise,
        nmea.FORMAT: nmea.recognise,
        position_json.FORMAT: position_json.recognise,
    }
)
"""How surely bytes are of a format, 0 to 1, by the same names."""
