"""What every shipment store does. Adapters inherit this and give ``open_store``."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest

from cargo_platform.domain import Milestone, Shipment
from cargo_platform.events import SHIPMENT_CHANGED
from cargo_platform.ports import ShipmentStore
from service_bus import Envelope, Record

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
AWB = "11212345675"
OpenStore = Callable[[], ShipmentStore]


def shipment(awb: str = AWB, *, minute: int = 0) -> Shipment:
    return Shipment(
        awb=awb,
        origin="PVG",
        destination="FRA",
        pieces=25,
        weight_kg=Decimal("1250.50"),
        updated=NOON + timedelta(minutes=minute),
    )


def milestone(code: str = "RCS", *, minute: int = 0) -> Milestone:
    return Milestone(
        code=code,
        station="PVG",
        local=datetime.fromisoformat("2026-11-23T10:15"),
        has_time=True,
        utc=datetime(2026, 11, 23, 2, 15, tzinfo=UTC),
        to="",
        flight="CK261",
        pieces=20,
        weight_kg=Decimal("1000.5"),
        part=True,
        discrepancy="",
        received=NOON + timedelta(minutes=minute),
        sender="/cargo/雾",
        message_id="m1",
    )


def record(identity: str, *, offset: int = 0) -> Record:
    envelope = Envelope(id=identity, source="/a", type="t", subject="s", time=NOON, data=b"FSU/12")
    return Record(
        topic="cargo.cimp.received.v1",
        partition=1,
        offset=offset,
        appended=NOON,
        envelope=envelope,
    )


def keep(store: ShipmentStore, *shipments: Shipment) -> None:
    with store.batch() as batch:
        for one in shipments:
            batch.put_shipment(one)
            batch.add_milestone(one.awb, "i1", milestone())


class ShipmentStoreContract:
    @pytest.fixture
    def store(self, open_store: OpenStore) -> ShipmentStore:
        return open_store()

    def test_a_shipment_is_given_back_as_it_was_kept(self, store: ShipmentStore) -> None:
        keep(store, shipment())
        assert store.find(AWB) == (shipment(), [milestone()])
        with store.batch() as batch:
            assert batch.shipment(AWB) == shipment()

    def test_what_is_not_known_stays_unknown(self, store: ShipmentStore) -> None:
        bare = replace(shipment(), origin="", pieces=None, weight_kg=None)
        vague = replace(milestone(), utc=None, has_time=False, weight_kg=None)
        with store.batch() as batch:
            batch.put_shipment(bare)
            assert batch.add_milestone(AWB, "i1", vague)
        assert store.find(AWB) == (bare, [vague])

    def test_nothing_is_known_of_the_unknown(self, store: ShipmentStore) -> None:
        assert store.find(AWB) is None
        assert store.search("", limit=5, offset=0) == ([], 0)
        with store.batch() as batch:
            assert batch.shipment(AWB) is None

    def test_a_shipment_is_replaced(self, store: ShipmentStore) -> None:
        keep(store, shipment(), replace(shipment(minute=3), destination="LHR"))
        assert store.find(AWB) == (
            replace(shipment(minute=3), destination="LHR"),
            [milestone()],
        )

    def test_an_equal_milestone_is_kept_once(self, store: ShipmentStore) -> None:
        with store.batch() as batch:
            batch.put_shipment(shipment())
            assert batch.add_milestone(AWB, "i1", milestone())
            assert not batch.add_milestone(AWB, "i1", replace(milestone(), sender="/other"))
        with store.batch() as batch:
            assert not batch.add_milestone(AWB, "i1", milestone(minute=5))
            assert batch.add_milestone(AWB, "i2", milestone("DEP"))
            assert batch.add_milestone("11212345686", "i1", milestone())
        found = store.find(AWB)
        assert found is not None
        assert sorted(m.code for m in found[1]) == ["DEP", "RCS"]

    def test_a_time_takes_the_place_of_a_day(self, store: ShipmentStore) -> None:
        day = replace(milestone(), has_time=False, utc=None)
        with store.batch() as batch:
            batch.put_shipment(shipment())
            assert batch.add_milestone(AWB, "i1", day)
            assert batch.add_milestone(AWB, "i1", milestone())
            assert not batch.add_milestone(AWB, "i1", day)
        assert store.find(AWB) == (shipment(), [milestone()])

    def test_a_failed_batch_leaves_nothing(self, store: ShipmentStore) -> None:
        def fail() -> None:
            with store.batch() as batch:
                assert batch.fresh("g", [record("m1")])
                batch.put_shipment(shipment())
                batch.add_milestone(AWB, "i1", milestone())
                raise RuntimeError("power cut")

        with pytest.raises(RuntimeError):
            fail()
        assert store.find(AWB) is None
        with store.batch() as batch:
            assert batch.fresh("g", [record("m1")]), "the message may be applied after all"

    def test_a_message_is_fresh_once(self, store: ShipmentStore) -> None:
        with store.batch() as batch:
            assert len(batch.fresh("g", [record("m1"), record("m2"), record("m1", offset=5)])) == 2
        with store.batch() as batch:
            assert batch.fresh("g", [record("m1")]) == []
            assert len(batch.fresh("another", [record("m1")])) == 1

    def test_shipments_are_found_by_the_beginning_of_their_number(
        self, store: ShipmentStore
    ) -> None:
        old, new, other = shipment(), shipment("11212345686", minute=1), shipment("99912345675")
        keep(store, old, new, other)
        assert store.search("112", limit=5, offset=0) == ([new, old], 2)
        assert store.search("112", limit=1, offset=1) == ([old], 2)
        assert store.search("", limit=9, offset=0)[1] == 3
        assert store.search("5", limit=9, offset=0) == ([], 0)
        assert store.search("%", limit=9, offset=0) == ([], 0)

    def test_news_may_be_queued(self, store: ShipmentStore) -> None:
        with store.batch() as batch:
            batch.announce(
                SHIPMENT_CHANGED,
                record("m1").envelope.following(SHIPMENT_CHANGED, b"{}", source="/f"),
            )
