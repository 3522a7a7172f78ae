"""What every flight store does. Adapters inherit this and give ``open_store``."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest

from airport_brain.operations import aodb, board
from airport_brain.operations.domain import (
    AppliedMessage,
    ClockTime,
    Direction,
    Flight,
    FlightId,
    LegId,
    LegKey,
    LegUpdate,
    Origin,
    RawRef,
)
from airport_brain.operations.events import FLIGHT_CHANGED
from airport_brain.operations.ports import BoardQuery, FlightStore
from service_bus import Envelope, Record

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
OpenStore = Callable[[], FlightStore]


def origin(minute: int = 0, *, source: str = "/a", message: str = "m1") -> Origin:
    at = NOON + timedelta(minutes=minute)
    return Origin(source=source, message_id=message, as_of=at, received_at=at)


def update(
    number: str = "5101", *, minute: int = 0, airport: str = "SHA", **more: object
) -> LegUpdate:
    values = {
        "key": LegKey(
            airline="MU",
            number=number,
            origin_date=date(2026, 10, 3),
            departure="SHA",
            arrival="PEK",
        ),
        "airports": (airport,),
        "origin": origin(minute),
        "times": (
            ClockTime(
                qualifier="OFB", time_type="SCT", value=NOON + timedelta(minutes=int(number) % 100)
            ),
        ),
        **more,
    }
    return LegUpdate(**values)  # type: ignore[arg-type]


def keep(store: FlightStore, *updates: LegUpdate) -> None:
    with store.writing() as books:
        for one in updates:
            applied = aodb.apply(books.leg(one.key.id), one)
            books.save(applied.state, board.views(applied.state), applied.clocks)


def record(identity: str, *, offset: int = 0) -> Record:
    envelope = Envelope(
        id=identity, source="/a", type="t", subject="s", time=NOON, data=b"<original/>"
    )
    return Record(
        topic="operations.aidx.received.v1",
        partition=1,
        offset=offset,
        appended=NOON,
        envelope=envelope,
    )


def applied_message(identity: str, *legs: LegId, minute: int = 0) -> AppliedMessage:
    at = NOON + timedelta(minutes=minute)
    return AppliedMessage(
        ref=RawRef(
            message_id=identity,
            source="/a",
            topic="operations.aidx.received.v1",
            partition=1,
            offset=7,
        ),
        received_at=at,
        as_of=at,
        content_type="application/xml",
        legs=legs,
        notices=({"code": "aidx-x", "text": "one"},),
    )


def names(found: tuple[list[Flight], int]) -> list[str]:
    return [flight.display for flight in found[0]]


class FlightStoreContract:
    @pytest.fixture
    def store(self, open_store: OpenStore) -> FlightStore:
        return open_store()

    def test_a_leg_is_given_back_as_it_was_kept(self, store: FlightStore) -> None:
        one = update(
            values={"status": [{"code": "DX"}], "registration": None, "remarks": ["'; DROP", "雾"]}
        )
        keep(store, one)
        expected = aodb.apply(None, one).state
        assert store.leg(one.key.id) == expected
        (row,) = board.views(expected)
        assert store.flight(FlightId("MU-5101-20261003-SHA-PEK@SHA")) == row
        assert store.board(BoardQuery()) == ([row], 1)

    def test_nothing_is_known_of_the_unknown(self, store: FlightStore) -> None:
        assert store.leg(LegId("x")) is None
        assert store.flight(FlightId("x")) is None
        assert store.message("x") is None
        assert store.clocks(LegId("x"), limit=5) == []
        assert store.messages_of(LegId("x"), limit=5) == []
        assert store.board(BoardQuery()) == ([], 0)
        assert store.feeds() == []

    def test_a_transaction_sees_its_own_changes(self, store: FlightStore) -> None:
        with store.writing() as books:
            first = aodb.apply(None, update())
            books.save(first.state, (), ())
            assert books.leg(first.state.key.id) == first.state

    def test_a_failed_transaction_leaves_nothing(self, store: FlightStore) -> None:
        def fail() -> None:
            with store.writing() as books:
                assert books.fresh("g", [record("m1")])
                applied = aodb.apply(None, update())
                books.save(applied.state, board.views(applied.state), applied.clocks)
                books.add_message(applied_message("m1", applied.state.key.id))
                raise RuntimeError("power cut")

        with pytest.raises(RuntimeError):
            fail()
        assert store.board(BoardQuery()) == ([], 0)
        assert store.message("m1") is None
        with store.writing() as books:
            assert books.fresh("g", [record("m1")]), "the message may be applied after all"

    def test_a_message_is_fresh_once(self, store: FlightStore) -> None:
        with store.writing() as books:
            assert len(books.fresh("g", [record("m1"), record("m2"), record("m1", offset=5)])) == 2
        with store.writing() as books:
            assert books.fresh("g", [record("m1")]) == []
            assert len(books.fresh("another", [record("m1")])) == 1

    def test_clocks_are_appended_and_never_changed(self, store: FlightStore) -> None:
        keep(store, update(minute=0))
        slipped = ClockTime(qualifier="OFB", time_type="SCT", value=NOON + timedelta(hours=2))
        keep(store, update(minute=1, times=(slipped,)), update(minute=2, times=()))
        entries = store.clocks(update().key.id, limit=10)
        assert [entry.time.value for entry in entries] == [
            NOON + timedelta(minutes=1),
            NOON + timedelta(hours=2),
            None,
        ]
        assert store.clocks(update().key.id, limit=2) == entries[1:]

    def test_the_board_is_sorted_by_best_known_time_and_paged(self, store: FlightStore) -> None:
        keep(store, update("5130"), update("5110"), update("5120"))
        assert names(store.board(BoardQuery())) == ["MU5110", "MU5120", "MU5130"]
        assert names(store.board(BoardQuery(newest_first=True, limit=2))) == ["MU5130", "MU5120"]
        page = store.board(BoardQuery(limit=1, offset=1))
        assert (names(page), page[1]) == (["MU5120"], 3)
        assert store.board(BoardQuery(offset=9)) == ([], 3)

    def test_the_board_is_filtered(self, store: FlightStore) -> None:
        keep(
            store,
            update("5110", values={"registration": "B100%_A"}),
            update(
                "5120",
                airport="PEK",
                values={"status": [{"code": "LAN"}]},
                times=(
                    ClockTime(qualifier="ONB", time_type="SCT", value=NOON + timedelta(minutes=20)),
                ),
            ),
        )
        assert names(store.board(BoardQuery(direction=Direction.ARRIVAL))) == ["MU5120"]
        assert names(store.board(BoardQuery(airport="SHA"))) == ["MU5110"]
        assert names(store.board(BoardQuery(words=("mu", "落地")))) == ["MU5120"]
        assert names(store.board(BoardQuery(words=("100%_a",)))) == ["MU5110"]
        assert names(store.board(BoardQuery(words=("%",)))) == ["MU5110"]
        assert names(store.board(BoardQuery(words=("nowhere",)))) == []
        since = NOON + timedelta(minutes=20)
        assert names(store.board(BoardQuery(since=since))) == ["MU5120"]
        assert names(store.board(BoardQuery(until=since))) == ["MU5110"]

    def test_hidden_flights_are_not_on_the_board(self, store: FlightStore) -> None:
        keep(store, update(values={"special_action": "Delete"}))
        assert store.board(BoardQuery()) == ([], 0)
        assert store.flight(FlightId("MU-5101-20261003-SHA-PEK@SHA")) is not None

    def test_a_leg_without_times_stands_at_its_origin_date(self, store: FlightStore) -> None:
        keep(store, update("5120"), update("5110", times=None))
        assert names(store.board(BoardQuery())) == ["MU5110", "MU5120"]

    def test_messages_are_found_by_id_and_by_leg(self, store: FlightStore) -> None:
        leg = update().key.id
        first = applied_message("m1", leg, leg)
        second = applied_message("m2", leg, LegId("other"), minute=1)
        with store.writing() as books:
            books.add_message(first)
            books.add_message(second)
        assert store.message("m1") == first
        assert store.messages_of(leg, limit=9) == [second, first]
        assert store.messages_of(leg, limit=1) == [second]
        assert store.messages_of(LegId("other"), limit=9) == [second]

    def test_feeds_count_their_messages(self, store: FlightStore) -> None:
        with store.writing() as books:
            books.add_message(applied_message("m1", minute=5))
            books.add_message(applied_message("m2", minute=1))
        (feed,) = store.feeds()
        assert (feed.source, feed.messages) == ("/a", 2)
        assert feed.last_message_at == NOON + timedelta(minutes=5)

    def test_news_may_be_queued(self, store: FlightStore) -> None:
        with store.writing() as books:
            books.announce(
                FLIGHT_CHANGED, record("m1").envelope.following(FLIGHT_CHANGED, b"{}", source="/f")
            )
