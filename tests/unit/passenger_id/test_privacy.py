"""After a whole journey: no photo, vector or identity number anywhere, names only where allowed."""

from __future__ import annotations

import base64
import json
import logging
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest

from passenger_id.adapters.memory import PictureStatistics
from tests.unit.passenger_id.desk import TurnedClock, body, picture
from tests.unit.passenger_id.kiosk import open_kiosk

ID_NUMBER = "11010519491231002X"
NAME = "ZHANG/SANMEI"
ENROLLED, SHOWN, STRANGER = picture(1), picture(1, noise=5), picture(7)


async def vectors() -> list[np.ndarray]:
    twin = PictureStatistics()
    sightings = [await twin.observe(photo) for photo in (ENROLLED, SHOWN, STRANGER)]
    return [sighting.faces[0].embedding for sighting in sightings]


def spellings(secret: bytes) -> Iterator[bytes]:
    """Bytes as they are, in hexadecimal and in base64 (whatever the offset, a long middle part)."""
    yield secret
    yield secret.hex().encode()
    yield base64.b64encode(secret)[4:-4]


def vector_traces(vector: np.ndarray) -> Iterator[bytes]:
    """A vector as bytes, whole and in parts, and as printed numbers."""
    for kind in ("<f4", "<f8"):
        data = vector.astype(kind).tobytes()
        yield from spellings(data)
        yield data[:32]
    yield f"{vector[0]:.6f}".encode()
    yield repr(float(vector[1])).encode()


async def test_nothing_of_a_face_or_number_is_left_behind(
    tmp_path: Path, clock: TurnedClock, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    answers: list[bytes] = []
    gate_answers: list[bytes] = []
    async with open_kiosk(tmp_path, clock) as kiosk:
        journey_id = await kiosk.check_in(id_number=ID_NUMBER)
        bad = await kiosk.http.post(
            "/api/passenger/journeys", json=body(id_number=ID_NUMBER, seat="??")
        )
        answers.append(bad.content)
        answers.append((await kiosk.enrol(journey_id, ENROLLED)).content)
        gate_answers += [
            (await kiosk.show(journey_id, photo)).content for photo in (STRANGER, SHOWN, SHOWN)
        ]
        gate_answers.append((await kiosk.http.get("/api/passenger/gates/D12/journeys")).content)
        answers.append((await kiosk.http.get(f"/api/passenger/journeys/{journey_id}")).content)
        await kiosk.settle()
        records = await kiosk.records()
        on_disk = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    on_bus = [
        (record.topic, record.envelope.data + repr(record.envelope).encode()) for record in records
    ]
    assert {json.loads(answer)["decision"] for answer in gate_answers[:3]} == {
        "no_match",
        "match",
        "refused",
    }
    everywhere = [*answers, *gate_answers, caplog.text.encode(), *(data for _, data in on_bus)]
    everywhere += on_disk
    secrets = [ID_NUMBER.encode(), ENROLLED[:64], ENROLLED[-200:], SHOWN[-200:], STRANGER[-200:]]
    for vector in await vectors():
        secrets += vector_traces(vector)
    for secret in secrets:
        assert not any(secret in text for text in everywhere), secret[:40]
    # Names: the personal intake topic, the journey table and readers with the right; nobody else.
    for topic, data in on_bus:
        assert (NAME.encode() in data) == (topic == "passenger.journey.received.v1"), topic
    for text in (*gate_answers, caplog.text.encode()):
        assert b"SANMEI" not in text
        assert b"K7Q2ZP" not in text
    # The scan does see what is there: the name in its table, the sealed template,
    # and the hash of the number, which needs the key to be made.
    assert any(NAME.encode() in data for data in on_disk)
    assert any(b"passenger_id_templates" in data for data in on_disk)
    headers = [record.envelope.headers for record in records]
    assert any(len(held.get("document_hmac", "")) == 64 for held in headers)
