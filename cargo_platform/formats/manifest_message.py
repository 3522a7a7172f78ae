"""What FFM and FBL list: flights, airports, unit load devices and air waybills (see ``ffm``, ``fbl``)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Final

from cargo_platform.formats.cimp_segments import CustomsLine, Dimensions
from cargo_platform.formats.cimp_values import Consignment
from service_bus import Notice

CONT: Final = "CONT"
LAST: Final = "LAST"
ONWARD: Final = "/"
UNREAD: Final = "?"
HANDLING: Final = "SPH"
"""Marks of onward flights, of unknown lines and of lines of handling codes in a layout."""


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """A date, with or without a time; station-local and naive."""

    local: datetime
    has_time: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstArrival:
    """For countries that need it: where and when the flight first arrives there."""

    country: str
    when: When
    airport: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Flight:
    """The flight line: page, flight as written, departure, loading airport, registration."""

    page: int
    flight: str
    when: When
    airport: str
    registration: str = ""
    first_arrival: FirstArrival | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Onward:
    """An onward flight: the airport it goes to, flight and day; the day may be missing."""

    airport: str
    flight: str
    when: When | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Size:
    """A line of dimensions; ``size`` is ``None`` when its text cannot be read."""

    text: str
    size: Dimensions | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Waybill:
    """An air waybill in a list.

    Attributes:
        goods: description, cut at 15 characters by the standard; ``None`` when its field is missing.
        handling: special handling codes.
        handling_apart: the codes stand between slants and not in one row.
        customs_origin: COR.
        service: OSI, SSR and SCI lines as identifier and text, in their order.
        unread: lines of an unknown kind.
        layout: kinds of the lines under it in the order they came; written again in that order.
    """

    consignment: Consignment
    goods: str | None = None
    handling: tuple[str, ...] = ()
    handling_apart: bool = False
    onward: tuple[Onward, ...] = ()
    sizes: tuple[Size, ...] = ()
    customs_origin: str = ""
    service: tuple[tuple[str, str], ...] = ()
    customs: tuple[CustomsLine, ...] = ()
    unread: tuple[str, ...] = ()
    layout: tuple[str, ...] = field(default=(), compare=False, repr=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Uld:
    """A unit load device in a list.

    Attributes:
        id: type, number and owner, as written.
        indicator: loading indicator behind a hyphen, or empty.
        remarks: free text, such as weight and contour; ``None`` when its field is missing.
        onward: flights that it goes on with as it is.
        volume_available: code of the room that is left in it.
        unread: lines of an unknown kind right under it.
    """

    id: str
    indicator: str = ""
    remarks: str | None = None
    onward: tuple[Onward, ...] = ()
    volume_available: str = ""
    unread: tuple[str, ...] = ()
    waybills: tuple[Waybill, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """An airport of unloading and what goes there.

    Attributes:
        nil: there is no cargo for it.
        nil_below: a line below the airport says so.
        bulk: air waybills outside of any unit load device.
        ulds: with their air waybills; in a booked list also reservations without any.
    """

    airport: str
    nil: bool = False
    nil_below: bool = False
    arrival: When | None = None
    departure: When | None = None
    bulk: tuple[Waybill, ...] = ()
    ulds: tuple[Uld, ...] = ()

    def waybills(self) -> tuple[Waybill, ...]:
        """All of them, bulk first."""
        return (*self.bulk, *(w for uld in self.ulds for w in uld.waybills))


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A page of a manifest (FFM) or of a booked list (FBL).

    Attributes:
        end: ``LAST``, or ``CONT`` when pages follow; empty when the line is missing.
        nil: nothing is booked at all (FBL).
    """

    type: str
    version: int
    flight: Flight
    points: tuple[Point, ...]
    nil: bool = False
    end: str = LAST
    envelope: tuple[str, ...] = field(default=(), compare=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    def pieces(self) -> dict[str, int]:
        """Pieces per air waybill on this page, summed over its unit load devices."""
        found: dict[str, int] = {}
        for point in self.points:
            for waybill in point.waybills():
                amount = waybill.consignment.quantity
                awb = waybill.consignment.awb
                found[awb] = found.get(awb, 0) + (amount.pieces if amount else 0)
        return found

    def weight_kg(self) -> Decimal:
        """Kilograms on this page."""
        return sum(
            (
                waybill.consignment.quantity.weight_kg or Decimal(0)
                for point in self.points
                for waybill in point.waybills()
                if waybill.consignment.quantity
            ),
            Decimal(0),
        )
