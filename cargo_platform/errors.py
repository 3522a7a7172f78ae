"""What can go wrong with freight.

CargoError
├── BadAwb (ValueError)            not an air waybill number, or its check digit is wrong
├── BadHawb (ValueError)           not a house waybill number
├── BadUld (ValueError)            not the number of a unit load device
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


class BadHawb(CargoError, ValueError):
    """Text that is no house waybill number."""

    field: ClassVar[str] = "hawb"
    code: ClassVar[str] = "hawb-form"
    expected: ClassVar[str] = "1 to 12 letters and digits"

    def __init__(self, *, found: str) -> None:
        self.found = found[:24]
        super().__init__(
            f"not a house waybill number: found {self.found!r}, expected {self.expected}"
        )


class BadUld(CargoError, ValueError):
    """Text that is no number of a unit load device."""

    field: ClassVar[str] = "uld"
    code: ClassVar[str] = "uld-form"
    expected: ClassVar[str] = "3 letters, 4 or 5 digits and 2 or 3 characters, e.g. PMC12345CK"

    def __init__(self, *, found: str) -> None:
        self.found = found[:24]
        super().__init__(f"not a ULD number: found {self.found!r}, expected {self.expected}")


class UnknownShipment(CargoError, LookupError):
    """Nothing was reported of this air waybill number, or it is not shared."""

    field: ClassVar[str] = "awb"
    code: ClassVar[str] = "unknown-shipment"

    def __init__(self, awb: str) -> None:
        self.awb = awb
        super().__init__(f"no status for air waybill {awb}")
