"""What the spatiotemporal platform refuses.

SpatiotemporalError (BusError)
├── UnknownMover (LookupError)   an id that no source has reported
└── ImpossibleFix (ValueError)   a position, speed or heading that nothing can have
"""

from __future__ import annotations

from service_bus import BusError


class SpatiotemporalError(BusError):
    """Root of the package's errors."""


class UnknownMover(SpatiotemporalError, LookupError):
    """A mover that the live picture does not hold."""

    def __init__(self, mover_id: str) -> None:
        self.mover_id = mover_id
        super().__init__(f"no mover {mover_id!r} in the live picture")


class ImpossibleFix(SpatiotemporalError, ValueError):
    """A fix with a value outside what the earth or a compass allows."""

    def __init__(self, mover_id: str, field: str, value: float, low: float, high: float) -> None:
        self.mover_id, self.field, self.value = mover_id, field, value
        self.low, self.high = low, high
        super().__init__(f"{mover_id}: {field} {value} is outside {low:g} to {high:g}")
