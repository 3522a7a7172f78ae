"""``kill -9`` of the whole platform while the day runs at ten times its speed, and start again.

``CRASH_ROUNDS`` says how often; the ordinary run does three rounds, the figure to publish is 20.
Whatever any intake acknowledged must then be on the bus once, and have had its effect once.
"""

from __future__ import annotations

import asyncio
import logging
import os
import random
import shutil
import time
from collections import Counter
from pathlib import Path

import pytest

from tests.e2e import evidence
from tests.face_models import default_models
from tests.platform_process import DayPlayer, Platform

log = logging.getLogger(__name__)

ROUNDS = int(os.environ.get("CRASH_ROUNDS", "3"))
BETWEEN_CRASHES_S = (2.0, 7.0)
"""Shortest and longest life of the platform after it answers again."""
SETTLING_LIMIT_S = 120.0

pytestmark = [pytest.mark.slow, pytest.mark.timeout(240 + 60 * ROUNDS)]


def acknowledged_since(player: DayPlayer, before: int) -> bool:
    return len(player.acknowledged()) > before


def settled(platform: Platform) -> bool:
    """Every consumer has handled everything."""
    answer = platform.get("/api/bus/lag")
    assert answer.status_code == 200, answer.text
    return all(item["lag"] == 0 for item in answer.json()["items"])


def crash(platform: Platform, player: DayPlayer, lives_s: float) -> None:
    """Let the platform live for a while under load, kill it, start it again."""
    before = len(player.acknowledged())
    platform.wait_until(lambda: acknowledged_since(player, before), "intakes acknowledge")
    time.sleep(lives_s)
    platform.kill()
    platform.start()


def test_nothing_acknowledged_is_lost_or_doubled_by_crashes(tmp_path: Path) -> None:
    platform = Platform(tmp_path / "data")
    shutil.copytree(default_models() / "models", platform.data / "models")
    player = DayPlayer(
        platform,
        tmp_path / "journal.jsonl",
        ("--speed", "10", "--hours", "6", "--seed", "11", "--no-faces"),
    )
    lives = random.Random(f"crashes-{ROUNDS}")
    try:
        platform.start()
        player.start()
        for _ in range(ROUNDS):
            crash(platform, player, lives.uniform(*BETWEEN_CRASHES_S))
        last = len(player.acknowledged())
        platform.wait_until(lambda: acknowledged_since(player, last + 500), "all speak again")
        counts = player.finish(stop=True)
        platform.wait_until(lambda: settled(platform), "all is handled", SETTLING_LIMIT_S)
        assert platform.stop() == 0, platform.log()[-4000:]
    finally:
        player.kill()
        platform.stop()
    noted = player.acknowledged()
    by_channel = Counter(entry["channel"] for entry in noted)
    log.info("crashes=%d acknowledged=%s", ROUNDS, dict(by_channel))
    assert counts.pop("refused") == 0, player.log()
    assert counts == by_channel
    assert set(evidence.INTAKES) == set(by_channel), "every intake was under load"
    kept = asyncio.run(evidence.read_log(platform.data))
    wrong = {
        "on the bus": evidence.not_once_on_the_bus(noted, kept),
        "on the bus twice": evidence.repeated(kept),
        "fixes": evidence.fixes_not_once(noted, kept),
        "live picture": evidence.movers_counted_wrong(platform.data, kept),
        "flights": evidence.flights_not_once(platform.data, noted),
        "journeys": evidence.journeys_not_once(platform.data, noted),
        "shipments": evidence.milestones_not_once(platform.data, noted),
    }
    found = {place: (len(faults), faults[:3]) for place, faults in wrong.items() if faults}
    assert not found
    letters = platform.command("dlq", "list", "--json")
    assert letters.stdout.strip() == "[]", letters.stdout[:2000]
