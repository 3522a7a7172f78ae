from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from airport_brain.operations import aodb, board, codec
from airport_brain.operations.domain import (
    ClockTime,
    Direction,
    LegKey,
    LegState,
    LegUpdate,
    Origin,
)

NOON = datetime(2026, 10, 3, 12, 0, tzinfo=UTC)
KEY = LegKey(
    airline="MU", number="5101", origin_date=date(2026, 10, 3), departure="SHA", arrival="PEK"
)


def at(minute: float) -> datetime:
    return NOON + timedelta(minutes=minute)


def origin(as_of: float, received: float | None = None, source: str = "/a") -> Origin:
    return Origin(
        source=source,
        message_id=f"{source}{as_of}",
        as_of=at(as_of),
        received_at=at(as_of if received is None else received),
    )


def said(where: Origin, times: Sequence[ClockTime] | None = None, **values: object) -> LegUpdate:
    return LegUpdate(
        key=KEY,
        airports=("SHA",),
        origin=where,
        values=values,
        times=None if times is None else tuple(times),
    )


def clock(event: str, kind: str, minute: float | None, **more: object) -> ClockTime:
    value = None if minute is None else at(minute)
    return ClockTime(qualifier=event, time_type=kind, value=value, code_context="9750", **more)  # type: ignore[arg-type]


def after(*updates: LegUpdate) -> LegState:
    state: LegState | None = None
    for update in updates:
        state = aodb.apply(state, update).state
    assert state is not None
    return state


def test_missing_changes_nothing_and_cleared_clears() -> None:
    state = after(
        said(origin(1), registration="B1234", stand="21"), said(origin(2), registration=None)
    )
    assert aodb.value_of(state, "registration") is None
    assert aodb.value_of(state, "stand") == "21"


def test_an_older_message_of_a_source_never_overwrites_but_may_add() -> None:
    state = after(
        said(origin(10, 10), gate="B"),
        said(origin(5, 11), gate="A", stand="21"),
    )
    assert aodb.value_of(state, "gate") == "B"
    assert aodb.value_of(state, "stand") == "21", "nothing newer was said about the stand"


def test_between_sources_the_last_received_is_shown_and_both_are_kept() -> None:
    state = after(
        said(origin(1, 1, "/airline"), gate="A"),
        said(origin(9, 9, "/airport"), gate="B"),
        said(origin(2, 10, "/airline"), gate="C"),
    )
    assert aodb.value_of(state, "gate") == "C"
    assert {source: s.value for source, s in state.values["gate"].items()} == {
        "/airline": "C",
        "/airport": "B",
    }


def test_a_group_of_times_replaces_the_group_of_its_source() -> None:
    first = said(origin(1), [clock("OFB", "SCT", 0), clock("OFB", "EST", 30)])
    applied = aodb.apply(after(first), said(origin(2), [clock("OFB", "SCT", 0)]))
    assert set(aodb.current_times(applied.state.times)) == {("OFB", "SCT")}
    (withdrawn,) = applied.clocks
    assert (withdrawn.time.time_type, withdrawn.time.value) == ("EST", None)
    assert [(c.field, c.new) for c in applied.changes] == [("time.OFB.EST", None)]


def test_the_same_times_again_are_no_news() -> None:
    times = [clock("OFB", "SCT", 0)]
    applied = aodb.apply(after(said(origin(1), times)), said(origin(2), times))
    assert (applied.clocks, applied.changes, applied.new) == ((), (), False)


def test_an_event_of_another_code_list_does_not_stand_for_ours() -> None:
    local = ClockTime(qualifier="OFB", time_type="EST", code_context="0000", value=at(480))
    state = after(said(origin(1), [clock("OFB", "EST", 30), local]))
    time, _ = aodb.current_times(state.times)[("OFB", "EST")]
    assert time.value == at(30)


def test_a_clock_far_ahead_does_not_silence_a_feed_for_long() -> None:
    assert aodb.as_of(at(600), at(0)) == at(5)
    assert aodb.as_of(at(600), at(1)) == at(6)
    assert aodb.as_of(at(-600), at(0)) == at(-600)
    assert aodb.as_of(None, at(0)) == at(0)


def test_actual_stands_before_estimate_before_schedule() -> None:
    state = after(said(origin(1), [clock("OFB", "SCT", 0), clock("OFB", "EST", 30)]))
    flight = board.view(state, "SHA")
    assert (flight.delay_min, flight.status.code, flight.status.derived) == (30, "EST", True)
    assert board.sort_moment(flight) == at(30)
    state = after(
        said(origin(1), [clock("OFB", "SCT", 0), clock("OFB", "EST", 30), clock("OFB", "ACT", 35)])
    )
    flight = board.view(state, "SHA")
    assert (flight.delay_min, flight.status.code) == (35, "OFB")


def test_each_airport_sees_its_own_side() -> None:
    state = after(
        said(
            origin(1),
            [clock("OFB", "ACT", 0), clock("TDN", "ACT", 120)],
            **{
                "departure.planned.stand": "21",
                "departure.actual.stand": "22",
                "arrival.planned.stand": "501",
                "arrival.planned.public_terminals": ["T3"],
            },
        )
    )
    here, there = board.view(state, "SHA"), board.view(state, "PEK")
    assert (here.direction, here.stand, here.actual) == (Direction.DEPARTURE, "22", at(0))
    assert (there.direction, there.stand, there.actual) == (Direction.ARRIVAL, "501", at(120))
    assert (there.terminal, there.status.code) == ("T3", "LAN")


def test_a_cancellation_is_shown_before_every_other_status() -> None:
    codes = [{"code": "DX"}, {"code": "BST"}]
    assert board.view(after(said(origin(1), status=codes)), "SHA").status.en == "Cancelled"
    codes = [{"code": "BST"}, {"code": "FCT"}]
    assert board.view(after(said(origin(1), status=codes)), "SHA").status.en == "Final call"
    unknown = board.view(after(said(origin(1), status=[{"code": "Q7"}])), "SHA").status
    assert (unknown.code, unknown.zh, unknown.en) == ("Q7", "Q7", "Q7")


UPDATES = st.lists(
    st.tuples(
        st.sampled_from(["gate", "stand"]),
        st.sampled_from([None, "A", "B", "C"]),
        st.lists(
            st.tuples(st.sampled_from(["SCT", "EST", "ACT"]), st.none() | st.integers(0, 90)),
            max_size=3,
            unique_by=lambda pair: pair[0],
        ),
    ),
    min_size=1,
    max_size=6,
)


@given(UPDATES, st.randoms(use_true_random=False))
def test_one_sources_messages_give_one_state_in_any_order(
    spoken: list[tuple[str, str | None, list[tuple[str, int | None]]]], shuffler: object
) -> None:
    updates = [
        said(
            origin(minute, 100 + minute),
            [clock("OFB", kind, value) for kind, value in times],
            **{name: value},
        )
        for minute, (name, value, times) in enumerate(spoken)
    ]
    shuffled = list(updates)
    shuffler.shuffle(shuffled)  # type: ignore[attr-defined]
    one, other = after(*updates), after(*shuffled)
    assert board.view(one, "SHA") == board.view(other, "SHA")
    for name in ("gate", "stand"):
        assert aodb.value_of(one, name) == aodb.value_of(other, name)
    assert codec.read_state(codec.write_state(other)) == other
