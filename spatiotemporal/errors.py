"""What the spatiotemporal platform refuses.

SpatiotemporalError (BusError)
└── UnknownMover (LookupError)   an id that no source has reported
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
