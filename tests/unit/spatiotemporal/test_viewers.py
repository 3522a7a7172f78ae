"""What a map is sent that has said what it shows."""

from __future__ import annotations

import json
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from service_bus import Malformed
from spatiotemporal.live import Ticker
from spatiotemporal.picture import Columns, Picture
from spatiotemporal.viewers import EVERYTHING, View, Viewer, read_view
from tests.unit.spatiotemporal.movers import START, fix

AIRFIELD = View(type="view", bounds=(121.3, 31.1, 121.4, 31.3))
ELSEWHERE = View(type="view", bounds=(121.7, 31.1, 121.9, 31.3))


def numbers(frame: object) -> list[int]:
    """Movers of a frame."""
    assert isinstance(frame, bytes)
    count = int.from_bytes(frame[4:8], "little")
    return np.frombuffer(frame, "<u4", count, 16 + 24 * count).tolist()


def waiting(viewer: Viewer) -> list[list[int]]:
    """Frames that wait for a viewer; its texts are dropped."""
    found = []
    while not viewer.queue.empty():
        message = viewer.queue.get_nowait()
        if isinstance(message, bytes):
            found.append(numbers(message))
    return found


def columns(*places: tuple[float, float]) -> Columns:
    count = len(places)
    return Columns(
        index=np.arange(count, dtype=np.uint32),
        longitude=np.array([place[0] for place in places], dtype=np.float64),
        latitude=np.array([place[1] for place in places], dtype=np.float64),
        fix_ms=np.zeros(count),
        speed_mps=np.zeros(count, np.float32),
        heading_deg=np.zeros(count, np.float32),
    )


@pytest.fixture
def joined() -> tuple[Ticker, Viewer]:
    ticker = Ticker(Picture(), lambda: START)
    ticker.picture.report([fix(0, "vehicle:near"), fix(0, "vehicle:far", longitude=121.8)])
    ticker.picture.changed()
    viewer = ticker.join()
    waiting(viewer)
    return ticker, viewer


@pytest.fixture
def tick(joined: tuple[Ticker, Viewer]) -> Callable[..., list[list[int]]]:
    """Both movers move, the ticker sends; gives the frames that the viewer got."""
    ticker, viewer = joined

    def once(second: int, *, outside: bool = False) -> list[list[int]]:
        moved = [fix(second, "vehicle:near"), fix(second, "vehicle:far", longitude=121.8)]
        ticker.picture.report(moved)
        ticker._send_moved(ticker.picture.changed(), outside=outside)
        return waiting(viewer)

    return once


def test_without_a_view_everybody_comes(tick: Callable[..., list[list[int]]]) -> None:
    assert tick(1) == [[0, 1]]


def test_who_is_in_sight_comes_with_every_tick_the_others_now_and_then(
    joined: tuple[Ticker, Viewer], tick: Callable[..., list[list[int]]]
) -> None:
    ticker, viewer = joined
    ticker.look(viewer, AIRFIELD)
    assert [tick(second) for second in (1, 2, 3)] == [[[0]], [[0]], [[0]]]
    assert tick(4, outside=True) == [[0, 1]]
    assert tick(5) == [[0]]


def test_who_is_uncovered_comes_at_once_and_is_not_sent_twice(
    joined: tuple[Ticker, Viewer], tick: Callable[..., list[list[int]]]
) -> None:
    ticker, viewer = joined
    ticker.look(viewer, AIRFIELD)
    tick(1)
    ticker.look(viewer, ELSEWHERE)
    assert waiting(viewer) == [[1]]
    ticker.look(viewer, EVERYTHING)
    assert waiting(viewer) == []
    assert tick(2) == [[0, 1]]


def test_a_view_of_nothing_new_sends_nothing(joined: tuple[Ticker, Viewer]) -> None:
    ticker, viewer = joined
    ticker.look(viewer, AIRFIELD)
    ticker._send_moved(ticker.picture.changed(), outside=True)
    assert waiting(viewer) == []


def test_views_of_two_maps_are_kept_apart(joined: tuple[Ticker, Viewer]) -> None:
    ticker, viewer = joined
    other = ticker.join()
    waiting(other)
    ticker.look(viewer, ELSEWHERE)
    ticker.picture.report([fix(1, "vehicle:near")])
    ticker._send_moved(ticker.picture.changed(), outside=False)
    assert (waiting(viewer), waiting(other)) == ([], [[0]])


def test_a_view_may_cross_the_date_line() -> None:
    view = View(type="view", bounds=(179.0, -10.0, 181.0, 10.0))
    inside = view.holds(columns((179.5, 0.0), (-179.5, 0.0), (178.5, 0.0), (-178.5, 0.0)))
    assert inside.tolist() == [True, True, False, False]
    around = View(type="view", bounds=(-180.0, -10.0, 180.0, 10.0))
    assert around.holds(columns((121.0, 0.0), (121.0, 11.0))).tolist() == [True, False]


@given(
    west=st.floats(-180, 179),
    width=st.floats(0, 180),
    place=st.floats(-180, 180),
    latitude=st.floats(-90, 90),
)
def test_a_view_holds_what_lies_between_its_edges(
    west: float, width: float, place: float, latitude: float
) -> None:
    view = View(type="view", bounds=(west, -45.0, west + width, 45.0))
    between = any(west <= place + turn <= west + width for turn in (-360, 0, 360))
    near_an_edge = (
        min(abs((place - edge + 180) % 360 - 180) for edge in (west, west + width)) < 1e-9
    )
    if not near_an_edge:
        expected = between and -45 <= latitude <= 45
        assert view.holds(columns((place, latitude))).tolist() == [expected]


def test_a_view_is_read() -> None:
    text = json.dumps({"type": "view", "bounds": [121.3, 31.1, 121.4, 31.3]})
    assert read_view(text) == AIRFIELD
    assert read_view('{"type": "view", "bounds": null}') == EVERYTHING


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("", "text"),
        ("{", "text"),
        ("[]", "text"),
        ('{"type": "look", "bounds": null}', "type"),
        ('{"type": "view"}', "bounds"),
        ('{"type": "view", "bounds": [1, 2, 3]}', "bounds"),
        ('{"type": "view", "bounds": [1, 2, 3, "north"]}', "bounds.3"),
        ('{"type": "view", "bounds": [1, 2, 3, NaN]}', "bounds.3"),
        ('{"type": "view", "bounds": [1, 9, 3, 2]}', "text"),
        ('{"type": "view", "bounds": [1, 2, 3, 91]}', "text"),
        ('{"type": "view", "bounds": null, "zoom": 3}', "zoom"),
    ],
)
def test_what_cannot_be_read_is_told_by_its_field(text: str, field: str) -> None:
    with pytest.raises(Malformed) as caught:
        read_view(text)
    assert caught.value.field.startswith(field)
    assert caught.value.position
