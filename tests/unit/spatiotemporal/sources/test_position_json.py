"""Positions as JSON."""

from __future__ import annotations

from datetime import UTC, datetime

import orjson
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from service_bus import Malformed, TooLarge
from spatiotemporal.sources import position_json
from tests.unit.spatiotemporal.sources.mutations import mutations, refusal

TUG = {
    "id": "vehicle:tug-17",
    "time": "2026-11-24T12:00:00+08:00",
    "latitude": 31.198,
    "longitude": 121.336,
}


def one(members: object, **options: object) -> position_json.Message:
    (message,) = position_json.parse(orjson.dumps(members), **options)  # type: ignore[arg-type]
    return message


def test_the_least_that_is_needed() -> None:
    message = one(TUG)
    assert message.id == "vehicle:tug-17"
    assert message.time == datetime(2026, 11, 24, 4, 0, tzinfo=UTC)
    assert (message.latitude, message.longitude, message.datum) == (31.198, 121.336, "WGS84")
    assert (message.speed_mps, message.label, message.notices) == (None, None, ())


def test_everything_that_is_known() -> None:
    more = {
        "datum": "GCJ-02", "altitude_m": 3, "speed_mps": 4.5, "heading_deg": 360, "accuracy_m": 2,
        "label": "拖车17", "fleet": "tug",
    }  # fmt: skip
    message = one({**TUG, **more})
    assert {name: getattr(message, name) for name in more} == more


@pytest.mark.parametrize(
    ("time", "expected"),
    [
        (1795492800, datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
        (1795492800123, datetime(2026, 11, 24, 4, 0, 0, 123000, tzinfo=UTC)),
        ("2026-11-24T04:00:00Z", datetime(2026, 11, 24, 4, 0, tzinfo=UTC)),
    ],
)
def test_times(time: object, expected: datetime) -> None:
    assert one({**TUG, "time": time}).time == expected


def test_many_in_one_text() -> None:
    other = {**TUG, "id": "vehicle:2"}
    texts = [
        orjson.dumps([TUG, other]),
        orjson.dumps({"positions": [TUG, other]}),
        orjson.dumps(TUG) + b"\n\n" + orjson.dumps(other) + b"\n",
        b"\xef\xbb\xbf" + orjson.dumps([TUG, other]),
    ]
    for text in texts:
        found = position_json.parse(text)
        assert [message.id for message in found] == ["vehicle:tug-17", "vehicle:2"]
        assert position_json.recognise(text) > 0.8
        assert orjson.loads(found[0].original) == TUG


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"battery": 80}, "position-json-unknown-member"),
        ({"time": "2026-11-24T04:00:00"}, "position-json-time-without-zone"),
        ({"latitude": "31.198"}, "position-json-numeric-text"),
    ],
)
def test_what_is_odd_is_noted_and_refused_in_strict_mode(
    change: dict[str, object], code: str
) -> None:
    message = one({**TUG, **change})
    assert [notice.code for notice in message.notices] == [code]
    with pytest.raises(Malformed) as caught:
        one({**TUG, **change}, mode="strict")
    assert caught.value.code == code


def test_unknown_members_are_kept() -> None:
    assert one({**TUG, "battery": 80}).extra == {"battery": 80}


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"id": ""}, "id"),
        ({"id": "x" * 101}, "id"),
        ({"id": None}, "id"),
        ({"time": "yesterday"}, "time"),
        ({"time": True}, "time"),
        ({"time": [1]}, "time"),
        ({"time": 1e300}, "time"),
        ({"latitude": 90.5}, "latitude"),
        ({"latitude": True}, "latitude"),
        ({"latitude": "nan"}, "latitude"),
        ({"latitude": "x"}, "latitude"),
        ({"longitude": -181}, "longitude"),
        ({"speed_mps": -1}, "speed_mps"),
        ({"datum": "BD-09"}, "datum"),
        ({"datum": ["WGS84"]}, "datum"),
        ({"datum": ""}, "datum"),
        ({"label": 17}, "label"),
    ],
)
def test_an_impossible_member_is_named_with_its_path(change: dict[str, object], field: str) -> None:
    with pytest.raises(Malformed) as caught:
        position_json.parse(orjson.dumps([TUG, {**TUG, **change}]))
    assert caught.value.field == field
    assert caught.value.position == f"line 1 $[1].{field}"


@pytest.mark.parametrize(
    ("text", "place"),
    [
        (b"", "line 1"),
        (b"{", "line 1 column"),
        (b'{"id": 1}\n{', "line 2 column"),
        (b"[1]", "line 1 $[0]"),
        (b"3", "line 1 $"),
        (b"[" * 5_000, "line 1 column"),
    ],
)
def test_text_that_is_no_position_is_refused_with_its_place(text: bytes, place: str) -> None:
    with pytest.raises(Malformed) as caught:
        position_json.parse(text.replace(b'{"id": 1}', orjson.dumps(TUG)))
    assert caught.value.position.startswith(place)


def test_too_much_is_refused() -> None:
    with pytest.raises(TooLarge):
        one(TUG, max_bytes=10)


_NUMBER = st.floats(0, 360)


@settings(deadline=None)
@given(
    st.builds(
        position_json.Message,
        id=st.text("abc:-123", min_size=1, max_size=20),
        time=st.integers(631_200_000, 3_786_900_000).map(lambda s: datetime.fromtimestamp(s, UTC)),
        latitude=st.floats(-90, 90),
        longitude=st.floats(-180, 180),
        datum=st.sampled_from(position_json.DATUMS),
        speed_mps=st.none() | _NUMBER,
        heading_deg=st.none() | _NUMBER,
        label=st.none() | st.text("航食abc", min_size=1, max_size=9),
        extra=st.dictionaries(st.just("battery"), st.integers(0, 100)),
    )
)
def test_what_is_written_is_read(message: position_json.Message) -> None:
    data = position_json.encode(message)
    (back,) = position_json.parse(data)
    names = set(position_json.Message.__slots__) - {"original", "notices"}
    assert {n: getattr(back, n) for n in names} == {n: getattr(message, n) for n in names}
    assert position_json.encode(back) == data


def test_damaged_text_is_read_or_refused_with_a_place() -> None:
    one_object = orjson.dumps({**TUG, "speed_mps": 4.5, "datum": "GCJ-02"})
    seeds = [one_object, b"[" + one_object + b"]", one_object + b"\n" + one_object]
    for data in mutations(seeds, 5_000):
        position_json.recognise(data)
        refusal(position_json.parse, data)
