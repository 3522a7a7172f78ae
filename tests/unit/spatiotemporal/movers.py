"""Fixes and registrations for tests."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from spatiotemporal.domain import Fix, Registered

START = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
TUG = "vehicle:13900100001"


def fix(second: float = 0, mover: str = TUG, **facts: object) -> Fix:
    """A fix of a mover, ``second`` after the start."""
    moment = START + timedelta(seconds=second)
    values: dict[str, object] = {
        "mover_id": mover,
        "latitude": 31.19 + second * 1e-5,
        "longitude": 121.33,
        "altitude_m": 3.0,
        "speed_mps": 5.0,
        "heading_deg": 90.0,
        "fix_time": moment,
        "received": moment + timedelta(seconds=1),
        "source": "/spatiotemporal/jt808",
        "alarm": 0,
        "message_id": f"m{second}",
    }
    return Fix(**{**values, **facts})  # type: ignore[arg-type]


def registered(mover: str = TUG, label: str = "民航A0001", fleet: str = "tug") -> Registered:
    """A registration."""
    return Registered(
        mover_id=mover,
        label=label,
        fleet=fleet,
        terminal_id="T1",
        maker="TEST",
        model=fleet,
        registered=START,
    )
