"""Inputs of many small parts are refused before they cost a second."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest

from service_bus import Malformed, TooLarge
from spatiotemporal.sources import adsb, asterix, jt808, nmea

NOON = datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
HEARTBEAT = bytes.fromhex("7E000200000145332243520004427E")
SQUITTER = bytes.fromhex("8D4840D6202CC371C32CE0576098")
READERS: dict[str, Callable[..., list[Any]]] = {
    "jt808": jt808.parse,
    "adsb": adsb.parse,
    "nmea": lambda data, **more: nmea.parse(data, reference=NOON, **more),
    "asterix": lambda data, **more: asterix.parse(data, reference=NOON, **more),
}


@pytest.mark.parametrize(
    ("name", "data", "place"),
    [
        ("jt808", HEARTBEAT * 50_001, "frame 50001 byte 0"),
        ("adsb", SQUITTER * 50_001, "frame 50001 byte 0"),
        ("adsb", b"5D484FDEA248F5\n" * 50_001, "line 50001 byte 0"),
        ("nmea", b"$P\n" * 50_001, "line 4139 column 1"),
        ("asterix", bytes([65, 0, 6, 0x80, 1, 2]) * 40_001, "byte 76797"),
        ("asterix", bytes([240, 0, 4, 0]) * 40_001, "byte 18284"),
    ],
)
def test_a_flood_of_parts_is_refused_with_its_place(name: str, data: bytes, place: str) -> None:
    with pytest.raises(Malformed) as caught:
        READERS[name](data)
    assert caught.value.code.removeprefix(f"{name}-") == "too-many"
    assert caught.value.position == place


@pytest.mark.parametrize("name", READERS)
def test_more_bytes_than_the_cap_are_refused_unread(name: str) -> None:
    with pytest.raises(TooLarge):
        READERS[name](bytes(2 * 1024 * 1024 + 1))
