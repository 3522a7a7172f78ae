"""Where the fields of the six formats stand."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

Span = tuple[int, int, int]
"""Line, first column and the column after the last, from 0."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One format.

    Attributes:
        name: ``TD1``, ``TD2``, ``TD3``, ``MRV-A``, ``MRV-B``, ``FRA-ID``.
        lines: how many.
        width: characters of each.
        fields: span of each field by its name.
        digits: span of each check digit by the name of what it covers.
        composite: spans that the composite digit covers; empty where there is none.
        long_number: the document number may go on in the optional data.
    """

    name: str
    lines: int
    width: int
    fields: Mapping[str, Span]
    digits: Mapping[str, Span]
    composite: tuple[Span, ...] = ()
    long_number: bool = False


def _two_lines(width: int, optional_end: int) -> dict[str, Span]:
    return {
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "names": (0, 5, width),
        "document_number": (1, 0, 9),
        "nationality": (1, 10, 13),
        "date_of_birth": (1, 13, 19),
        "sex": (1, 20, 21),
        "date_of_expiry": (1, 21, 27),
        "optional_data": (1, 28, optional_end),
    }


_DIGITS: Final[dict[str, Span]] = {
    "document_number": (1, 9, 10),
    "date_of_birth": (1, 19, 20),
    "date_of_expiry": (1, 27, 28),
}

TD1: Final = Layout(
    name="TD1",
    lines=3,
    width=30,
    fields={
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "document_number": (0, 5, 14),
        "optional_data": (0, 15, 30),
        "date_of_birth": (1, 0, 6),
        "sex": (1, 7, 8),
        "date_of_expiry": (1, 8, 14),
        "nationality": (1, 15, 18),
        "optional_data_2": (1, 18, 29),
        "names": (2, 0, 30),
    },
    digits={
        "document_number": (0, 14, 15),
        "date_of_birth": (1, 6, 7),
        "date_of_expiry": (1, 14, 15),
        "composite": (1, 29, 30),
    },
    composite=((0, 5, 30), (1, 0, 7), (1, 8, 15), (1, 18, 29)),
    long_number=True,
)

TD2: Final = Layout(
    name="TD2",
    lines=2,
    width=36,
    fields=_two_lines(36, 35),
    digits={**_DIGITS, "composite": (1, 35, 36)},
    composite=((1, 0, 10), (1, 13, 20), (1, 21, 35)),
    long_number=True,
)

TD3: Final = Layout(
    name="TD3",
    lines=2,
    width=44,
    fields=_two_lines(44, 42),
    digits={**_DIGITS, "optional_data": (1, 42, 43), "composite": (1, 43, 44)},
    composite=((1, 0, 10), (1, 13, 20), (1, 21, 43)),
)

MRV_A: Final = Layout(name="MRV-A", lines=2, width=44, fields=_two_lines(44, 44), digits=_DIGITS)
MRV_B: Final = Layout(name="MRV-B", lines=2, width=36, fields=_two_lines(36, 36), digits=_DIGITS)

FRENCH_ID: Final = Layout(
    name="FRA-ID",
    lines=2,
    width=36,
    fields={
        "document_code": (0, 0, 2),
        "issuing_state": (0, 2, 5),
        "surname": (0, 5, 30),
        "optional_data": (0, 30, 36),
        "document_number": (1, 0, 12),
        "given_names": (1, 13, 27),
        "date_of_birth": (1, 27, 33),
        "sex": (1, 34, 35),
    },
    digits={
        "document_number": (1, 12, 13),
        "date_of_birth": (1, 33, 34),
        "composite": (1, 35, 36),
    },
    composite=((0, 0, 36), (1, 0, 35)),
)

LAYOUTS: Final[Mapping[str, Layout]] = MappingProxyType(
    {layout.name: layout for layout in (TD1, TD2, TD3, MRV_A, MRV_B, FRENCH_ID)}
)


def layout_of(width: int, first_line: str) -> Layout | None:
    """The format of lines so long, by the document code, and what tells French cards from TD2."""
    visa = first_line[:1] == "V"
    if width == TD1.width:
        return TD1
    if width == TD2.width:
        return MRV_B if visa else FRENCH_ID if _is_french(first_line) else TD2
    if width == TD3.width:
        return MRV_A if visa else TD3
    return None


def _is_french(first_line: str) -> bool:
    """Whether the office has a number where a TD2 ends its names, or no given names follow the surname."""
    if not first_line.startswith("IDFRA"):
        return False
    office = any(letter.isdigit() for letter in first_line[30:36])
    return office or "<<" not in first_line[5:].rstrip("<")
