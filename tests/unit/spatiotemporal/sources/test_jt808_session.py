"""One terminal's conversation and the translation of its frames, without a socket."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from service_bus import Record
from service_bus.adapters.memory import MemoryBus
from service_bus.app import dead_letters
from spatiotemporal.events import JT808_RECEIVED, TOPICS, fix_from_json
from spatiotemporal.sources import gcj02, jt808
from spatiotemporal.sources.jt808.frame import Header, Splitter, read_frame
from spatiotemporal.sources.jt808.session import AuthenticationCodes, TerminalSession
from spatiotemporal.sources.jt808.translation import Translation

PHONE = "013900100001"
START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def bus(clock: Clock) -> MemoryBus:
    return MemoryBus(TOPICS, clock)


@pytest.fixture
def session(bus: MemoryBus, clock: Clock) -> TerminalSession:
    return TerminalSession(
        bus=bus,
        intake=JT808_RECEIVED,
        codes=AuthenticationCodes(b"secret"),
        clock=clock,
        may_register=lambda phone: not phone.endswith("9"),
    )


def frames(data: bytes) -> list[jt808.Message]:
    return [jt808.read_message(read_frame(one)) for one in Splitter().feed(data)]


def written(message_id: int, body: jt808.Body, serial: int = 1, phone: str = PHONE) -> bytes:
    header = Header(message_id=message_id, phone=phone, serial=serial)
    return jt808.encode(jt808.Message(header=header, body=body))


def location(second: int = 0, **facts: object) -> jt808.Location:
    values: dict[str, object] = {
        "alarm": 0,
        "status": 3,
        "latitude": 31.19,
        "longitude": 121.33,
        "altitude_m": 3,
        "speed_mps": 5.0,
        "heading_deg": 90,
        "time": START + timedelta(seconds=second),
    }
    return jt808.Location(**{**values, **facts})  # type: ignore[arg-type]


async def signed_in(session: TerminalSession) -> None:
    code = session.codes.code(PHONE)
    await session.receive(written(jt808.AUTHENTICATE, jt808.Authenticate(code=code)))
    assert session.authenticated


async def taken(bus: MemoryBus) -> int:
    return sum(lag.high for lag in await bus.lag("nobody", [JT808_RECEIVED]))


async def test_a_phone_that_may_not_register_gets_no_code(session: TerminalSession) -> None:
    body = jt808.Register(
        province=1, city=1, maker="M", model="tug", terminal_id="T", plate_colour=1, plate="A"
    )
    (answer,) = frames(await session.receive(written(jt808.REGISTER, body, phone="013900100009")))
    assert answer.body == jt808.RegisterReply(serial=1, result=2)


async def test_the_platform_tells_its_time(session: TerminalSession) -> None:
    (answer,) = frames(await session.receive(written(jt808.ASK_SERVER_TIME, jt808.Empty())))
    assert (answer.header.message_id, answer.body) == (
        jt808.SERVER_TIME,
        jt808.ServerTime(time=START),
    )


async def test_a_position_that_was_asked_for_is_taken(
    session: TerminalSession, bus: MemoryBus
) -> None:
    await signed_in(session)
    body = jt808.Answer(serial=4, location=location())
    (answer,) = frames(await session.receive(written(jt808.LOCATION_ANSWER, body)))
    assert isinstance(answer.body, jt808.Reply)
    assert answer.body.result == jt808.OK
    assert await taken(bus) == 1


async def test_what_nobody_needs_is_unsupported(session: TerminalSession) -> None:
    await signed_in(session)
    (answer,) = frames(await session.receive(written(0x0900, jt808.Other(body=b"x"))))
    assert isinstance(answer.body, jt808.Reply)
    assert answer.body.result == jt808.UNSUPPORTED


async def test_another_terminals_phone_is_refused(session: TerminalSession, bus: MemoryBus) -> None:
    await signed_in(session)
    data = written(jt808.LOCATION, location(), phone="013900100002")
    (answer,) = frames(await session.receive(data))
    assert isinstance(answer.body, jt808.Reply)
    assert answer.body.result == jt808.FAILED
    (letter,) = await dead_letters(bus, TOPICS)
    assert letter["field"] == "terminal phone"


def packages() -> list[bytes]:
    """A batch in three frames with serial numbers 7 to 9."""
    items = (jt808.Item(0xE0, bytes(200)),) * 4
    batch = jt808.Batch(
        locations=tuple(location(second, items=items) for second in range(3)), backfill=True
    )
    parts = list(Splitter().feed(written(jt808.BATCH, batch, serial=7)))
    assert len(parts) == 3
    return parts


async def test_packages_are_answered_once_the_message_is_whole(
    session: TerminalSession, bus: MemoryBus
) -> None:
    await signed_in(session)
    first, second, third = packages()
    assert await session.receive(second + first) == b""
    assert await taken(bus) == 0
    (answer,) = frames(await session.receive(third))
    assert answer.body == jt808.Reply(serial=9, reply_to=jt808.BATCH, result=jt808.OK)
    assert await taken(bus) == 1


async def test_no_package_of_a_stranger_is_kept(session: TerminalSession, bus: MemoryBus) -> None:
    answers = frames(await session.receive(b"".join(packages())))
    assert [one.body.result for one in answers if isinstance(one.body, jt808.Reply)] == [1, 1, 1]
    assert session._assembler.rest() == []


async def test_a_lost_package_is_asked_for_and_then_taken(
    session: TerminalSession, bus: MemoryBus
) -> None:
    await signed_in(session)
    first, second, third = packages()
    (asked,) = frames(await session.receive(first + third))
    assert (asked.header.message_id, asked.body) == (
        jt808.RESEND,
        jt808.Resend(serial=7, indices=(2,)),
    )
    (answer,) = frames(await session.receive(second))
    assert isinstance(answer.body, jt808.Reply)
    assert answer.body.result == jt808.OK
    assert await taken(bus) == 1


async def test_a_silent_set_is_asked_for_twice_and_given_up(
    session: TerminalSession, bus: MemoryBus, clock: Clock
) -> None:
    await signed_in(session)
    await session.receive(packages()[0])
    beat = written(jt808.HEARTBEAT, jt808.Empty())
    asked = 0
    for _ in range(8):
        clock.wait(10)
        ids = [one.header.message_id for one in frames(await session.receive(beat))]
        asked += ids.count(jt808.RESEND)
    assert asked == 2
    (letter,) = await dead_letters(bus, TOPICS)
    assert (letter["field"], letter["reason"]) == ("package index", "sub-packages never came")


# -- translation ----------------------------------------------------------------------------------


async def record(bus: MemoryBus, data: bytes, session: TerminalSession) -> Record:
    """The frame as the intake topic holds it."""
    await signed_in(session)
    await session.receive(data)
    consumer = await bus.consume([JT808_RECEIVED], group="test")
    for lag in await bus.lag("test", [JT808_RECEIVED]):
        await consumer.seek(lag.place, lag.low)
    (found,) = await consumer.poll(max_records=10, timeout_s=1)
    await consumer.close()
    return found


async def test_a_fleet_that_sends_gcj02_is_turned_to_wgs84(
    session: TerminalSession, bus: MemoryBus, clock: Clock
) -> None:
    shifted = gcj02.to_gcj02(31.198, 121.336)
    data = written(jt808.LOCATION, location(latitude=shifted[0], longitude=shifted[1]))
    found = await record(bus, data, session)
    plain = [fix_from_json(e.data) for _, e in Translation(bus, clock).translate(found)]
    turned = [fix_from_json(e.data) for _, e in Translation(bus, clock, ("139",)).translate(found)]
    assert (plain[0].latitude, plain[0].longitude) == pytest.approx(shifted, abs=1e-6)
    assert (turned[0].latitude, turned[0].longitude) == pytest.approx((31.198, 121.336), abs=2e-6)


async def test_a_position_that_says_it_is_shifted_is_turned_to_wgs84(
    session: TerminalSession, bus: MemoryBus, clock: Clock
) -> None:
    shifted = gcj02.to_gcj02(31.198, 121.336)
    body = location(latitude=shifted[0], longitude=shifted[1], status=0b10_0011)
    assert body.shifted
    found = await record(bus, written(jt808.LOCATION, body), session)
    (fix,) = [fix_from_json(e.data) for _, e in Translation(bus, clock).translate(found)]
    assert (fix.latitude, fix.longitude) == pytest.approx((31.198, 121.336), abs=2e-6)


async def test_one_bad_position_does_not_take_the_others_with_it(
    session: TerminalSession, bus: MemoryBus, clock: Clock
) -> None:
    batch = jt808.Batch(
        locations=(location(0), location(1, latitude=120.0), location(2)), backfill=True
    )
    found = await record(bus, written(jt808.BATCH, batch), session)
    out: list[int] = []
    translated = Translation(bus, clock).translate(found)
    with pytest.raises(ValueError, match="location 2 body byte 8") as caught:
        out.extend(fix_from_json(envelope.data).fix_time.second for _, envelope in translated)
    assert out == [0, 2]
    assert "latitude" in str(caught.value)


@pytest.mark.parametrize(
    ("facts", "fixes"),
    [({"status": 0}, 0), ({"heading_deg": 400}, 1), ({"time": None, "status": 0}, 0)],
)
async def test_only_positions_become_fixes(
    session: TerminalSession,
    bus: MemoryBus,
    clock: Clock,
    facts: dict[str, object],
    fixes: int,
) -> None:
    found = await record(bus, written(jt808.LOCATION, location(**facts)), session)
    assert len(list(Translation(bus, clock).translate(found))) == fixes
