"""Generated Cargo-IMP values for property tests."""

from __future__ import annotations

from datetime import datetime, timedelta
from decimal import Decimal

from hypothesis import strategies as st

from cargo_platform.awb import check_digit, make_awb
from cargo_platform.formats.cimp_values import Consignment, Quantity, TimeInformation

NEAR = datetime.fromisoformat("2026-11-24T08:00:00+00:00")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
DIGITS = "0123456789"

airports = st.text(LETTERS, min_size=3, max_size=3)
carriers = st.sampled_from(["CK", "LH", "5Y", "O3", "MU"])
flights = st.builds(
    "{}{}{}".format, carriers, st.integers(1, 9999), st.sampled_from(["", "A", "Z"])
)
days = st.integers(-150, 150).map(
    lambda n: (NEAR + timedelta(days=n)).replace(hour=0, minute=0, tzinfo=None)
)
moments = st.integers(-200_000, 200_000).map(
    lambda n: (NEAR + timedelta(minutes=n)).replace(tzinfo=None)
)


def free_text(longest: int, *, shortest: int = 1) -> st.SearchStrategy[str]:
    """Text as Cargo-IMP allows it: no slant, no blank at the edges, and no shape of a value."""
    return (
        st.text(LETTERS + DIGITS + " .-", min_size=shortest, max_size=longest)
        .map(str.strip)
        .filter(lambda text: len(text) >= shortest)
    )


def codes(length: int) -> st.SearchStrategy[str]:
    return st.text(LETTERS, min_size=length, max_size=length)


countries = codes(2).filter(lambda code: code not in ("TE", "FX"))
"""Codes of telephone and telefax in the same place belong to no country."""


def decimals(longest: int, places: int = 1) -> st.SearchStrategy[Decimal]:
    return st.integers(1, 10**longest - 1).map(lambda n: Decimal(n).scaleb(-places))


def _awb(prefix: int, serial: int) -> str:
    seven = f"{serial:07d}"
    return make_awb(f"{prefix:03d}", f"{seven}{check_digit(seven)}")


awbs = st.builds(_awb, st.integers(1, 999), st.integers(0, 9_999_999))


@st.composite
def quantities(draw: st.DrawFn, codes: str = "TPSDM") -> Quantity:
    code = draw(st.sampled_from(codes))
    weight = draw(st.none() | decimals(6))
    volume = draw(st.none() | decimals(5, 2))
    return Quantity(
        code=code,
        pieces=draw(st.integers(1, 9999)),
        weight=weight,
        weight_unit="" if weight is None else draw(st.sampled_from("KL")),
        volume=volume,
        volume_unit="" if volume is None else draw(st.sampled_from(["MC", "CC", "CF", "CI"])),
        density=draw(st.none() | st.integers(0, 10)),
        total=draw(st.none() | st.integers(1, 9999)) if code in "PSD" else None,
    )


@st.composite
def consignments(draw: st.DrawFn, codes: str = "TPSDM") -> Consignment:
    return Consignment(
        awb=draw(awbs),
        origin=draw(airports),
        destination=draw(airports),
        quantity=draw(quantities(codes)),
    )


@st.composite
def time_informations(draw: st.DrawFn) -> TimeInformation:
    return TimeInformation(
        kind=draw(st.sampled_from("SEA")),
        time=f"{draw(st.integers(0, 23)):02d}{draw(st.integers(0, 59)):02d}",
        day_change=draw(st.sampled_from(["", "P", "N", "S", "L"])),
    )
