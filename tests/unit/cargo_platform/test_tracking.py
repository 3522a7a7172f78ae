from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from cargo_platform.adapters.memory import MemoryStore
from cargo_platform.domain import Milestone, Shipment
from cargo_platform.events import CIMP_RECEIVED
from cargo_platform.service import Shipments
from cargo_platform.tracking import stages, status_of
from service_bus import Envelope, Record, content_id

NOW = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
WHOLE = "112-12345675PVGFRA/T25K1250.5"
BOOKED = "BKD/CK261/23NOV/PVGFRA/T25K1250.5/S2130/S0410-N"
RECEIVED = "RCS/23NOV1015/PVG/T25K1250.5/SHANGHAI AGENT"
LEFT = "DEP/CK261/23NOV/PVGFRA/P20K1000.5/A2142/E0405-N"
LEFT_LATER = "DEP/CK263/24NOV/PVGFRA/P5K250/A2150"
ARRIVED = "RCF/CK261/24NOV0410/FRA/P20K1000.5"
OFFLOADED = "DIS/CK261/23NOV2130/PVG/OFLD/P5K250"
TOLD = "NFD/24NOV0900/FRA/T25K1250.5/MUSTER GMBH"
HANDED_OVER = "DLV/25NOV1500/FRA/T25K1250.5/MUSTER GMBH"
STORY = (BOOKED, RECEIVED, LEFT, OFFLOADED, LEFT_LATER, ARRIVED, TOLD, HANDED_OVER)


def record(*lines: str, minute: int = 0, whole: str = WHOLE) -> Record:
    data = "\r\n".join(["FSU/12", whole, *lines, ""]).encode()
    moment = NOW + timedelta(minutes=minute)
    envelope = Envelope(
        id=content_id(data),
        source="/cargo/test",
        type=CIMP_RECEIVED.name,
        subject="11212345675",
        time=moment,
        data=data,
    )
    return Record(
        topic=CIMP_RECEIVED.name, partition=0, offset=0, appended=moment, envelope=envelope
    )


def known(*records: Record) -> tuple[Shipment, list[Milestone]]:
    found = applied(*records).store.find("11212345675")
    assert found is not None
    return applied(*records).find(found[0].awb)  # type: ignore[arg-type]  # checked by the store


def applied(*records: Record) -> Shipments:
    shipments = Shipments(MemoryStore())
    for one in records:
        shipments.apply([one])
    return shipments


def codes(found: list[Milestone]) -> list[str]:
    return [m.code for m in found]


def states(*records: Record) -> dict[str, tuple[str, int]]:
    shipment, found = known(*records)
    return {s.code: (s.state, s.pieces) for s in stages(shipment, found)}


def reached(*records: Record) -> str:
    milestone = status_of(*known(*records))
    return milestone.code if milestone else ""


@settings(deadline=None)
@given(st.permutations(STORY))
def test_the_order_of_arrival_does_not_matter(lines: list[str]) -> None:
    _, expected = known(*(record(line) for line in STORY))
    _, found = known(*(record(line) for line in lines))
    assert found == expected


def test_a_story_is_told_in_the_order_it_happened() -> None:
    _, found = known(*(record(line) for line in STORY))
    assert codes(found) == ["RCS", "BKD", "DIS", "DEP", "RCF", "NFD", "DEP", "DLV"]
    moments = [m.utc for m in found if m.utc]
    assert moments == sorted(moments)


def test_the_same_news_in_other_words_is_one_milestone() -> None:
    shipments = applied(
        record(RECEIVED),
        record(RECEIVED, minute=5),
        record(RECEIVED.replace("/SHANGHAI AGENT", "")),
        record(RECEIVED, BOOKED),
    )
    found = shipments.store.find("11212345675")
    assert found is not None
    assert sorted(codes(found[1])) == ["BKD", "RCS"]
    announced = shipments.store.announced  # type: ignore[attr-defined]  # of the memory store
    assert len(announced) == 2


def test_a_flight_with_leading_zeros_is_the_same_flight() -> None:
    _, found = known(record(LEFT), record(LEFT.replace("CK261", "CK0261")))
    assert [m.flight for m in found] == ["CK261"]


def test_a_departure_told_first_by_day_then_by_time_is_one_and_knows_its_time() -> None:
    vague, exact = record(LEFT.removesuffix("/A2142/E0405-N")), record(LEFT)
    for order in ((vague, exact), (exact, vague)):
        _, (departure,) = known(*order)
        assert departure.has_time
        assert departure.local == datetime.fromisoformat("2026-11-23T21:42")
        assert departure.utc == datetime(2026, 11, 23, 13, 42, tzinfo=UTC)


def test_part_shipments_add_up() -> None:
    assert states(record(LEFT))["departed"] == ("partial", 20)
    assert states(record(LEFT), record(LEFT_LATER))["departed"] == ("done", 25)
    _, (departure,) = known(record(LEFT))
    assert departure.part
    _, (whole,) = known(record(RECEIVED))
    assert not whole.part


def test_a_transit_airport_is_neither_origin_nor_destination() -> None:
    via = (
        record("DEP/CK261/23NOV/PVGANC/P20K1000.5/A2142"),
        record("ARR/CK261/23NOV1500/ANC/P20K1000.5"),
        record("DEP/CK261/23NOV/ANCFRA/P20K1000.5/A1700"),
    )
    assert states(*via)["departed"] == ("partial", 20)
    assert states(*via)["arrived"] == ("open", 0)


def test_the_status_goes_from_airport_to_airport() -> None:
    first = record("DEP/CK261/23NOV/PVGANC/T25K1250.5/A2142")
    there = record("ARR/CK261/23NOV1500/ANC/T25K1250.5")
    on = record("DEP/CK261/23NOV/ANCFRA/T25K1250.5/A1700")
    here = record("RCF/CK261/24NOV0410/FRA/T25K1250.5")
    assert reached(record(BOOKED)) == "BKD"
    assert reached(record(BOOKED), record(RECEIVED)) == "RCS"
    assert reached(first, there) == "ARR"
    assert reached(on, there, first) == "DEP"
    assert status_of(*known(first, there, on)).station == "ANC"  # type: ignore[union-attr]
    assert reached(first, there, on, here) == "RCF"
    assert reached(here, record(BOOKED)) == "RCF"
    assert reached(record(OFFLOADED)) == "DIS"
    assert reached(record(LEFT), record(OFFLOADED)) == "DEP"


def test_what_comes_later_proves_what_came_before() -> None:
    found = states(record(HANDED_OVER))
    assert {state for state, _ in found.values()} == {"done"}
    assert found["departed"] == ("done", 0)


def test_a_city_as_destination_is_reached_at_its_airport() -> None:
    whole = "112-12345675PVGLON/T25K1250.5"
    line = "RCF/CK261/24NOV0410/LHR/T25K1250.5"
    assert states(record(line, whole=whole))["arrived"] == ("done", 25)


def test_a_later_message_corrects_and_an_earlier_one_only_fills_gaps() -> None:
    bare = record(RECEIVED, whole="112-12345675PVGFRA", minute=0)
    right = record(RECEIVED, whole="112-12345675PVGFRA/T24K1200", minute=10)
    old = record(RECEIVED, whole="112-12345675PVGLHR/T99K9", minute=5)
    for order in ((bare, right, old), (old, right, bare), (right, old, bare)):
        shipment, _ = known(*order)
        assert (shipment.destination, shipment.pieces) == ("FRA", 24)
        assert shipment.weight_kg == Decimal(1200)
        assert shipment.updated == NOW + timedelta(minutes=10)


def test_pounds_become_kilograms() -> None:
    shipment, _ = known(record(RECEIVED, whole="112-12345675PVGFRA/T25L100"))
    assert shipment.weight_kg == Decimal("45.4")


def test_a_day_without_a_time_comes_after_the_timed_events_of_that_day() -> None:
    _, found = known(record("ARR/CK261/24NOV/FRA/T25"), record("CCD/24NOV1130/FRA/T25"))
    assert codes(found) == ["CCD", "ARR"]
