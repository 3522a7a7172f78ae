"""Machines beside each other: what one sealed the other must open."""

from __future__ import annotations

from pathlib import Path

import pytest
import sqlalchemy as sa

from airport_brain import config, telemetry, wiring
from airport_brain.config import PREFIX
from passenger_id.adapters.key_file import KeyRing
from passenger_id.adapters.sql_vault import DATA_KEYS
from passenger_id.errors import KeyMismatch
from service_bus import utc_now

MASTER_KEY = f"{PREFIX}PASSENGER_ID__MASTER_KEY"


async def start(machine: Path) -> None:
    """Build the role that holds the vault, with a data folder of its own."""
    brain = await wiring.build(
        config.load(machine), roles=("passenger",), metrics=telemetry.Metrics(), clock=utc_now
    )
    await brain.close()


async def test_machines_that_share_a_store_need_one_master_key(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = f"sqlite:///{tmp_path / 'vault'}"
    monkeypatch.setenv(f"{PREFIX}PASSENGER_ID__DATABASE_URL", url)
    monkeypatch.setenv(MASTER_KEY, "5c" * 32)
    await start(tmp_path / "one")
    sealed = {"journey_id": "j1", "master_id": KeyRing(b"\x5c" * 32).id, "wrapped": b"x"}
    engine = sa.create_engine(url)
    with engine.begin() as connection:
        connection.execute(sa.insert(DATA_KEYS).values(sealed))
    engine.dispose()
    await start(tmp_path / "two")
    assert not list(tmp_path.glob("*/keys/passenger_id")), "no file holds a key"
    monkeypatch.delenv(MASTER_KEY)
    with pytest.raises(KeyMismatch):
        await start(tmp_path / "three")
