"""Minutes of the day at Hongqiao, over every wire, into a platform with all its parts."""

from __future__ import annotations

import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from service_bus import utc_now
from tests.e2e.evidence import INTAKES
from tests.platform_process import DayPlayer, Platform

pytestmark = [pytest.mark.slow, pytest.mark.models]

LEAVE_WITHIN_S = 20.0


@pytest.fixture
def player(platform: Platform, tmp_path: Path) -> Iterator[DayPlayer]:
    playing = DayPlayer(platform, tmp_path / "journal.jsonl")
    yield playing
    playing.kill()


def letters(platform: Platform) -> set[str]:
    items = platform.get("/api/bus/dead-letters", params={"limit": 1000}).json()["items"]
    return {item["id"] for item in items}


def items_of(platform: Platform, path: str, **query: Any) -> list[dict[str, Any]]:
    answer = platform.get(path, params=query)
    assert answer.status_code == 200, answer.text
    return list(answer.json()["items"])


def test_every_wire_is_spoken_and_every_screen_shows_it(
    platform: Platform, player: DayPlayer
) -> None:
    before = letters(platform)
    # From a full hour, so that the plan is the same whenever the test runs.
    start = utc_now().replace(minute=0, second=0, microsecond=0).isoformat()
    player.options = ("--speed", "10", "--hours", "0.12", "--seed", "26", "--start", start)
    player.start()
    counts = player.finish(limit_s=240)
    assert counts.pop("refused") == 0, player.log()
    assert set(INTAKES) <= set(counts)
    assert counts["enrolment"] > 0
    assert counts["gate match"] > 0
    noted = player.acknowledged()

    legs = {entry["leg"] for entry in noted if entry["channel"] == "aidx"}
    platform.wait_until(lambda: legs <= shown_legs(platform), "the board shows every leg")
    movers = items_of(platform, "/api/spatiotemporal/movers", q="民航")
    assert len(movers) == 200
    assert {mover["fleet"] for mover in movers} >= {"tug", "bus", "follow-me", "fuel"}
    assert sum(mover["speed_mps"] > 1 for mover in movers) > 30

    awb = next(entry["awb"] for entry in noted if entry["channel"] == "fsu-file")
    page = platform.get(f"/api/public/cargo/shipments/{awb}")
    assert page.status_code == 200, page.text
    assert page.json()["milestones"]
    check_gates(platform, noted)
    assert letters(platform) == before


def check_gates(platform: Platform, noted: list[dict[str, Any]]) -> None:
    """Nobody boards with another person's face; nearly everybody does with their own."""
    decisions = [entry for entry in noted if entry["channel"].startswith("gate ")]
    impostors = [entry["decision"] for entry in decisions if entry["impostor"]]
    assert impostors
    assert "match" not in impostors
    honest = [entry for entry in decisions if not entry["impostor"]]
    matched = [entry["journey"] for entry in honest if entry["decision"] == "match"]
    # On a busy machine a day told fast outruns its passengers: the aircraft may be gone.
    missed = {entry["reason"] for entry in honest if entry["decision"] != "match"}
    assert missed <= {"gate_closed", "flight_departed"}
    journey = platform.get(f"/api/passenger/journeys/{matched[0]}").json()
    assert "boarded" in {step["to"] for step in journey["steps"]}


def shown_legs(platform: Platform) -> set[str]:
    flights = platform.get("/api/operations/flights", params={"airport": "SHA", "limit": 2000})
    return {item["leg_id"] for item in flights.json()["items"]}


def test_the_player_leaves_at_once_when_asked(platform: Platform, player: DayPlayer) -> None:
    player.options = ("--seed", "22", "--no-faces")
    player.start()
    platform.wait_until(lambda: len(player.acknowledged()) > 300, "the day is under way")
    asked = time.monotonic()
    counts = player.finish(stop=True, limit_s=60)
    assert time.monotonic() - asked < LEAVE_WITHIN_S
    assert counts["jt808-registration"] > 0
