"""AIDX by HTTP, onto the bus, into the flight database, out on the board."""

from __future__ import annotations

import asyncio
import hashlib
from collections.abc import Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from airport_brain import problems
from airport_brain.operations import OperationsError
from airport_brain.operations.app import build
from airport_brain.operations.events import AIDX_RECEIVED, FLIGHT_CHANGED, TOPICS, FlightChanged
from airport_brain.operations.settings import OperationsSettings
from service_bus import BusError, Component, Principal, Record, Subscription
from service_bus.adapters.memory import MemoryBus
from service_bus.dead_letters import INTAKE, dead_letter_topic

NOW = datetime(2026, 10, 3, 8, 0, tzinfo=UTC)
NS = "http://www.iata.org/IATA/2007/00"


class OpenGuard:
    """Lets everybody in, as one caller; notes the scopes that routes ask for."""

    def __init__(self) -> None:
        self.asked: set[str] = set()

    def __call__(self, *scopes: str) -> Any:
        self.asked |= set(scopes)
        return lambda: Principal(name="gatwick-key", scopes=frozenset(scopes), kind="key")


class Tower:
    """The package behind HTTP, with consumer loop and relay turned by hand."""

    def __init__(self, client: TestClient, component: Component, bus: MemoryBus) -> None:
        self.client = client
        self.component = component
        self.bus = bus
        self.moved = 0

    @property
    def subscription(self) -> Subscription:
        (only,) = self.component.subscriptions
        return only

    def send(self, data: bytes, **params: str) -> Any:
        return self.client.post(
            "/api/operations/intake/aidx",
            content=data,
            params=params,
            headers={"Content-Type": "application/xml"},
        )

    def accept(self, data: bytes, **params: str) -> dict[str, Any]:
        answer = self.send(data, **params)
        assert answer.status_code == 202, answer.text
        self.deliver()
        body: dict[str, Any] = answer.json()
        return body

    def records(self, topic: Any = AIDX_RECEIVED) -> list[Record]:
        async def read() -> list[Record]:
            consumer = await self.bus.consume([topic], group=None)
            found = await consumer.poll(timeout_s=0)
            await consumer.close()
            return found

        assert self.client.portal is not None
        found: list[Record] = self.client.portal.call(read)
        return found

    def deliver(self) -> None:
        """Hand over what the group has not seen, then relay the outbox."""
        records = sorted(self.records(), key=lambda r: r.appended)
        self.subscription.handler(records)
        self.relay()

    def relay(self) -> None:
        async def once() -> None:
            stop = asyncio.Event()
            stop.set()
            await self.component.tasks[0](stop)

        assert self.client.portal is not None
        self.client.portal.call(once)

    def events(self) -> list[FlightChanged]:
        records = self.records(FLIGHT_CHANGED)
        return [FlightChanged.from_json(record.envelope.data) for record in records]

    def refused(self) -> list[Record]:
        return self.records(dead_letter_topic(AIDX_RECEIVED, INTAKE))

    def board(self, **params: Any) -> dict[str, Any]:
        answer = self.client.get("/api/operations/flights", params=params)
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body

    def flight(self, flight_id: str) -> dict[str, Any]:
        answer = self.client.get(f"/api/operations/flights/{flight_id}")
        assert answer.status_code == 200, answer.text
        body: dict[str, Any] = answer.json()
        return body


@contextmanager
def open_tower(folder: Path, bus: MemoryBus) -> Iterator[Tower]:
    component = build(
        OperationsSettings(), bus=bus, clock=lambda: NOW, guard=OpenGuard(), data_dir=folder
    )

    @asynccontextmanager
    async def lifespan(_app: FastAPI) -> Any:
        yield

    app = FastAPI(lifespan=lifespan)
    problems.install(app, (BusError, OperationsError))
    app.include_router(component.router)
    with TestClient(app) as client:
        yield Tower(client, component, bus)
    component.close()


@pytest.fixture
def tower(tmp_path: Path) -> Iterator[Tower]:
    with open_tower(tmp_path, MemoryBus(TOPICS, clock=lambda: NOW)) as opened:
        yield opened


def sample(reference_data: Path, name: str) -> bytes:
    return (reference_data / "messages" / "aidx" / name).read_bytes()


def message(data: str, *, stamp: str = "2026-10-03T07:00:00Z", number: str = "5101") -> bytes:
    return (
        f'<IATA_AIDX_FlightLegNotifRQ xmlns="{NS}"'
        ' xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance"'
        f' TimeStamp="{stamp}"><Originator CompanyShortName="AODB" Code="SHA"/><FlightLeg>'
        f"<LegIdentifier><Airline>MU</Airline><FlightNumber>{number}</FlightNumber>"
        "<DepartureAirport>SHA</DepartureAirport><ArrivalAirport>PEK</ArrivalAirport>"
        "<OriginDate>2026-10-03</OriginDate></LegIdentifier>"
        f"<LegData>{data}</LegData></FlightLeg></IATA_AIDX_FlightLegNotifRQ>"
    ).encode()


def off_block(kind: str, value: str) -> str:
    return (
        f'<OperationTime OperationQualifier="OFB" CodeContext="9750" TimeType="{kind}">{value}'
        "</OperationTime>"
    )


def gates(*names: str) -> str:
    inner = "".join(f"<PassengerGate>{name}</PassengerGate>" for name in names)
    return (
        '<AirportResources Usage="Planned"><Resource DepartureOrArrival="Departure">'
        f"{inner}</Resource></AirportResources>"
    )


# The real feeds.


def test_gatwicks_flight_is_shown_as_its_message_says(tower: Tower, reference_data: Path) -> None:
    original = sample(reference_data, "drt-lgw-notifrq.xml")
    taken = tower.accept(original)
    assert taken["message_id"] == f"sha256:{hashlib.sha256(original).hexdigest()}"
    assert taken["topic"] == "operations.aidx.received.v1"
    assert taken["duplicate"] is False
    assert [w["code"] for w in taken["warnings"]] == [
        "aidx-time-without-zone",
        "aidx-repeat-index-gap",
    ]
    board = tower.board()
    assert board["total"] == 1
    (flight,) = board["items"]
    assert flight == {
        "id": "VS-808P-20180603-LHR-LGW@LGW",
        "leg_id": "VS-808P-20180603-LHR-LGW",
        "airline": "VS",
        "flight_number": "808",
        "suffix": "P",
        "display": "VS808P",
        "codeshares": [],
        "origin_date": "2018-06-03",
        "origin": "LHR",
        "destination": "LGW",
        "direction": "arrival",
        "airport": "LGW",
        "scheduled": "2018-06-03T19:50:00Z",
        "scheduled_event": "ONB",
        "estimated": "2018-06-03T19:37:00Z",
        "estimated_event": "ONB",
        "actual": "2018-06-03T19:36:00Z",
        "actual_event": "ONB",
        "status": {"code": "LAN", "zh": "已落地", "en": "Landed", "derived": False},
        "public_status": "",
        "aircraft_type": "346",
        "registration": "GVFIZ",
        "call_sign": "VIR808P",
        "stand": "",
        "gates": [],
        "terminal": "2",
        "belts": [],
        "runway": "08R",
        "delay_min": -14,
        "hidden": False,
        "updated_at": "2026-10-03T08:00:00Z",
        "source": "/operations/aidx/idaho",
        "message_id": taken["message_id"],
    }
    assert board["feeds"] == [
        {
            "source": "/operations/aidx/idaho",
            "last_message_at": "2026-10-03T08:00:00Z",
            "messages": 1,
        }
    ]
    assert board["last_message_at"] == "2026-10-03T08:00:00Z"


def test_gatwicks_flight_explains_every_time(tower: Tower, reference_data: Path) -> None:
    taken = tower.accept(sample(reference_data, "drt-lgw-notifrq.xml"))
    detail = tower.flight("VS-808P-20180603-LHR-LGW@LGW")
    assert [
        (t["qualifier"], t["time_type"], t["code_context"], t["repeat_index"], t["value"])
        for t in detail["times"]
    ] == [
        ("ONB", "ACT", "9750", 1, "2018-06-03T19:36:00Z"),
        ("TDN", "EST", "9750", 2, "2018-06-03T19:28:00Z"),
        ("ONB", "EST", "9750", 3, "2018-06-03T19:37:00Z"),
        ("TDN", "ACT", "9750", 4, "2018-06-03T19:30:00Z"),
        ("ONB", "SCT", "9750", 5, "2018-06-03T19:50:00Z"),
        ("ATO", "ACT", "0000", 6, "2018-06-03T19:12:00Z"),
    ]
    assert all(t["current"] and t["message_id"] == taken["message_id"] for t in detail["times"])
    assert detail["resources"] == [
        {"side": "arrival", "usage": "planned", "values": {"runway": "08R", "terminal": "2"}}
    ]
    values = {statement["field"]: statement["value"] for statement in detail["values"]}
    assert values["linked_legs"] == ["VS-809P-20180607-LGW-MAN"]
    assert values["cabins"][4] == {
        "seats": 308,
        "passengers": [{"count": 120, "usage": "Actual", "destination": "Local"}],
    }
    (kept,) = detail["messages"]
    assert (kept["message_id"], kept["offset"]) == (taken["message_id"], taken["offset"])


def test_london_citys_flights_are_shown_as_their_message_says(
    tower: Tower, reference_data: Path
) -> None:
    tower.accept(sample(reference_data, "drt-lcy-soap-1.xml"))
    tower.accept(sample(reference_data, "drt-lcy-soap-2.xml"))
    board = tower.board(airport="LCY")
    assert board["total"] == 2
    first, second = board["items"]
    shown = (
        "id", "display", "origin", "destination", "direction", "airport", "scheduled", "estimated",
        "actual", "aircraft_type", "registration", "stand", "terminal", "belts", "runway",
        "delay_min", "public_status", "source",
    )  # fmt: skip
    assert [first[name] for name in shown] == [
        "MMD-5055-20191118-SGD-LCY@LCY", "MMD5055", "SGD", "LCY", "arrival", "LCY",
        "2019-11-18T13:00:00Z", "2019-11-18T12:47:00Z", "2019-11-18T12:49:00Z", "DF3", "OYRAB",
        "MT", "MT", ["03"], "27", -11, "", "/operations/aidx/lcy",
    ]  # fmt: skip
    assert [second[name] for name in shown] == [
        "AFP-24-20191203-TOJ-LCY@LCY", "AFP24", "TOJ", "LCY", "arrival", "LCY",
        "2019-12-03T14:50:00Z", None, "2019-12-03T12:12:00Z", "FA50", "17401",
        "JC", "JC", [], "09", -158, "", "/operations/aidx/lcy",
    ]  # fmt: skip
    assert first["status"] == {"code": "ONB", "zh": "已到位", "en": "In block", "derived": True}
    detail = tower.flight(first["id"])
    assert detail["remarks"] == ["LND"]
    assert len(detail["messages"]) == 2
    assert len(detail["times"]) == 4, "the second message says nothing new about the first flight"
    assert len(tower.events()) == 2, "and is no news to others"


def test_both_airports_stand_on_one_board_by_time(tower: Tower, reference_data: Path) -> None:
    tower.accept(sample(reference_data, "drt-lcy-soap-2.xml"))
    tower.accept(sample(reference_data, "drt-lgw-notifrq.xml"))
    assert [f["airport"] for f in tower.board()["items"]] == ["LGW", "LCY", "LCY"]
    assert [f["display"] for f in tower.board(q="lcy afp")["items"]] == ["AFP24"]
    assert [f["display"] for f in tower.board(q="已落地")["items"]] == ["VS808P"]
    assert tower.board(q="100%")["total"] == 0
    assert tower.board(direction="departure")["total"] == 0
    page = tower.board(limit=1, offset=1)
    assert (page["total"], [f["display"] for f in page["items"]]) == (3, ["MMD5055"])
    assert tower.board(since="2019-01-01", until="2019-12-01")["total"] == 1


def test_the_route_may_name_the_airport_and_its_feed(tower: Tower, reference_data: Path) -> None:
    taken = tower.accept(sample(reference_data, "drt-lgw-notifrq.xml"), airport="lhr")
    (flight,) = tower.board()["items"]
    assert (flight["airport"], flight["direction"]) == ("LHR", "departure")
    assert flight["source"] == "/operations/aidx/lhr"
    assert flight["actual"] is None, "Heathrow's off-block is not in Gatwick's message"
    assert "aidx-airport-not-on-leg" not in [w["code"] for w in taken["warnings"]]


def test_originals_are_given_back_byte_for_byte(tower: Tower, reference_data: Path) -> None:
    names = ("drt-lgw-notifrq.xml", "drt-lcy-soap-1.xml", "drt-lcy-soap-2.xml")
    for name in names:
        original = sample(reference_data, name)
        taken = tower.accept(original)
        answer = tower.client.get(f"/api/operations/messages/{taken['message_id']}")
        assert answer.status_code == 200
        assert answer.content == original
        assert answer.headers["content-security-policy"] == "sandbox"
    gone = tower.client.get("/api/operations/messages/sha256:0")
    assert (gone.status_code, gone.json()["title"]) == (404, "Not Found")


# A flight's life.


def test_updates_change_only_what_they_say(tower: Tower) -> None:
    tower.accept(message(off_block("SCT", "2026-10-03T09:00:00Z") + gates("21", "22")))
    tower.accept(
        message(
            off_block("SCT", "2026-10-03T09:00:00Z") + off_block("EST", "2026-10-03T09:40:00Z"),
            stamp="2026-10-03T07:10:00Z",
        )
    )
    (flight,) = tower.board()["items"]
    assert (flight["gates"], flight["delay_min"]) == (["21", "22"], 40)
    tower.accept(message(gates("23"), stamp="2026-10-03T07:20:00Z"))
    (flight,) = tower.board()["items"]
    assert (flight["gates"], flight["estimated"]) == (["23"], "2026-10-03T09:40:00Z")
    tower.accept(
        message(
            "<OperationalStatus CodeContext='2005'>DX</OperationalStatus>",
            stamp="2026-10-03T07:30:00Z",
        )
    )
    (flight,) = tower.board()["items"]
    assert flight["status"] == {"code": "DX", "zh": "取消", "en": "Cancelled", "derived": False}
    changes = [[(c.field, c.old, c.new) for c in event.changes] for event in tower.events()]
    assert changes[1:] == [
        [("time.OFB.EST", None, "2026-10-03T09:40:00+00:00")],
        [("departure.planned.gates", ["21", "22"], ["23"])],
        [("status", None, [{"code": "DX", "code_context": "2005"}])],
    ]


def test_a_late_message_leaves_its_trace_and_changes_nothing(tower: Tower) -> None:
    tower.accept(message(off_block("EST", "2026-10-03T09:40:00Z"), stamp="2026-10-03T07:20:00Z"))
    tower.accept(message(off_block("EST", "2026-10-03T09:10:00Z"), stamp="2026-10-03T07:10:00Z"))
    (flight,) = tower.board()["items"]
    assert flight["estimated"] == "2026-10-03T09:40:00Z"
    times = tower.flight(flight["id"])["times"]
    assert [(t["value"], t["late"], t["current"]) for t in times] == [
        ("2026-10-03T09:40:00Z", False, True),
        ("2026-10-03T09:10:00Z", True, False),
    ]
    assert len(tower.events()) == 1


def test_a_deleted_leg_leaves_the_board_and_can_still_be_explained(tower: Tower) -> None:
    tower.accept(message(off_block("SCT", "2026-10-03T09:00:00Z")))
    (flight,) = tower.board()["items"]
    deleted = message("", stamp="2026-10-03T07:10:00Z").replace(
        b"<LegData></LegData>", b"<SpecialAction>Delete</SpecialAction>"
    )
    tower.accept(deleted)
    assert tower.board()["total"] == 0
    assert tower.flight(flight["id"])["hidden"] is True
    assert tower.events()[-1].flight.hidden is True


def test_an_event_carries_the_whole_flight_and_its_original(tower: Tower) -> None:
    taken = tower.accept(message(off_block("SCT", "2026-10-03T09:00:00Z")))
    (record,) = tower.records(FLIGHT_CHANGED)
    (event,) = tower.events()
    assert record.envelope.subject == "MU-5101-20261003-SHA-PEK"
    assert record.envelope.causation_id == taken["message_id"]
    assert (event.raw_ref.topic, event.raw_ref.offset) == (taken["topic"], taken["offset"])
    assert (event.new, event.flight.display) == (True, "MU5101")
    assert event.flight.scheduled == datetime(2026, 10, 3, 9, tzinfo=UTC)


# Bad input.

DOCTYPE = b'<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "code", "field", "position"),
    [
        (message("")[:-60], "aidx-not-xml", "document", "line 1 column"),
        (DOCTYPE + message("&x;"), "aidx-doctype", "DOCTYPE", "line 1 column 1"),
        (b"MVT MU5101", "aidx-not-xml", "document", "line 1 column 1"),
        (b"", "aidx-empty", "document", "byte 0"),
        (b"<Flights/>", "aidx-wrong-root", "Flights", "line 1 /Flights"),
        (
            message("", number="51O1"),
            "aidx-wrong-form",
            "FlightNumber",
            "line 1 /IATA_AIDX_FlightLegNotifRQ/FlightLeg/LegIdentifier/FlightNumber",
        ),
    ],
)
def test_bad_input_is_refused_with_its_place_and_kept(
    tower: Tower, data: bytes, code: str, field: str, position: str
) -> None:
    answer = tower.send(data)
    assert answer.status_code == 400
    assert answer.headers["content-type"].startswith("application/problem+json")
    problem = answer.json()
    assert (problem["code"], problem.get("field", "")) == (code, field)
    assert problem["position"].startswith(position)
    assert "passwd" not in answer.text
    (letter,) = tower.refused()
    assert letter.envelope.id == problem["dead_letter"]
    assert letter.envelope.data == data
    assert letter.envelope.headers["dlq-code"] == code
    assert tower.records() == []
    assert tower.board()["total"] == 0


def test_a_request_is_kept_and_said_not_to_be_answered(tower: Tower) -> None:
    body = (
        b'<IATA_AIDX_FlightLegRQ xmlns="http://www.iata.org/IATA/2007/00"'
        b' TimeStamp="2026-10-03T08:00:00Z"><Airport>SHA</Airport></IATA_AIDX_FlightLegRQ>'
    )
    taken = tower.accept(body)
    assert [w["code"] for w in taken["warnings"]] == ["aidx-request-not-answered"]
    assert tower.board()["total"] == 0


def test_a_huge_body_is_refused_by_its_declared_length(tower: Tower) -> None:
    answer = tower.client.post(
        "/api/operations/intake/aidx", content=b"", headers={"Content-Length": "52428800"}
    )
    assert answer.status_code == 413
    assert "52428800 bytes exceeds the limit of 1048576 bytes" in answer.json()["detail"]
    (letter,) = tower.refused()
    assert letter.envelope.headers["dlq-code"] == "too-large"


def test_a_huge_stream_is_given_up_at_the_limit(tower: Tower) -> None:
    chunks = iter([b"x" * 65_536] * 800)
    asked = 0
    said: list[dict[str, Any]] = []

    async def receive() -> dict[str, Any]:
        nonlocal asked
        asked += 1
        return {"type": "http.request", "body": next(chunks), "more_body": True}

    async def send(event: dict[str, Any]) -> None:
        said.append(event)

    scope = {
        "type": "http",
        "asgi": {"version": "3.0"},
        "http_version": "1.1",
        "method": "POST",
        "scheme": "http",
        "path": "/api/operations/intake/aidx",
        "raw_path": b"/api/operations/intake/aidx",
        "query_string": b"",
        "headers": [(b"transfer-encoding", b"chunked")],
        "client": ("127.0.0.1", 1),
        "server": ("127.0.0.1", 80),
    }
    assert tower.client.portal is not None
    tower.client.portal.call(tower.client.app, scope, receive, send)
    assert said[0]["status"] == 413
    assert asked == 17, "50 MB were offered; reading stops with the first chunk over 1 MiB"
    (letter,) = tower.refused()
    assert len(letter.envelope.data) == 1_048_576
    assert tower.records() == []


# Exactly once.


def test_the_same_message_twice_has_one_effect(tower: Tower, reference_data: Path) -> None:
    original = sample(reference_data, "drt-lgw-notifrq.xml")
    first = tower.accept(original)
    second = tower.accept(original)
    assert (first["duplicate"], second["duplicate"]) == (False, True)
    assert (second["partition"], second["offset"]) == (first["partition"], first["offset"])
    tower.deliver()
    tower.deliver()
    detail = tower.flight("VS-808P-20180603-LHR-LGW@LGW")
    assert (len(detail["times"]), len(detail["messages"])) == (6, 1)
    assert tower.board()["feeds"][0]["messages"] == 1
    assert len(tower.events()) == 1


def test_a_crash_before_the_relay_loses_no_news(tmp_path: Path) -> None:
    bus = MemoryBus(TOPICS, clock=lambda: NOW)
    with open_tower(tmp_path, bus) as before:
        assert before.send(message(off_block("SCT", "2026-10-03T09:00:00Z"))).status_code == 202
        before.subscription.handler(before.records())  # applied, neither relayed nor committed
        assert before.events() == []
    with open_tower(tmp_path, bus) as after:
        after.deliver()  # delivered again, because the offset was never committed
        assert len(after.events()) == 1
        (flight,) = after.board()["items"]
        detail = after.flight(flight["id"])
        assert (len(detail["times"]), len(detail["messages"])) == (1, 1)
        after.deliver()
        assert len(after.events()) == 1


# Live.


def test_a_live_board_shows_snapshot_change_and_heartbeat(
    tower: Tower, reference_data: Path
) -> None:
    tower.accept(sample(reference_data, "drt-lgw-notifrq.xml"))
    with tower.client.websocket_connect("/api/operations/flights/live") as screen:
        snapshot = screen.receive_json()
        assert snapshot["type"] == "snapshot"
        assert snapshot["flights"] == tower.board()["items"]
        beat = screen.receive_json()
        assert beat == {
            "type": "heartbeat",
            "at": "2026-10-03T08:00:00Z",
            "last_message_at": "2026-10-03T08:00:00Z",
        }
        tower.accept(message(off_block("SCT", "2026-10-03T09:00:00Z")))
        changed = screen.receive_json()
        assert changed["type"] == "changed"
        assert [f["display"] for f in changed["flights"]] == ["MU5101"]
        assert changed["flights"] == tower.board(q="MU5101")["items"]


def test_screens_share_one_reader_and_end_with_the_bus(tower: Tower) -> None:
    with (
        tower.client.websocket_connect("/api/operations/flights/live") as one,
        tower.client.websocket_connect("/api/operations/flights/live") as two,
    ):
        for screen in (one, two):
            assert [screen.receive_json()["type"] for _ in range(2)] == ["snapshot", "heartbeat"]
        tower.accept(message(off_block("SCT", "2026-10-03T09:00:00Z")))
        for screen in (one, two):
            assert screen.receive_json()["type"] == "changed"
        assert tower.client.portal is not None
        tower.client.portal.call(tower.bus.close)
        for screen in (one, two):
            with pytest.raises(WebSocketDisconnect) as caught:
                screen.receive_json()
            assert caught.value.code == 1013
