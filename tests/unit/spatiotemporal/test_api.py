"""The web routes of the live picture."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient
from starlette.websockets import WebSocketDisconnect

from spatiotemporal import UnknownMover
from spatiotemporal.api import TOO_SLOW, router
from spatiotemporal.live import Ticker
from spatiotemporal.picture import Picture
from tests.unit.spatiotemporal.movers import START, TUG, fix, registered

PREFIX = "/api/spatiotemporal"


class Desk:
    """The routes over a picture, with a clock to set."""

    def __init__(self) -> None:
        self.now = START
        self.scopes: list[str] = []
        self.picture = Picture()
        self.ticker = Ticker(self.picture, self.clock)
        app = FastAPI()
        app.include_router(
            router(self.picture, self.ticker, guard=self.guard, clock=self.clock, stale_s=30.0)
        )
        self.client = TestClient(app)

    def clock(self) -> datetime:
        return self.now

    def guard(self, *scopes: str) -> Callable[[], Any]:
        self.scopes.extend(scopes)
        return lambda: None

    def get(self, path: str) -> dict[str, Any]:
        answer = self.client.get(f"{PREFIX}{path}")
        assert answer.status_code == 200
        found: dict[str, Any] = answer.json()
        return found


@pytest.fixture
def desk() -> Desk:
    return Desk()


def test_routes_ask_for_the_right_to_see_the_picture(desk: Desk) -> None:
    assert desk.scopes == ["spatiotemporal.live.read"]


def test_a_mover_that_falls_silent_is_stale(desk: Desk) -> None:
    desk.picture.report([fix(0)])
    desk.now = START + timedelta(seconds=30)
    assert desk.get(f"/movers/{TUG}")["stale"] is False
    desk.now = START + timedelta(seconds=30.5)
    mover = desk.get(f"/movers/{TUG}")
    assert (mover["stale"], mover["age_s"]) == (True, 30.5)
    desk.picture.report([fix(20)])
    assert desk.get(f"/movers/{TUG}")["stale"] is False


def test_late_and_repeated_reports_are_shown_as_counts(desk: Desk) -> None:
    desk.picture.report([fix(5), fix(1), fix(5)])
    mover = desk.get(f"/movers/{TUG}")
    assert (mover["fixes"], mover["late"]) == (3, 2)
    assert mover["fix_time"] == "2026-11-24T08:00:05Z"


def test_movers_are_found_by_a_part_of_id_or_label(desk: Desk) -> None:
    desk.picture.report([fix(), fix(0, "vehicle:2"), fix(0, "aircraft:780A3C")])
    desk.picture.register(registered(label="民航A0001"))
    assert len(desk.get("/movers")["items"]) == 3
    assert [m["id"] for m in desk.get("/movers?q=民航a0")["items"]] == [TUG]
    assert [m["kind"] for m in desk.get("/movers?q=780a")["items"]] == ["aircraft"]
    assert desk.get("/movers?q=nobody")["items"] == []


def test_an_unknown_mover_is_refused(desk: Desk) -> None:
    with pytest.raises(UnknownMover, match="vehicle:7"):
        desk.client.get(f"{PREFIX}/movers/vehicle:7")


def test_a_viewer_leaves_when_its_socket_closes(desk: Desk) -> None:
    desk.picture.report([fix()])
    with desk.client.websocket_connect(f"{PREFIX}/live") as socket:
        assert socket.receive_json()["type"] == "movers"
        assert socket.receive_bytes()[:4] == b"ABM1"
        assert len(desk.ticker._viewers) == 1
    assert not desk.ticker._viewers


def test_a_viewer_that_is_too_slow_is_told_so(desk: Desk) -> None:
    with desk.client.websocket_connect(f"{PREFIX}/live") as socket:
        socket.receive_json()
        socket.receive_bytes()
        (viewer,) = desk.ticker._viewers
        viewer.queue.put_nowait(None)
        with pytest.raises(WebSocketDisconnect) as caught:
            socket.receive_bytes()
    assert caught.value.code == TOO_SLOW


def test_a_map_says_what_it_shows(desk: Desk) -> None:
    desk.picture.report([fix()])
    with desk.client.websocket_connect(f"{PREFIX}/live") as socket:
        socket.receive_json()
        socket.receive_bytes()
        socket.send_text('{"type": "view", "bounds": [1, 2]}')
        fault = socket.receive_json()
        assert (fault["type"], fault["field"]) == ("fault", "bounds.2")
        socket.send_text('{"type": "view", "bounds": [121.0, 31.0, 122.0, 32.0]}')
        socket.send_bytes(b"\x00")
        assert socket.receive_json()["type"] == "fault"
        (viewer,) = desk.ticker._viewers
        assert viewer.view.bounds == (121.0, 31.0, 122.0, 32.0)
