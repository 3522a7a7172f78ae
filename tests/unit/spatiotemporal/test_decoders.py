"""What the command line shows of each format, and that no format is taken for another."""

from __future__ import annotations

import json

import pytest

from service_bus import Malformed
from spatiotemporal import DECODERS, RECOGNISERS

SAMPLES = {
    "jt808": b"7E0200002611223344556622B8000000010000000200BA7F0E07E4F11C0028003C0000180715101010"
    b"01040000006402020037577E",
    "adsb": b"8D40621D58C386435CC412692AD6\n8D40621D58C382D690C8AC2863A7\n",
    "nmea": b"$GPRMC,123519,A,4807.038,N,01131.000,E,022.4,084.4,230394,003.1,W*6A\r\n",
    "position-json": b'{"id": "vehicle:1", "time": 1795492800, "latitude": 31.2, "longitude": 121.3}',
    "asterix": bytes.fromhex(
        "0a0029f7f109100001016100303a92063486c3fef5f9e20004be10fffe0000000403c10037bf50fcff"
    ),
}


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_format_becomes_plain_objects(name: str) -> None:
    messages = DECODERS[name](SAMPLES[name])
    assert messages
    assert all(json.dumps(message, default=str) for message in messages)


def test_codes_are_explained() -> None:
    (location,) = DECODERS["jt808"](SAMPLES["jt808"])
    assert location["body"]["items"] == {"mileage_m": 10_000, "fuel_l": 5.5}  # type: ignore[index]
    _, squitter = DECODERS["adsb"](SAMPLES["adsb"])
    assert squitter["body"]["altitude_m"] == pytest.approx(11_582.4)  # type: ignore[index]
    assert squitter["latitude"] == pytest.approx(52.2572, abs=1e-4)
    (record,) = DECODERS["asterix"](SAMPLES["asterix"])
    assert record["target"]["track"] == 4  # type: ignore[index]


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_every_sample_is_recognised_as_what_it_is(name: str) -> None:
    scores = {other: recognise(SAMPLES[name]) for other, recognise in RECOGNISERS.items()}
    assert max(scores, key=lambda other: scores[other]) == name, scores
    assert sorted(scores.values())[-2] < 0.5, scores


def test_formats_and_recognisers_have_the_same_names() -> None:
    assert DECODERS.keys() == RECOGNISERS.keys() == SAMPLES.keys()


@pytest.mark.parametrize("name", sorted(SAMPLES))
def test_noise_is_refused_with_a_place(name: str) -> None:
    with pytest.raises(Malformed) as caught:
        DECODERS[name](b"\x00\x01 not a message")
    assert caught.value.field
    assert caught.value.position
