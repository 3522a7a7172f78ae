"""A name list as data."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType
from typing import Final, Literal

from passenger_id.formats.name_list.connections import Connection, connection
from service_bus import Notice

FORMAT: Final = "pnl"
"""Name of the format, as in ``airport-brain decode pnl``."""

NOTICES: Final[Mapping[str, str]] = MappingProxyType(
    {
        "pnl-no-part": "The flight line does not say which part this is.",
        "pnl-no-end": "The end of the part is missing.",
        "pnl-no-action": "Names of a list of changes stand before ADD, DEL or CHG.",
        "pnl-name": "A name has characters or a form that the standard does not have.",
        "pnl-count": "The number in a name is not the number of given names.",
        "pnl-unknown-line": "A line of no known kind was kept unread.",
        "pnl-blank-line": "A blank line inside the list was passed over.",
        "pnl-lower-case": "Lower-case letters stand where the standard has capitals.",
        "pnl-not-ascii": "Characters outside ASCII were kept.",
        "pnl-folded-name": "The given names go on in the next line.",
        "pnl-day": "The day does not exist in the years around the reference.",
        "pnl-after-end": "Text after the end was left out.",
    }
)
"""Each notice with its sentence."""

Kind = Literal["PNL", "ADL", "PRL"]
KINDS: Final[tuple[Kind, ...]] = ("PNL", "ADL", "PRL")
Action = Literal["", "ADD", "DEL", "CHG"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Element:
    """What stands behind a point: ``.L/K7Q2ZP``.

    Attributes:
        code: letters between point and slant; ``""`` for a line of no known kind.
        text: what follows the slant.
        starts_line: as it stood; ``None``: not read, placed when written.
    """

    code: str
    text: str
    starts_line: bool | None = field(default=None, compare=False, repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Name:
    """A name element: one person or several of one surname.

    Attributes:
        count: people it stands for.
        given_names: with titles, as they stand; empty where only a surname or a group is named.
        group_code: letters that tie the names of a party together.
        group_size: people in that party.
        places: digits the count was written with.
        folds: offsets in the written name where a line ended.
    """

    count: int
    surname: str
    given_names: tuple[str, ...] = ()
    group_code: str = ""
    group_size: int | None = None
    elements: tuple[Element, ...] = ()
    places: int = field(default=1, compare=False, repr=False)
    folds: tuple[int, ...] = field(default=(), compare=False, repr=False)

    @property
    def record_locator(self) -> str:
        """The first record locator, without its carrier; ``""`` where there is none."""
        return next((text.split("/")[0] for text in self._texts("L")), "").strip()

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks and service requests, with what goes on in ``.RN/`` put behind."""
        found: list[str] = []
        for element in self.elements:
            if element.code == "R":
                found.append(element.text)
            elif element.code == "RN" and found:
                found[-1] += element.text
        return tuple(found)

    @property
    def inbound(self) -> tuple[str, ...]:
        """Inbound connections as they stand."""
        return tuple(self._texts("I"))

    @property
    def onward(self) -> tuple[str, ...]:
        """Onward connections as they stand: ``.O/``, ``.O2/`` ..."""
        return tuple(e.text for e in self.elements if e.code.rstrip("0123456789") == "O")

    @property
    def connections(self) -> tuple[Connection, ...]:
        """Other flights by what they say, as far as they have the standard's form."""
        found = (connection(element.code, element.text) for element in self.elements)
        return tuple(one for one in found if one is not None)

    def _texts(self, code: str) -> Iterator[str]:
        return (element.text for element in self.elements if element.code == code)


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """Names with what happens with them; in a PNL or PRL the action is ``""``."""

    action: Action
    names: tuple[Name, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class DestinationTotal:
    """Everybody booked to one destination in one class.

    Attributes:
        destination: IATA airport code.
        count: people, named or not.
        booking_class: a letter.
        pad: passengers available for disembarkation; ``None``: not stated.
        rest: text after it on its line.
        notes: lines of no known kind before the first name.
        places, pad_places: digits the numbers were written with.
    """

    destination: str
    count: int
    booking_class: str
    pad: int | None = None
    rest: str = ""
    notes: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    places: int = field(default=3, compare=False, repr=False)
    pad_places: int = field(default=3, compare=False, repr=False)

    @property
    def names(self) -> tuple[Name, ...]:
        """All names, whatever happens with them."""
        return tuple(name for change in self.changes for name in change.names)


@dataclass(frozen=True, slots=True, kw_only=True)
class NameList:
    """One part of a list, or a whole list put together.

    Attributes:
        kind: ``PNL``, ``ADL`` or ``PRL``.
        carrier, number, suffix: the flight; the number as written.
        board_point: IATA code of the airport the list is from.
        day: day and month as written, ``24NOV``, ``24NOV26`` or ``24NOV2026``.
        flight_date: with its year.
        part: number; ``None``: not stated.
        last: this is the last part.
        header: lines between flight and first total.
        totals: by destination and class, in the order they stand.
        envelope: lines before the message.
        charset: Python's name of the character set.
        line_end: what divides the lines.
        ended: the end of the part was there.
        ends_line: a line end stood behind it.
        original: the bytes of the part, envelope included.
        notices: what was odd.
    """

    kind: Kind
    carrier: str
    number: str
    suffix: str = ""
    day: str
    board_point: str
    part: int | None = 1
    last: bool = True
    header: tuple[str, ...] = ()
    totals: tuple[DestinationTotal, ...] = ()
    envelope: tuple[str, ...] = ()
    flight_date: date | None = field(default=None, compare=False)
    charset: str = field(default="ascii", compare=False)
    line_end: str = field(default="\r\n", compare=False, repr=False)
    ended: bool = field(default=True, compare=False, repr=False)
    ends_line: bool = field(default=True, compare=False, repr=False)
    original: bytes = field(default=b"", compare=False, repr=False)
    notices: tuple[Notice, ...] = field(default=(), compare=False)

    @property
    def flight(self) -> str:
        """Carrier and number as they are called: ``MU5101``."""
        return f"{self.carrier}{self.number.lstrip('0') or '0'}{self.suffix}"

    @property
    def names(self) -> tuple[Name, ...]:
        """All names in the order they stand."""
        return tuple(name for total in self.totals for name in total.names)

    def locators(self) -> tuple[str, ...]:
        """The record locator of each name; the first of a party says it for those behind it."""
        found: list[str] = []
        parties: dict[tuple[str, int | None], str] = {}
        for name in self.names:
            party = (name.group_code, name.group_size)
            locator = name.record_locator or (parties.get(party, "") if name.group_code else "")
            if name.group_code and locator:
                parties.setdefault(party, locator)
            found.append(locator)
        return tuple(found)

    def disagreements(self) -> tuple[tuple[str, str, int, int], ...]:
        """Destination, class, total and people named, where a whole PNL or PRL names others than it counts.

        Classes without any name are not among them: names are optional.
        """
        if self.kind == "ADL":
            return ()
        named = [
            (total, sum(name.count for name in total.names)) for total in self.totals if total.names
        ]
        return tuple(
            (total.destination, total.booking_class, total.count, people)
            for total, people in named
            if people != total.count
        )
