"""Broken input, over the wire, into a running platform: a clear answer, and nothing stops."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import cv2
import httpx
import numpy as np
import pytest
import skimage.data

from spatiotemporal.sources import jt808
from spatiotemporal.sources.jt808.frame import Header
from tests.platform_process import Platform

XML = {"content-type": "application/xml"}
FLIGHT_MESSAGE = b"""<?xml version='1.0' encoding='UTF-8'?>
<IATA_AIDX_FlightLegNotifRQ xmlns="http://www.iata.org/IATA/2007/00" Version="13.2"
  TimeStamp="2026-11-27T01:00:00Z">
  <FlightLeg>
    <LegIdentifier>
      <Airline CodeContext="3">MU</Airline><FlightNumber>5101</FlightNumber>
      <DepartureAirport CodeContext="3">SHA</DepartureAirport>
      <ArrivalAirport CodeContext="3">PEK</ArrivalAirport>
      <OriginDate>2026-11-27</OriginDate>
    </LegIdentifier>
    <LegData><OperationTime OperationQualifier="OFB" TimeType="SCT" CodeContext="9750"
      >2026-11-27T02:00:00Z</OperationTime></LegData>
  </FlightLeg>
</IATA_AIDX_FlightLegNotifRQ>
"""
"""A scheduled off-block time of one leg, in our own words."""


@pytest.fixture(autouse=True)
def everything_still_runs(platform: Platform) -> Iterator[None]:
    """After whatever a test sent, the platform is well and takes good messages."""
    yield
    assert platform.get("/readyz").json() == {"ready": True}
    answer = platform.post("/api/cargo/intake/cimp", content=good_fsu(int(time.time()) % 9_000_000))
    assert answer.status_code == 202, answer.text


def good_fsu(serial: int) -> bytes:
    number = f"112-{serial:07d}{serial % 7}"
    lines = ("FSU/12", f"{number}PVGFRA/T25K1250.5", "RCS/23NOV1015/PVG/T25K1250.5", "")
    return "\r\n".join(lines).encode()


def check_in(platform: Platform) -> str:
    """A journey of a departure tomorrow; gives its id."""
    off_block = datetime.now(UTC).replace(microsecond=0) + timedelta(hours=3)
    message = {
        "booking_reference": "K7M2QX",
        "passenger_name": "WANG/FANG",
        "flight": {
            "carrier": "MU",
            "number": "5101",
            "date": off_block.date().isoformat(),
            "from": "SHA",
            "to": "PEK",
            "std": off_block.isoformat(),
        },
        "seat": "31A",
        "sequence": 1,
        "gate": "32",
    }
    answer = platform.post("/api/passenger/journeys", json=message)
    assert answer.status_code == 202, answer.text
    journey = str(answer.json()["journey_id"])
    platform.wait_until(
        lambda: platform.get(f"/api/passenger/journeys/{journey}").status_code == 200,
        "the journey is there",
    )
    return journey


def dead_letter(platform: Platform, letter_id: str) -> dict[str, object]:
    letters = platform.get("/api/bus/dead-letters?limit=200").json()
    found = [letter for letter in letters["items"] if letter["id"] == letter_id]
    assert found, f"no dead letter {letter_id}"
    return dict(found[0])


def test_a_truncated_flight_message_names_line_and_element(platform: Platform) -> None:
    whole = FLIGHT_MESSAGE
    answer = platform.post("/api/operations/intake/aidx", content=whole[:-60], headers=XML)
    assert answer.status_code == 400
    fault = answer.json()
    assert fault["format"] == "aidx"
    assert "line" in fault["position"]
    letter = dead_letter(platform, fault["dead_letter"])
    assert letter["topic"] == "operations.aidx.received.v1"
    assert letter["size"] == len(whole) - 60


def test_an_external_entity_is_refused_and_not_fetched(platform: Platform) -> None:
    hostile = FLIGHT_MESSAGE.replace(
        b"<?xml version='1.0' encoding='UTF-8'?>",
        b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/hostname">]>',
    )
    answer = platform.post("/api/operations/intake/aidx", content=hostile, headers=XML)
    assert answer.status_code == 400
    assert "DOCTYPE" in answer.text or "DTD" in answer.text


def test_a_frame_with_a_wrong_checksum_becomes_a_dead_letter(platform: Platform) -> None:
    header = Header(message_id=0x0002, phone="013900001111", serial=7)
    frame = bytearray(jt808.encode(jt808.Message(header=header, body=jt808.Empty())))
    frame[-2] ^= 0x01
    with socket.create_connection(("127.0.0.1", platform.jt808_port), timeout=5) as terminal:
        terminal.sendall(bytes(frame))
        answer = terminal.recv(200)
    assert answer
    letters = platform.get("/api/bus/dead-letters?limit=200").json()["items"]
    found = [each for each in letters if each["code"] == "wrong-checksum"]
    assert found
    assert found[0]["topic"].startswith("spatiotemporal.")


def test_a_wrong_check_digit_names_the_digit(platform: Platform) -> None:
    bad = good_fsu(1_234_567).replace(b"112-12345675", b"112-12345670")
    answer = platform.post("/api/cargo/intake/cimp", content=bad)
    assert answer.status_code == 400
    fault = answer.json()
    assert fault["code"].endswith("awb-check-digit")
    assert (fault["found"], fault["expected"]) == ("0", "5")
    assert "line 2" in fault["position"]
    assert dead_letter(platform, fault["dead_letter"])["field"]


def test_a_photo_without_a_face_is_said_in_words(platform: Platform) -> None:
    brick = np.repeat(np.asarray(skimage.data.brick())[:, :, None], 3, axis=2)
    photo = bytes(cv2.imencode(".jpg", brick)[1])
    journey = check_in(platform)
    answer = platform.post(
        f"/api/passenger/journeys/{journey}/enrolment",
        files={"photo": ("p.jpg", photo, "image/jpeg")},
        data={"consent_version": "2026-1", "consent_channel": "counter"},
    )
    assert answer.status_code in (400, 422), answer.text
    assert "face" in answer.json()["detail"]


@pytest.mark.parametrize("path", ["/api/operations/intake/aidx", "/api/cargo/intake/cimp"])
def test_fifty_megabytes_are_refused(platform: Platform, path: str) -> None:
    answer = platform.post(path, content=b"x" * 50_000_000)
    assert answer.status_code == 413
    assert "10485760" in answer.json()["detail"]


def test_a_stranger_may_not_send(platform: Platform) -> None:
    answer = httpx.post(platform.url + "/api/operations/intake/aidx", content=FLIGHT_MESSAGE)
    assert answer.status_code == 401


def test_a_sender_that_hangs_up_half_way_is_no_fault_of_ours(platform: Platform) -> None:
    path = "/api/cargo/intake/cimp"
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer {platform.key}\r\n"
        "Content-Type: text/plain\r\nContent-Length: 1000\r\n\r\nFSU/12\r\n"
    )
    with socket.create_connection(("127.0.0.1", platform.port), timeout=10) as sender:
        sender.sendall(head.encode())
        time.sleep(0.5)
    platform.wait_until(lambda: f"caller hung up path={path}" in platform.log(), "it is noted")
    assert f"fault path={path}" not in platform.log()
