"""What can go wrong with freight.

CargoError
├── BadAwb (ValueError)            not an air waybill number, or its check digit is wrong
└── UnknownShipment (LookupError)  nothing was reported of it
"""

from __future__ import annotations

from typing import ClassVar


class CargoError(Exception):
    """Root of everything cargo_platform raises on purpose."""


class BadAwb(CargoError, ValueError):
    """Text that is no air waybill number.

    Attributes:
        field: always ``awb``.
        code: ``awb-form`` or ``awb-check-digit``.
        found: what stands there, shortened.
        expected: what would do.
    """

    field: ClassVar[str] = "awb"

    def __init__(self, code: str, reason: str, *, found: str, expected: str) -> None:
        self.code, self.reason = code, reason
        self.found, self.expected = found[:24], expected
        super().__init__(f"{reason}: found {self.found!r}, expected {expected}")


class UnknownShipment(CargoError, LookupError):
    """Nothing was reported of this air waybill number, or it is not shared."""

    field: ClassVar[str] = "awb"
    code: ClassVar[str] = "unknown-shipment"

    def __init__(self, awb: str) -> None:
        self.awb = awb
        super().__init__(f"no status for air waybill {awb}")
